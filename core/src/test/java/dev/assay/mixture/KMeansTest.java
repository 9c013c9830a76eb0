package dev.assay.mixture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.data.RealTargets;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KMeansTest {
    private static final Workers WORKERS = Workers.shared();

    @Test
    void findsClustersThatLieApart() {
        Matrix x = clusters(120);

        int[] assigned = assign(x, 4);

        for (int i = 4; i < assigned.length; i++) {
            assertThat(assigned[i]).as("row " + i).isEqualTo(assigned[i % 4]);
        }
        assertThat(Arrays.stream(assigned, 0, 4).distinct().count()).isEqualTo(4);
    }

    @Test
    void theOrderOfTheRowsDoesNotMatter() {
        // not apart, so that the start decides
        Matrix x = new Matrix(100, 2);
        SplittableRandom random = new SplittableRandom(8);
        Arrays.setAll(x.values(), i -> random.nextDouble());
        int[] order = IntStream.range(0, 100).map(i -> (37 * i + 11) % 100).toArray();

        int[] one = assign(x, 5);
        int[] other = assign(x.selectRows(order), 5);

        assertThat(other).containsExactly(IntStream.of(order).map(i -> one[i]).toArray());
        assertThat(Arrays.stream(one).distinct().count()).isEqualTo(5);
    }

    @Test
    void eachRowIsNearestToTheMeanOfItsOwnCluster() {
        Matrix x = clusters(80);
        int[] assigned = assign(x, 3);

        double[][] means = new double[3][2];
        int[] counts = new int[3];
        for (int i = 0; i < 80; i++) {
            counts[assigned[i]]++;
            means[assigned[i]][0] += x.get(i, 0);
            means[assigned[i]][1] += x.get(i, 1);
        }
        for (int i = 0; i < 80; i++) {
            double own = distance(x, i, means[assigned[i]], counts[assigned[i]]);
            for (int c = 0; c < 3; c++) {
                assertThat(own).isLessThanOrEqualTo(distance(x, i, means[c], counts[c]) + 1e-9);
            }
        }
    }

    @Test
    void moreClustersThanDifferentRowsAreNoError() {
        assertThat(assign(new Matrix(6, 1, new double[] {1, 1, 1, 2, 2, 2}), 4))
                .hasSize(6)
                .satisfies(its -> assertThat(its[0]).isEqualTo(its[2]).isNotEqualTo(its[3]));
    }

    private static double distance(Matrix x, int row, double[] sums, int count) {
        double first = x.get(row, 0) - sums[0] / count;
        double second = x.get(row, 1) - sums[1] / count;
        return first * first + second * second;
    }

    private static int[] assign(Matrix x, int k) {
        Dataset data = Dataset.of(x, new RealTargets(new double[x.rows()], 0, 1));
        return KMeans.assign(x, ContentOrder.of(data, WORKERS), k, 3, WORKERS);
    }

    /** Row i about corner i % 4 of a square of side 10. */
    private static Matrix clusters(int n) {
        SplittableRandom random = new SplittableRandom(4);
        Matrix x = new Matrix(n, 2);
        for (int i = 0; i < n; i++) {
            x.set(i, 0, 10 * (i % 2) + 0.5 * random.nextGaussian());
            x.set(i, 1, 10 * (i % 4 / 2) + 0.5 * random.nextGaussian());
        }
        return x;
    }
}
