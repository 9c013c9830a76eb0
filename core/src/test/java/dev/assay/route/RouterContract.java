package dev.assay.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.linalg.Matrix;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every router keeps to. */
abstract class RouterContract {
    private static final double[] SHARES = {0.5, 0.3, 0.2};
    private static final int ROWS = 300;

    /** Its name. */
    abstract String name();

    /** Whether it can use features at all. */
    boolean looksAtFeatures() {
        return true;
    }

    /** By how much g may change when a row of weight 2 becomes two rows. */
    double toleranceOfTwins() {
        return 1e-4;
    }

    private final RoutingProblems apart = RoutingProblems.of(ROWS, SHARES, RoutingProblems.corners(4), 1);
    private final RoutingProblems fresh = RoutingProblems.of(ROWS, SHARES, RoutingProblems.corners(4), 2);

    private Router fit(RoutingProblem problem, int threads) {
        try (Workers workers = Workers.of(threads)) {
            return RouterSelector.fit(name(), problem, Progress.NONE, workers).router();
        }
    }

    private static Matrix ask(Router router, Matrix x) {
        try (Workers workers = Workers.of(1)) {
            return router.logShares(x, workers);
        }
    }

    private static double furthest(Matrix a, Matrix b) {
        double largest = 0;
        for (int j = 0; j < a.values().length; j++) {
            largest = Math.max(largest, Math.abs(Math.exp(a.values()[j]) - Math.exp(b.values()[j])));
        }
        return largest;
    }

    @Test
    void isCalledByItsName() {
        Router router = fit(apart.problem(), 1);
        assertThat(router.name()).isEqualTo(name());
        assertThat(router.blocks()).isEqualTo(SHARES.length);
        assertThat(router.inputDimension()).isEqualTo(apart.problem().features().columns());
    }

    @Test
    void sharesAddUpToOneAndAreFiniteAlsoFarAway() {
        Matrix far = fresh.problem().features().copy();
        for (int j = 0; j < far.values().length; j += 7) {
            far.values()[j] *= 1e6;
        }
        Matrix logShares = ask(fit(apart.problem(), 1), far);
        for (int i = 0; i < far.rows(); i++) {
            double[] row = logShares.row(i);
            assertThat(Arrays.stream(row).allMatch(Double::isFinite)).isTrue();
            assertThat(Arrays.stream(row).map(Math::exp).sum()).isCloseTo(1, within(1e-9));
        }
    }

    @Test
    void theOrderOfTheRowsDoesNotMatter() {
        int[] order = IntStream.range(0, ROWS).map(i -> (i * 77 + 5) % ROWS).toArray();
        double[] ones = new double[ROWS];
        Arrays.fill(ones, 1);
        Matrix x = fresh.problem().features();
        assertThat(furthest(ask(fit(apart.problem(), 1), x), ask(fit(apart.selected(order, ones), 1), x)))
                .isLessThan(1e-6);
    }

    @Test
    void weightTwoIsTheRowTwice() {
        SplittableRandom random = new SplittableRandom(3);
        int[] copies = IntStream.range(0, ROWS).map(i -> 1 + random.nextInt(2)).toArray();
        int[] once = IntStream.range(0, ROWS).toArray();
        int[] twice = IntStream.range(0, ROWS)
                .flatMap(i -> IntStream.generate(() -> i).limit(copies[i]))
                .toArray();
        double[] ones = new double[twice.length];
        Arrays.fill(ones, 1);
        double[] weights = IntStream.of(copies).asDoubleStream().toArray();
        Matrix x = fresh.problem().features();
        Matrix weighted = ask(fit(apart.selected(once, weights), 1), x);
        Matrix repeated = ask(fit(apart.selected(twice, ones), 1), x);
        assertThat(furthest(weighted, repeated)).isLessThan(toleranceOfTwins());
    }

    @Test
    void sameBytesForAnyNumberOfThreads() {
        Matrix x = fresh.problem().features();
        assertThat(ask(fit(apart.problem(), 2), x).values())
                .isEqualTo(ask(fit(apart.problem(), 1), x).values());
    }

    @Test
    void findsBlocksThatLieApart() {
        Matrix logShares = ask(fit(apart.problem(), 1), fresh.problem().features());
        long right = IntStream.range(0, ROWS)
                .filter(i -> IntStream.range(0, SHARES.length)
                        .allMatch(k -> logShares.get(i, k) <= logShares.get(i, fresh.blocks()[i])))
                .count();
        // the best possible rule is right on 99 % of such rows
        assertThat(right).isGreaterThan((long) (looksAtFeatures() ? 0.95 * ROWS : 0.4 * ROWS));
    }

    @Test
    void saysNoMoreThanTheSharesWhereFeaturesAreNoise() {
        RoutingProblems noise = RoutingProblems.of(900, SHARES, RoutingProblems.corners(0), 4);
        Matrix logShares = ask(fit(noise.problem(), 1), fresh.problem().features());
        double apartFromShares = 0;
        for (int i = 0; i < ROWS; i++) {
            for (int k = 0; k < SHARES.length; k++) {
                apartFromShares += Math.abs(Math.exp(logShares.get(i, k)) - SHARES[k]) / (ROWS * SHARES.length);
            }
        }
        assertThat(apartFromShares).isLessThan(0.06);
    }
}
