package dev.assay.trees;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.Folds;
import dev.assay.learn.CrossFittedExpert;
import dev.assay.learn.Expert;
import dev.assay.learn.FeatureMap;
import dev.assay.learn.Learner;
import dev.assay.linalg.DenseLimits;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Gradient-boosted trees (XGBoost, histograms): for classes by the log-loss, for numbers by the squared error. A row of weight 2 counts as the
 * row twice; weights that are all below 1 count as shares of the heaviest, which counts as one row, so that their unit does not matter. How
 * many rounds there are is what rows that took no part in the trees say: of each part of a cross-fit, by the trees that were grown without it,
 * one number for all parts. That number is all that a row's label has in what is said of it.
 *
 * <p>O(n d rounds L depth) a fit, with L logits; a cross-fit takes a fit for each part and one of all rows, and the parts run side by side.
 *
 * @param settings how trees are grown and added up
 */
public record BoostedTreesLearner(BoostingSettings settings) implements Learner {
    /** With less weight than this, or one class only, there is nothing to split by: the shares of the classes are all there is to say. */
    private static final double FEWEST_ROWS = 10;

    /** Leaves of a last layer: about so many, and no more than leave the parameters of all logits few enough for V to be exact. */
    private static final int LAYER_LEAVES = 256;

    private static final int LEAVES_OF_A_TREE = 16;
    /** Of rows times leaves, half a gigabyte. */
    private static final int MOST_ENTRIES = 1 << 26;

    private static final double SMALLEST_DEVIATION = 1e-6;

    /** Boosted trees with the standard settings; loads nothing yet. */
    public BoostedTreesLearner() {
        this(BoostingSettings.STANDARD);
    }

    /** Why there can be no boosted trees on this machine; null where there can. Loads the native library, some 20 MB, the first time. */
    public static @Nullable String missing() {
        return XgboostLibrary.MISSING;
    }

    @Override
    public String name() {
        return BoostedTreesExpert.NAME;
    }

    @Override
    public Learner judging() {
        return new BoostedTreesLearner(BoostingSettings.JUDGING);
    }

    /**
     * The leaves of a few trees, fewer and smaller ones than an expert's, so that there is a parameter for each leaf and logit. Each tree is grown for all
     * classes at once. Null where there is nothing to split.
     */
    @Override
    public @Nullable FeatureMap lastLayer(Dataset data, long seed, Workers workers) {
        if (heaviest(data) < 1) {
            return lastLayer(inRows(data), seed, workers);
        }
        if (rounds(data, 1) == 0) {
            return null;
        }
        int logits = data.targets() instanceof ClassTargets labels ? labels.classes() - 1 : 1;
        int features = Math.max(
                2, Math.min(Math.min(LAYER_LEAVES, DenseLimits.FACTORED / logits - 1), MOST_ENTRIES / data.size()));
        int leaves = Math.min(LEAVES_OF_A_TREE, features);
        BoostingSettings judging = BoostingSettings.JUDGING;
        BoostingSettings few = new BoostingSettings(
                judging.learningRate(),
                leaves,
                judging.lambda(),
                judging.minimumChildWeight(),
                judging.featureShare(),
                features / leaves,
                0);
        return new LeafMap(data.dimension(), Boosting.leaves(data, few, seed));
    }

    @Override
    public Expert train(Dataset data, long seed, Workers workers) {
        if (heaviest(data) < 1) {
            return train(inRows(data), seed, workers);
        }
        if (settings.patience() == 0) {
            return expert(data, rounds(data, settings.rounds()), seed, workers);
        }
        return crossFit(data, data.weights(), Learner.folds(data, seed, workers), seed, workers)
                .expert();
    }

    @Override
    public CrossFittedExpert crossFit(Dataset data, double[] weights, Folds parts, long seed, Workers workers) {
        double heaviest = heaviest(data);
        if (heaviest < 1) {
            return crossFit(inRows(data), over(weights, heaviest), parts, seed, workers);
        }
        List<Boosting> fits = workers.mapBlocks(parts.count(), 1, (part, ignored) -> {
            Dataset training = Learner.block(data, weights, parts.outside(part));
            int[] inside = Learner.positive(parts.inside(part), weights);
            boolean watched = settings.patience() > 0 && inside.length > 0;
            return Boosting.of(
                    training,
                    watched ? data.withWeights(weights).select(inside) : null,
                    settings,
                    // a part without rows of the block tells nothing of the rounds, and its trees are told how many
                    rounds(training, watched || settings.patience() == 0 ? settings.rounds() : 0),
                    seed);
        });
        int rounds = settings.patience() == 0 ? settings.rounds() : best(fits, weights, parts);
        int outputs = data.targets() instanceof ClassTargets labels ? labels.classes() : 1;
        Matrix x = data.features();
        Matrix answers = parts.gather(
                outputs,
                (part, rows) -> {
                    Forest forest = fits.get(part).forest().upTo(rounds);
                    if (forest.rounds() == 0 && rounds > 0) {
                        Dataset training = Learner.block(data, weights, parts.outside(part));
                        forest = Boosting.of(training, null, settings, rounds(training, rounds), seed)
                                .forest();
                    }
                    return new BoostedTreesExpert(data.dimension(), outputs, forest, Double.NaN)
                            .answers(x.selectRows(rows), workers);
                },
                workers);
        Dataset own =
                Learner.block(data, weights, IntStream.range(0, data.size()).toArray());
        return CrossFittedExpert.calibrated(
                expert(own, rounds(own, rounds), seed, workers),
                answers,
                data,
                weights,
                String.format(
                        Locale.ROOT,
                        "boosted trees, %d rounds of at most %d leaves at the rate %.3g",
                        rounds,
                        settings.leaves(),
                        settings.learningRate()));
    }

    private static double heaviest(Dataset data) {
        return Arrays.stream(data.weights()).max().orElse(1);
    }

    /** The same with weights in units of the heaviest. */
    private static Dataset inRows(Dataset data) {
        return data.withWeights(over(data.weights(), heaviest(data)));
    }

    private static double[] over(double[] weights, double unit) {
        return Arrays.stream(weights).map(weight -> weight / unit).toArray();
    }

    /** The number of rounds of the least loss, each part's loss counting by what its rows weigh; a part that stopped stays where it was. */
    private static int best(List<Boosting> fits, double[] weights, Folds parts) {
        int longest = fits.stream().mapToInt(fit -> fit.losses().length).max().orElse(0);
        double[] losses = new double[longest];
        for (int part = 0; part < fits.size(); part++) {
            double[] own = fits.get(part).losses();
            if (own.length > 0) {
                double weight = Arrays.stream(parts.inside(part))
                        .mapToDouble(i -> weights[i])
                        .sum();
                for (int round = 0; round < longest; round++) {
                    losses[round] += weight * own[Math.min(round, own.length - 1)];
                }
            }
        }
        int best = 0;
        for (int round = 1; round < longest; round++) {
            best = losses[round] < losses[best] ? round : best;
        }
        return longest == 0 ? 0 : best + 1;
    }

    private static int rounds(Dataset data, int wanted) {
        boolean varied = !(data.targets() instanceof ClassTargets labels)
                || IntStream.of(labels.codes()).distinct().limit(2).count() > 1;
        return varied && data.totalWeight() >= FEWEST_ROWS && data.dimension() > 1 ? wanted : 0;
    }

    private BoostedTreesExpert expert(Dataset data, int rounds, long seed, Workers workers) {
        Forest forest = Boosting.of(data, null, settings, rounds, seed).forest();
        if (data.targets() instanceof ClassTargets labels) {
            return new BoostedTreesExpert(data.dimension(), labels.classes(), forest, Double.NaN);
        }
        Matrix said = forest.logits(data.features(), workers);
        double squares = 0;
        for (int i = 0; i < data.size(); i++) {
            double residual = data.targets().value(i) - said.get(i, 0);
            squares += data.weights()[i] * residual * residual;
        }
        double deviation = Math.sqrt(squares / data.totalWeight());
        return new BoostedTreesExpert(data.dimension(), 1, forest, Math.max(SMALLEST_DEVIATION, deviation));
    }
}
