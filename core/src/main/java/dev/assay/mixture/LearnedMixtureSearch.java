package dev.assay.mixture;

import dev.assay.data.ClassTargets;
import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.data.Folds;
import dev.assay.learn.CrossFittedExpert;
import dev.assay.learn.Evidence;
import dev.assay.learn.Learner;
import dev.assay.learn.PairedGain;
import dev.assay.linalg.Matrix;
import dev.assay.work.Progress;
import dev.assay.work.Seeds;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Two blocks whose rules bend, where experts of a learner are what explains one block best: a mixture of linear experts cannot follow
 * them, and one expert has to learn every meeting of both rules by itself.
 *
 * <p>Judged as {@link MixtureSearch} judges: all rows first, whose own mixture is flattered by the responsibilities that travel from part
 * to part; where that is enough, again inside of each of {@value #OUTER_PARTS} outer parts, from the kind of start that won on all rows.
 * Two blocks have to explain labels that they never saw better than all that is known to explain them, one expert of the learner itself
 * and, for numbers, one rule with noise of any shape among it.
 *
 * <p>{@value #SCREENED} rounds where these rule two blocks out, {@value #ROUNDS} for each start and for each outer part elsewhere.
 */
public final class LearnedMixtureSearch {
    private static final int OUTER_PARTS = 5;
    /** Rounds after which a mixture that is behind one rule is given up. */
    private static final int SCREENED = 8;

    private static final int ROUNDS = 25;
    /** Responsibility of a row's own block in a start. */
    private static final double OWN = 0.9;
    /** How much two blocks have to be better: in standard errors ... */
    private static final double ERRORS = 2;
    /** ... and in nats. */
    private static final double NATS = 3;
    /** Nats per row that each block must explain beyond the shares of its labels, or it is block 0 by another name. */
    private static final double SMALLEST_GAIN = 0.05;

    private final Dataset data;
    private final ContentOrder order;
    private final Learner learner;
    private final long seed;
    private final Progress progress;
    private final Workers workers;

    private enum Start {
        /** What one expert explains, and what it does not: labels that are not the likeliest one, numbers below the prediction. */
        RESIDUALS,
        /** Each row drawn. */
        DRAWN
    }

    private LearnedMixtureSearch(
            Dataset data, ContentOrder order, Learner learner, long seed, Progress progress, Workers workers) {
        this.data = data;
        this.order = order;
        this.learner = learner;
        this.seed = seed;
        this.progress = progress;
        this.workers = workers;
    }

    /**
     * What was found.
     *
     * @param state from all rows, or null where two blocks are no better
     * @param logLikelihoods of each row by a mixture that never saw it, in nats; higher is better; empty without a state
     * @param remark what speaks against two blocks that all rows alone do not rule out; empty elsewhere
     */
    public record Result(@Nullable LearnedMixture state, double[] logLikelihoods, String remark) {
        private static Result nothing(String remark) {
            return new Result(null, new double[0], remark);
        }
    }

    /**
     * Searches.
     *
     * @param learner whose quick form makes the experts of the blocks
     * @param known log-likelihoods of each row by other explanations, which had no part in the row
     */
    public static Result search(
            Dataset data,
            ContentOrder order,
            Learner learner,
            List<double[]> known,
            long seed,
            Progress progress,
            Workers workers) {
        return new LearnedMixtureSearch(data, order, learner, Seeds.child(seed, "learned mixtures"), progress, workers)
                .search(known);
    }

    /** What blocks of a mixture say of rows that it was not fitted to: their responsibilities, n x (K + 1). */
    public static Matrix responsibilities(
            LearnedMixture of,
            Dataset data,
            ContentOrder order,
            Learner learner,
            Dataset others,
            long seed,
            Progress progress,
            Workers workers) {
        return new LearnedMixtureFitter(data, order, learner.judging(), seed, progress)
                .explain(of, others, workers)
                .posteriors();
    }

    private Result search(List<double[]> known) {
        boolean classes = data.targets() instanceof ClassTargets;
        if (classes && -Evidence.perRow(highest(known), data.weights()) < MixtureSearch.ROOM) {
            return Result.nothing("");
        }
        progress.phase("2 bent blocks", OUTER_PARTS + 1);
        LearnedMixtureFitter fitter = fitter(data, order, seed);
        LearnedMixture first = fitter.rounds(start(Start.RESIDUALS, data, order), 0, SCREENED, workers);
        if (!isBetter(first.logLikelihoods(), known)) {
            return Result.nothing("");
        }
        List<double[]> rivals = new ArrayList<>(known);
        rivals.addAll(oneRule());
        if (!isBetter(first.logLikelihoods(), rivals)) {
            return Result.nothing("");
        }
        Start best = Start.RESIDUALS;
        LearnedMixture state = fitter.rounds(first.responsibilities(), SCREENED, ROUNDS - SCREENED, workers);
        LearnedMixture drawn = fitter.rounds(start(Start.DRAWN, data, order), 0, ROUNDS, workers);
        if (drawn.evidence(data.weights()) > state.evidence(data.weights())) {
            best = Start.DRAWN;
            state = drawn;
        }
        progress.step(1);
        boolean predictive =
                BlockGain.least(state.responsibilities(), state.expertLogLikelihoods(), data) >= SMALLEST_GAIN;
        if (!predictive || !isBetter(state.logLikelihoods(), rivals)) {
            return Result.nothing("");
        }
        double[] nested = nested(best);
        if (isBetter(nested, rivals)) {
            return new Result(state, nested, "");
        }
        PairedGain gain = gain(nested, highest(rivals));
        return Result.nothing(String.format(
                Locale.ROOT,
                "2 blocks of %s explain never-seen labels no better than one does: %+.1f nats (standard error %.1f) on %d"
                        + " rows",
                learner.name(),
                gain.difference(),
                gain.standardError(),
                gain.rows()));
    }

    private LearnedMixtureFitter fitter(Dataset rows, ContentOrder its, long own) {
        return new LearnedMixtureFitter(rows, its, learner.judging(), own, progress);
    }

    /** What one rule says at its best, by experts that did not see the row. */
    private List<double[]> oneRule() {
        Folds parts = Learner.folds(data, seed, workers);
        CrossFittedExpert one = learner.crossFit(data, data.weights(), parts, seed, workers);
        List<double[]> result = new ArrayList<>(List.of(one.logLikelihoods()));
        if (!(data.targets() instanceof ClassTargets)) {
            result.add(ShapedNoise.logLikelihoods(data, one, learner.judging(), parts, seed, workers));
        }
        return result;
    }

    private Matrix start(Start kind, Dataset rows, ContentOrder its) {
        boolean[] first = kind == Start.DRAWN ? drawn(its) : explained(rows, its);
        Matrix result = new Matrix(rows.size(), 3);
        for (int i = 0; i < first.length; i++) {
            result.set(i, first[i] ? 1 : 2, OWN);
            result.set(i, first[i] ? 2 : 1, 1 - OWN);
        }
        return result;
    }

    private boolean[] drawn(ContentOrder its) {
        double[] uniform = its.uniform(Seeds.child(seed, "learned start"));
        boolean[] result = new boolean[uniform.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = uniform[i] < 0.5;
        }
        return result;
    }

    private boolean[] explained(Dataset rows, ContentOrder its) {
        Folds parts = Folds.of(its, OUTER_PARTS, Seeds.child(seed, "learned residuals"));
        Matrix answers = learner.judging()
                .crossFit(rows, rows.weights(), parts, seed, workers)
                .answers();
        boolean[] result = new boolean[rows.size()];
        for (int i = 0; i < result.length; i++) {
            double target = rows.targets().value(i);
            int best = 0;
            for (int c = 1; c < answers.columns(); c++) {
                best = answers.get(i, c) > answers.get(i, best) ? c : best;
            }
            result[i] = answers.columns() == 1 ? target > answers.get(i, 0) : best == (int) target;
        }
        return result;
    }

    /** Of each row by a mixture that was found in the same way without it. */
    private double[] nested(Start kind) {
        Folds outer = Folds.of(order, OUTER_PARTS, Seeds.child(seed, "learned outer parts"));
        List<double[]> said = workers.mapBlocks(OUTER_PARTS, 1, (part, ignored) -> {
            int[] others = outer.outside(part);
            Dataset training = data.select(others);
            ContentOrder its = order.select(others);
            LearnedMixtureFitter fitter = fitter(training, its, Seeds.child(seed, "learned without part", part));
            LearnedMixture state = fitter.rounds(start(kind, training, its), 0, ROUNDS, workers);
            return fitter.explain(state, data.select(outer.inside(part)), workers)
                    .logLikelihoods();
        });
        double[] result = new double[data.size()];
        for (int part = 0; part < OUTER_PARTS; part++) {
            int[] own = outer.inside(part);
            for (int i = 0; i < own.length; i++) {
                result[own[i]] = said.get(part)[i];
            }
        }
        progress.step(OUTER_PARTS + 1);
        return result;
    }

    private double[] highest(List<double[]> rivals) {
        double[] best = rivals.get(0);
        for (double[] next : rivals) {
            best = Evidence.perRow(next, data.weights()) > Evidence.perRow(best, data.weights()) ? next : best;
        }
        return best;
    }

    private PairedGain gain(double[] of, double[] over) {
        return PairedGain.of(of, over, data.samplingUnits());
    }

    private boolean isBetter(double[] of, List<double[]> rivals) {
        return rivals.stream().allMatch(rival -> gain(of, rival).isBetter(ERRORS, NATS));
    }
}
