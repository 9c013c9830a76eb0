package dev.assay.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.data.RealTargets;
import dev.assay.linalg.Matrix;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each kind of start begins from what it says. */
class MixtureStartTest {
    private static final Workers WORKERS = Workers.shared();
    private static final int ROWS = 60;
    private static final int BLOCKS = 3;

    private final Dataset data = data();
    private final MixtureFitter fitter = MixtureFitter.of(data, ContentOrder.of(data, WORKERS), Progress.NONE);
    private final Matrix single = responsibilities(2, 1);
    private final Matrix last = responsibilities(3, 2);
    private final MixtureStart.Known known =
            new MixtureStart.Known(data.features(), fitter.order(), fitter.start(single, 1), fitter.start(last, 1), 5);

    @ParameterizedTest
    @EnumSource(value = MixtureStart.Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "FEW_ROWS")
    void sharesEachRowOutAmongTheBlocksAndLeavesNothingUnexplained(MixtureStart.Kind kind) {
        Matrix start = new MixtureStart(kind, 0).responsibilities(BLOCKS, known, WORKERS);

        for (int i = 0; i < ROWS; i++) {
            assertThat(start.get(i, 0)).isZero();
            assertThat(start.get(i, 1) + start.get(i, 2) + start.get(i, 3)).isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void oneFromFewRowsGivesEachBlockSomeOfItsOwnAndLeavesTheOthers() {
        Matrix start = new MixtureStart(MixtureStart.Kind.FEW_ROWS, 0).responsibilities(1, known, WORKERS);

        double taken = 0;
        for (int i = 0; i < ROWS; i++) {
            assertThat(start.get(i, 1)).isIn(0.0, 1.0);
            taken += start.get(i, 1);
        }
        assertThat(taken).isBetween(5.0, ROWS - 5.0);
    }

    @Test
    void aPurifiedOneKeepsWhatOneExpertExplains() {
        Matrix start = MixtureStart.PURIFIED.responsibilities(BLOCKS, known, WORKERS);
        Matrix again = MixtureStart.PURIFIED_AGAIN.responsibilities(BLOCKS, known, WORKERS);

        for (int i = 0; i < ROWS; i++) {
            assertThat(start.get(i, 1)).isEqualTo(single.get(i, 1));
            assertThat(again.get(i, 1)).isEqualTo(single.get(i, 1));
        }
        assertThat(again.get(0, 2)).isNotEqualTo(start.get(0, 2));
    }

    @Test
    void aGrownOneMakesABlockOfWhatTheSmallerMixtureDoesNotExplain() {
        Matrix start = MixtureStart.GROWN.responsibilities(BLOCKS, known, WORKERS);

        for (int i = 0; i < ROWS; i++) {
            assertThat(start.get(i, 1)).isEqualTo(last.get(i, 1));
            assertThat(start.get(i, 2)).isEqualTo(last.get(i, 2));
            assertThat(start.get(i, 3)).isEqualTo(last.get(i, 0));
        }
    }

    @Test
    void clustersKeepTheirRowsTogether() {
        Matrix start = MixtureStart.CLUSTERS.responsibilities(BLOCKS, known, WORKERS);

        for (int i = 3; i < ROWS; i++) {
            int block = 1;
            while (start.get(i, block) < 0.5) {
                block++;
            }
            // the rows go round the three clusters
            assertThat(start.get(i % 3, block)).isEqualTo(0.9);
            assertThat(start.get((i + 1) % 3, block)).isCloseTo(0.05, within(1e-12));
        }
    }

    private static Dataset data() {
        SplittableRandom random = new SplittableRandom(3);
        Matrix x = new Matrix(ROWS, 2);
        double[] y = new double[ROWS];
        for (int i = 0; i < ROWS; i++) {
            x.set(i, 0, 10 * (i % 3) + random.nextGaussian());
            x.set(i, 1, 1);
            y[i] = random.nextGaussian();
        }
        return Dataset.of(x, new RealTargets(y, 0, 1));
    }

    /** Rows that add up to 1. */
    private static Matrix responsibilities(int columns, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix result = new Matrix(ROWS, columns);
        for (int i = 0; i < ROWS; i++) {
            double rest = 1;
            for (int b = 0; b < columns - 1; b++) {
                double share = rest * random.nextDouble();
                result.set(i, b, share);
                rest -= share;
            }
            result.set(i, columns - 1, rest);
        }
        return result;
    }
}
