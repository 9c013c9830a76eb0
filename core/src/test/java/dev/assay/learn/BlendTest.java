package dev.assay.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.ClassTargets;
import dev.assay.data.RealTargets;
import dev.assay.data.Targets;
import dev.assay.linalg.LogSumExp;
import dev.assay.linalg.Matrix;
import dev.assay.model.LinearModel;
import dev.assay.model.SoftmaxLoss;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Experts that answer together say what is best of what they say. */
final class BlendTest {
    private static final int ROWS = 200;
    private static final double GRID = 0.01;

    private final Random random = new Random(3);

    @Test
    void weightsOfClassesAreThoseOfTheHighestLikelihood() {
        int[] codes = random.ints(ROWS, 0, 3).toArray();
        Targets targets = new ClassTargets(codes, List.of("a", "b", "c"));
        List<Matrix> answers = List.of(says(codes, 1), says(codes, 1.5), says(codes, 1.2));
        double[] rows = random.doubles(ROWS).toArray();

        double[] found = BlendWeights.of(answers, targets, rows);

        assertThat(Arrays.stream(found).sum()).isCloseTo(1, within(1e-9));
        assertThat(found).containsExactly(onGrid(answers, targets, rows), within(1.5 * GRID));
    }

    @Test
    void weightsOfNumbersAreThoseOfTheLeastSquares() {
        double[] values = random.doubles(ROWS).toArray();
        Targets targets = new RealTargets(values, 0, 1);
        List<Matrix> answers = List.of(near(values, 1), near(values, 0.8), near(values, 1.2));
        double[] rows = random.doubles(ROWS).toArray();

        double[] found = BlendWeights.of(answers, targets, rows);

        assertThat(found).containsExactly(onGrid(answers, targets, rows), within(1.5 * GRID));
    }

    @Test
    void expertThatAddsNothingHasNoWeight() {
        int[] codes = random.ints(ROWS, 0, 2).toArray();
        Matrix sure = says(codes, 20);
        Matrix wrong = says(Arrays.stream(codes).map(code -> 1 - code).toArray(), 20);

        double[] found = BlendWeights.of(List.of(wrong, sure), new ClassTargets(codes, List.of("a", "b")), ones());

        assertThat(found).containsExactly(0, 1);
    }

    @Test
    void blendSaysTheMeanOfProbabilitiesAndHowItIsMade() {
        try (Workers workers = Workers.of(1)) {
            Expert first = linear(2);
            Expert second = linear(-1);
            BlendedExpert blend =
                    new BlendedExpert(List.of(new WeightedExpert(first, 0.25), new WeightedExpert(second, 0.75)));
            Matrix x = new Matrix(1, 2, new double[] {0.7, 1});

            double said = Math.exp(blend.answers(x, workers).get(0, 1));

            assertThat(said)
                    .isCloseTo(
                            0.25 * Math.exp(first.answers(x, workers).get(0, 1))
                                    + 0.75 * Math.exp(second.answers(x, workers).get(0, 1)),
                            within(1e-12));
            assertThat(blend.name()).isEqualTo("0.75 linear + 0.25 linear");
            assertThatThrownBy(() -> new BlendedExpert(List.of(new WeightedExpert(first, 0.5))))
                    .hasMessageContaining("0.5");
            assertThatThrownBy(() -> new BlendedExpert(List.of())).hasMessageContaining("add up to 0");
        }
    }

    private static Expert linear(double slope) {
        return new LinearExpert(
                new IdentityMap(2),
                new LinearModel(new SoftmaxLoss(2), 2, new double[] {0, 0, slope, 0.1}),
                1,
                Double.NaN,
                1e-3);
    }

    private static double[] ones() {
        double[] result = new double[ROWS];
        Arrays.fill(result, 1);
        return result;
    }

    /** Log-probabilities that lean towards the codes. */
    private Matrix says(int[] codes, double lean) {
        int classes = Arrays.stream(codes).max().orElseThrow() + 1;
        Matrix result = new Matrix(codes.length, classes);
        for (int i = 0; i < codes.length; i++) {
            for (int c = 0; c < classes; c++) {
                result.set(i, c, random.nextGaussian() + (c == codes[i] ? lean : 0));
            }
        }
        LogSumExp.normaliseRows(result);
        return result;
    }

    private Matrix near(double[] values, double noise) {
        return new Matrix(
                values.length,
                1,
                Arrays.stream(values)
                        .map(value -> value + noise * random.nextGaussian())
                        .toArray());
    }

    private static double[] onGrid(List<Matrix> answers, Targets targets, double[] rows) {
        double[] best = new double[3];
        double most = Double.NEGATIVE_INFINITY;
        int steps = (int) Math.round(1 / GRID);
        for (int one = 0; one <= steps; one++) {
            for (int two = 0; one + two <= steps; two++) {
                double[] weights = {one * GRID, two * GRID, (steps - one - two) * GRID};
                Matrix said = BlendedExpert.answers(answers, weights);
                double[] explained = Expert.logLikelihoods(said, targets, 1);
                double sum = 0;
                for (int i = 0; i < rows.length; i++) {
                    sum += rows[i] * explained[i];
                }
                if (sum > most) {
                    most = sum;
                    best = weights;
                }
            }
        }
        return best;
    }
}
