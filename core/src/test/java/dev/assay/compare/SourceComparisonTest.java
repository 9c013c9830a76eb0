package dev.assay.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.Dataset;
import dev.assay.data.InvalidInputException;
import dev.assay.data.SyntheticSample;
import dev.assay.divide.KnownDivision;
import dev.assay.model.GeneratedData;
import dev.assay.potential.linear.LinearPotential;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SourceComparisonTest {
    private final Workers workers = Workers.of(2);

    @AfterEach
    void close() {
        workers.close();
    }

    private SourceComparison compare(Dataset data, int[] assigned, int blocks, int[] source, List<String> names) {
        return SourceComparison.of(
                KnownDivision.of(data, assigned, blocks, workers),
                LinearPotential.of(data, workers),
                source,
                names,
                1,
                workers,
                Progress.NONE);
    }

    @Test
    void matchesBlocksWithSourcesAndCountsWhatTheyShare() {
        // blocks 0, 1, 2 hold of the sources a, b, c: 1 0 1 / 2 6 0 / 8 1 1
        int[][] rows = {{1, 0, 1}, {2, 6, 0}, {8, 1, 1}};
        int[] assigned = new int[20];
        int[] source = new int[20];
        int n = 0;
        for (int block = 0; block < 3; block++) {
            for (int s = 0; s < 3; s++) {
                for (int k = 0; k < rows[block][s]; k++) {
                    assigned[n] = block;
                    source[n] = s;
                    n++;
                }
            }
        }
        SourceComparison compared =
                compare(GeneratedData.of(n, 3, 2, false, 4), assigned, 2, source, List.of("a", "b", "c"));
        assertThat(compared.matches())
                .containsExactly(
                        new SourceComparison.Match(1, 6 / 8.0, 6 / 7.0),
                        new SourceComparison.Match(0, 8 / 10.0, 8 / 11.0));
        assertThat(compared.counts()[2]).containsExactly(8, 1, 1);
        assertThat(compared.sizes()).containsExactly(11, 7, 2);
        assertThat(compared.agreement()).isEqualTo(PartitionAgreement.of(assigned, source));
    }

    @Test
    void moreBlocksThanSourcesLeaveSomeWithout() {
        List<SourceComparison.Match> matches = SourceComparison.matches(new long[][] {{0}, {3}, {5}}, new int[] {8});
        assertThat(matches.get(0)).isEqualTo(new SourceComparison.Match(-1, Double.NaN, Double.NaN));
        assertThat(matches.get(1)).isEqualTo(new SourceComparison.Match(0, 1, 5 / 8.0));
    }

    @Test
    void otherFunctionsHarmAndTheSameFunctionHelps() {
        // sources 0 and 1 share a function, 2 has another
        SyntheticSample sample = SyntheticSample.drawPaper(new int[] {400, 200}, 1);
        int[] source =
                IntStream.range(0, 600).map(i -> i < 200 ? 0 : i < 400 ? 1 : 2).toArray();
        int[] assigned = Arrays.stream(sample.blocks()).map(block -> block + 1).toArray();
        SourceComparison compared =
                compare(sample.toDataset(), assigned, 2, source, List.of("here", "there", "elsewhere"));
        double chance = compared.chance().get(0, 2);
        assertThat(compared.influence().get(0, 2)).isGreaterThan(4 * chance);
        assertThat(compared.influence().get(0, 1)).isLessThan(-4 * chance);
        assertThat(compared.transfer().get(2, 0)).isGreaterThan(0.5);
        // without the other function, either half serves both better
        assertThat(compared.transfer().get(0, 0)).isLessThan(0);
        assertThat(compared.transfer().get(0, 1)).isLessThan(0);
        assertThat(compared.potentials()[0]).isLessThan(measuredWhole(sample.toDataset()));
    }

    private double measuredWhole(Dataset data) {
        return LinearPotential.of(data, workers).variance(data, workers);
    }

    @Test
    void theOrderOfTheRowsDoesNotMatter() {
        int n = 120;
        Dataset data = GeneratedData.of(n, 4, 3, false, 6);
        int[] source = IntStream.range(0, n).map(i -> i % 3).toArray();
        int[] assigned = IntStream.range(0, n).map(i -> 1 + i % 2).toArray();
        int[] order = IntStream.range(0, n).map(i -> (i * 7 + 3) % n).toArray();
        List<String> names = List.of("a", "b", "c");
        SourceComparison plain = compare(data, assigned, 2, source, names);
        SourceComparison moved = compare(
                data.select(order),
                Arrays.stream(order).map(i -> assigned[i]).toArray(),
                2,
                Arrays.stream(order).map(i -> source[i]).toArray(),
                names);
        for (int k = 0; k < 9; k++) {
            assertThat(moved.transfer().values()[k]).isCloseTo(plain.transfer().values()[k], within(1e-7));
            assertThat(moved.influence().values()[k])
                    .isCloseTo(plain.influence().values()[k], within(1e-7));
        }
        assertThat(moved.matches()).isEqualTo(plain.matches());
    }

    @Test
    void refusesAColumnThatNamesRows() {
        int n = SourceComparison.MOST_SOURCES + 1;
        int[] source = IntStream.range(0, n).toArray();
        List<String> names = IntStream.range(0, n).mapToObj(Integer::toString).toList();
        assertThatThrownBy(() -> compare(
                        GeneratedData.of(n, 2, 2, false, 1),
                        IntStream.range(0, n).map(i -> 1).toArray(),
                        1,
                        source,
                        names))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("201 different values");
    }
}
