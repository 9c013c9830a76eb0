package dev.assay.job;

import dev.assay.data.Dataset;
import dev.assay.divide.DivisionJudge;
import dev.assay.engine.JoinedScores;
import dev.assay.engine.LocalEngine;
import dev.assay.engine.RowBlocks;
import dev.assay.engine.RowScores;
import dev.assay.engine.RowStore;
import dev.assay.judge.FurtherRows;
import dev.assay.judge.Purified;
import dev.assay.learn.FeatureMap;
import dev.assay.linalg.Matrix;
import dev.assay.model.Fit;
import dev.assay.model.LossScores;
import dev.assay.model.SummedNewtonTrainer;
import dev.assay.model.SummedObjective;
import dev.assay.potential.linear.LinearPotential;
import dev.assay.potential.linear.SummedInfluence;
import dev.assay.purify.Purification;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A purification of a sample, carried over to every row of data that is larger than memory. Rows of the sample keep what was judged of them
 * there, all others are judged by its experts, which did not see them; then the purified model is fitted to all rows that are kept, and V,
 * self-influence and delta V are those of all rows. Some twenty passes over the data; O(n p^2 + p^3) time; four bytes of memory a row beside a
 * few blocks.
 */
public final class PurifiedRows {
    /** Parameters up to which sums over all rows are formed, and delta V of each row is worked out. */
    private static final int SUMMED = 2500;

    private static final int INFLUENCES = 1000;

    private final LocalEngine all;
    private final RowStore judged;
    private final Totals totals;
    private final Measures measures;
    private final RowScores scores;

    /**
     * Counts.
     *
     * @param rows all labelled rows
     * @param sampled rows that the sample has
     * @param removed rows that are not kept
     * @param weight of all rows
     * @param removedWeight of the removed ones
     */
    public record Totals(long rows, long sampled, long removed, double weight, double removedWeight) {
        /** Share of the weight that is removed. */
        public double removedShare() {
            return removedWeight / weight;
        }
    }

    /**
     * How mixed all rows are, and the rows that are kept; NaN where there are more parameters than can be summed.
     *
     * @param before V of all rows, of the one model of V
     * @param after V of the kept rows; that of all where none was removed
     * @param ridge of the purified model
     * @param lossBefore mean loss of all rows under the model of all rows, nats for classes
     * @param lossAfter mean loss of the kept rows under the model of the kept rows
     * @param parameters of the linear model
     */
    public record Measures(
            double before, double after, double ridge, double lossBefore, double lossAfter, int parameters) {}

    private PurifiedRows(LocalEngine all, RowStore judged, Totals totals, Measures measures, RowScores scores) {
        this.all = all;
        this.judged = judged;
        this.totals = totals;
        this.measures = measures;
        this.scores = scores;
    }

    /**
     * Carries it over.
     *
     * @param sample the purification of some of the rows; {@link Dataset#rows} says which
     * @param gate who says the shares of blocks given x, or null
     * @param blocks all labelled rows, encoded like the sample
     * @param judged an empty store for six numbers a row
     * @throws dev.assay.work.CancelledException if the progress was cancelled
     */
    public static PurifiedRows of(
            Purified sample,
            DivisionJudge.@Nullable Gate gate,
            RowBlocks blocks,
            RowStore judged,
            Workers workers,
            Progress progress) {
        LocalEngine all = new LocalEngine(blocks, workers);
        Purification purification = sample.purification();
        progress.phase("judge all rows", blocks.size());
        float[][] kept = new float[blocks.count()][];
        SampledRows rows = new SampledRows(
                purification.data(),
                (example, scores, row) -> own(purification, example, scores, row),
                sample.furtherRows(gate));
        Totals totals = judge(all, rows, judged, kept, progress);
        LocalEngine seen = seen(all, sample.layer());
        Fit fit = purification.fit();
        int parameters = fit.model().theta().length;
        double ridge = fit.ridge() * purification.kept().length / (totals.rows() - totals.removed());
        if (parameters > SUMMED) {
            Measures unknown = new Measures(Double.NaN, Double.NaN, ridge, Double.NaN, Double.NaN, parameters);
            return new PurifiedRows(
                    seen,
                    judged,
                    totals,
                    unknown,
                    new LossScores(fit.model().loss(), fit.model().theta()));
        }
        return measured(seen, kept, judged, totals, fit, ridge, workers, progress);
    }

    private static void own(Purification sample, int example, Matrix scores, int row) {
        FurtherRows.set(
                scores,
                row,
                !sample.isKept(example),
                sample.scores().trust()[example],
                sample.scores().outOfFoldProbability()[example],
                sample.scores().suggested()[example],
                sample.scores().suggestion()[example],
                sample.scores().suggestedProbability()[example]);
    }

    private static PurifiedRows measured(
            LocalEngine all,
            float[][] isKept,
            RowStore judged,
            Totals totals,
            Fit fit,
            double ridge,
            Workers workers,
            Progress progress) {
        LocalEngine kept = totals.removed() == 0 ? all : all.reweighted(isKept);
        Passes passes = new Passes(fit, workers, progress);
        progress.phase("fit the purified model to all rows", 0);
        SummedObjective purified = passes.fit(kept, ridge);
        SummedObjective start = totals.removed() == 0 ? purified : passes.fit(all, ridge);
        progress.phase("measure V of all rows", 0);
        double before = passes.potential(all);
        double after = totals.removed() == 0 ? before : passes.potential(kept);
        progress.phase("leave out each row", 0);
        RowScores scores = purified.theta().length > INFLUENCES
                ? new LossScores(purified.loss(), purified.theta())
                : new JoinedScores(List.of(
                        new LossScores(purified.loss(), purified.theta()),
                        SummedInfluence.of(all, start, workers, progress).scores()));
        return new PurifiedRows(
                all,
                judged,
                totals,
                new Measures(before, after, ridge, meanLoss(start), meanLoss(purified), purified.theta().length),
                scores);
    }

    /** Without the ridge. */
    private static double meanLoss(SummedObjective fitted) {
        double norm = 0;
        for (double entry : fitted.theta()) {
            norm += entry * entry;
        }
        return fitted.value() - fitted.ridge() / 2 * norm;
    }

    /** Fits that start from that of the sample. */
    private record Passes(Fit fit, Workers workers, Progress progress) {
        SummedObjective fit(LocalEngine rows, double ridge) {
            return new SummedNewtonTrainer()
                    .fit(rows, fit.model().loss(), ridge, fit.model().theta(), workers, progress);
        }

        double potential(LocalEngine rows) {
            return SummedInfluence.potential(rows, fit(rows, LinearPotential.RIDGE), workers, progress)
                    .variance();
        }
    }

    private static LocalEngine seen(LocalEngine all, @Nullable FeatureMap layer) {
        return layer == null ? all : new LocalEngine(new LayeredBlocks(all.blocks(), layer), all.workers());
    }

    private static Totals judge(
            LocalEngine all, SampledRows scores, RowStore judged, float[][] kept, Progress progress) {
        long[] counts = new long[3];
        double[] weights = new double[2];
        all.each(
                scores,
                (index, block, said) -> {
                    judged.put(index, said);
                    kept[index] = new float[block.size()];
                    for (int i = 0; i < block.size(); i++) {
                        boolean removed = said.get(i, FurtherRows.REMOVED) == 1;
                        kept[index][i] = removed ? 0 : 1;
                        counts[0]++;
                        counts[1] += scores.isSampled(block.rows()[i]) ? 1 : 0;
                        counts[2] += removed ? 1 : 0;
                        weights[0] += block.weights()[i];
                        weights[1] += removed ? block.weights()[i] : 0;
                    }
                    progress.step(counts[0]);
                },
                progress);
        return new Totals(counts[0], counts[1], counts[2], weights[0], weights[1]);
    }

    /** What to do with the rows of a block. */
    @FunctionalInterface
    public interface Sink {
        /**
         * Takes them.
         *
         * @param index of the block
         * @param judged columns of {@link FurtherRows}
         * @param scores loss under the purified model in the first column; then, where there are not too many parameters, self-influence and
         *     delta V in the fit to all rows
         */
        void take(int index, Dataset block, Matrix judged, Matrix scores);
    }

    /**
     * All rows with what is known of each, block by block, in order. One pass.
     *
     * @throws dev.assay.work.CancelledException if the progress was cancelled
     */
    public void each(Sink sink, Progress progress) {
        progress.phase("write all rows", totals.rows());
        long[] done = new long[1];
        all.each(
                scores,
                (index, block, said) -> {
                    sink.take(index, block, judged.get(index), said);
                    done[0] += block.size();
                    progress.step(done[0]);
                },
                progress);
    }

    /** Rows of the input that are kept, ascending where the input's are; one look at what was judged of each. */
    public int[] kept() {
        int[] result = new int[Math.toIntExact(totals.rows() - totals.removed())];
        int count = 0;
        for (int index = 0; index < all.blocks().count(); index++) {
            Matrix said = judged.get(index);
            int[] rows = all.blocks().rows(index);
            for (int i = 0; i < rows.length; i++) {
                if (said.get(i, FurtherRows.REMOVED) == 0) {
                    result[count++] = rows[i];
                }
            }
        }
        return result;
    }

    public Totals totals() {
        return totals;
    }

    public Measures measures() {
        return measures;
    }
}
