package dev.assay.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.Column;
import dev.assay.data.ColumnEncoding;
import dev.assay.data.EncodingStyle;
import dev.assay.data.Table;
import dev.assay.data.TableEncoder;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Columns are standardised as on one machine, whatever the parts. */
final class FeatureStatisticsTest {
    private static final int ROWS = 400;

    private final SplittableRandom random = new SplittableRandom(9);
    private final double[] weights = random.doubles(ROWS, 0, 2).toArray();
    /** Far from 0, of two values, and of one. */
    private final double[][] columns = {
        random.doubles(ROWS, 1e6, 1e6 + 1).toArray(),
        random.ints(ROWS, 0, 2).mapToDouble(bit -> 3 + 4 * bit).toArray(),
        random.doubles(ROWS, 7, 7.0000001).map(value -> 7).toArray()
    };

    /** In so many parts, one after the other. */
    private FeatureStatistics statistics(int parts) {
        FeatureStatistics all = new FeatureStatistics(columns.length);
        for (int part = parts - 1; part >= 0; part--) {
            FeatureStatistics own = new FeatureStatistics(columns.length);
            for (int i = part; i < ROWS; i += parts) {
                int row = i;
                own.add(
                        Arrays.stream(columns)
                                .mapToDouble(column -> column[row])
                                .toArray(),
                        weights[i]);
            }
            all.plus(own.numbers());
        }
        return all;
    }

    @Test
    void theyAreThoseOfTheEncoderOnOneMachine() {
        Table table = new Table(
                List.of(
                        new Column.Numbers("far", columns[0], new BitSet()),
                        new Column.Numbers("two", columns[1], new BitSet())),
                IntStream.range(0, ROWS).toArray());
        List<ColumnEncoding> expected = new TableEncoder(EncodingStyle.automatic(), Set.of("far", "two"), Set.of())
                .fit(table, weights)
                .columns();

        FeatureStatistics result = statistics(7);

        ColumnEncoding.Numeric far = (ColumnEncoding.Numeric) expected.get(0);
        assertThat(result.mean(0)).isCloseTo(far.center(), within(1e-15 * far.center()));
        assertThat(result.deviation(0)).isCloseTo(far.scale(), within(1e-9 * far.scale()));
        ColumnEncoding.Numeric two = (ColumnEncoding.Numeric) expected.get(1);
        assertThat(result.hasTwoValues(1)).isTrue();
        assertThat(result.smallest(1)).isEqualTo(two.center());
        assertThat(result.largest(1) - result.smallest(1)).isEqualTo(two.scale());
        assertThat(result.isConstant(2)).isTrue();
        assertThat(result.hasTwoValues(0)).isFalse();
    }

    @Test
    void partsDoNotShowInAnyDigit() {
        FeatureStatistics whole = statistics(1);
        for (int parts : new int[] {2, 3, 64, ROWS}) {
            FeatureStatistics other = statistics(parts);
            assertThat(other.mean(0)).isEqualTo(whole.mean(0));
            assertThat(other.deviation(0)).isEqualTo(whole.deviation(0));
            assertThat(other.totalWeight()).isEqualTo(whole.totalWeight());
            assertThat(other.hasTwoValues(1)).isTrue();
            assertThat(other.isConstant(2)).isTrue();
        }
    }

    @Test
    void rowsThatCannotBeAreCountedAndLeftOut() {
        FeatureStatistics statistics = new FeatureStatistics(1);
        statistics.add(new double[] {1}, 1);
        statistics.add(new double[] {Double.NaN}, 1);
        statistics.add(new double[] {5}, -1);
        statistics.addWithoutLabel();
        statistics.addOtherLength();

        FeatureStatistics sent = new FeatureStatistics(1).plus(statistics.numbers());

        assertThat(sent.rows()).isEqualTo(5);
        assertThat(sent.notFinite()).isEqualTo(1);
        assertThat(sent.badWeights()).isEqualTo(1);
        assertThat(sent.withoutLabel()).isEqualTo(1);
        assertThat(sent.ofOtherLength()).isEqualTo(1);
        assertThat(sent.mean(0)).isEqualTo(1);
    }
}
