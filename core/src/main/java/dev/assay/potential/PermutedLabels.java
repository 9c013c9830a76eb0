package dev.assay.potential;

import dev.assay.data.Dataset;
import dev.assay.linalg.Dense;
import dev.assay.model.Fit;
import dev.assay.model.Objective;
import dev.assay.model.Trainer;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * V of the same data with its targets permuted at random and the model fitted anew: what V is where the features say
 * nothing about the target. A V far below it speaks for a function that most examples share.
 *
 * @param variances V of each permutation
 */
public record PermutedLabels(double[] variances) {
    /**
     * Permutes, fits and measures several times; each time O of a fit and of one V.
     *
     * @param seed decides the permutations
     * @param repeats how many permutations, at least 1
     * @throws dev.assay.work.CancelledException if the progress was cancelled
     */
    public static PermutedLabels of(
            Objective objective, Trainer trainer, long seed, int repeats, Workers workers, Progress progress) {
        if (repeats < 1) {
            throw new IllegalArgumentException("asked for " + repeats + " permutations, expected at least 1");
        }
        Dataset data = objective.data();
        Random random = new Random(seed);
        double[] variances = new double[repeats];
        progress.phase("permuted labels", repeats);
        for (int repeat = 0; repeat < repeats; repeat++) {
            progress.checkCancelled();
            Dataset permuted = data.withTargets(data.targets().select(permutation(data.size(), random)));
            Objective other = new Objective(permuted, objective.loss(), objective.ridge());
            Fit fit = trainer.fit(other, workers);
            variances[repeat] = Potential.of(other.at(fit.model().theta(), workers), workers)
                    .variance();
            progress.step(repeat + 1L);
        }
        return new PermutedLabels(variances);
    }

    private static int[] permutation(int n, Random random) {
        int[] result = IntStream.range(0, n).toArray();
        for (int k = n - 1; k > 0; k--) {
            int other = random.nextInt(k + 1);
            int kept = result[k];
            result[k] = result[other];
            result[other] = kept;
        }
        return result;
    }

    /** Mean of V over the permutations. */
    public double mean() {
        double sum = 0;
        for (double variance : variances) {
            sum += variance;
        }
        return sum / variances.length;
    }

    /** Sample standard deviation of V over the permutations; 0 for a single one. */
    public double standardDeviation() {
        if (variances.length == 1) {
            return 0;
        }
        double[] deviations = variances.clone();
        double mean = mean();
        for (int k = 0; k < deviations.length; k++) {
            deviations[k] -= mean;
        }
        return Math.sqrt(Dense.dot(deviations, deviations) / (deviations.length - 1));
    }
}
