package dev.assay.judge;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.RealTargets;
import dev.assay.linalg.Matrix;
import dev.assay.purify.Purification;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Labels made by a linear function, some of them replaced afterwards.
 *
 * @param wrong whether the label of each example was replaced
 * @param odd whether the label, replaced or not, is another than that of the function without its own noise: noise that carries a row
 *     across a class border leaves nothing behind by which it differs from a wrong label
 */
public record PlantedLabels(Dataset data, boolean[] wrong, boolean[] odd) {
    /** n examples of d normal features and a bias; the class is that of the largest of some linear functions. */
    public static PlantedLabels classes(int n, int d, int classes, double share, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix x = inputs(n, d, random);
        double[] truth = random.doubles((long) classes * d, -2, 2).toArray();
        int[] codes = new int[n];
        boolean[] wrong = new boolean[n];
        boolean[] odd = new boolean[n];
        for (int i = 0; i < n; i++) {
            double best = Double.NEGATIVE_INFINITY;
            double bestWithoutNoise = Double.NEGATIVE_INFINITY;
            int withoutNoise = 0;
            for (int c = 0; c < classes; c++) {
                double noise = 0.2 * random.nextGaussian();
                double score = noise;
                for (int j = 0; j < d; j++) {
                    score += truth[c * d + j] * x.get(i, j);
                }
                if (score > best) {
                    best = score;
                    codes[i] = c;
                }
                if (score - noise > bestWithoutNoise) {
                    bestWithoutNoise = score - noise;
                    withoutNoise = c;
                }
            }
            if (random.nextDouble() < share) {
                codes[i] = (codes[i] + 1 + random.nextInt(classes - 1)) % classes;
                wrong[i] = true;
            }
            odd[i] = codes[i] != withoutNoise;
        }
        List<String> names =
                IntStream.range(0, classes).mapToObj(c -> "class" + c).toList();
        return new PlantedLabels(Dataset.of(x, new ClassTargets(codes, names)), wrong, odd);
    }

    /** n examples with targets of standard deviation 1 around a linear function, and some drawn anew. */
    public static PlantedLabels values(int n, int d, double share, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix x = inputs(n, d, random);
        double[] truth = random.doubles(d, -2, 2).toArray();
        double[] values = new double[n];
        boolean[] wrong = new boolean[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) {
                values[i] += truth[j] * x.get(i, j);
            }
            values[i] += 0.2 * random.nextGaussian();
        }
        double mean = Arrays.stream(values).average().orElse(0);
        double deviation = Math.sqrt(
                Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / n);
        for (int i = 0; i < n; i++) {
            values[i] = (values[i] - mean) / deviation;
            if (random.nextDouble() < share) {
                values[i] = random.nextGaussian();
                wrong[i] = true;
            }
        }
        return new PlantedLabels(Dataset.of(x, new RealTargets(values, mean, deviation)), wrong, wrong);
    }

    private static Matrix inputs(int n, int d, SplittableRandom random) {
        Matrix x = new Matrix(n, d);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d - 1; j++) {
                x.set(i, j, random.nextGaussian());
            }
            x.set(i, d - 1, 1);
        }
        return x;
    }

    /** Share of the wrong labels among the removed rows. */
    public double precision(Purification purified) {
        int[] removed = purified.removed();
        return (double) Arrays.stream(removed).filter(i -> wrong[i]).count() / removed.length;
    }

    /** Share of the odd labels among the removed rows. */
    public double oddAmongRemoved(Purification purified) {
        int[] removed = purified.removed();
        return (double) Arrays.stream(removed).filter(i -> odd[i]).count() / removed.length;
    }

    /** Share of the wrong labels that were removed. */
    public double recall(Purification purified) {
        long found = Arrays.stream(purified.removed()).filter(i -> wrong[i]).count();
        return (double) found / planted();
    }

    public long planted() {
        return IntStream.range(0, wrong.length).filter(i -> wrong[i]).count();
    }

    /** A permutation of 0 to n - 1. */
    public static int[] permutation(int n, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] order = IntStream.range(0, n).toArray();
        for (int i = n - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
        return order;
    }
}
