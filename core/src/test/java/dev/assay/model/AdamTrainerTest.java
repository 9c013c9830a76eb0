package dev.assay.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.RealTargets;
import dev.assay.data.SyntheticSample;
import dev.assay.data.Targets;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdamTrainerTest {
    private static final Workers WORKERS = Workers.of(2);

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    private static Matrix features(Random random, int n, int d, double zeros) {
        Matrix x = new Matrix(n, d);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d - 1; j++) {
                x.set(i, j, random.nextDouble() < zeros ? 0 : random.nextGaussian());
            }
            x.set(i, d - 1, 1);
        }
        return x;
    }

    private static ClassTargets classes(Random random, int n, int classes) {
        return new ClassTargets(
                random.ints(n, 0, classes).toArray(),
                IntStream.range(0, classes).mapToObj(Integer::toString).toList());
    }

    /** Adam as its authors wrote it down, on the full softmax, example by example and parameter by parameter. */
    private static double[] stepByStep(Dataset data, int classes, double[] start, int epochs, int batchSize) {
        int d = data.dimension();
        double[] theta = start.clone();
        double[] m = new double[theta.length];
        double[] v = new double[theta.length];
        int t = 0;
        for (int epoch = 0; epoch < epochs; epoch++) {
            for (int from = 0; from < data.size(); from += batchSize) {
                int to = Math.min(data.size(), from + batchSize);
                double[] gradient = new double[theta.length];
                double weight = 0;
                for (int i = from; i < to; i++) {
                    weight += data.weights()[i];
                    double[] exponentials = new double[classes];
                    for (int c = 0; c < classes; c++) {
                        double z = 0;
                        for (int j = 0; j < d; j++) {
                            z += theta[c * d + j] * data.features().get(i, j);
                        }
                        exponentials[c] = Math.exp(z);
                    }
                    double total = Arrays.stream(exponentials).sum();
                    for (int c = 0; c < classes; c++) {
                        double residual =
                                exponentials[c] / total - (data.targets().value(i) == c ? 1 : 0);
                        for (int j = 0; j < d; j++) {
                            gradient[c * d + j] += data.weights()[i]
                                    * residual
                                    * data.features().get(i, j);
                        }
                    }
                }
                t++;
                for (int k = 0; k < theta.length; k++) {
                    double g = gradient[k] / weight;
                    m[k] = 0.9 * m[k] + 0.1 * g;
                    v[k] = 0.999 * v[k] + 0.001 * g * g;
                    double first = m[k] / (1 - Math.pow(0.9, t));
                    double second = v[k] / (1 - Math.pow(0.999, t));
                    theta[k] -= 1e-3 * first / (Math.sqrt(second) + 1e-8);
                }
            }
        }
        return theta;
    }

    private static void assertClose(double[] actual, double[] expected, double tolerance) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int k = 0; k < expected.length; k++) {
            assertThat(actual[k]).as("parameter " + k).isCloseTo(expected[k], within(tolerance));
        }
    }

    @ParameterizedTest
    @CsvSource({"3, 0.9", "3, 0.0", "6, 0.8", "10, 0.0"})
    void takesTheStepsOfTheAlgorithmAsPublished(int classes, double zeros) {
        Random random = new Random(classes);
        // 150 examples: two full batches and a short one
        Dataset plain = Dataset.of(features(random, 150, 9, zeros), classes(random, 150, classes));
        Dataset data = plain.withWeights(random.doubles(150, 0.1, 3).toArray());
        double[] start = random.doubles(9L * classes, -0.3, 0.3).toArray();
        Fit fit = new AdamTrainer(1e-3, 64, 0, 25, 5).fit(Objective.of(data, 0.01), start, WORKERS);
        assertClose(fit.model().theta(), stepByStep(data, classes, start, 25, 64), 1e-11);
        assertThat(fit.iterations()).isEqualTo(25);
        assertThat(fit.converged()).isFalse();
    }

    /** Uniform within 1 / sqrt(d - 1), logit by logit. */
    private static double[] startOfTwoLogits(int d, long seed) {
        Random random = new Random(seed);
        return IntStream.range(0, 2 * d)
                .mapToDouble(k -> (2 * random.nextDouble() - 1) / Math.sqrt(d - 1))
                .toArray();
    }

    @Test
    void startsWhereThePapersCodeMayStart() {
        Random random = new Random(9);
        Dataset data = Dataset.of(features(random, 64, 7, 0.5), classes(random, 64, 2));
        double[] theta = new AdamTrainer(1e-3, 64, 0, 1, 5)
                .fit(new Objective(data, new SoftmaxLoss(2), 0), WORKERS)
                .model()
                .theta();
        assertClose(theta, stepByStep(data, 2, startOfTwoLogits(7, 5), 1, 64), 1e-13);
    }

    @Test
    void oneLogitIsTheDifferenceOfTheTwoOfASoftmax() {
        Random random = new Random(8);
        Dataset data = Dataset.of(features(random, 100, 7, 0.5), classes(random, 100, 2));
        double[] start = startOfTwoLogits(7, 5);
        double[] two = stepByStep(data, 2, start, 40, 64);
        double[] one = new AdamTrainer(1e-3, 64, 0, 40, 5)
                .fit(new Objective(data, new LogisticLoss(), 0), WORKERS)
                .model()
                .theta();
        double[] difference = new double[7];
        for (int j = 0; j < 7; j++) {
            difference[j] = two[7 + j] - two[j];
        }
        assertClose(one, difference, 1e-11);
    }

    @Test
    void stopsAfterTheFirstEpochWhoseMeanOfBatchMeansIsAtTheTarget() {
        // no features but the bias: before the first step the loss is log 2 in each batch
        Dataset data = Dataset.of(
                new Matrix(70, 1, IntStream.range(0, 70).mapToDouble(i -> 1).toArray()),
                new ClassTargets(new int[70], List.of("a", "b")));
        Objective objective = Objective.of(data, 0);
        double first = Math.log(2);
        // one step of 0.001 on each of two logits, against the gradient
        double second = Math.log1p(Math.exp(-0.002));
        double mean = (first + second) / 2;
        assertThat(new AdamTrainer(1e-3, 64, mean + 1e-6, 9, 5).fit(objective, new double[] {0}, WORKERS))
                .satisfies(fit -> {
                    assertThat(fit.iterations()).isEqualTo(1);
                    assertThat(fit.converged()).isTrue();
                });
        // weighted by rows, the first epoch's loss would be above the target and the second's below
        assertThat(new AdamTrainer(1e-3, 64, mean - 1e-6, 9, 5)
                        .fit(objective, new double[] {0}, WORKERS)
                        .iterations())
                .isEqualTo(2);
        assertThat(new AdamTrainer(1e-3, 64, 0, 9, 5)
                        .fit(objective, new double[] {0}, WORKERS)
                        .iterations())
                .isEqualTo(9);
    }

    @Test
    void aWeightOfZeroIsAsGoodAsNoExample() {
        Random random = new Random(2);
        Dataset data = Dataset.of(features(random, 128, 5, 0.2), classes(random, 128, 3));
        double[] weights = new double[128];
        Arrays.fill(weights, 0, 64, 1);
        Dataset half = data.select(IntStream.range(0, 64).toArray());
        AdamTrainer trainer = new AdamTrainer(1e-3, 64, 0, 30, 5);
        assertThat(trainer.fit(Objective.of(data.withWeights(weights), 0.1), WORKERS)
                        .model()
                        .theta())
                .isEqualTo(trainer.fit(Objective.of(half, 0.1), WORKERS).model().theta());
    }

    @Test
    void fitsALineThroughRealTargets() {
        Random random = new Random(4);
        Matrix x = features(random, 200, 3, 0);
        double[] y = new double[200];
        for (int i = 0; i < y.length; i++) {
            y[i] = 0.5 * x.get(i, 0) - 0.25 * x.get(i, 1) + 0.1;
        }
        Targets targets = new RealTargets(y, 0, 1);
        double[] theta = new AdamTrainer(1e-3, 64, 1e-12, 3000, 5)
                .fit(Objective.of(Dataset.of(x, targets), 0), WORKERS)
                .model()
                .theta();
        assertClose(theta, new double[] {0.5, -0.25, 0.1}, 1e-4);
    }

    @Test
    void theNumberOfThreadsDoesNotShow() {
        Dataset data = SyntheticSample.drawPaper(new int[] {100, 50}, 1).toDataset();
        AdamTrainer trainer = new AdamTrainer().withEpochLimit(20);
        try (Workers one = Workers.of(1)) {
            assertThat(trainer.fit(Objective.of(data, 0.01), WORKERS).model().theta())
                    .isEqualTo(
                            trainer.fit(Objective.of(data, 0.01), one).model().theta());
        }
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        assertThatThrownBy(() -> new AdamTrainer(0, 64, 0.1, 10, 1)).hasMessageContaining("learning rate");
        assertThatThrownBy(() -> new AdamTrainer(1e-3, 0, 0.1, 10, 1)).hasMessageContaining("batch size");
        Dataset data = SyntheticSample.drawPaper(new int[] {10}, 1).toDataset();
        assertThatThrownBy(() -> new AdamTrainer().fit(Objective.of(data, 0), new double[3], WORKERS))
                .hasMessageContaining("expected 164");
    }
}
