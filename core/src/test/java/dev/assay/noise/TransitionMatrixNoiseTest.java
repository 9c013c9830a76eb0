package dev.assay.noise;

import static dev.assay.linalg.Close.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Labels drawn from a known q through known transitions. */
class TransitionMatrixNoiseTest {
    private static final int ROWS = 8000;
    private static final int CLASSES = 3;
    /** What the answers must be multiplied by. */
    private static final double SCALE = 1.6;

    private static final double[][] PAIRS = {{0.7, 0.3, 0}, {0, 0.9, 0.1}, {0.2, 0, 0.8}};
    private static final double[][] EVEN = {{0.8, 0.1, 0.1}, {0.1, 0.8, 0.1}, {0.1, 0.1, 0.8}};
    private static final double[][] NONE = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};

    /**
     * Drawn labels.
     *
     * @param answers log-probabilities that are too timid
     */
    private record Drawn(Matrix answers, int[] truth, int[] codes) {
        double wrong() {
            return (double) IntStream.range(0, codes.length)
                            .filter(i -> codes[i] != truth[i])
                            .count()
                    / codes.length;
        }

        double[] ones() {
            double[] result = new double[codes.length];
            Arrays.fill(result, 1);
            return result;
        }
    }

    private static Drawn draw(double[][] transitions, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix answers = new Matrix(ROWS, CLASSES);
        int[] truth = new int[ROWS];
        int[] codes = new int[ROWS];
        for (int i = 0; i < ROWS; i++) {
            double[] logits = new double[CLASSES];
            Arrays.setAll(logits, c -> 3 * random.nextGaussian());
            truth[i] = draw(softmax(logits, 1), random);
            codes[i] = draw(transitions[truth[i]], random);
            double[] timid = softmax(logits, 1 / SCALE);
            for (int c = 0; c < CLASSES; c++) {
                answers.set(i, c, Math.log(timid[c]));
            }
        }
        return new Drawn(answers, truth, codes);
    }

    private static double[] softmax(double[] logits, double scale) {
        double sum = Arrays.stream(logits).map(z -> Math.exp(scale * z)).sum();
        return Arrays.stream(logits).map(z -> Math.exp(scale * z) / sum).toArray();
    }

    private static int draw(double[] shares, SplittableRandom random) {
        double left = random.nextDouble();
        for (int c = 0; c < shares.length - 1; c++) {
            left -= shares[c];
            if (left < 0) {
                return c;
            }
        }
        return shares.length - 1;
    }

    private static void assertTransitions(Matrix actual, double[][] expected, double tolerance) {
        for (int c = 0; c < CLASSES; c++) {
            assertClose(actual.row(c), expected[c], tolerance);
            assertThat(Arrays.stream(actual.row(c)).sum()).isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void findsTheTransitionsTheScaleAndTheShare() {
        Drawn drawn = draw(PAIRS, 1);
        TransitionMatrixNoise found = TransitionMatrixNoise.fit(
                drawn.answers(), drawn.codes(), drawn.ones(), TransitionMatrixNoise.Kind.BY_CLASS, Workers.shared());
        assertTransitions(found.transitions(), PAIRS, 0.03);
        assertThat(found.scale()).isCloseTo(SCALE, within(0.1));
        assertThat(found.share()).isCloseTo(drawn.wrong(), within(0.015));
    }

    @Test
    void findsOneShareForAllClasses() {
        Drawn drawn = draw(EVEN, 2);
        TransitionMatrixNoise found = TransitionMatrixNoise.fit(
                drawn.answers(), drawn.codes(), drawn.ones(), TransitionMatrixNoise.Kind.EVEN, Workers.shared());
        assertTransitions(found.transitions(), EVEN, 0.015);
        double off = found.transitions().get(0, 1);
        for (int c = 0; c < CLASSES; c++) {
            for (int y = 0; y < CLASSES; y++) {
                assertThat(found.transitions().get(c, y)).isCloseTo(c == y ? 1 - 2 * off : off, within(1e-12));
            }
        }
        assertThat(found.scale()).isCloseTo(SCALE, within(0.1));
    }

    @Test
    void findsNothingWhereNothingIsWrong() {
        Drawn drawn = draw(NONE, 3);
        TransitionMatrixNoise found = TransitionMatrixNoise.fit(
                drawn.answers(), drawn.codes(), drawn.ones(), TransitionMatrixNoise.Kind.BY_CLASS, Workers.shared());
        assertThat(found.share()).isLessThan(0.01);
        assertThat(found.scale()).isCloseTo(SCALE, within(0.1));
    }

    @Test
    void withoutNoiseTheScaleIsTheLikeliestAndAllLabelsAreTrusted() {
        Drawn drawn = draw(NONE, 3);
        TransitionMatrixNoise found = TransitionMatrixNoise.fit(
                drawn.answers(), drawn.codes(), drawn.ones(), TransitionMatrixNoise.Kind.NONE, Workers.shared());
        assertThat(found.scale()).isCloseTo(SCALE, within(0.1));
        assertThat(found.share()).isZero();
        assertThat(found.trust()).containsOnly(1);
        double best = logPosterior(drawn, found.scale());
        assertThat(best).isGreaterThan(logPosterior(drawn, found.scale() * 1.02));
        assertThat(best).isGreaterThan(logPosterior(drawn, found.scale() / 1.02));
    }

    private static double logPosterior(Drawn drawn, double scale) {
        double sum = -Math.log(scale) * Math.log(scale) / 2;
        for (int i = 0; i < ROWS; i++) {
            sum += Math.log(softmax(drawn.answers().row(i), scale)[drawn.codes()[i]]);
        }
        return sum;
    }

    @Test
    void trustIsTheProbabilityThatALabelIsRight() {
        Drawn drawn = draw(PAIRS, 4);
        double[] trust = TransitionMatrixNoise.fit(
                        drawn.answers(),
                        drawn.codes(),
                        drawn.ones(),
                        TransitionMatrixNoise.Kind.BY_CLASS,
                        Workers.shared())
                .trust();
        for (int tenth = 0; tenth < 10; tenth++) {
            double from = tenth / 10.0;
            int[] own = IntStream.range(0, ROWS)
                    .filter(i -> trust[i] >= from && trust[i] < from + 0.1 + (from > 0.85 ? 1e-9 : 0))
                    .toArray();
            double expected =
                    Arrays.stream(own).mapToDouble(i -> trust[i]).average().orElse(0);
            double right = Arrays.stream(own)
                    .mapToDouble(i -> drawn.codes()[i] == drawn.truth()[i] ? 1 : 0)
                    .average()
                    .orElse(0);
            double error = Math.sqrt(0.25 / Math.max(1, own.length));
            assertThat(own).as("rows with trust from %s", from).hasSizeGreaterThan(50);
            assertThat(right).as("trust from %s", from).isCloseTo(expected, within(3 * error + 0.01));
        }
    }

    @Test
    void likelihoodsAndPosteriorsAreBayes() {
        Matrix answers = new Matrix(1, 2, new double[] {Math.log(0.8), Math.log(0.2)});
        Matrix transitions = new Matrix(2, 2, new double[] {0.7, 0.3, 0.1, 0.9});
        TransitionMatrixNoise noise =
                TransitionMatrixNoise.of(answers, new int[] {1}, new double[] {1}, transitions, 1);
        // label 1 is class 0 taken for 1 (.8 x .3) or class 1 (.2 x .9)
        assertThat(noise.logLikelihoods()[0]).isCloseTo(Math.log(0.42), within(1e-12));
        assertClose(noise.posteriors().row(0), new double[] {0.24 / 0.42, 0.18 / 0.42}, 1e-12);
        assertThat(noise.trust()[0]).isCloseTo(0.18 / 0.42, within(1e-12));
        assertThat(noise.share()).isCloseTo(0.24 / 0.42, within(1e-12));
        assertThat(noise.logDensities()[0]).isCloseTo(Math.log(0.2), within(1e-12));
    }

    @Test
    void aScaleSharpensTheAnswers() {
        Matrix answers = new Matrix(1, 2, new double[] {Math.log(0.8), Math.log(0.2)});
        TransitionMatrixNoise noise =
                TransitionMatrixNoise.of(answers, new int[] {0}, new double[] {1}, Matrix.identity(2), 2);
        assertThat(Math.exp(noise.logDensities()[0])).isCloseTo(0.64 / 0.68, within(1e-12));
        assertThat(Math.exp(answers.get(0, 0))).as("what came is left alone").isCloseTo(0.8, within(1e-12));
    }

    @Test
    void sharpnessCutsDoubtShort() {
        Matrix answers = new Matrix(1, 2, new double[] {Math.log(0.8), Math.log(0.2)});
        TransitionMatrixNoise noise = TransitionMatrixNoise.of(
                answers, new int[] {0}, new double[] {1}, TransitionMatrixNoise.even(2, 0.25), 1);
        // .8 x .75 to .2 x .25, that is 12 to 1, squared
        Responses.SoftLabels sharp = (Responses.SoftLabels) noise.corrected(2);
        assertClose(sharp.shares().row(0), new double[] {144.0 / 145, 1.0 / 145}, 1e-12);
        Responses.SoftLabels plain = (Responses.SoftLabels) noise.corrected(1);
        assertClose(plain.shares().row(0), new double[] {12.0 / 13, 1.0 / 13}, 1e-12);
    }

    @Test
    void weightTwoIsTheRowTwiceAndWeightZeroNoRow() {
        Drawn drawn = draw(PAIRS, 5);
        double[] weights = IntStream.range(0, ROWS).mapToDouble(i -> i % 3).toArray();
        int[] repeated = IntStream.range(0, ROWS)
                .flatMap(i -> IntStream.range(0, i % 3).map(k -> i))
                .toArray();
        double[] ones = new double[repeated.length];
        Arrays.fill(ones, 1);
        for (TransitionMatrixNoise.Kind kind : TransitionMatrixNoise.Kind.values()) {
            TransitionMatrixNoise weighted =
                    TransitionMatrixNoise.fit(drawn.answers(), drawn.codes(), weights, kind, Workers.shared());
            TransitionMatrixNoise copied = TransitionMatrixNoise.fit(
                    drawn.answers().selectRows(repeated),
                    IntStream.of(repeated).map(i -> drawn.codes()[i]).toArray(),
                    ones,
                    kind,
                    Workers.shared());
            assertClose(weighted.transitions().values(), copied.transitions().values(), 1e-9);
            assertThat(weighted.scale()).isCloseTo(copied.scale(), within(1e-9));
            assertThat(weighted.share()).isCloseTo(copied.share(), within(1e-9));
        }
    }

    @Test
    void fewRowsLeanTowardsOneShareForAll() {
        // twenty rows say little of who is taken for whom: T lies between what they say and even shares
        Drawn drawn = draw(PAIRS, 6);
        int[] few = IntStream.range(0, 20).toArray();
        double[] ones = new double[few.length];
        Arrays.fill(ones, 1);
        Matrix t = TransitionMatrixNoise.fit(
                        drawn.answers().selectRows(few),
                        Arrays.copyOf(drawn.codes(), few.length),
                        ones,
                        TransitionMatrixNoise.Kind.BY_CLASS,
                        Workers.shared())
                .transitions();
        double even = 0;
        for (int c = 0; c < CLASSES; c++) {
            even += (1 - t.get(c, c)) / CLASSES;
        }
        for (int c = 0; c < CLASSES; c++) {
            for (int y = 0; y < CLASSES; y++) {
                if (y != c) {
                    assertThat(t.get(c, y)).isGreaterThan(0.1 * even);
                }
            }
        }
    }

    @Test
    void otherRowsAreJudgedByTheSameTransitions() {
        Drawn drawn = draw(PAIRS, 7);
        TransitionMatrixNoise found = TransitionMatrixNoise.fit(
                drawn.answers(), drawn.codes(), drawn.ones(), TransitionMatrixNoise.Kind.BY_CLASS, Workers.shared());
        int[] some = {5, 17, 101};
        TransitionMatrixNoise judged = TransitionMatrixNoise.of(
                drawn.answers().selectRows(some),
                IntStream.of(some).map(i -> drawn.codes()[i]).toArray(),
                new double[] {1, 1, 1},
                found.transitions(),
                found.scale());
        assertClose(
                judged.trust(),
                IntStream.of(some).mapToDouble(i -> found.trust()[i]).toArray(),
                1e-12);
    }
}
