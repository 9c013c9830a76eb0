package dev.assay.bench;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.SyntheticSample;
import dev.assay.influence.LinearGradientSpace;
import dev.assay.model.AdamTrainer;
import dev.assay.model.Fit;
import dev.assay.model.LinearModel;
import dev.assay.model.Objective;
import dev.assay.potential.Potential;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * One point of Figures 5 and 7: V and test accuracy of a sample with given numbers of rows of each distribution.
 *
 * <p>V is that of a model trained on the whole sample, the rows of the first distribution first. The accuracy is that of a
 * second model, trained on a random four fifths of the sample and tested on the rest - on the mixture, not on distribution
 * 1. The authors also shuffle the training part again in every epoch; here it keeps its one random order.
 *
 * @param pool what to sample from, without replacement; its blocks are the distributions
 * @param trainer the paper's schedule
 */
record MixtureExperiment(SyntheticSample pool, AdamTrainer trainer) {
    /** Damping of the Hessian. */
    static final double RIDGE = 0.01;

    private static final double TRAINING_SHARE = 0.8;

    /** V and accuracy of one sample. */
    record Result(double potential, double accuracy) {}

    /** Draws {@code sizes[k]} rows of distribution k, trains, and measures. */
    Result run(int[] sizes, Random random, Workers workers) {
        int[] chosen = sample(sizes, random);
        Dataset sample = pool.select(chosen).toDataset();
        Fit whole = trainer.fit(Objective.of(sample, RIDGE), workers);
        double potential =
                Potential.of(LinearGradientSpace.of(whole, workers), workers).variance();
        int[] order = permutation(sample.size(), random);
        int training = (int) (TRAINING_SHARE * sample.size());
        Fit part = trainer.fit(Objective.of(sample.select(Arrays.copyOf(order, training)), RIDGE), workers);
        Dataset held = sample.select(Arrays.copyOfRange(order, training, order.length));
        return new Result(potential, accuracy(part.model(), held, workers));
    }

    private int[] sample(int[] sizes, Random random) {
        int[] result = new int[IntStream.of(sizes).sum()];
        int filled = 0;
        for (int block = 0; block < sizes.length; block++) {
            int wanted = block;
            int[] rows = IntStream.range(0, pool.size())
                    .filter(i -> pool.blocks()[i] == wanted)
                    .toArray();
            int[] order = permutation(rows.length, random);
            for (int k = 0; k < sizes[block]; k++) {
                result[filled++] = rows[order[k]];
            }
        }
        return result;
    }

    static int[] permutation(int size, Random random) {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            int other = random.nextInt(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
        return order;
    }

    /** The share of rows whose most probable class is theirs. */
    static double accuracy(LinearModel model, Dataset test, Workers workers) {
        int[] predicted = model.predictedClasses(test.features(), workers);
        int[] codes = ((ClassTargets) test.targets()).codes();
        int right = 0;
        for (int i = 0; i < codes.length; i++) {
            right += predicted[i] == codes[i] ? 1 : 0;
        }
        return right / (double) codes.length;
    }
}
