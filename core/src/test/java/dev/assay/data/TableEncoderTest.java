package dev.assay.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.linalg.Matrix;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TableEncoderTest {

    private static final TableEncoder AUTOMATIC = new TableEncoder(EncodingStyle.automatic(), Set.of(), Set.of());

    @Test
    void numbersGetWeightedMeanZeroAndVarianceOne() {
        Random random = new Random(1);
        double[] weights = random.doubles(500).toArray();
        Table table = table(numbers("x", 500, row -> 7 + 3 * random.nextGaussian()));

        Matrix features = AUTOMATIC.fit(table, weights).encode(table).features();

        double sum = 0;
        double mean = 0;
        double squares = 0;
        for (int row = 0; row < 500; row++) {
            sum += weights[row];
            mean += weights[row] * features.get(row, 0);
            squares += weights[row] * features.get(row, 0) * features.get(row, 0);
        }
        assertThat(mean / sum).isCloseTo(0, within(1e-12));
        assertThat(squares / sum).isCloseTo(1, within(1e-12));
    }

    @Test
    void aWeightOfTwoIsTheRowTwice() {
        Table once = table(numbers("x", 3, row -> row * row));
        Table twice = table(numbers("x", 4, row -> row == 3 ? 4 : row * row));

        assertThat(AUTOMATIC.fit(once, new double[] {1, 1, 2}).columns())
                .isEqualTo(AUTOMATIC.fit(twice, null).columns());
    }

    @Test
    void theLastFeatureIsTheBias() {
        Table table = table(numbers("x", 600, row -> row));
        FittedEncoder encoder = AUTOMATIC.fit(table, null);

        Matrix features = encoder.encode(table).features();

        assertThat(encoder.featureNames()).containsExactly("x", "bias");
        assertThat(IntStream.range(0, 600).mapToDouble(row -> features.get(row, 1)))
                .containsOnly(1.0);
    }

    @Test
    void twoValuesBecomeZeroAndOneInOneFeature() {
        Table table = table(numbers("x", 100, row -> row % 10 == 0 ? 2 : 1));

        Matrix features = AUTOMATIC.fit(table, null).encode(table).features();

        assertThat(features.columns()).isEqualTo(2);
        assertThat(features.get(0, 0)).isEqualTo(1);
        assertThat(features.get(1, 0)).isEqualTo(0);
    }

    @Test
    void categoriesGetOneFeaturePerLevelAndUnseenOnesNone() {
        FittedEncoder encoder = AUTOMATIC.fit(table(texts("c", 40, row -> row % 2 == 0 ? "b" : "a")), null);

        FittedEncoder.Encoded encoded = encoder.encode(
                table(texts("c", 3, row -> List.of("a", "b", "new").get(row))));

        assertThat(encoder.featureNames()).containsExactly("c=a", "c=b", "bias");
        assertThat(encoded.features().values()).containsExactly(1, 0, 1, 0, 1, 1, 0, 0, 1);
        assertThat(encoded.notes()).singleElement().asString().contains("'c': 1 value", "new");
    }

    @Test
    void rareLevelsShareAFeatureAndUnseenOnesJoinThem() {
        Table table = table(texts("c", 200, row -> row < 6 ? "rare" + row / 2 : row % 2 == 0 ? "even" : "odd"));
        FittedEncoder encoder = AUTOMATIC.fit(table, null);

        FittedEncoder.Encoded encoded = encoder.encode(table(texts("c", 2, row -> row == 0 ? "rare1" : "new")));

        assertThat(encoder.featureNames()).containsExactly("c=even", "c=odd", "c (other)", "bias");
        assertThat(encoder.notes()).singleElement().asString().contains("'c': 3 rare levels (6 rows)");
        assertThat(encoded.features().values()).containsExactly(0, 0, 1, 1, 0, 0, 1, 1);
        assertThat(encoded.notes())
                .singleElement()
                .asString()
                .contains("1 value")
                .contains("new");
    }

    @Test
    void theFrequentLevelsAreKeptWhateverTheOrderOfTheRows() {
        IntFunction<String> level = row -> "level" + (int) Math.sqrt(row);
        Table ascending = table(texts("c", 10_000, level));
        Table descending = table(texts("c", 10_000, row -> level.apply(9_999 - row)));

        FittedEncoder encoder = AUTOMATIC.fit(ascending, null);

        assertThat(encoder).isEqualTo(AUTOMATIC.fit(descending, null));
        assertThat(encoder.featureNames())
                .doesNotContain("c=level0", "c=level1")
                .contains("c=level99", "c (other)");
    }

    @Test
    void missingValuesAreImputedAndMarked() {
        BitSet missing = BitSet.valueOf(new long[] {0b100});
        Table table = table(new Column.Numbers("x", new double[] {1, 3, 99, 5}, missing));
        FittedEncoder encoder = AUTOMATIC.fit(table, null);

        Matrix features = encoder.encode(table).features();

        assertThat(encoder.featureNames()).containsExactly("x", "x (missing)", "bias");
        assertThat(features.row(2)).containsExactly(0, 1, 1);
        assertThat(features.get(1, 0)).isEqualTo(0);
        assertThat(features.get(0, 0)).isCloseTo(-Math.sqrt(1.5), within(1e-12));
    }

    @Test
    void aColumnOfOneValueAndGapsSaysWhereTheGapsAre() {
        Table table = table(new Column.Numbers("x", new double[] {1, 0, 1}, BitSet.valueOf(new long[] {0b010})));
        FittedEncoder encoder = AUTOMATIC.fit(table, null);

        assertThat(encoder.featureNames()).containsExactly("x (missing)", "bias");
        assertThat(encoder.encode(table).features().values()).containsExactly(0, 1, 1, 1, 0, 1);
    }

    @Test
    void gapsWhereTrainingHadNoneAreAverageAndNoted() {
        FittedEncoder encoder = AUTOMATIC.fit(
                table(numbers("x", 40, row -> row * 0.5), texts("c", 40, row -> row % 2 == 0 ? "a" : "b")), null);
        Column.Texts.Builder builder = new Column.Texts.Builder("c", 2);
        builder.add(null);
        builder.add("a");
        Table gaps =
                table(new Column.Numbers("x", new double[] {0, 9.75}, BitSet.valueOf(new long[] {1})), builder.build());

        FittedEncoder.Encoded encoded = encoder.encode(gaps);

        assertThat(encoded.features().row(0)).containsExactly(0, 0, 0, 1);
        assertThat(encoded.features().row(1)).containsExactly(0, 1, 0, 1);
        assertThat(encoded.notes()).hasSize(2).allMatch(note -> note.contains("1 value missing"));
    }

    @Test
    void truthValuesStayZeroAndOne() {
        Table table = table(
                new Column.Booleans("f", 4, BitSet.valueOf(new long[] {0b0011}), BitSet.valueOf(new long[] {0b1000})));
        FittedEncoder encoder = AUTOMATIC.fit(table, null);

        assertThat(encoder.featureNames()).containsExactly("f", "f (missing)", "bias");
        assertThat(encoder.encode(table).features().values()).containsExactly(1, 0, 1, 1, 0, 1, 0, 0, 1, 2.0 / 3, 1, 1);
    }

    @Test
    void datesBecomeTimeAndTheCyclesThatVary() {
        Table daily = table(
                times("when", 60, row -> LocalDateTime.of(2024, 1, 1, 12, 0).plusDays(row)));
        Table hourly = table(
                times("when", 20, row -> LocalDateTime.of(2024, 1, 1, 0, 0).plusHours(row)));

        assertThat(AUTOMATIC.fit(daily, null).featureNames())
                .containsExactly(
                        "when",
                        "when (month cosine)",
                        "when (month sine)",
                        "when (weekday cosine)",
                        "when (weekday sine)",
                        "bias");
        assertThat(AUTOMATIC.fit(hourly, null).featureNames())
                .containsExactly("when", "when (hour cosine)", "when (hour sine)", "bias");
    }

    @Test
    void cyclesCloseAfterOnePeriod() {
        Table table = table(
                times("when", 400, row -> LocalDateTime.of(1965, 3, 1, 6, 0).plusDays(row)));

        Matrix features = AUTOMATIC.fit(table, null).encode(table).features();

        // weekdays: 7 days on, the same; months: a year on, the same
        for (int row = 0; row + 7 < 400; row++) {
            assertThat(features.get(row, 3)).isEqualTo(features.get(row + 7, 3));
            assertThat(features.get(row, 4)).isEqualTo(features.get(row + 7, 4));
        }
        assertThat(features.get(0, 1)).isEqualTo(features.get(365, 1));
        assertThat(features.get(0, 1)).isNotEqualTo(features.get(180, 1));
        // 1 March 1965 was a Monday, where the circle begins
        assertThat(features.get(0, 3)).isEqualTo(1);
    }

    @Test
    void smallWholeNumbersAreCategoriesUnlessToldOtherwise() {
        Table table = table(numbers("kind", 300, row -> 1 + row % 5), numbers("size", 300, row -> row * 1.5));

        FittedEncoder encoder = AUTOMATIC.fit(table, null);
        FittedEncoder told = new TableEncoder(EncodingStyle.automatic(), Set.of("kind"), Set.of()).fit(table, null);

        assertThat(encoder.featureNames())
                .containsExactly("kind=1", "kind=2", "kind=3", "kind=4", "kind=5", "size", "bias");
        assertThat(encoder.notes()).singleElement().asString().contains("kind", "numeric");
        assertThat(encoder.encode(table).features().row(2)[2]).isEqualTo(1);
        assertThat(told.featureNames()).containsExactly("kind", "size", "bias");
    }

    @Test
    void fewRowsPerLevelOrWideGapsAreNoCategories() {
        assertThat(AUTOMATIC.fit(table(numbers("x", 60, row -> row % 5)), null).featureNames())
                .containsExactly("x", "bias");
        assertThat(AUTOMATIC
                        .fit(table(numbers("x", 600, row -> 100 * (row % 5))), null)
                        .featureNames())
                .containsExactly("x", "bias");
        assertThat(AUTOMATIC
                        .fit(table(numbers("x", 900, row -> row % 17)), null)
                        .featureNames())
                .containsExactly("x", "bias");
    }

    @Test
    void darkPixelsFollowTheirFamily() {
        Column[] pixels = IntStream.range(0, 20)
                .mapToObj(pixel -> numbers("V" + pixel, 1000, row -> pixel < 5 ? row % 4 : (row + pixel) % 17))
                .toArray(Column[]::new);

        FittedEncoder encoder = AUTOMATIC.fit(table(pixels), null);

        assertThat(encoder.featureNames()).hasSize(21);
    }

    @Test
    void pixelsShareAScaleSoThatARareOneStaysSmall() {
        Column[] pixels = IntStream.range(0, 20)
                .mapToObj(pixel ->
                        numbers("V" + pixel, 1000, row -> pixel == 0 ? (row == 7 ? 255 : 0) : row * (pixel + 3) % 256))
                .toArray(Column[]::new);
        Table table = table(pixels);

        Matrix features = AUTOMATIC.fit(table, null).encode(table).features();

        assertThat(features.get(7, 0)).isBetween(2.0, 5.0);
    }

    @Test
    void constantAndEmptyColumnsAreLeftOutWithANote() {
        Table table = table(
                numbers("x", 30, row -> row),
                numbers("same", 30, row -> 4),
                texts("alike", 30, row -> "a"),
                new Column.Numbers("none", new double[30], allOf(30)));

        FittedEncoder encoder = AUTOMATIC.fit(table, null);

        assertThat(encoder.featureNames()).containsExactly("x", "bias");
        assertThat(encoder.notes())
                .containsExactly("left out, no values: none", "left out, one value only: same, alike");
        assertThat(encoder.requiredColumns()).containsExactly("x");
    }

    @Test
    void nothingButConstantsIsRefused() {
        assertThatThrownBy(() -> AUTOMATIC.fit(table(numbers("same", 30, row -> 4)), null))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("no feature is left");
    }

    @Test
    void freeTextIsRefusedByNameWithTheWayOut() {
        Table table = table(texts("name", 100, row -> "Person number " + row));

        assertThatThrownBy(() -> AUTOMATIC.fit(table, null))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'name'")
                .hasMessageContaining("100 different values in 100 rows")
                .hasMessageContaining("drop: name");
    }

    @Test
    void numbersSpoiltByOneWordAreNamedAsSuch() {
        Table table = table(texts("age", 100, row -> row == 41 ? "12x" : Integer.toString(row)));

        assertThatThrownBy(() -> AUTOMATIC.fit(table, null))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'age'")
                .hasMessageContaining("\"12x\" in row 42");
    }

    @Test
    void nanAndInfinityAreCountedAndTheFirstIsNamed() {
        Table table = new Table(
                List.of(
                        numbers("a", 5, row -> row == 3 ? Double.NaN : row),
                        numbers("b", 5, row -> row == 1 ? Double.NEGATIVE_INFINITY : row)),
                new int[] {10, 20, 30, 40, 50});

        assertThatThrownBy(() -> AUTOMATIC.fit(table, null))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("2 values are NaN or infinite")
                .hasMessageContaining("row 21, column 'b'");
    }

    @Test
    void aColumnOfAnotherKindIsRefusedByName() {
        FittedEncoder encoder = AUTOMATIC.fit(table(numbers("x", 30, row -> row)), null);

        assertThatThrownBy(() -> encoder.encode(table(texts("x", 2, row -> "word"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'x' holds text (\"word\" in row 1), expected numbers");
        assertThatThrownBy(() -> encoder.encode(table(numbers("z", 2, row -> row))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'x' is missing");
    }

    @Test
    void thePaperStyleKeepsAllLevelsAndLeavesNumbersAlone() {
        TableEncoder paper = new TableEncoder(EncodingStyle.paper(), Set.of(), Set.of());
        Table table = table(
                texts("c", 100, row -> row == 0 ? "once" : row % 2 == 0 ? "even" : "odd"),
                numbers("x", 100, row -> row % 4),
                numbers("same", 100, row -> 4));

        FittedEncoder encoder = paper.fit(table, null);

        assertThat(encoder.featureNames()).containsExactly("c=even", "c=odd", "c=once", "x", "same", "bias");
        assertThat(encoder.encode(table).features().row(3)).containsExactly(0, 1, 0, 3, 4, 1);
    }

    @Test
    void fittingIsBlindToTheTableItIsAppliedTo() {
        Table small = table(numbers("x", 50, row -> row));
        Table other = table(numbers("x", 50, row -> 1000 + row));
        FittedEncoder encoder = AUTOMATIC.fit(small, null);

        double step = encoder.encode(small).features().get(1, 0)
                - encoder.encode(small).features().get(0, 0);

        assertThat(encoder.encode(other).features().get(0, 0))
                .isCloseTo(encoder.encode(small).features().get(0, 0) + 1000 * step, within(1e-9));
    }

    @Test
    void namingAColumnTwiceIsRefused() {
        assertThatThrownBy(() -> new TableEncoder(EncodingStyle.automatic(), Set.of("x"), Set.of("x")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'x'");
    }

    private static Table table(Column... columns) {
        return new Table(List.of(columns), IntStream.range(0, columns[0].size()).toArray());
    }

    private static Column numbers(String name, int rows, IntToDoubleFunction value) {
        return new Column.Numbers(
                name, IntStream.range(0, rows).mapToDouble(value).toArray(), new BitSet());
    }

    private static Column texts(String name, int rows, IntFunction<String> value) {
        Column.Texts.Builder builder = new Column.Texts.Builder(name, rows);
        IntStream.range(0, rows).mapToObj(value).forEach(builder::add);
        return builder.build();
    }

    private static Column times(String name, int rows, IntFunction<LocalDateTime> value) {
        List<Long> microseconds = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            microseconds.add(value.apply(row).toEpochSecond(ZoneOffset.UTC) * 1_000_000);
        }
        return new Column.Timestamps(
                name, microseconds.stream().mapToLong(Long::longValue).toArray(), new BitSet());
    }

    private static BitSet allOf(int size) {
        BitSet all = new BitSet();
        all.set(0, size);
        return all;
    }
}
