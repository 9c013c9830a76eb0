package dev.assay.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.Column;
import dev.assay.data.ReadableColumns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Columns then and now. */
class DriftTest {
    private static final int ROWS = 500;

    @Test
    void rangesHoldAboutAsManyRowsEach() {
        Random random = new Random(1);
        Distribution.Numbers numbers = (Distribution.Numbers) of(numbers(1000, random::nextGaussian));

        assertThat(numbers.edges()).hasSize(9).isSorted();
        assertThat(numbers.shares())
                .hasSize(10)
                .allSatisfy(share -> assertThat(share).isCloseTo(0.1, within(0.002)));
        assertThat(numbers.rows()).isEqualTo(1000);
    }

    @Test
    void aValueThatMostRowsHaveIsARangeOfItsOwn() {
        Random random = new Random(2);
        Distribution.Numbers numbers =
                (Distribution.Numbers) of(numbers(1000, () -> random.nextInt(10) < 6 ? 0 : 1 + random.nextInt(2)));

        assertThat(numbers.edges()).containsExactly(0.0, 1.0);
        assertThat(numbers.shares().get(0)).isCloseTo(0.6, within(0.05));
    }

    @Test
    void distanceIsTheShareOfRowsThatMoved() {
        Column before = texts(Collections.nCopies(60, "a"), Collections.nCopies(40, "b"));
        Column now = texts(Collections.nCopies(30, "a"), Collections.nCopies(70, "b"));

        Drift drift = drift(before, now);

        assertThat(drift.distance()).isCloseTo(0.3, within(1e-12));
        // 2 x 2 table: 200 (60 * 70 - 40 * 30)^2 / (100 * 100 * 90 * 110) = 18.18
        assertThat(drift.chance()).isCloseTo(2.008e-5, within(1e-7));
        assertThat(drift.stability()).isCloseTo(0.3 * Math.log(0.7 / 0.4) + 0.3 * Math.log(0.6 / 0.3), within(0.02));
    }

    @Test
    void aRenamedLevelIsADriftAndARareOneIsNot() {
        Column before =
                texts(Collections.nCopies(300, "a"), Collections.nCopies(200, "b"), Collections.nCopies(8, "c"));
        Column renamed =
                texts(Collections.nCopies(300, "a"), Collections.nCopies(200, "B"), Collections.nCopies(8, "c"));
        Column pooled = texts(
                Collections.nCopies(300, "a"),
                Collections.nCopies(200, "b"),
                Collections.nCopies(8, ReadableColumns.OTHER));

        assertThat(drift(before, renamed).distance()).isCloseTo(200.0 / 508, within(1e-12));
        assertThat(drift(before, pooled).distance()).isCloseTo(0, within(1e-12));
        assertThat(drift(pooled, before).distance()).isCloseTo(0, within(1e-12));
    }

    @Test
    void valuesThatAreMissingNowAreADrift() {
        double[] values = new Random(3).doubles(ROWS).toArray();
        BitSet missing = new BitSet();
        missing.set(0, ROWS / 4);

        Drift drift = Drift.of(
                of(new Column.Numbers("x", values, new BitSet())),
                new Column.Numbers("x", values, missing),
                ones(ROWS));

        assertThat(drift.distance()).isCloseTo(0.25, within(1e-12));
        assertThat(drift.chance()).isLessThan(1e-10);
    }

    @Test
    void numbersThatBecameTextsHaveMovedAltogether() {
        Column before = numbers(ROWS, new Random(4)::nextGaussian);
        List<String> words = Collections.nCopies(ROWS, "12 kg");

        assertThat(drift(before, texts(words)).distance()).isEqualTo(1);
        assertThat(drift(before, texts(words)).chance()).isZero();
        // whole numbers that are taken for categories in one of the files
        Column whole = numbers(ROWS, new DoubleSupplier() {
            private int next;

            @Override
            public double getAsDouble() {
                return next++ % 4;
            }
        });
        Column coded = texts(Stream.iterate(0, i -> i + 1)
                .limit(ROWS)
                .map(i -> Integer.toString(i % 4))
                .toList());
        assertThat(drift(whole, coded).distance()).isCloseTo(0, within(1e-12));
        assertThat(drift(coded, whole).distance()).isCloseTo(0, within(1e-12));
    }

    @Test
    void weightTwoIsTheRowTwice() {
        double[] values = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
        double[] twice = Arrays.copyOf(values, 24);
        System.arraycopy(values, 0, twice, 12, 12);
        double[] weights = new double[12];
        Arrays.fill(weights, 2);

        Distribution.Numbers weighted =
                (Distribution.Numbers) Distribution.of(new Column.Numbers("x", values, new BitSet()), weights);
        Distribution.Numbers repeated = (Distribution.Numbers) of(new Column.Numbers("x", twice, new BitSet()));

        assertThat(weighted.edges()).isEqualTo(repeated.edges());
        assertThat(weighted.shares()).isEqualTo(repeated.shares());
    }

    /** Of 2,000 comparisons of equal columns about 20 have a chance below 0.01, of any kind and with any sizes. */
    @Test
    void chanceIsWhatItSays() {
        Random random = new Random(5);
        int below = 0;
        for (int trial = 0; trial < 1000; trial++) {
            int rows = 60 + random.nextInt(600);
            int later = 60 + random.nextInt(600);
            below += drift(numbers(rows, random::nextGaussian), numbers(later, random::nextGaussian))
                                    .chance()
                            < 0.01
                    ? 1
                    : 0;
            below += drift(levels(rows, random), levels(later, random)).chance() < 0.01 ? 1 : 0;
        }
        assertThat(below).isBetween(8, 40);
    }

    /** Half a standard deviation moves a fifth of the rows. */
    @Test
    void aShiftIsFound() {
        Random random = new Random(6);

        Drift drift = drift(numbers(ROWS, random::nextGaussian), numbers(ROWS, () -> 0.5 + random.nextGaussian()));

        assertThat(drift.distance()).isCloseTo(0.197, within(0.05));
        assertThat(drift.expected()).isLessThan(0.1);
        assertThat(drift.chance()).isLessThan(1e-6);
    }

    private static Column levels(int rows, Random random) {
        return texts(Stream.generate(() -> {
                    double u = random.nextDouble();
                    return u < 0.5 ? "a" : u < 0.8 ? "b" : u < 0.98 ? "c" : "rare" + random.nextInt(3);
                })
                .limit(rows)
                .toList());
    }

    private static Drift drift(Column before, Column now) {
        return Drift.of(of(before), now, ones(now.size()));
    }

    private static Distribution of(Column column) {
        return Distribution.of(column, ones(column.size()));
    }

    private static double[] ones(int rows) {
        double[] ones = new double[rows];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static Column.Numbers numbers(int rows, DoubleSupplier source) {
        double[] values = new double[rows];
        Arrays.setAll(values, row -> source.getAsDouble());
        return new Column.Numbers("x", values, new BitSet());
    }

    @SafeVarargs
    private static Column texts(List<String>... parts) {
        List<String> all = new ArrayList<>();
        for (List<String> part : parts) {
            all.addAll(part);
        }
        Column.Texts.Builder builder = new Column.Texts.Builder("x", all.size());
        all.forEach(builder::add);
        return builder.build();
    }
}
