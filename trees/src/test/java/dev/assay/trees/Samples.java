package dev.assay.trees;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.RealTargets;
import dev.assay.linalg.Matrix;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToIntBiFunction;

/** Small data sets. */
final class Samples {
    private Samples() {}

    /** Two features from -1 to 1, some that say nothing, the bias. */
    static Matrix square(int n, int idle, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix x = new Matrix(n, 3 + idle);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < 2 + idle; j++) {
                x.set(i, j, 2 * random.nextDouble() - 1);
            }
            x.set(i, 2 + idle, 1);
        }
        return x;
    }

    static Dataset classes(Matrix x, ToIntBiFunction<Double, Double> rule, String... names) {
        int[] codes = new int[x.rows()];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = rule.applyAsInt(x.get(i, 0), x.get(i, 1));
        }
        return Dataset.of(x, new ClassTargets(codes, List.of(names)));
    }

    /** Three classes in tiles. */
    static Dataset tiles(int n, long seed) {
        return classes(
                square(n, 2, seed),
                (a, b) -> Math.floorMod((int) Math.floor(3 * a) + (int) Math.floor(2 * b), 3),
                "red",
                "green",
                "blue");
    }

    /** Alike where both features have the same sign. */
    static Dataset chequered(int n, long seed) {
        return classes(square(n, 4, seed), (a, b) -> a * b > 0 ? 1 : 0, "differ", "alike");
    }

    /** The same with a share of wrong labels. */
    static Dataset noisyChequers(int n, long seed, double share) {
        SplittableRandom random = new SplittableRandom(seed + 1);
        return classes(
                square(n, 1, seed), (a, b) -> a * b > 0 != random.nextDouble() < share ? 1 : 0, "differ", "alike");
    }

    /** Numbers in steps, with noise. */
    static Dataset steps(int n, long seed) {
        SplittableRandom random = new SplittableRandom(seed + 1);
        Matrix x = square(n, 1, seed);
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            y[i] = Math.floor(3 * x.get(i, 0)) + (x.get(i, 1) > 0 ? 1 : -1) + 0.1 * random.nextGaussian();
        }
        return Dataset.of(x, new RealTargets(y, 0, 1));
    }

    /** Numbers that rise with every feature, in steps with one of them, with much noise. */
    static Dataset slopeAndSteps(int n, long seed) {
        SplittableRandom random = new SplittableRandom(seed + 1);
        Matrix x = square(n, 6, seed);
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < 8; j++) {
                y[i] += x.get(i, j);
            }
            y[i] += 2 * Math.floorMod((int) Math.floor(4 * x.get(i, 0)), 2) + random.nextGaussian();
        }
        return Dataset.of(x, new RealTargets(y, 0, 1));
    }
}
