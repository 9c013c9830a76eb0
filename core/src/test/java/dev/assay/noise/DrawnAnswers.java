package dev.assay.noise;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.GivenProbabilities;
import dev.assay.linalg.LogSumExp;
import dev.assay.linalg.Matrix;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Rows without features, whose true class is drawn from known probabilities, and what a model says of them that has priced wrong labels in.
 *
 * @param data one bias
 * @param wrong which labels were made wrong
 * @param truth the true classes
 * @param probabilities n x C
 */
record DrawnAnswers(Dataset data, boolean[] wrong, int[] truth, Matrix probabilities) {
    /**
     * Draws.
     *
     * @param spread of the logits: the larger, the less doubt
     * @param transitions T, C x C
     * @param priced what the model takes for T: T itself, and it is a perfect model of the labels
     */
    static DrawnAnswers of(int n, double spread, Matrix transitions, Matrix priced, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int classes = transitions.columns();
        Matrix said = new Matrix(n, classes);
        int[] truth = new int[n];
        int[] codes = new int[n];
        boolean[] wrong = new boolean[n];
        for (int i = 0; i < n; i++) {
            double[] z = new double[classes];
            double[] q = new double[classes];
            Arrays.setAll(z, c -> spread * random.nextGaussian());
            LogSumExp.normalise(z, 0, q);
            truth[i] = drawn(q, random);
            codes[i] = drawn(transitions.row(truth[i]), random);
            wrong[i] = codes[i] != truth[i];
            for (int c = 0; c < classes; c++) {
                for (int y = 0; y < classes; y++) {
                    said.set(i, y, said.get(i, y) + q[c] * priced.get(c, y));
                }
            }
        }
        Matrix bias = new Matrix(n, 1);
        Arrays.fill(bias.values(), 1);
        return new DrawnAnswers(Dataset.of(bias, new ClassTargets(codes, names(classes))), wrong, truth, said);
    }

    private static int drawn(double[] probabilities, SplittableRandom random) {
        double left = random.nextDouble();
        int code = 0;
        while (code < probabilities.length - 1 && (left -= probabilities[code]) >= 0) {
            code++;
        }
        return code;
    }

    private static List<String> names(int classes) {
        return IntStream.range(0, classes).mapToObj(c -> "class" + c).toList();
    }

    /** What is said, each probability taken to a power: above 1 it is too sure of itself, below 1 too timid. */
    GivenProbabilities sharpened(double power) {
        Matrix values = probabilities.copy();
        for (int i = 0; i < values.rows(); i++) {
            double sum = 0;
            for (int c = 0; c < values.columns(); c++) {
                values.set(i, c, Math.pow(values.get(i, c), power));
                sum += values.get(i, c);
            }
            for (int c = 0; c < values.columns(); c++) {
                values.set(i, c, values.get(i, c) / sum);
            }
        }
        return GivenProbabilities.of("p", values, names(values.columns()), null);
    }

    long count(IntPredicate which) {
        return IntStream.range(0, wrong.length).filter(which).count();
    }
}
