package dev.assay.purify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.RealTargets;
import dev.assay.linalg.Matrix;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MinimumSampleSizeTest {
    /** So many rows, the first ones of the second class. */
    private static Dataset classes(int rows, int second, int third) {
        int[] codes = new int[rows];
        for (int i = 0; i < second + third; i++) {
            codes[i] = i < second ? 1 : 2;
        }
        return Dataset.of(new Matrix(rows, 1), new ClassTargets(codes, List.of("a", "b", "c")));
    }

    @Test
    void threeRowsAreTooFew() {
        assertThat(MinimumSampleSize.missing(classes(3, 1, 0))).isEqualTo("3 rows, a verdict needs 40");
        assertThat(MinimumSampleSize.missing(classes(1, 0, 0))).isEqualTo("1 row, a verdict needs 40");
    }

    @Test
    void fortyRowsWithEightOfASecondClassAreEnough() {
        assertThat(MinimumSampleSize.missing(classes(39, 15, 0))).isNotNull();
        assertThat(MinimumSampleSize.missing(classes(40, 8, 0))).isNull();
        assertThat(MinimumSampleSize.missing(classes(1000, 7, 7)))
                .isEqualTo("7 rows of the second largest class, a verdict needs 8");
        // the third class may be as small as it likes
        assertThat(MinimumSampleSize.missing(classes(1000, 8, 1))).isNull();
    }

    @Test
    void numbersNeedRowsOnly() {
        assertThat(MinimumSampleSize.missing(Dataset.of(new Matrix(40, 1), new RealTargets(new double[40], 0, 1))))
                .isNull();
        assertThat(MinimumSampleSize.missing(Dataset.of(new Matrix(39, 1), new RealTargets(new double[39], 0, 1))))
                .contains("39 rows");
    }

    @Test
    void aRowWithoutWeightIsNone() {
        double[] weights = new double[45];
        Arrays.fill(weights, 0, 39, 1);
        Dataset data = classes(45, 20, 0);
        assertThat(MinimumSampleSize.missing(
                        new Dataset(data.features(), data.targets(), weights, data.rows(), data.featureNames())))
                .contains("39 rows");
    }
}
