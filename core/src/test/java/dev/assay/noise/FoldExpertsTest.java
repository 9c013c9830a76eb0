package dev.assay.noise;

import static dev.assay.linalg.Close.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.Folds;
import dev.assay.linalg.Cholesky;
import dev.assay.linalg.Matrix;
import dev.assay.linalg.RandomMatrices;
import dev.assay.model.NewtonTrainer;
import dev.assay.model.Objective;
import dev.assay.model.SoftmaxLoss;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Against Newton's method, closed forms, and the laws of weights. */
class FoldExpertsTest {
    private static final Workers WORKERS = Workers.of(2);
    private static final int ROWS = 150;
    private static final int CLASSES = 3;
    private static final int PARTS = 4;
    private static final double RIDGE = 0.02;
    private static final double TIGHT = 1e-9;
    private static final int MANY = 1000;
    private static final List<String> NAMES = List.of("a", "b", "c");

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    private static Matrix inputs(int n) {
        Matrix x = RandomMatrices.normal(n, 4, 11);
        for (int i = 0; i < n; i++) {
            x.set(i, 3, 1);
        }
        return x;
    }

    private static int[] codes(Matrix x) {
        SplittableRandom random = new SplittableRandom(12);
        return IntStream.range(0, x.rows())
                .map(i -> {
                    double z = x.get(i, 0) - 0.5 * x.get(i, 1) + 0.7 * random.nextGaussian();
                    return z > 0.6 ? 2 : z > -0.4 ? 1 : 0;
                })
                .toArray();
    }

    private static double[] ones(int n) {
        double[] result = new double[n];
        Arrays.fill(result, 1);
        return result;
    }

    private static Folds parts(int n) {
        return new Folds(IntStream.range(0, n).map(i -> i % PARTS).toArray(), PARTS);
    }

    private static FoldExperts.Trained train(
            Matrix x, double[] weights, int outputs, Folds parts, Responses responses) {
        return new FoldExperts(x, weights, outputs).train(parts, responses, RIDGE, null, TIGHT, MANY, WORKERS);
    }

    @Test
    void everyExpertIsTheNewtonFitOfTheOtherParts() {
        Matrix x = inputs(ROWS);
        int[] codes = codes(x);
        FoldExperts.Trained trained = train(x, ones(ROWS), CLASSES, parts(ROWS), new Responses.Labels(codes));
        Dataset all = Dataset.of(x, new ClassTargets(codes, NAMES));
        for (int part = 0; part < PARTS; part++) {
            int number = part;
            int[] others =
                    IntStream.range(0, ROWS).filter(i -> i % PARTS != number).toArray();
            double[] oracle = new NewtonTrainer(1e-13, 100)
                    .fit(new Objective(all.select(others), new SoftmaxLoss(CLASSES), RIDGE), null, WORKERS)
                    .model()
                    .theta();
            assertClose(trained.parameters().get(part), oracle, 1e-7);
        }
    }

    @Test
    void answersAreThoseOfTheExpertThatDidNotSeeTheRow() {
        Matrix x = inputs(ROWS);
        FoldExperts.Trained trained = train(x, ones(ROWS), CLASSES, parts(ROWS), new Responses.Labels(codes(x)));
        for (int i = 0; i < ROWS; i++) {
            double[] theta = trained.parameters().get(i % PARTS);
            double[] z = new double[CLASSES];
            for (int c = 0; c < CLASSES; c++) {
                for (int j = 0; j < x.columns(); j++) {
                    z[c] += theta[c * x.columns() + j] * x.get(i, j);
                }
            }
            double norm = Math.log(Arrays.stream(z).map(Math::exp).sum());
            for (int c = 0; c < CLASSES; c++) {
                assertThat(trained.answers().get(i, c)).isCloseTo(z[c] - norm, within(1e-12));
            }
        }
        Matrix other = FoldExperts.answers(trained.parameters().get(1), x, CLASSES, WORKERS);
        assertClose(other.row(1), trained.answers().row(1), 1e-12);
    }

    @Test
    void numbersAreRidgeRegression() {
        Matrix x = inputs(ROWS);
        double[] targets = numbers(x);
        double[] trust = new SplittableRandom(14).doubles(ROWS).toArray();
        FoldExperts.Trained trained = train(x, ones(ROWS), 1, parts(ROWS), new Responses.Numbers(targets, trust));
        for (int part = 0; part < PARTS; part++) {
            int d = x.columns();
            Matrix normal = new Matrix(d, d);
            double[] right = new double[d];
            int count = 0;
            for (int i = 0; i < ROWS; i++) {
                if (i % PARTS == part) {
                    continue;
                }
                count++;
                for (int j = 0; j < d; j++) {
                    right[j] += trust[i] * x.get(i, j) * targets[i];
                    for (int k = 0; k < d; k++) {
                        normal.set(j, k, normal.get(j, k) + trust[i] * x.get(i, j) * x.get(i, k));
                    }
                }
            }
            // the ridge is one of a mean over rows, whatever they are trusted
            normal.addToDiagonal(RIDGE * count);
            assertClose(
                    trained.parameters().get(part),
                    Cholesky.factor(normal, WORKERS).solve(right),
                    1e-7);
        }
    }

    private static double[] numbers(Matrix x) {
        SplittableRandom random = new SplittableRandom(13);
        return IntStream.range(0, x.rows())
                .mapToDouble(i -> x.get(i, 0) - 2 * x.get(i, 2) + 0.3 * random.nextGaussian())
                .toArray();
    }

    @Test
    void softLabelsAreRowsThatAreSeveralThingsInPart() {
        Matrix x = inputs(ROWS);
        SplittableRandom random = new SplittableRandom(15);
        Matrix shares = new Matrix(ROWS, CLASSES);
        int[] repeated = new int[ROWS * CLASSES];
        int[] codes = new int[ROWS * CLASSES];
        int[] dealt = new int[ROWS * CLASSES];
        double[] weights = new double[ROWS * CLASSES];
        for (int i = 0; i < ROWS; i++) {
            double first = random.nextDouble();
            double second = random.nextDouble() * (1 - first);
            double[] row = {first, second, 1 - first - second};
            for (int c = 0; c < CLASSES; c++) {
                shares.set(i, c, row[c]);
                repeated[i * CLASSES + c] = i;
                codes[i * CLASSES + c] = c;
                dealt[i * CLASSES + c] = i % PARTS;
                weights[i * CLASSES + c] = row[c];
            }
        }
        FoldExperts.Trained soft = train(x, ones(ROWS), CLASSES, parts(ROWS), new Responses.SoftLabels(shares));
        FoldExperts.Trained hard =
                train(x.selectRows(repeated), weights, CLASSES, new Folds(dealt, PARTS), new Responses.Labels(codes));
        for (int part = 0; part < PARTS; part++) {
            assertClose(soft.parameters().get(part), hard.parameters().get(part), 1e-7);
        }
    }

    @Test
    void labelsSeenThroughTransitionsEndWhereNothingPulls() {
        Matrix x = inputs(ROWS);
        int[] codes = codes(x);
        Matrix transitions = TransitionMatrixNoise.even(CLASSES, 0.2);
        FoldExperts.Trained trained = train(
                x, ones(ROWS), CLASSES, Folds.whole(ROWS), new Responses.SeenThrough(transitions.transpose(), codes));
        double[] theta = trained.parameters().get(0);
        double step = 1e-5;
        for (int k = 0; k < theta.length; k++) {
            double[] up = theta.clone();
            double[] down = theta.clone();
            up[k] += step;
            down[k] -= step;
            double slope = (seenThrough(x, codes, up) - seenThrough(x, codes, down)) / (2 * step);
            assertThat(slope).as("parameter %d", k).isCloseTo(0, within(1e-7));
        }
    }

    /** The objective, written down once more: one label in five is evenly something else. */
    private static double seenThrough(Matrix x, int[] codes, double[] theta) {
        double sum = 0;
        for (int i = 0; i < x.rows(); i++) {
            double[] e = new double[CLASSES];
            for (int c = 0; c < CLASSES; c++) {
                double z = 0;
                for (int j = 0; j < x.columns(); j++) {
                    z += theta[c * x.columns() + j] * x.get(i, j);
                }
                e[c] = Math.exp(z);
            }
            double q = e[codes[i]] / Arrays.stream(e).sum();
            sum -= Math.log(0.8 * q + 0.1 * (1 - q));
        }
        return sum / x.rows() + RIDGE / 2 * Arrays.stream(theta).map(t -> t * t).sum();
    }

    @Test
    void weightTwoIsTheRowTwiceAndWeightZeroNoRow() {
        Matrix x = inputs(ROWS);
        int[] codes = codes(x);
        double[] weights = IntStream.range(0, ROWS).mapToDouble(i -> i % 3).toArray();
        int[] repeated = IntStream.range(0, ROWS)
                .flatMap(i -> IntStream.range(0, i % 3).map(k -> i))
                .toArray();
        FoldExperts.Trained weighted = train(x, weights, CLASSES, parts(ROWS), new Responses.Labels(codes));
        FoldExperts.Trained copied = train(
                x.selectRows(repeated),
                ones(repeated.length),
                CLASSES,
                new Folds(IntStream.of(repeated).map(i -> i % PARTS).toArray(), PARTS),
                new Responses.Labels(IntStream.of(repeated).map(i -> codes[i]).toArray()));
        for (int part = 0; part < PARTS; part++) {
            assertClose(weighted.parameters().get(part), copied.parameters().get(part), 1e-7);
        }
        // a row without weight is answered all the same
        assertThat(Arrays.stream(weighted.answers().row(0)).map(Math::exp).sum())
                .isCloseTo(1, within(1e-12));
    }

    @Test
    void noLabelHasAPartInWhatIsSaidOfItsOwnPart() {
        Matrix x = inputs(ROWS);
        int[] codes = codes(x);
        int[] changed = codes.clone();
        for (int i = 2; i < ROWS; i += PARTS) {
            changed[i] = (changed[i] + 1) % CLASSES;
        }
        Matrix before = train(x, ones(ROWS), CLASSES, parts(ROWS), new Responses.Labels(codes))
                .answers();
        Matrix after = train(x, ones(ROWS), CLASSES, parts(ROWS), new Responses.Labels(changed))
                .answers();
        for (int i = 0; i < ROWS; i++) {
            if (i % PARTS == 2) {
                assertClose(after.row(i), before.row(i), 1e-12);
            } else {
                assertThat(after.row(i)).isNotEqualTo(before.row(i));
            }
        }
    }

    @Test
    void aWarmStartEndsInTheSamePlace() {
        Matrix x = inputs(ROWS);
        Responses labels = new Responses.Labels(codes(x));
        FoldExperts experts = new FoldExperts(x, ones(ROWS), CLASSES);
        List<double[]> strong = experts.train(parts(ROWS), labels, 1, null, TIGHT, MANY, WORKERS)
                .parameters();
        double[] kept = strong.get(0).clone();
        List<double[]> warm = experts.train(parts(ROWS), labels, RIDGE, strong, TIGHT, MANY, WORKERS)
                .parameters();
        List<double[]> cold = experts.train(parts(ROWS), labels, RIDGE, null, TIGHT, MANY, WORKERS)
                .parameters();
        assertThat(strong.get(0)).as("the start is left as it was").containsExactly(kept);
        for (int part = 0; part < PARTS; part++) {
            assertClose(warm.get(part), cold.get(part), 1e-6);
        }
    }

    @Test
    void oneExpertOfAllRowsAnswersForNone() {
        Matrix x = inputs(ROWS);
        int[] codes = codes(x);
        FoldExperts.Trained trained = train(x, ones(ROWS), CLASSES, Folds.whole(ROWS), new Responses.Labels(codes));
        double[] oracle = new NewtonTrainer(1e-13, 100)
                .fit(
                        new Objective(Dataset.of(x, new ClassTargets(codes, NAMES)), new SoftmaxLoss(CLASSES), RIDGE),
                        null,
                        WORKERS)
                .model()
                .theta();
        assertThat(trained.parameters()).hasSize(1);
        assertClose(trained.parameters().get(0), oracle, 1e-7);
        assertThat(trained.answers().values()).containsOnly(0);
    }

    @Test
    void theNumberOfThreadsChangesNoBit() {
        int many = 9000;
        Matrix x = inputs(many);
        Responses labels = new Responses.Labels(codes(x));
        FoldExperts experts = new FoldExperts(x, ones(many), CLASSES);
        try (Workers one = Workers.of(1);
                Workers three = Workers.of(3)) {
            FoldExperts.Trained alone = experts.train(parts(many), labels, RIDGE, null, 1e-3, 20, one);
            FoldExperts.Trained together = experts.train(parts(many), labels, RIDGE, null, 1e-3, 20, three);
            assertThat(together.answers().values())
                    .containsExactly(alone.answers().values());
        }
    }
}
