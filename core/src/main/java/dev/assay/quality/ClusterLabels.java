package dev.assay.quality;

import dev.assay.data.ClassTargets;
import dev.assay.data.RealTargets;
import dev.assay.data.Targets;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Whether rows of one cluster have one label. Classes: with p_c the share of class c among the rows of all clusters, a cluster of m rows whose
 * labels are drawn at random has more than one with probability 1 - sum_c p_c^m. Numbers: standard deviations within clusters and over all their
 * rows, in units of the label; the nearer they are, the less the rows of a cluster have in common.
 *
 * @param disagreeing clusters of more than one label; 0 for numbers
 * @param expected clusters that would have more than one by chance; NaN for numbers
 * @param within standard deviation of the labels about the means of their clusters; NaN for classes
 * @param overall standard deviation of the labels of all rows in clusters; NaN for classes
 */
public record ClusterLabels(int disagreeing, double expected, double within, double overall) {
    /** Compares; O(n C). */
    static ClusterLabels of(int[] clusterOf, int clusters, Targets targets) {
        int[] rows = IntStream.range(0, clusterOf.length)
                .filter(i -> clusterOf[i] > 0)
                .toArray();
        return targets instanceof ClassTargets classes
                ? ofClasses(rows, clusterOf, clusters, classes)
                : ofNumbers(rows, clusterOf, clusters, (RealTargets) targets);
    }

    private static ClusterLabels ofClasses(int[] rows, int[] clusterOf, int clusters, ClassTargets classes) {
        int[] sizes = new int[clusters];
        int[] first = new int[clusters];
        boolean[] differs = new boolean[clusters];
        double[] shares = new double[classes.classes()];
        for (int i : rows) {
            int cluster = clusterOf[i] - 1;
            int code = classes.codes()[i];
            shares[code] += 1.0 / rows.length;
            differs[cluster] |= sizes[cluster] > 0 && first[cluster] != code;
            first[cluster] = code;
            sizes[cluster]++;
        }
        int disagreeing = 0;
        double expected = 0;
        for (int cluster = 0; cluster < clusters; cluster++) {
            int size = sizes[cluster];
            disagreeing += differs[cluster] ? 1 : 0;
            expected += 1 - Arrays.stream(shares).map(p -> Math.pow(p, size)).sum();
        }
        return new ClusterLabels(disagreeing, expected, Double.NaN, Double.NaN);
    }

    private static ClusterLabels ofNumbers(int[] rows, int[] clusterOf, int clusters, RealTargets numbers) {
        double[] means = new double[clusters];
        int[] sizes = new int[clusters];
        double mean = 0;
        for (int i : rows) {
            means[clusterOf[i] - 1] += numbers.value(i);
            sizes[clusterOf[i] - 1]++;
            mean += numbers.value(i) / rows.length;
        }
        double within = 0;
        double overall = 0;
        for (int i : rows) {
            int cluster = clusterOf[i] - 1;
            double own = numbers.value(i) - means[cluster] / sizes[cluster];
            within += own * own;
            overall += (numbers.value(i) - mean) * (numbers.value(i) - mean);
        }
        double inside = Math.max(1, rows.length - clusters);
        double all = Math.max(1, rows.length - 1);
        return new ClusterLabels(
                0,
                Double.NaN,
                numbers.scale() * Math.sqrt(within / inside),
                numbers.scale() * Math.sqrt(overall / all));
    }
}
