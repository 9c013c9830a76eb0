package dev.assay.job;

import dev.assay.data.Dataset;
import dev.assay.divide.Division;
import dev.assay.divide.DivisionJudge;
import dev.assay.divide.LabelDivisionJudge;
import dev.assay.engine.LocalEngine;
import dev.assay.engine.RowBlocks;
import dev.assay.engine.RowScores;
import dev.assay.engine.RowStore;
import dev.assay.learn.CalibratedExpert;
import dev.assay.learn.Expert;
import dev.assay.learn.IdentityMap;
import dev.assay.learn.LinearExpert;
import dev.assay.linalg.Matrix;
import dev.assay.model.LinearModel;
import dev.assay.model.Loss;
import dev.assay.model.SummedNewtonTrainer;
import dev.assay.model.SummedObjective;
import dev.assay.noise.LabelJudge;
import dev.assay.noise.WrongLabels;
import dev.assay.potential.linear.LinearPotential;
import dev.assay.potential.linear.SummedInfluence;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A division of a sample, carried over to every row of data that is larger than memory. Rows of the sample stay in the blocks that they were
 * sorted into there, all others are sorted by its experts, which did not see them; then linear experts are fitted to all rows of their
 * blocks, and V is that of all rows. Some ten passes over the data and as many for each block; O(n p^2 + p^3) time; four bytes of memory a
 * row for each block, beside a few blocks of rows.
 */
public final class DividedRows {
    /** Parameters up to which sums over all rows are formed. */
    private static final int SUMMED = 2500;

    private final LocalEngine all;
    private final RowStore judged;
    private final Totals totals;
    private final List<Expert> experts;
    private final Measures measures;

    /**
     * Counts.
     *
     * @param rows all labelled rows
     * @param sampled rows that the sample has
     * @param sizes rows of blocks 0 to K
     * @param shares mean posteriors of blocks 0 to K, by weight
     */
    public record Totals(long rows, long sampled, long[] sizes, double[] shares) {}

    /**
     * How mixed all rows are; NaN where there are more parameters than can be summed.
     *
     * @param before V of all rows
     * @param within of each block 1 to K, V of the rows that are assigned to it
     * @param refitted whether the expert of each block 1 to K was fitted to all rows of its block; the others know the sample alone
     */
    public record Measures(double before, double[] within, boolean[] refitted) {}

    private DividedRows(LocalEngine all, RowStore judged, Totals totals, List<Expert> experts, Measures measures) {
        this.all = all;
        this.judged = judged;
        this.totals = totals;
        this.experts = List.copyOf(experts);
        this.measures = measures;
    }

    /**
     * Carries it over.
     *
     * @param sample the division of some of the rows; {@link Dataset#rows} says which
     * @param gate who says the shares of blocks given x, or null
     * @param blocks all labelled rows, encoded like the sample
     * @param judged an empty store for five numbers and one for each block a row
     * @throws dev.assay.work.CancelledException if the progress was cancelled
     */
    public static DividedRows of(
            Division sample,
            DivisionJudge.@Nullable Gate gate,
            RowBlocks blocks,
            RowStore judged,
            Workers workers,
            Progress progress) {
        LocalEngine all = new LocalEngine(blocks, workers);
        progress.phase("sort all rows into the blocks", blocks.size());
        SampledRows rows = new SampledRows(
                sample.data(), (example, scores, row) -> own(sample, example, scores, row), judge(sample, gate));
        Sorted sorted = Sorted.of(all, rows, sample.blocks().size(), judged, progress);
        double sampled = sample.data().size();
        List<Expert> experts = new ArrayList<>();
        boolean[] refitted = new boolean[sample.blocks().size()];
        for (int b = 0; b < refitted.length; b++) {
            progress.phase("fit the expert of block " + (b + 1) + " to all rows", 0);
            Expert known = sample.blocks().get(b).expert();
            Expert fitted = refit(
                    known, all.reweighted(sorted.posteriors[b]), sampled / sorted.totals.rows(), workers, progress);
            refitted[b] = fitted != null;
            experts.add(fitted == null ? known : fitted);
        }
        progress.phase("measure V of all rows", 0);
        Loss loss = Loss.forTargets(sample.data().targets());
        double[] start = new double[loss.logits() * sample.data().dimension()];
        double[] within = new double[refitted.length];
        Arrays.fill(within, Double.NaN);
        double before = Double.NaN;
        if (start.length <= SUMMED) {
            SummedObjective whole = potentialFit(all, loss, start, workers, progress);
            before = SummedInfluence.potential(all, whole, workers, progress).variance();
            for (int b = 0; b < within.length && sorted.totals.sizes()[b + 1] > 1; b++) {
                LocalEngine own = all.reweighted(sorted.assigned(b + 1));
                within[b] = SummedInfluence.potential(
                                own, potentialFit(own, loss, whole.theta(), workers, progress), workers, progress)
                        .variance();
            }
        }
        return new DividedRows(all, judged, sorted.totals, experts, new Measures(before, within, refitted));
    }

    private static SummedObjective potentialFit(
            LocalEngine rows, Loss loss, double[] start, Workers workers, Progress progress) {
        return new SummedNewtonTrainer().fit(rows, loss, LinearPotential.RIDGE, start, workers, progress);
    }

    private static RowScores judge(Division sample, DivisionJudge.@Nullable Gate gate) {
        WrongLabels labels = sample.blocks().size() == 1 ? sample.labels() : null;
        Supplier<LabelJudge> further = labels == null ? null : labels.further();
        return further == null ? DivisionJudge.of(sample, gate) : new LabelDivisionJudge(further.get());
    }

    private static void own(Division sample, int example, Matrix scores, int row) {
        scores.set(row, DivisionJudge.ASSIGNED, sample.assigned()[example]);
        scores.set(row, DivisionJudge.OUT_OF_FOLD_PROBABILITY, sample.outOfFoldProbability()[example]);
        scores.set(row, DivisionJudge.SUGGESTION, sample.suggestion()[example]);
        scores.set(row, DivisionJudge.SUGGESTED_PROBABILITY, sample.suggestedProbability()[example]);
        for (int b = 0; b < sample.posteriors().columns(); b++) {
            scores.set(row, DivisionJudge.POSTERIORS + b, sample.posteriors().get(example, b));
        }
    }

    /** The same kind of expert of all rows, with the ridge that as many rows ask for; null where it is not linear in what it sees, or too large. */
    private static @Nullable Expert refit(
            Expert known, LocalEngine rows, double share, Workers workers, Progress progress) {
        if (known instanceof CalibratedExpert calibrated) {
            Expert fitted = refit(calibrated.of(), rows, share, workers, progress);
            return fitted == null ? null : new CalibratedExpert(fitted, calibrated.scale(), calibrated.deviation());
        }
        if (!(known instanceof LinearExpert linear) || linear.model().theta().length > SUMMED) {
            return null;
        }
        LocalEngine seen = linear.map() instanceof IdentityMap
                ? rows
                : new LocalEngine(new LayeredBlocks(rows.blocks(), linear.map()), rows.workers());
        double ridge = linear.ridge() * share;
        SummedObjective fitted = new SummedNewtonTrainer()
                .fit(seen, linear.model().loss(), ridge, linear.model().theta(), workers, progress);
        return new LinearExpert(
                linear.map(),
                new LinearModel(linear.model().loss(), linear.model().features(), fitted.theta()),
                linear.scale(),
                linear.deviation(),
                ridge);
    }

    /**
     * All rows in their blocks.
     *
     * @param posteriors of each block 1 to K, by block of rows
     * @param blockOf of each row, by block of rows
     */
    private record Sorted(Totals totals, float[][][] posteriors, byte[][] blockOf) {
        static Sorted of(LocalEngine all, SampledRows rows, int k, RowStore judged, Progress progress) {
            int count = all.blocks().count();
            float[][][] posteriors = new float[k][count][];
            byte[][] blockOf = new byte[count][];
            long[] counts = new long[2];
            long[] sizes = new long[k + 1];
            double[] shares = new double[k + 1];
            all.each(
                    rows,
                    (index, block, said) -> {
                        judged.put(index, said);
                        int n = block.size();
                        blockOf[index] = new byte[n];
                        for (int b = 0; b < k; b++) {
                            posteriors[b][index] = new float[n];
                        }
                        for (int i = 0; i < n; i++) {
                            int assigned = (int) said.get(i, DivisionJudge.ASSIGNED);
                            blockOf[index][i] = (byte) assigned;
                            sizes[assigned]++;
                            counts[1] += rows.isSampled(block.rows()[i]) ? 1 : 0;
                            for (int b = 0; b <= k; b++) {
                                double posterior = said.get(i, DivisionJudge.POSTERIORS + b);
                                shares[b] += block.weights()[i] * posterior;
                                if (b > 0) {
                                    posteriors[b - 1][index][i] = (float) posterior;
                                }
                            }
                        }
                        counts[0] += n;
                        progress.step(counts[0]);
                    },
                    progress);
            double total = Arrays.stream(shares).sum();
            Arrays.setAll(shares, b -> shares[b] / total);
            return new Sorted(new Totals(counts[0], counts[1], sizes, shares), posteriors, blockOf);
        }

        float[][] assigned(int block) {
            float[][] result = new float[blockOf.length][];
            for (int index = 0; index < result.length; index++) {
                result[index] = new float[blockOf[index].length];
                for (int i = 0; i < result[index].length; i++) {
                    result[index][i] = blockOf[index][i] == block ? 1 : 0;
                }
            }
            return result;
        }
    }

    /** What to do with the rows of a block. */
    @FunctionalInterface
    public interface Sink {
        /**
         * Takes them.
         *
         * @param index of the block
         * @param judged columns of {@link DivisionJudge}
         */
        void take(int index, Dataset block, Matrix judged);
    }

    /**
     * All rows with what is known of each, block by block, in order. One pass.
     *
     * @throws dev.assay.work.CancelledException if the progress was cancelled
     */
    public void each(Sink sink, Progress progress) {
        progress.phase("write all rows", totals.rows());
        long done = 0;
        for (int index = 0; index < all.blocks().count(); index++) {
            progress.checkCancelled();
            Dataset block = all.blocks().block(index);
            sink.take(index, block, judged.get(index));
            done += block.size();
            progress.step(done);
        }
    }

    public Totals totals() {
        return totals;
    }

    public Measures measures() {
        return measures;
    }

    /** The experts of blocks 1 to K, of all rows where that could be. */
    public List<Expert> experts() {
        return experts;
    }
}
