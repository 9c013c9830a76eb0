package dev.assay.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.divide.Division;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SourceSharesTest {
    private static final List<String> NAMES = List.of("north", "south", "west");
    private static final double[] SHARES = {0.7, 0.3};

    /** Sources of rows of two conventions: north and south are one convention each, west has rows of both. */
    private static int[] sources(TwoConventions rows, long seed, boolean random) {
        SplittableRandom generator = new SplittableRandom(seed);
        int[] result = new int[rows.sources().length];
        for (int i = 0; i < result.length; i++) {
            int own = random ? 1 + generator.nextInt(2) : rows.sources()[i];
            result[i] = generator.nextInt(4) == 0 ? 2 : own - 1;
        }
        return result;
    }

    private static SourceShares.Fitted fit(TwoConventions train, int[] sources, Workers workers) {
        Division division = train.division(workers);
        Matrix gate = new Matrix(train.data().size(), 2);
        double[] common = division.explainedShares();
        for (int i = 0; i < gate.rows(); i++) {
            gate.set(i, 0, Math.log(common[0]));
            gate.set(i, 1, Math.log(common[1]));
        }
        return SourceShares.fit(division, common, gate, "site", sources, NAMES, 1, workers);
    }

    @Test
    void aSourceOfOneBlockDecidesItAndOneOfBothDoesNot() {
        TwoConventions train = TwoConventions.of(800, 0.6, 0, true, 1);
        try (Workers workers = Workers.of(1)) {
            SourceShares.Fitted fitted = fit(train, sources(train, 5, false), workers);
            assertThat(fitted.helps()).isTrue();
            SourceShares shares = fitted.shares();
            assertThat(shares.shares().get(0, 0)).isGreaterThan(0.98);
            assertThat(shares.shares().get(1, 1)).isGreaterThan(0.98);
            assertThat(shares.shares().get(2, 0)).isCloseTo(0.6, within(0.1));
            assertThat(shares.block(0, 0.95)).isEqualTo(1);
            assertThat(shares.block(1, 0.95)).isEqualTo(2);
            assertThat(shares.block(2, 0.95)).isZero();
        }
    }

    @Test
    void sourcesThatHaveNothingToDoWithTheBlocksDoNotHelp() {
        TwoConventions train = TwoConventions.of(800, 0.6, 0, true, 1);
        try (Workers workers = Workers.of(1)) {
            SourceShares.Fitted fitted = fit(train, sources(train, 5, true), workers);
            assertThat(fitted.helps()).isFalse();
            assertThat(fitted.gain()).isLessThan(0.01);
        }
    }

    @Test
    void rowsOfAKnownSourceAreMovedAndAllOthersRouted() {
        SourceShares shares = new SourceShares(
                "site", List.of("north", "south"), new Matrix(2, 2, new double[] {0.9, 0.1, 0.2, 0.8}));
        RoutedModel model = SmallModels.classes(SHARES, 0);
        Matrix x = SmallModels.rows(1, -2, 0.5, 3);
        try (Workers workers = Workers.of(1)) {
            Matrix soft = new Routing.Soft().logBlocks(model, x, workers);
            Matrix moved =
                    shares.routing(List.of("south", " north ", "nowhere", "")).logBlocks(model, x, workers);
            // a router that says nothing leaves the shares of the source
            assertThat(Math.exp(moved.get(0, 1))).isCloseTo(0.8, within(1e-12));
            assertThat(Math.exp(moved.get(1, 0))).isCloseTo(0.9, within(1e-12));
            for (int i = 2; i < 4; i++) {
                assertThat(moved.row(i)).isEqualTo(soft.row(i));
            }
        }
    }

    @Test
    void theSourceAndTheFeaturesBothCount() {
        RoutedModel model = SmallModels.classes(SHARES, 1.5);
        Matrix x = SmallModels.rows(1, -2);
        double[] own = {0.2, 0.8};
        try (Workers workers = Workers.of(1)) {
            Matrix expected = new Routing.Moved(own).logBlocks(model, x, workers);
            Matrix moved = new Routing.Sourced(new int[] {0, 0}, new Matrix(1, 2, own)).logBlocks(model, x, workers);
            for (int j = 0; j < 4; j++) {
                assertThat(moved.values()[j]).isCloseTo(expected.values()[j], within(1e-12));
            }
        }
    }

    @Test
    void sharesThatAreNoneAreRefused() {
        assertThatThrownBy(() -> new SourceShares("site", List.of("north"), new Matrix(1, 2, new double[] {0.9, 0.2})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("add up to 1");
        assertThatThrownBy(() -> new SourceShares("site", List.of("a", "b"), new Matrix(1, 2, new double[] {0.5, 0.5})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 sources");
    }
}
