package dev.assay.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.linalg.Matrix;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NearestRowsTest {
    @Test
    void theNearestAreThoseThatSortingAllRowsFinds() {
        Random random = new Random(3);
        int n = 300;
        Matrix features = new Matrix(n, 4);
        for (int j = 0; j < features.values().length; j++) {
            // few different values, so that some rows are equally far
            features.values()[j] = random.nextInt(3);
        }
        int[] groups = IntStream.range(0, n).map(i -> i % 3).toArray();
        NearestRows rows = new NearestRows(features, groups);
        double[] x = {1, 0.25, 2, 1};

        List<NearestRows.Neighbour> expected = IntStream.range(0, n)
                .filter(i -> groups[i] == 2)
                .mapToObj(i -> new NearestRows.Neighbour(i, distance(features.row(i), x)))
                .sorted(Comparator.comparingDouble(NearestRows.Neighbour::distance)
                        .thenComparingInt(NearestRows.Neighbour::row))
                .toList();

        assertThat(rows.nearest(x, 2, 7)).isEqualTo(expected.subList(0, 7));
        assertThat(rows.nearest(x, 2, 1000)).isEqualTo(expected);
        assertThat(rows.nearest(x, 5, 3)).isEmpty();
        assertThat(rows.nearest(x, 2, 0)).isEmpty();
    }

    @Test
    void whatDoesNotFitIsRefused() {
        NearestRows rows = new NearestRows(new Matrix(2, 3), new int[2]);

        assertThatThrownBy(() -> rows.nearest(new double[2], 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new NearestRows(new Matrix(2, 3), new int[3]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static double distance(double[] one, double[] other) {
        double sum = 0;
        for (int j = 0; j < one.length; j++) {
            sum += (one[j] - other[j]) * (one[j] - other[j]);
        }
        return Math.sqrt(sum);
    }
}
