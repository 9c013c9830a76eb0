package dev.assay.purify;

import dev.assay.data.Dataset;
import dev.assay.model.Fit;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A purified data set: which rows are kept, what removed the others, and how it came to that.
 *
 * @param data what was purified
 * @param criterion what was applied; never {@link CriterionKind#AUTO}
 * @param explanation one sentence per choice that was made from the data; the last one says why it stopped where it did
 * @param fit the purified model: fitted to the kept rows
 * @param trajectory all iterations that were tried, some of them perhaps beyond the stop
 * @param stop index into the trajectory of the point where purification stops; what came later is not removed
 * @param removedAt the iteration that removed each example, 0 for those that are kept
 * @param scores what is known of each example
 * @param recommendedScore the column of rows.csv that ranks suspicious rows best
 * @param wrongShare estimated share of labels that the purified model does not explain
 */
public record Purification(
        Dataset data,
        CriterionKind criterion,
        List<String> explanation,
        Fit fit,
        List<TrajectoryPoint> trajectory,
        int stop,
        int[] removedAt,
        RowScores scores,
        String recommendedScore,
        double wrongShare) {
    /** The lists are copied, the arrays are not. */
    public Purification {
        explanation = List.copyOf(explanation);
        trajectory = List.copyOf(trajectory);
    }

    /** Whether the example is kept. */
    public boolean isKept(int example) {
        return removedAt[example] == 0;
    }

    /** Indices of the kept examples, ascending. */
    public int[] kept() {
        return indices(true);
    }

    /** Indices of the removed examples, ascending. */
    public int[] removed() {
        return indices(false);
    }

    /** All examples, the removed ones first, the most suspicious by the recommended score first among either. */
    public int[] bySuspicion() {
        double sign = RowScores.isLowSuspicious(recommendedScore) ? 1 : -1;
        double[] score = scores.column(recommendedScore);
        return IntStream.range(0, score.length)
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> isKept(i))
                        .thenComparingDouble(i -> Double.isNaN(score[i]) ? Double.POSITIVE_INFINITY : sign * score[i])
                        .thenComparingInt(i -> i))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private int[] indices(boolean kept) {
        return IntStream.range(0, removedAt.length)
                .filter(i -> isKept(i) == kept)
                .toArray();
    }
}
