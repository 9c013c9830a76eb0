package dev.assay.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.ClassTargets;
import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.data.RealTargets;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Experts that know what each row is, and labels that are sometimes something else. */
class DoubtTestTest {
    private static final Workers WORKERS = Workers.of(2);
    private static final int ROWS = 1500;

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    private static Matrix inputs(SplittableRandom random) {
        Matrix x = new Matrix(ROWS, 3);
        for (int i = 0; i < ROWS; i++) {
            x.set(i, 0, random.nextGaussian());
            x.set(i, 1, random.nextGaussian());
            x.set(i, 2, 1);
        }
        return x;
    }

    /**
     * The class is the sign of the first feature, of which the expert is certain.
     *
     * @param error probability of another label
     * @param certain q of the class
     */
    private static DoubtTest ofClasses(ToDoubleFunction<double[]> error, double certain) {
        SplittableRandom random = new SplittableRandom(41);
        Matrix x = inputs(random);
        Matrix answers = new Matrix(ROWS, 2);
        int[] codes = new int[ROWS];
        for (int i = 0; i < ROWS; i++) {
            int truth = x.get(i, 0) > 0 ? 1 : 0;
            codes[i] = random.nextDouble() < error.applyAsDouble(x.row(i)) ? 1 - truth : truth;
            answers.set(i, truth, Math.log(certain));
            answers.set(i, 1 - truth, Math.log(1 - certain));
        }
        double[] weights = new double[ROWS];
        Arrays.fill(weights, 1);
        Dataset data = Dataset.of(x, new ClassTargets(codes, List.of("no", "yes")));
        LabelNoise noise = TransitionMatrixNoise.of(answers, codes, weights, TransitionMatrixNoise.even(2, 0.15), 1);
        return DoubtTest.of(noise, x, weights, ContentOrder.of(data, WORKERS), 1, WORKERS);
    }

    @Test
    void errorsEverywhereAreAFloor() {
        DoubtTest floor = ofClasses(x -> 0.15, 0.995);
        assertThat(floor.isDoubt()).as(floor.toString()).isFalse();
        // a quarter of 15 % of all rows, as many as there are
        assertThat(floor.expected()).isCloseTo(0.15 * ROWS / 4, within(10.0));
        assertThat(floor.observed()).isCloseTo(floor.expected(), within(20.0));
        assertThat(floor.gain()).isLessThan(3 * floor.standardError());
    }

    @Test
    void errorsOnOneSideOnlyAreDoubt() {
        DoubtTest floor = ofClasses(x -> x[1] > 0 ? 0.3 : 0, 0.995);
        assertThat(floor.isDoubt()).as(floor.toString()).isTrue();
        assertThat(floor.observed()).isLessThan(5);
        assertThat(floor.gain()).isGreaterThan(20);
    }

    @Test
    void moreErrorsOnOneSideThanOnTheOtherAreAFloorAllTheSame() {
        DoubtTest floor = ofClasses(x -> x[1] > 0 ? 0.18 : 0.12, 0.995);
        assertThat(floor.isDoubt()).as(floor.toString()).isFalse();
    }

    @Test
    void withoutRowsThatAreCertainThereIsNothingToSay() {
        DoubtTest floor = ofClasses(x -> x[1] > 0 ? 0.3 : 0, 0.85);
        assertThat(floor.isDoubt()).isFalse();
        assertThat(floor.expected()).isZero();
    }

    @Test
    void rowsOfNoWeightAreNoRows() {
        SplittableRandom random = new SplittableRandom(43);
        Matrix x = inputs(random);
        Matrix answers = new Matrix(ROWS, 2);
        int[] codes = new int[ROWS];
        double[] weights = new double[ROWS];
        for (int i = 0; i < ROWS; i++) {
            int truth = x.get(i, 0) > 0 ? 1 : 0;
            // flat errors among the rows that count; none among those that do not, where a feature is negative
            boolean counts = x.get(i, 1) > -0.5;
            weights[i] = counts ? 1 : 0;
            codes[i] = counts && random.nextDouble() < 0.2 ? 1 - truth : truth;
            answers.set(i, truth, Math.log(0.995));
            answers.set(i, 1 - truth, Math.log(0.005));
        }
        Dataset data = Dataset.of(x, new ClassTargets(codes, List.of("no", "yes")));
        LabelNoise noise = TransitionMatrixNoise.of(answers, codes, weights, TransitionMatrixNoise.even(2, 0.2), 1);
        DoubtTest floor = DoubtTest.of(noise, x, weights, ContentOrder.of(data, WORKERS), 1, WORKERS);
        assertThat(floor.isDoubt()).as(floor.toString()).isFalse();
        double counted = Arrays.stream(weights).sum();
        assertThat(floor.expected()).isCloseTo(0.2 * counted / 4, within(0.05 * counted));
    }

    private static DoubtTest ofNumbers(ToDoubleFunction<double[]> error) {
        SplittableRandom random = new SplittableRandom(42);
        Matrix x = inputs(random);
        Matrix predictions = new Matrix(ROWS, 1);
        double[] targets = new double[ROWS];
        for (int i = 0; i < ROWS; i++) {
            predictions.set(i, 0, x.get(i, 0));
            targets[i] = x.get(i, 0)
                    + 0.1 * random.nextGaussian()
                    + (random.nextDouble() < error.applyAsDouble(x.row(i)) ? 1.5 : 0);
        }
        double[] weights = new double[ROWS];
        Arrays.fill(weights, 1);
        Dataset data = Dataset.of(x, new RealTargets(targets, 0, 1));
        return DoubtTest.of(
                Outliers.fit(predictions, targets, weights, WORKERS),
                x,
                weights,
                ContentOrder.of(data, WORKERS),
                1,
                WORKERS);
    }

    @Test
    void theSameOfNumbers() {
        DoubtTest flat = ofNumbers(x -> 0.15);
        assertThat(flat.isDoubt()).as(flat.toString()).isFalse();
        DoubtTest sided = ofNumbers(x -> x[1] > 0 ? 0.3 : 0);
        assertThat(sided.isDoubt()).as(sided.toString()).isTrue();
    }
}
