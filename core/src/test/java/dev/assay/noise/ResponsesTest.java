package dev.assay.noise;

import static dev.assay.linalg.Close.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.linalg.Matrix;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Losses against closed forms, and every derivative against finite differences. */
class ResponsesTest {
    private static final int CLASSES = 4;
    private static final int ROWS = 12;
    private static final double STEP = 1e-5;

    /** A loss, what the expert says as raw logits, and its derivative in them. */
    private record Said(double loss, double[] derivative) {}

    /** Asks at an offset, so that one that looks elsewhere is found out. */
    private static Said ask(Responses responses, int row, double[] logits) {
        int at = 3;
        double[] said = new double[at + logits.length + 2];
        Arrays.fill(said, Double.NaN);
        System.arraycopy(logits, 0, said, at, logits.length);
        double[] probabilities = new double[logits.length == 1 ? 0 : logits.length];
        if (logits.length > 1) {
            double norm = Math.log(Arrays.stream(logits).map(Math::exp).sum());
            for (int c = 0; c < logits.length; c++) {
                said[at + c] -= norm;
                probabilities[c] = Math.exp(said[at + c]);
            }
        }
        double[] given = probabilities.clone();
        double loss = responses.respond(row, said, at, probabilities);
        assertThat(probabilities).as("only to be read").containsExactly(given);
        return new Said(loss, Arrays.copyOfRange(said, at, at + logits.length));
    }

    private static double[] softmax(double[] logits) {
        double sum = Arrays.stream(logits).map(Math::exp).sum();
        return Arrays.stream(logits).map(z -> Math.exp(z) / sum).toArray();
    }

    private static int[] codes() {
        int[] codes = new int[ROWS];
        Arrays.setAll(codes, i -> i % CLASSES);
        return codes;
    }

    private static double[] targets() {
        return new SplittableRandom(5).doubles(ROWS, -3, 3).toArray();
    }

    /** Rows that add up to 1. */
    private static Matrix shares(int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix result = new Matrix(rows, CLASSES);
        for (int i = 0; i < rows; i++) {
            double[] row = softmax(random.doubles(CLASSES, -2, 2).toArray());
            System.arraycopy(row, 0, result.values(), result.offset(i), CLASSES);
        }
        return result;
    }

    static Stream<Responses> ofClasses() {
        return Stream.of(
                new Responses.Labels(codes()),
                new Responses.SoftLabels(shares(ROWS, 2)),
                new Responses.SeenThrough(shares(CLASSES, 3).transpose(), codes()));
    }

    static Stream<Responses> ofNumbers() {
        double[] trust = new SplittableRandom(6).doubles(ROWS).toArray();
        return Stream.of(
                new Responses.Numbers(targets(), trust),
                new Responses.SeenThroughOutliers(targets(), new Outliers(0.4, 1.2, 0.1, 0.15, 0.05)),
                new Responses.SeenThroughOutliers(targets(), new Outliers(0.4, 1, 0, 0.3, 0)));
    }

    private static void assertDerivative(Responses responses, int row, double[] logits) {
        double[] expected = new double[logits.length];
        for (int c = 0; c < logits.length; c++) {
            double[] up = logits.clone();
            double[] down = logits.clone();
            up[c] += STEP;
            down[c] -= STEP;
            expected[c] =
                    (ask(responses, row, up).loss() - ask(responses, row, down).loss()) / (2 * STEP);
        }
        assertClose(ask(responses, row, logits).derivative(), expected, 1e-7);
    }

    @ParameterizedTest
    @MethodSource("ofClasses")
    void derivativesInLogitsAreThoseOfTheLoss(Responses responses) {
        SplittableRandom random = new SplittableRandom(7);
        for (int row = 0; row < ROWS; row++) {
            assertDerivative(responses, row, random.doubles(CLASSES, -3, 3).toArray());
        }
    }

    @ParameterizedTest
    @MethodSource("ofNumbers")
    void derivativesInPredictionsAreThoseOfTheLoss(Responses responses) {
        SplittableRandom random = new SplittableRandom(8);
        for (int row = 0; row < ROWS; row++) {
            assertDerivative(responses, row, new double[] {random.nextDouble(-2, 2)});
        }
    }

    @Test
    void labelsCostWhatTheirProbabilitySays() {
        double[] logits = {0, Math.log(2), Math.log(5), Math.log(2)};
        Responses labels = new Responses.Labels(new int[] {2});
        assertThat(ask(labels, 0, logits).loss()).isCloseTo(Math.log(2), within(1e-12));
    }

    @Test
    void transitionsThatChangeNothingLeaveLabels() {
        double[] logits = {0.3, -1, 2, 0.5};
        Responses labels = new Responses.Labels(codes());
        Responses seen = new Responses.SeenThrough(Matrix.identity(CLASSES), codes());
        for (int row = 0; row < ROWS; row++) {
            assertThat(ask(seen, row, logits).loss())
                    .isCloseTo(ask(labels, row, logits).loss(), within(1e-12));
            assertClose(
                    ask(seen, row, logits).derivative(),
                    ask(labels, row, logits).derivative(),
                    1e-12);
        }
    }

    @Test
    void softLabelsOfOneClassAreLabels() {
        double[] logits = {0.3, -1, 2, 0.5};
        Matrix certain = new Matrix(ROWS, CLASSES);
        for (int i = 0; i < ROWS; i++) {
            certain.set(i, codes()[i], 1);
        }
        for (int row = 0; row < ROWS; row++) {
            Said soft = ask(new Responses.SoftLabels(certain), row, logits);
            Said hard = ask(new Responses.Labels(codes()), row, logits);
            assertThat(soft.loss()).isCloseTo(hard.loss(), within(1e-12));
            assertClose(soft.derivative(), hard.derivative(), 1e-12);
        }
    }

    @Test
    void aLabelIsSeenThroughTheClassesItMayComeFrom() {
        // T(c, y): 1 in 4 of class 0 is labelled 1, and all of the others as they are
        Matrix transitions = Matrix.identity(CLASSES);
        transitions.set(0, 0, 0.75);
        transitions.set(0, 1, 0.25);
        double[] logits = {Math.log(6), Math.log(1), Math.log(1), Math.log(2)};
        Responses seen = new Responses.SeenThrough(transitions.transpose(), new int[] {1});
        Said said = ask(seen, 0, logits);
        assertThat(said.loss()).isCloseTo(-Math.log(0.6 * 0.25 + 0.1), within(1e-12));
        // q minus the posterior, which is .15 to .1
        assertClose(said.derivative(), new double[] {0.6 - 0.6, 0.1 - 0.4, 0.1, 0.2}, 1e-12);
    }

    @Test
    void withoutOutliersNumbersCostHalfTheirSquareButForAConstant() {
        double deviation = 0.5;
        double[] targets = targets();
        double[] ones = new double[ROWS];
        Arrays.fill(ones, 1);
        Responses seen = new Responses.SeenThroughOutliers(targets, new Outliers(deviation, 1, 0, 0, 0));
        Responses square = new Responses.Numbers(targets, ones);
        for (int row = 0; row < ROWS; row++) {
            for (double residual : new double[] {-0.9, -0.2, 0, 0.4, 1.1}) {
                double[] prediction = {targets[row] - residual};
                Said one = ask(seen, row, prediction);
                Said other = ask(square, row, prediction);
                double constant = deviation * deviation * Math.log(deviation * Math.sqrt(2 * Math.PI));
                assertThat(one.loss()).isCloseTo(other.loss() + constant, within(1e-8));
                assertClose(one.derivative(), other.derivative(), 1e-8);
            }
        }
    }

    @Test
    void numbersCostTheirSquareTimesTheirTrust() {
        Said said = ask(new Responses.Numbers(new double[] {1}, new double[] {0.25}), 0, new double[] {3});
        assertThat(said.loss()).isCloseTo(0.5, within(1e-15));
        assertThat(said.derivative()[0]).isCloseTo(0.5, within(1e-15));
    }

    @Test
    void aCertainOutlierPullsNobody() {
        Responses seen = new Responses.SeenThroughOutliers(new double[] {4}, new Outliers(0.1, 1, 0.1, 0, 0));
        assertThat(ask(seen, 0, new double[] {0}).derivative()[0]).isCloseTo(0, within(1e-9));
    }
}
