package dev.assay.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.data.RealTargets;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Gates learned from rows whose block is known. */
class GateFitTest {
    private static final Workers WORKERS = Workers.shared();
    private static final int ROWS = 400;

    @Test
    void learnsWhereOneBlockEndsAndTheOtherBegins() {
        Matrix x = features();
        GateFit fit = fit(x, blocks(x, 0.5), 2);

        Matrix asked = new Matrix(3, 3, new double[] {-2, 0, 1, 0.5, 0, 1, 3, 0, 1});
        Matrix shares = fit.gate().logShares(asked, WORKERS);

        assertThat(Math.exp(shares.get(0, 0))).isGreaterThan(0.97);
        // at the boundary neither
        assertThat(Math.exp(shares.get(1, 0))).isBetween(0.2, 0.8);
        assertThat(Math.exp(shares.get(2, 0))).isLessThan(0.03);
        assertThat(fit.gain()).isGreaterThan(0.4);
    }

    @Test
    void theGainIsThatOfTheHeldOutShares() {
        Matrix x = features();
        int[] blocks = blocks(x, 0.5);
        GateFit fit = fit(x, blocks, 2);

        double gain = 0;
        for (int i = 0; i < ROWS; i++) {
            gain += (fit.logLikelihoods()[i] - fit.constant()[i]) / ROWS;
            // an expert says next to nothing of the other's rows, so what remains is the share of the own block
            assertThat(fit.logLikelihoods()[i]).isCloseTo(fit.heldOut().get(i, blocks[i]) - 0.1, within(1e-6));
        }
        assertThat(fit.gain()).isCloseTo(gain, within(1e-9));
    }

    @Test
    void keepsConstantSharesWhereTheFeaturesSayNothing() {
        Matrix x = features();
        SplittableRandom random = new SplittableRandom(9);
        int[] blocks = new int[ROWS];
        Arrays.setAll(blocks, i -> random.nextDouble() < 0.3 ? 1 : 0);
        double share = Arrays.stream(blocks).sum() / (double) ROWS;

        GateFit fit = fit(x, blocks, 2);

        assertThat(fit.gain()).isLessThan(0.003);
        Matrix shares = fit.gate().logShares(x, WORKERS);
        for (int i = 0; i < ROWS; i++) {
            assertThat(Math.exp(shares.get(i, 1))).isCloseTo(share, within(0.1));
        }
    }

    @Test
    void twoBlocksNeedOneLogitOnly() {
        Matrix x = features();
        int[] blocks = blocks(x, 0.5);

        GateFit two = fit(x, blocks, 2);
        GateFit three = fit(x, blocks, 3);

        assertThat(two.gate().theta().rows()).isEqualTo(2);
        for (int j = 0; j < 3; j++) {
            assertThat(two.gate().theta().get(0, j)).isZero();
        }
        // a third block without rows asks for a logit of each block, and changes nothing else
        Matrix one = two.gate().logShares(x, WORKERS);
        Matrix all = three.gate().logShares(x, WORKERS);
        for (int i = 0; i < ROWS; i++) {
            assertThat(Math.exp(all.get(i, 2))).isLessThan(1e-3);
            assertThat(Math.exp(all.get(i, 0))).isCloseTo(Math.exp(one.get(i, 0)), within(0.1));
        }
    }

    @Test
    void onlyDifferencesOfLogitsCount() {
        Gate one = new Gate(new double[] {Math.log(0.5), Math.log(0.5)}, new Matrix(2, 1, new double[] {0, 1.2}));
        Gate other = new Gate(new double[] {3, 3}, new Matrix(2, 1, new double[] {-0.6, 0.6}));

        Matrix x = new Matrix(2, 1, new double[] {1, -2});

        assertThat(other.logShares(x, WORKERS).values())
                .containsExactly(one.logShares(x, WORKERS).values(), within(1e-12));
        assertThat(Math.exp(one.logShares(x, WORKERS).get(0, 1))).isCloseTo(1 / (1 + Math.exp(-1.2)), within(1e-12));
    }

    @Test
    void rowsThatNoBlockExplainsTakeNoPart() {
        Matrix x = features();
        int[] blocks = blocks(x, 0.5);
        Matrix responsibilities = responsibilities(blocks, 2);
        Matrix without = responsibilities.copy();
        double[] weights = new double[ROWS];
        Arrays.fill(weights, 1);
        double[] unweighted = weights.clone();
        for (int i = 0; i < 100; i++) {
            // one way to leave a row out, and another
            without.set(i, 0, 1);
            without.set(i, 1, 0);
            without.set(i, 2, 0);
            unweighted[i] = 0;
        }

        GateFit one = fit(x, weights, without, blocks, 2);
        GateFit other = fit(x, unweighted, responsibilities, blocks, 2);

        assertThat(one.gate().theta().values())
                .containsExactly(other.gate().theta().values(), within(1e-9));
        assertThat(one.gain()).isCloseTo(other.gain(), within(1e-9));
    }

    private static Matrix features() {
        SplittableRandom random = new SplittableRandom(2);
        Matrix x = new Matrix(ROWS, 3);
        for (int i = 0; i < ROWS; i++) {
            x.set(i, 0, 2 * random.nextGaussian());
            x.set(i, 1, random.nextGaussian());
            x.set(i, 2, 1);
        }
        return x;
    }

    private static int[] blocks(Matrix x, double boundary) {
        int[] result = new int[x.rows()];
        Arrays.setAll(result, i -> x.get(i, 0) > boundary ? 1 : 0);
        return result;
    }

    private static Matrix responsibilities(int[] blocks, int count) {
        Matrix result = new Matrix(blocks.length, count + 1);
        for (int i = 0; i < blocks.length; i++) {
            result.set(i, blocks[i] + 1, 1);
        }
        return result;
    }

    private static GateFit fit(Matrix x, int[] blocks, int count) {
        double[] weights = new double[ROWS];
        Arrays.fill(weights, 1);
        return fit(x, weights, responsibilities(blocks, count), blocks, count);
    }

    /** Experts say -0.1 nats of the labels of their own rows and -50 of all others. */
    private static GateFit fit(Matrix x, double[] weights, Matrix responsibilities, int[] blocks, int count) {
        Matrix said = new Matrix(ROWS, count);
        Arrays.fill(said.values(), -50);
        for (int i = 0; i < ROWS; i++) {
            said.set(i, blocks[i], -0.1);
        }
        double[] places = new double[ROWS];
        Arrays.setAll(places, i -> i);
        ContentOrder order = ContentOrder.of(Dataset.of(x, new RealTargets(places, 0, 1)), WORKERS);
        return GateFit.of(x, weights, responsibilities, said, order, 4, WORKERS);
    }
}
