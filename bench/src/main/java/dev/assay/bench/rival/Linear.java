package dev.assay.bench.rival;

import dev.assay.data.ClassTargets;
import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.learn.PrincipalMap;
import dev.assay.learn.RidgeSelection;
import dev.assay.linalg.Matrix;
import dev.assay.model.LinearModel;
import dev.assay.model.Loss;
import dev.assay.model.NewtonTrainer;
import dev.assay.model.Objective;
import dev.assay.model.Trainer;
import dev.assay.model.TrustRegionNewtonTrainer;
import dev.assay.work.Workers;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What the rivals share: softmax regressions and the rows that tune them. */
final class Linear {
    /** Above so many parameters a method that trains many models sees principal directions. */
    private static final int MOST_PARAMETERS = 3000;

    private static final int DIRECTIONS = 100;
    private static final int FOLDS = 5;
    private static final double SMALLEST_PROBABILITY = 1e-12;

    private Linear() {}

    /**
     * The data as a method sees it that trains many models.
     *
     * @param data with the features in view
     * @param map from the features as they are
     */
    record View(Dataset data, UnaryOperator<Matrix> map) {
        Predictor predictor(Predictor inView) {
            return (x, workers) -> inView.probabilities(map.apply(x), workers);
        }
    }

    /** The features as they are, or the leading 100 principal directions where there would be more than 3000 parameters. */
    static View view(Dataset data, Workers workers) {
        Loss loss = Loss.forTargets(data.targets());
        if (loss.logits() * data.dimension() <= MOST_PARAMETERS) {
            return new View(data, x -> x);
        }
        PrincipalMap map = PrincipalMap.of(data.features(), DIRECTIONS, workers);
        // the bias has gone into the directions
        List<String> names = IntStream.range(0, map.outputDimension())
                .mapToObj(j -> "direction" + j)
                .toList();
        return new View(data.withFeatures(map.apply(data.features(), workers), names), x -> map.apply(x, workers));
    }

    /** A softmax regression with the ridge that leave-one-out, or five folds, finds best. */
    static LinearModel tuned(Dataset data, long seed, Workers workers) {
        return tune(data, seed, workers).fit().model();
    }

    static RidgeSelection.Choice tune(Dataset data, long seed, Workers workers) {
        return RidgeSelection.standard().choose(data, Loss.forTargets(data.targets()), seed, workers);
    }

    /** A softmax regression with a given ridge. */
    static LinearModel fit(Dataset data, double ridge, double @Nullable [] start, Workers workers) {
        Objective objective = Objective.of(data, ridge);
        return Trainer.automatic(objective).fit(objective, start, workers).model();
    }

    /** A few steps towards a softmax regression, to a gradient norm that is good enough inside of a loop. */
    static LinearModel approach(Dataset data, double ridge, double @Nullable [] start, int steps, Workers workers) {
        Objective objective = Objective.of(data, ridge);
        Trainer trainer = Trainer.automatic(objective) instanceof NewtonTrainer
                ? new NewtonTrainer(1e-4, steps)
                : new TrustRegionNewtonTrainer(1e-4, 30, 60);
        return trainer.fit(objective, start, workers).model();
    }

    static Predictor predictor(LinearModel model) {
        return model::outputs;
    }

    /** The part of each row of five, class by class. */
    static int[] folds(Dataset data, long seed, Workers workers) {
        return ContentOrder.of(data, workers).assign(FOLDS, seed);
    }

    /** Rows in a fold, or those outside of it. */
    static int[] rows(int[] folds, int fold, boolean inside) {
        return IntStream.range(0, folds.length)
                .filter(i -> folds[i] == fold == inside)
                .toArray();
    }

    /** Number of parts that {@link #folds} makes. */
    static int foldCount() {
        return FOLDS;
    }

    static int classes(Dataset data) {
        return codes(data).names().size();
    }

    static ClassTargets codes(Dataset data) {
        if (data.targets() instanceof ClassTargets targets) {
            return targets;
        }
        throw new IllegalArgumentException("the rivals are for classes");
    }

    /** Mean of log p(own label), in nats; higher = better. */
    static double meanLogLikelihood(Matrix probabilities, int[] codes) {
        double sum = 0;
        for (int i = 0; i < codes.length; i++) {
            sum += Math.log(Math.max(SMALLEST_PROBABILITY, probabilities.get(i, codes[i])));
        }
        return sum / codes.length;
    }
}
