package dev.assay.job;

import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.data.InvalidInputException;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The rows that are held out where there are no test rows, a fifth: drawn by their content, or, where times are known, the latest.
 *
 * @param out the rows that are held out, ascending
 * @param rest the rows to learn from, ascending: no row of theirs is in a group with one that is held out
 */
record HeldOutRows(int[] out, int[] rest) {
    /** One row in so many is held out. */
    static final int SHARE = 5;

    /**
     * Divides.
     *
     * @throws InvalidInputException if all rows have the same time, or are in groups of the latest
     */
    static HeldOutRows of(TrainingData data, long seed, Workers workers) {
        Dataset rows = data.dataset();
        Times times = data.times();
        if (times == null) {
            int[] parts = ContentOrder.of(rows, workers).assign(Math.min(SHARE, rows.size()), seed);
            return divided(rows, i -> parts[i] == 0);
        }
        double[] sorted = times.values().clone();
        Arrays.sort(sorted);
        double from = sorted[sorted.length - Math.max(1, sorted.length / SHARE)];
        // the earliest time is not held out, however many rows have it
        double first = sorted[0];
        HeldOutRows result = divided(rows, i -> times.values()[i] >= from && times.values()[i] > first);
        if (result.out.length == 0 || result.rest.length == 0) {
            throw new InvalidInputException("time '" + times.column() + "' leaves "
                    + (result.out.length == 0 ? "no later rows to hold out" : "no rows to learn from before the latest")
                    + ": expected times that differ, and groups that do not last all the time");
        }
        return result;
    }

    private static HeldOutRows divided(Dataset rows, IntPredicate isOut) {
        int[] groups = rows.groups();
        int[] out = IntStream.range(0, rows.size()).filter(isOut).toArray();
        Set<Integer> gone = groups == null
                ? Set.of()
                : IntStream.of(out).mapToObj(i -> groups[i]).collect(Collectors.toSet());
        int[] rest = IntStream.range(0, rows.size())
                .filter(i -> !isOut.test(i) && (groups == null || !gone.contains(groups[i])))
                .toArray();
        return new HeldOutRows(out, rest);
    }
}
