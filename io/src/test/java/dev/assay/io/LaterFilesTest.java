package dev.assay.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.ClassTargets;
import dev.assay.data.ColumnEncoding;
import dev.assay.data.Dataset;
import dev.assay.data.EncodingStyle;
import dev.assay.data.FittedEncoder;
import dev.assay.data.InvalidInputException;
import dev.assay.data.RealTargets;
import dev.assay.io.cell.CellSettings;
import dev.assay.io.cell.DateOrder;
import dev.assay.io.cell.DecimalMark;
import dev.assay.io.read.EncodedRows;
import dev.assay.io.read.InputSchema;
import dev.assay.io.read.LoadedData;
import dev.assay.io.read.ReadSettings;
import dev.assay.io.read.Task;
import dev.assay.linalg.Matrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the training file says of the meaning of a text holds for every later file, and for rows that are given. */
class LaterFilesTest {
    /** Features as they are: days since 1970, plain numbers. */
    private static final ReadSettings BY_Y =
            ReadSettings.automatic().withLabel("y").withStyle(EncodingStyle.paper());

    @TempDir
    Path folder;

    @Test
    void theOrderOfDatesIsThatOfTheTrainingFile() throws IOException {
        LoadedData monthFirst = read("d,y\n" + rows(24, row -> (1 + row % 12) + "/" + (13 + row % 12) + "/2024"), BY_Y);
        InputSchema form = InputSchema.of(monthFirst);
        EncodedRows<Matrix> ambiguous = newRows("d\n1/11/2024\n2/12/2024\n2024-03-04\n3/4/24\n", form);
        EncodedRows<Matrix> plain = newRows("d\n2024-01-11\n2024-02-12\n2024-03-04\n2024-03-04\n", form);

        assertThat(form.cells().dates()).containsEntry("d", DateOrder.MONTH_FIRST);
        assertThat(ambiguous.encoded().values()).isEqualTo(plain.encoded().values());
        assertThat(given(form, "d", "1/11/2024").encoded().row(0))
                .isEqualTo(ambiguous.encoded().row(0));
        assertThat(new DataReader(1)
                        .readTest(write("test.csv", "d,y\n1/11/2024,p\n"), null, monthFirst)
                        .encoded()
                        .features()
                        .row(0))
                .isEqualTo(ambiguous.encoded().row(0));
        assertThat(newRows("{\"d\":\"1/11/2024\"}\n", form).encoded().row(0))
                .isEqualTo(ambiguous.encoded().row(0));
    }

    @Test
    void aDateOfAnotherOrderIsRefusedByItsRow() throws IOException {
        InputSchema form = InputSchema.of(read("d,y\n" + rows(24, row -> "3/" + (13 + row % 12) + "/2024"), BY_Y));

        assertRefused(
                () -> newRows("d\n1/11/2024\n28/2/2024\n", form), "column 'd', row 2: \"28/2/2024\"", "month first");
        assertRefused(() -> newRows("d\n1/11/2024\nNA\nword\n", form), "row 3", "\"word\"");
        assertRefused(() -> given(form, "d", "28/2/2024"), "row 0", "month first");
        assertRefused(() -> newRows("d\n12:30:00\n", form), "\"12:30:00\"");
    }

    @Test
    void dayAndMonthThatNothingTellsApartAreSaidAndMayBeChosen() throws IOException {
        String csv = "d,y\n" + rows(24, row -> (1 + row % 12) + "/" + (1 + row % 11) + "/2024");
        LoadedData taken = read(csv, BY_Y);
        LoadedData chosen = read(csv, BY_Y.withCells(new CellSettings(null, DateOrder.MONTH_FIRST, false)));

        assertThat(taken.cells().dates()).containsEntry("d", DateOrder.DAY_FIRST);
        assertThat(taken.notes())
                .anyMatch(note ->
                        note.toString().contains("'d'") && note.toString().contains("dates: month-first"));
        assertThat(chosen.cells().dates()).containsEntry("d", DateOrder.MONTH_FIRST);
        assertThat(chosen.notes()).noneMatch(note -> note.toString().contains("(dates: "));
        assertThat(chosen.dataset().features().get(1, 0))
                .isNotEqualTo(taken.dataset().features().get(1, 0));
        assertRefused(
                () -> read(
                        "d,y\n" + rows(24, row -> "28/" + (1 + row % 12) + "/2024"),
                        BY_Y.withCells(new CellSettings(null, DateOrder.MONTH_FIRST, false))),
                "\"28/1/2024\"",
                "dates: auto");
    }

    @Test
    void anotherColumnTellsTheOrderOfDates() throws IOException {
        LoadedData data =
                read("a,d,y\n" + rows(24, row -> "3/" + (13 + row % 12) + "/2024,4/" + (1 + row % 11) + "/2024"), BY_Y);

        assertThat(data.cells().dates())
                .containsEntry("a", DateOrder.MONTH_FIRST)
                .containsEntry("d", DateOrder.MONTH_FIRST);
        assertThat(data.notes()).noneMatch(note -> note.toString().contains("(dates: "));
    }

    @Test
    void datesWithGapsAndWithOtherDatesBesideThemAreDates() throws IOException {
        LoadedData data = read(
                "d,iso,y\n"
                        + rows(
                                24,
                                row -> (row == 3 ? "NA" : (13 + row % 12) + ".1.2024") + ",2024-01-" + (13 + row % 12)),
                BY_Y);

        assertThat(data.dataset().featureNames()).contains("d", "d (missing)", "iso");
        ColumnEncoding.Moment rule = (ColumnEncoding.Moment)
                ((FittedEncoder) data.encoding()).columns().get(0);
        // 13 January 2024
        assertThat(rule.center() + rule.scale() * data.dataset().features().get(0, 0))
                .isCloseTo(19735, within(1e-9));
    }

    @Test
    void decimalsFollowTheMarkOfTheTrainingFile() throws IOException {
        InputSchema commas =
                InputSchema.of(read("a;n;y\n" + rows(24, row -> "0," + (100 + row) + ";" + row * row, ";"), BY_Y));
        InputSchema points =
                InputSchema.of(read("a;n;y\n" + rows(24, row -> "0." + (100 + row) + ";" + row * row, ";"), BY_Y));

        // alone, this file could mean thousands
        assertThat(newRows("a;n\n1,288;3\n2,000;4,5\n", commas).encoded().values())
                .containsExactly(1.288, 3, 1, 2, 4.5, 1);
        assertThat(given(commas, "a", "1,288").encoded().get(0, 0)).isEqualTo(1.288);
        assertRefused(() -> newRows("a;n\n1,5;3\n1.5;3\n", commas), "column 'a', row 2: \"1.5\"", "decimal comma");
        assertRefused(() -> newRows("a;n\n1.5;3\n1,5;3\n", points), "column 'a', row 2: \"1,5\"");
    }

    @Test
    void decimalsOfThreeDigitsAreNumbersWhereOneOfThemCannotBeThousands() throws IOException {
        LoadedData data = read("a;b;y\n" + rows(24, row -> "-0,7" + (10 + row) + ";1,2" + (10 + row), ";"), BY_Y);

        assertThat(data.dataset().featureNames()).containsExactly("a", "b", "bias");
        assertThat(data.dataset().features().get(0, 0)).isEqualTo(-0.71);
        assertThat(data.dataset().features().get(0, 1)).isEqualTo(1.21);
        String thousands = "b;y\n" + rows(24, row -> "1,2" + (10 + row), ";");
        assertRefused(() -> read(thousands, BY_Y), "'b'", "decimal: comma");
        assertThat(read(thousands, BY_Y.withCells(new CellSettings(DecimalMark.COMMA, null, false)))
                        .dataset()
                        .features()
                        .get(0, 0))
                .isEqualTo(1.21);
    }

    @Test
    void labelsMayHaveDecimalCommas() throws IOException {
        LoadedData data = read("x;y\n" + String.join("", rowsOf(30, row -> row + ";-0," + (100 + row) + "\n")), BY_Y);
        RealTargets targets = (RealTargets) data.dataset().targets();

        assertThat(data.task()).isEqualTo(Task.REGRESSION);
        assertThat(targets.original(targets.values()[3])).isCloseTo(-0.103, within(1e-12));
        Path test = write("test.csv", "x;y\n1;2,345\n");
        RealTargets later = (RealTargets)
                new DataReader(1).readTest(test, null, data).encoded().targets();
        assertThat(later.original(later.values()[0])).isCloseTo(2.345, within(1e-12));
        assertRefused(
                () -> new DataReader(1).readTest(write("points.csv", "x;y\n1;2.345\n"), null, data),
                "\"2.345\"",
                "decimal comma");
    }

    @Test
    void truthWordsAreTheSameInEveryFormat() throws IOException {
        LoadedData data = read("t,y\n" + rows(24, row -> row % 3 == 0 ? "yes" : row == 4 ? "NA" : "no"), BY_Y);
        InputSchema form = InputSchema.of(data);

        assertThat(data.dataset().featureNames()).containsExactly("t", "t (missing)", "bias");
        assertThat(newRows("t\nYES\nfalse\n", form).encoded().values()).containsExactly(1, 0, 1, 0, 0, 1);
        assertThat(newRows("{\"t\":\"yes\"}\n{\"t\":\"no\"}\n", form).encoded().values())
                .containsExactly(1, 0, 1, 0, 0, 1);
        assertThat(given(form, "t", "yes").encoded().get(0, 0)).isEqualTo(1);
        assertRefused(() -> newRows("t\nyes\n1\n", form), "column 't', row 2: \"1\"", "true or false");
    }

    @Test
    void forcedCategoriesKeepTheirExactText() throws IOException {
        LoadedData data = read(
                "t,d,y\n" + rows(24, row -> (row % 3 == 0 ? "True" : "False") + ",2024-01-0" + (1 + row % 2)),
                BY_Y.withCategorical(List.of("t", "d")));
        EncodedRows<Matrix> later = newRows("t,d\nTrue,2024-01-01\n", InputSchema.of(data));

        assertThat(data.dataset().featureNames()).contains("t=True", "d=2024-01-01");
        assertThat(later.notes()).isEmpty();
        assertThat(later.encoded().row(0)).isEqualTo(data.dataset().features().row(0));
    }

    @Test
    void notANumberIsMissingAndInfinityAnError() throws IOException {
        InputSchema form = InputSchema.of(read("x,y\n" + rows(24, row -> row == 3 ? "NaN" : row + ".5"), BY_Y));

        assertThat(newRows("x\nnan\n1.5\n", form).encoded().values())
                .containsExactly(12.369565217391305, 1, 1, 1.5, 0, 1);
        assertThat(given(form, "x", Double.NaN).encoded().get(0, 1)).isEqualTo(1);
        assertThatThrownBy(() -> newRows("x\n1\ninf\n", form))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("row 2")
                .hasMessageNotContaining("--drop");
    }

    @Test
    void wordsForMissingValuesAreSoInAColumnOfOneValue() throws IOException {
        ReadSettings automatic = ReadSettings.automatic().withLabel("y");
        InputSchema form =
                InputSchema.of(read("x,c,y\n" + rows(24, row -> row + (row % 5 == 0 ? ",NA" : ",7")), automatic));

        assertThat(form.encoding().featureNames()).containsExactly("x", "c (missing)", "bias");
        EncodedRows<Matrix> later = newRows("x,c\n1,NA\n1,7\n", form);
        assertThat(later.encoded().get(0, 1)).isEqualTo(1);
        assertThat(later.encoded().get(1, 1)).isZero();
        assertThat(GivenRows.encode(List.of(Map.of("x", 1, "c", "NA"), Map.of("x", 1, "c", 7)), form)
                        .encoded()
                        .get(0, 1))
                .isEqualTo(1);
    }

    @Test
    void labelsOfOneValueAreOneLabel() throws IOException {
        LoadedData whole = read("x,y\n1,0\n2,1\n3,0\n4,1\n", BY_Y);
        LoadedData codes = read("x,y\n1,01\n2,2\n3,01\n4,2\n", BY_Y);
        LoadedData truths = read("{\"x\":1,\"y\":true}\n{\"x\":2,\"y\":false}\n{\"x\":1,\"y\":true}\n", BY_Y);

        assertThat(labels(whole, "x,y\n1,1.0\n2,0.0\n3,1\n")).containsExactly(1, 0, 1);
        assertThat(labels(whole, "{\"x\":1,\"y\":1.0}\n{\"x\":1,\"y\":\"0\"}\n"))
                .containsExactly(1, 0);
        assertThat(labels(truths, "x,y\n1,True\n2,False\n")).containsExactly(1, 0);
        assertRefused(() -> labels(codes, "x,y\n1,1\n"), "the label '1'");
        assertRefused(() -> labels(read("x,y\n1,1\n2,1.0\n3,1\n4,1.0\n", BY_Y), "x,y\n1,1.00\n"), "the label '1.00'");
    }

    @Test
    void quotedNumbersOfJsonAreNumbers() throws IOException {
        LoadedData data = read("""
            {"a":"-0.5","code":"01","y":"p"}
            {"a":2.25,"code":"02","y":"q"}
            {"a":"NA","code":"02","y":"q"}
            {"a":1,"code":"01","y":"p"}
            """, BY_Y);

        assertThat(data.dataset().featureNames()).contains("a", "a (missing)", "code=01");
        assertThat(data.dataset().features().get(0, 0)).isEqualTo(-0.5);
        assertThat(newRows("{\"a\":\"3.5\",\"code\":\"01\"}\n", InputSchema.of(data))
                        .encoded()
                        .get(0, 0))
                .isEqualTo(3.5);
    }

    private int[] labels(LoadedData training, String content) throws IOException {
        EncodedRows<Dataset> data = new DataReader(1).readTest(write("labels.txt", content), null, training);
        return ((ClassTargets) data.encoded().targets()).codes();
    }

    private static String rows(int count, IntFunction<String> features) {
        return rows(count, features, ",");
    }

    private static String rows(int count, IntFunction<String> features, String delimiter) {
        return String.join(
                "", rowsOf(count, row -> features.apply(row) + delimiter + (row % 2 == 0 ? "p" : "q") + "\n"));
    }

    private static List<String> rowsOf(int count, IntFunction<String> row) {
        return IntStream.range(0, count).mapToObj(row).toList();
    }

    private static EncodedRows<Matrix> given(InputSchema form, String column, Object value) {
        return GivenRows.encode(List.of(Map.of(column, value)), form);
    }

    private EncodedRows<Matrix> newRows(String content, InputSchema form) throws IOException {
        return new DataReader(1).readNew(write("new.txt", content), form, null);
    }

    private LoadedData read(String content, ReadSettings settings) throws IOException {
        return new DataReader(1).read(write("train.txt", content), settings);
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    @FunctionalInterface
    private interface Attempt {
        Object make() throws IOException;
    }

    private static void assertRefused(Attempt attempt, String... parts) {
        assertThatThrownBy(attempt::make)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll(parts);
    }
}
