package dev.assay.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.ClassTargets;
import dev.assay.data.ColumnFeatures;
import dev.assay.data.Dataset;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NearDuplicatesTest {
    private static final Workers WORKERS = Workers.shared();

    private static NearDuplicates of(Dataset data) {
        List<ColumnFeatures> columns = IntStream.range(0, data.dimension() - 1)
                .mapToObj(j -> new ColumnFeatures("x" + j, j, j + 1))
                .toList();
        return NearDuplicates.of(data, columns, 1, WORKERS);
    }

    /** Cases of Gaussian features, each seen several times with a little noise, one sight after the other; the bias last. */
    private static Matrix cases(int n, int features, int sights, double noise, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix x = new Matrix(n, features + 1);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < features; j++) {
                x.set(
                        i,
                        j,
                        i % sights == 0
                                ? random.nextGaussian()
                                : x.get(i - i % sights, j) + noise * random.nextGaussian());
            }
            x.set(i, features, 1);
        }
        return x;
    }

    private static Dataset data(Matrix x) {
        return Dataset.of(
                x, new ClassTargets(IntStream.range(0, x.rows()).map(i -> i % 2).toArray(), List.of("a", "b")));
    }

    @Test
    void sightsOfACaseAreACluster() {
        Matrix x = cases(600, 5, 6, 0.004, 3);
        NearDuplicates found = of(data(x));

        assertThat(found.areMoreThanChance()).isTrue();
        assertThat(found.clusters()).isBetween(98, 102);
        assertThat(found.rows()).isGreaterThan(590);
        assertThat(found.searched()).isEqualTo(600);
        for (int i = 0; i < 600; i += 6) {
            assertThat(Arrays.stream(found.clusterOf(), i, i + 6).distinct().count())
                    .as("case of row %d", i)
                    .isLessThanOrEqualTo(2);
        }
    }

    @Test
    void fewPairsAmongManyRowsAreFound() {
        Matrix x = cases(1000, 8, 1, 0, 4);
        for (int i = 0; i < 20; i += 2) {
            for (int j = 0; j < 8; j++) {
                x.set(i + 1, j, x.get(i, j) + 0.003 * j);
            }
        }
        NearDuplicates found = of(data(x));

        assertThat(found.areMoreThanChance()).isTrue();
        assertThat(found.clusters()).isEqualTo(10);
        assertThat(IntStream.range(0, 1000)
                        .filter(i -> found.clusterOf()[i] > 0)
                        .boxed())
                .containsExactlyElementsOf(IntStream.range(0, 20).boxed().toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 10})
    void gaussianRowsAreSilent(int features) {
        for (long seed = 0; seed < 10; seed++) {
            NearDuplicates found = of(data(cases(400, features, 1, 0, 50 + seed)));
            assertThat(found.areMoreThanChance())
                    .as("%d features, seed %d: %s", features, seed, found)
                    .isFalse();
            assertThat(found.dimension()).isBetween(0.6 * features, 1.2 * features);
        }
    }

    /** Equal rows are told elsewhere; here they are one row. */
    @Test
    void copiesAloneAreSilentAndShareTheClusterOfTheirEqual() {
        Matrix x = cases(400, 5, 2, 0, 5);
        assertThat(of(data(x)).rows()).isZero();

        Matrix near = cases(400, 5, 4, 0.002, 5);
        int[] twice = IntStream.range(0, 800).map(i -> i / 2).toArray();
        NearDuplicates found = of(data(near.selectRows(twice)));
        assertThat(found.areMoreThanChance()).isTrue();
        for (int i = 0; i < 800; i += 2) {
            assertThat(found.clusterOf()[i]).isEqualTo(found.clusterOf()[i + 1]);
        }
    }

    @Test
    void clustersWithinAGroupAreSilentAndThoseAcrossGroupsAreNot() {
        Dataset rows = data(cases(600, 5, 6, 0.004, 3));
        int[] own = IntStream.range(0, 600).map(i -> i / 6).toArray();

        assertThat(of(rows.withGroups(own)).areMoreThanChance()).isFalse();
        assertThat(of(rows.withGroups(own)).rows()).isZero();
        int[] other = IntStream.range(0, 600).map(i -> i % 50).toArray();
        assertThat(of(rows.withGroups(other)).areMoreThanChance()).isTrue();
    }

    @Test
    void neighboursAreThoseOfAllDistances() {
        Matrix x = cases(150, 3, 3, 1e-7, 9);
        NearestNeighbours found = NearestNeighbours.of(x, 5, WORKERS);

        for (int i = 0; i < 150; i += 7) {
            int row = i;
            double[] all = IntStream.range(0, 150)
                    .filter(j -> j != row)
                    .mapToDouble(j -> Math.sqrt(IntStream.range(0, 3)
                            .mapToDouble(c -> Math.pow(x.get(row, c) - x.get(j, c), 2))
                            .sum()))
                    .sorted()
                    .limit(5)
                    .toArray();
            assertThat(found.distances()[i]).containsExactly(all, within(1e-15));
        }
    }
}
