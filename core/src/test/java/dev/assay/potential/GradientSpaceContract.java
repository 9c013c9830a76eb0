package dev.assay.potential;

import static dev.assay.linalg.Close.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.influence.GradientSpace;
import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Everything that is asked of a gradient space, against the n x n matrix X of an implementation's own definition. */
abstract class GradientSpaceContract {
    private final Workers workers = Workers.of(2);

    @AfterEach
    void close() {
        workers.close();
    }

    /** At least 12 examples, with weights of 0, below 1 and above 1 among them. */
    abstract GradientSpace space(Workers workers);

    /** X by plain loops. */
    abstract double[][] influences();

    /** How exact that definition is. */
    double tolerance() {
        return 1e-9;
    }

    @Test
    void solvesAndWhitenedRowsGiveTheInfluences() {
        GradientSpace space = space(workers);
        double[][] x = influences();
        int n = space.size();
        int[] all = IntStream.range(0, n).toArray();
        Matrix rows = space.gradients(all, workers);
        assertThat(rows.columns()).isEqualTo(space.dimension());
        Matrix solved = Dense.multiplyTransposed(space.solve(rows, workers), rows, workers);
        Matrix whitened = space.whitened(0, n, workers);
        Matrix weighted = space.weightedWhitened(2, n, workers);
        Matrix products = Dense.multiplyTransposed(whitened, whitened, workers);
        Matrix influences = space.influences(all, new int[] {n - 1, 0}, workers);
        double[] self = space.selfInfluences(workers);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                assertThat(-solved.get(i, j)).isCloseTo(x[i][j], within(tolerance()));
                assertThat(-products.get(i, j)).isCloseTo(x[i][j], within(tolerance()));
            }
            assertThat(influences.get(i, 0)).isCloseTo(x[i][n - 1], within(tolerance()));
            assertThat(influences.get(i, 1)).isCloseTo(x[i][0], within(tolerance()));
            assertThat(self[i]).isCloseTo(-x[i][i], within(tolerance()));
            for (int k = 0; k < space.dimension() && i >= 2; k++) {
                assertThat(weighted.get(i - 2, k))
                        .isCloseTo(Math.sqrt(space.weights()[i]) * whitened.get(i, k), within(tolerance()));
            }
        }
    }

    @Test
    void combinationsAndProductsAreThoseOfTheRows() {
        GradientSpace space = space(workers);
        int n = space.size();
        Matrix rows = space.gradients(IntStream.range(0, n).toArray(), workers);
        Random random = new Random(3);
        Matrix factors = new Matrix(2, n);
        Arrays.setAll(factors.values(), k -> random.nextGaussian());
        Matrix vectors = new Matrix(3, space.dimension());
        Arrays.setAll(vectors.values(), k -> random.nextGaussian());
        assertClose(
                space.combinations(factors, workers).values(),
                Dense.multiply(factors, rows, workers).values(),
                tolerance());
        assertClose(
                space.products(vectors, workers).values(),
                Dense.multiplyTransposed(rows, vectors, workers).values(),
                tolerance());
    }

    /** Pairs of different examples, and of a weight's copies. */
    private static double pairWeight(double[] weights, int i, int j) {
        double copies = Math.max(0, weights[i] * (weights[i] - 1));
        return i == j ? copies : weights[i] * weights[j];
    }

    /** The mean over all pairs of a power of X - about. */
    private static double moment(double[][] x, double[] weights, double about, int power) {
        double sum = 0;
        double pairs = 0;
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < x.length; j++) {
                sum += pairWeight(weights, i, j) * Math.pow(x[i][j] - about, power);
                pairs += pairWeight(weights, i, j);
            }
        }
        return sum / pairs;
    }

    @Test
    void vAndTheMomentsAreThoseOfTheMatrix() {
        GradientSpace space = space(workers);
        double[][] x = influences();
        double[] w = space.weights();
        double mean = moment(x, w, 0, 1);
        double variance = moment(x, w, mean, 2);
        InfluenceMoments moments = InfluenceMoments.of(space, 1, workers);
        assertThat(moments.potential()).isEqualTo(Potential.of(space, workers));
        assertThat(moments.potential().mean()).isCloseTo(mean, within(tolerance()));
        assertThat(moments.potential().variance()).isCloseTo(variance, within(tolerance() * variance));
        assertThat(moments.rawSecond()).isCloseTo(moment(x, w, 0, 2), within(tolerance() * variance));
        assertThat(moments.rawFourth() / moment(x, w, 0, 4)).isCloseTo(1, within(10 * tolerance()));
        assertThat(moments.skewness())
                .isCloseTo(moment(x, w, mean, 3) / Math.pow(variance, 1.5), within(100 * tolerance()));
        assertThat(moments.excessKurtosis())
                .isCloseTo(moment(x, w, mean, 4) / variance / variance - 3, within(100 * tolerance()));
    }

    @Test
    void theSharesOfRowsAreThoseOfTheMatrix() {
        GradientSpace space = space(workers);
        double[][] x = influences();
        double[] squares = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < x.length; j++) {
                squares[i] += pairWeight(space.weights(), i, j) * x[i][j] * x[i][j];
            }
        }
        double sum = Arrays.stream(squares).sum();
        assertClose(
                RowVariance.shares(space, workers),
                Arrays.stream(squares).map(square -> square / sum).toArray(),
                tolerance());
    }

    @Test
    void theCellsOfAMapAreMeansOfTheMatrix() {
        GradientSpace space = space(workers);
        double[][] x = influences();
        int n = space.size();
        int[] groups = IntStream.range(0, n).map(i -> i % 3 - 1).toArray();
        InfluenceMap map = InfluenceMap.of(space, groups, 2, 2, workers);
        for (int a = 0; a < 2; a++) {
            for (int b = 0; b < 2; b++) {
                double sum = 0;
                double pairs = 0;
                for (int i = 0; i < n; i++) {
                    for (int j = 0; j < n; j++) {
                        double weight = groups[i] == a && groups[j] == b ? pairWeight(space.weights(), i, j) : 0;
                        sum += weight * x[i][j];
                        pairs += weight;
                    }
                }
                assertThat(map.cells().get(a, b)).isCloseTo(sum / pairs, within(tolerance()));
            }
        }
    }

    @Test
    void theHistogramCountsThePairsOfTheMatrix() {
        GradientSpace space = space(workers);
        double[][] x = influences();
        double[] w = space.weights();
        InfluenceHistogram histogram =
                InfluenceHistogram.of(space, IntStream.range(0, x.length).toArray(), workers);
        double middle = histogram.low() + 40.5 * histogram.width();
        double below = 0;
        double pairs = 0;
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < i; j++) {
                below += x[i][j] < middle ? w[i] * w[j] : 0;
                pairs += w[i] * w[j];
            }
        }
        double upToMiddle = histogram.below() + histogram.shares()[40] / 2;
        for (int bin = 0; bin < 40; bin++) {
            upToMiddle += histogram.shares()[bin];
        }
        // where in the middle bin its pairs are is not known
        assertThat(upToMiddle).isCloseTo(below / pairs, within(histogram.shares()[40] / 2 + tolerance()));
        assertThat(histogram.sampled()).isFalse();
    }

    @Test
    void theEstimateFromRandomSignsStraysFromVByItsStandardError() {
        GradientSpace space = space(workers);
        ProbedPotential probed = ProbedPotential.of(space, 5, workers);
        assertThat(probed.variance())
                .isCloseTo(Potential.of(space, workers).variance(), within(4 * probed.standardError()));
    }
}
