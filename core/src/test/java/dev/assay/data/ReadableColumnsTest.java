package dev.assay.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReadableColumnsTest {
    private static final int ROWS = 400;

    private static BitSet everyTenth() {
        BitSet result = new BitSet();
        IntStream.range(0, ROWS).filter(row -> row % 10 == 3).forEach(result::set);
        return result;
    }

    private static List<Column> readable(Column column) {
        Table table = new Table(List.of(column), IntStream.range(0, ROWS).toArray());
        FittedEncoder encoder = new TableEncoder(EncodingStyle.automatic(), Set.of(), Set.of()).fit(table, null);
        return ReadableColumns.of(
                encoder,
                encoder.encode(table).features(),
                IntStream.range(0, ROWS).toArray());
    }

    private static void assertSame(Column expected, Column found) {
        assertThat(found.name()).isEqualTo(expected.name());
        for (int row = 0; row < ROWS; row++) {
            assertThat(found.text(row)).isEqualTo(expected.text(row));
            assertThat(found.isMissing(row)).isEqualTo(expected.isMissing(row));
        }
    }

    @Test
    void numbersComeBackInTheirUnits() {
        Random random = new Random(1);
        double[] prices = random.doubles(ROWS, 0, 1e6)
                .map(price -> Math.rint(price * 100) / 100)
                .toArray();
        double[] codes = IntStream.range(0, ROWS).mapToDouble(row -> row % 6).toArray();
        double[] two = IntStream.range(0, ROWS)
                .mapToDouble(row -> row % 7 == 0 ? 12.5 : -3)
                .toArray();

        for (double[] values : List.of(prices, codes, two)) {
            Column column = new Column.Numbers("x", values, everyTenth());
            assertThat(readable(column)).hasSize(1);
            assertSame(column, readable(column).get(0));
        }
    }

    @Test
    void levelsAndTruthValuesComeBack() {
        Column.Texts.Builder sites = new Column.Texts.Builder("site", ROWS);
        BitSet truths = new BitSet();
        for (int row = 0; row < ROWS; row++) {
            sites.add(row % 10 == 3 ? null : List.of("A", "B", "C").get(row % 3));
            truths.set(row, row % 4 == 0);
        }
        Column site = sites.build();
        Column truth = new Column.Booleans("valid", ROWS, truths, new BitSet());

        assertSame(site, readable(site).get(0));
        assertSame(truth, readable(truth).get(0));
    }

    @Test
    void rareLevelsAreOneLevel() {
        Column.Texts.Builder sites = new Column.Texts.Builder("site", ROWS);
        for (int row = 0; row < ROWS; row++) {
            sites.add(row == 5 ? "X" : row == 9 ? "Y" : row % 2 == 0 ? "A" : "B");
        }

        Column found = readable(sites.build()).get(0);

        assertThat(found.text(5)).isEqualTo(ReadableColumns.OTHER);
        assertThat(found.text(9)).isEqualTo(ReadableColumns.OTHER);
        assertThat(found.text(10)).isEqualTo("A");
    }

    @Test
    void timesComeBackWithWhatRepeatsInThem() {
        // every 7 hours and 13 minutes from Friday 2021-01-01 on
        long start = 1_609_459_200_000_000L;
        long[] times = IntStream.range(0, ROWS)
                .mapToLong(row -> start + row * 433L * 60_000_000L)
                .toArray();
        Column column = new Column.Timestamps("taken", times, everyTenth());

        List<Column> found = readable(column);

        assertThat(found).extracting(Column::name).contains("taken", "taken (hour)", "taken (weekday)");
        assertSame(column, found.get(0));
        List<String> second = new ArrayList<>();
        found.forEach(one -> second.add(one.text(1)));
        assertThat(second.get(0)).isEqualTo("2021-01-01T07:13");
        assertThat(second).contains("7", "Friday", "1");
    }

    @Test
    void aColumnOfOneValueTellsWhereItIsMissing() {
        double[] values = new double[ROWS];
        Column found = readable(new Column.Numbers("x", values, everyTenth())).get(0);

        assertThat(found.isMissing(3)).isTrue();
        assertThat(found.isMissing(4)).isFalse();
        assertThat(found.text(4)).isEqualTo("present");
    }
}
