package dev.assay.spark;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.RealTargets;
import dev.assay.data.Targets;
import dev.assay.linalg.Matrix;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Small data sets with a bias column, noisy labels and, on demand, uneven weights. */
final class GeneratedRows {
    private GeneratedRows() {}

    /** n examples of d features (bias included) in the given number of classes; 1 class stands for regression. */
    static Dataset of(int n, int d, int classes, boolean weighted, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix x = new Matrix(n, d);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d - 1; j++) {
                x.set(i, j, random.nextGaussian());
            }
            x.set(i, d - 1, 1);
        }
        int outputs = Math.max(1, classes);
        double[] truth = new double[outputs * d];
        for (int j = 0; j < truth.length; j++) {
            truth[j] = random.nextGaussian();
        }
        int[] codes = new int[n];
        double[] reals = new double[n];
        for (int i = 0; i < n; i++) {
            double best = Double.NEGATIVE_INFINITY;
            for (int c = 0; c < outputs; c++) {
                double score = 2 * random.nextGaussian();
                for (int j = 0; j < d; j++) {
                    score += truth[c * d + j] * x.get(i, j);
                }
                reals[i] = score;
                if (score > best) {
                    best = score;
                    codes[i] = c;
                }
            }
        }
        Targets targets = classes == 1
                ? new RealTargets(reals, 0, 1)
                : new ClassTargets(
                        codes,
                        IntStream.range(0, classes).mapToObj(c -> "class" + c).toList());
        double[] weights = new double[n];
        for (int i = 0; i < n; i++) {
            weights[i] = weighted ? 0.2 + 2 * random.nextDouble() : 1;
        }
        List<String> names = IntStream.range(0, d).mapToObj(j -> "x" + j).toList();
        return new Dataset(x, targets, weights, IntStream.range(0, n).toArray(), names);
    }
}
