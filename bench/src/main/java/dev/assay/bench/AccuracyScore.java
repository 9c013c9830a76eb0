package dev.assay.bench;

import dev.assay.bench.AccuracyCase.Judged;
import dev.assay.bench.AccuracyCase.Problem;
import dev.assay.bench.rival.Trained;
import dev.assay.compare.PartitionAgreement;
import dev.assay.data.Dataset;
import dev.assay.linalg.Matrix;
import dev.assay.predict.Predictor;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How one method did on one data set; NaN where there is nothing to say.
 *
 * @param accuracy on the test rows
 * @param logLoss on the test rows, in nats per row; lower is better
 * @param adjustedRand agreement of blocks and sources; 1 = the same
 * @param precision share of the removed rows that were to be removed; NaN where none was removed
 * @param recall share of the rows to be removed that were
 * @param blocks their number, without block 0
 * @param rightVerdict 1 where the verdict is right, 0 where it is wrong
 * @param rightBlocks 1 where verdict and number of blocks are right, 0 where one is wrong
 * @param seconds of training
 */
record AccuracyScore(
        double accuracy,
        double logLoss,
        double adjustedRand,
        double precision,
        double recall,
        double blocks,
        double rightVerdict,
        double rightBlocks,
        double seconds) {
    /** Number of {@link #values()}. */
    static final int LENGTH = 9;

    private static final double SMALLEST_PROBABILITY = 1e-12;

    /** The score with these values, in the order of the components. */
    static AccuracyScore of(double[] v) {
        return new AccuracyScore(v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8]);
    }

    /** The components in their order. */
    double[] values() {
        return new double[] {
            accuracy, logLoss, adjustedRand, precision, recall, blocks, rightVerdict, rightBlocks, seconds
        };
    }

    /** Tests what a method was trained to. */
    static AccuracyScore of(Problem problem, Judged judged, Trained trained, double seconds, Workers workers) {
        double right = 0;
        double loss = 0;
        double rows = 0;
        for (int s = 0; s < problem.tests().size(); s++) {
            Dataset test = problem.tests().get(s);
            int[] codes = AccuracyCase.codes(test);
            Matrix probabilities = predictor(problem, judged, trained, s).probabilities(test.features(), workers);
            for (int i = 0; i < codes.length; i++) {
                int best = 0;
                for (int c = 1; c < probabilities.columns(); c++) {
                    best = probabilities.get(i, c) > probabilities.get(i, best) ? c : best;
                }
                right += best == codes[i] ? 1 : 0;
                loss -= Math.log(Math.max(SMALLEST_PROBABILITY, probabilities.get(i, codes[i])));
            }
            rows += codes.length;
        }
        int[] source = problem.source();
        boolean several = source != null && Arrays.stream(source).anyMatch(s -> s > 0);
        int blocks = trained.experts().size();
        double verdict = Double.NaN;
        double number = Double.NaN;
        if (!trained.verdict().isEmpty() && !problem.verdict().isEmpty()) {
            verdict = trained.verdict().equals(problem.verdict()) ? 1 : 0;
            number = verdict == 1 && blocks == problem.blocks() ? 1 : 0;
        }
        double[] found = removal(problem.foreign(judged), judged, trained.blocks());
        return new AccuracyScore(
                right / rows,
                loss / rows,
                source != null && several
                        ? PartitionAgreement.of(trained.blocks(), source).adjustedRand()
                        : Double.NaN,
                found[0],
                found[1],
                blocks,
                verdict,
                number,
                seconds);
    }

    private static Predictor predictor(Problem problem, Judged judged, Trained trained, int test) {
        int[] source = problem.source();
        if (judged == Judged.WHOLE || source == null) {
            return trained.whole();
        }
        if (judged == Judged.MAIN || problem.tests().size() == 1) {
            return trained.experts().get(0);
        }
        int[] counts = new int[trained.experts().size() + 1];
        for (int i = 0; i < source.length; i++) {
            counts[trained.blocks()[i]] += source[i] == test ? 1 : 0;
        }
        int best = IntStream.range(1, counts.length).reduce(1, (a, b) -> counts[b] > counts[a] ? b : a);
        return trained.experts().get(best - 1);
    }

    /** Precision and recall of what is not in the main block, or of block 0 where the blocks are all to be predicted with. */
    private static double[] removal(boolean @Nullable [] foreign, Judged judged, int[] blocks) {
        if (foreign == null) {
            return new double[] {Double.NaN, Double.NaN};
        }
        int removed = 0;
        int wanted = 0;
        int both = 0;
        for (int i = 0; i < blocks.length; i++) {
            boolean out = judged == Judged.MAIN ? blocks[i] != 1 : blocks[i] == 0;
            removed += out ? 1 : 0;
            wanted += foreign[i] ? 1 : 0;
            both += out && foreign[i] ? 1 : 0;
        }
        double precision = removed == 0 ? Double.NaN : both / (double) removed;
        return new double[] {precision, both / (double) wanted};
    }
}
