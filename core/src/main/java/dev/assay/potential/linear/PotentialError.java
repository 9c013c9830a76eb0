package dev.assay.potential.linear;

import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How far V would be elsewhere for other rows of the same kind: the jackknife that leaves out one of G groups of rows at a time,
 *
 * <pre>  error^2 = (G - 1) / G sum_g (V_g - mean V)^2,</pre>
 *
 * V_g fitted anew to the rows without group g, so that what the fit owes to the rows is counted, too. A mean over its error then follows
 * Student's distribution with G - 1 degrees of freedom, roughly.
 *
 * @param standardError of V; NaN where V is not known, or itself an estimate
 */
public record PotentialError(double standardError) {
    /** G. */
    public static final int GROUPS = 20;

    /**
     * Measures; G times the cost of V.
     *
     * @param model made for all rows
     * @param seed decides the groups
     * @throws dev.assay.work.CancelledException if the progress was cancelled
     */
    public static PotentialError of(LinearPotential model, long seed, Workers workers, Progress progress) {
        Dataset data = model.data();
        if (!model.isExact(data)) {
            return new PotentialError(Double.NaN);
        }
        int[] groups = ContentOrder.of(data, workers).assign(GROUPS, seed);
        progress.phase("standard error of V", GROUPS);
        double[] left = new double[GROUPS];
        for (int group = 0; group < GROUPS; group++) {
            progress.checkCancelled();
            int out = group;
            left[group] = model.variance(
                    data.select(IntStream.range(0, groups.length)
                            .filter(i -> groups[i] != out)
                            .toArray()),
                    workers);
            progress.step(group + 1L);
        }
        double mean = Arrays.stream(left).average().orElse(Double.NaN);
        double squares =
                Arrays.stream(left).map(one -> (one - mean) * (one - mean)).sum();
        return new PotentialError(Math.sqrt((GROUPS - 1.0) / GROUPS * squares));
    }
}
