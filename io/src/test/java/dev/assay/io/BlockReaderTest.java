package dev.assay.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.data.Dataset;
import dev.assay.data.InvalidInputException;
import dev.assay.io.array.TestArrays;
import dev.assay.io.read.EncodedRows;
import dev.assay.io.read.Groups;
import dev.assay.io.read.InputSchema;
import dev.assay.io.read.LoadedData;
import dev.assay.io.read.ReadSettings;
import dev.assay.io.read.RowBlock;
import dev.assay.io.read.Task;
import dev.assay.linalg.Matrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Law: blocks put together are what is read at once, with the same notes and errors. */
final class BlockReaderTest {
    /** More than a chunk of DuckDB. */
    private static final int ROWS = 3000;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void blocksOfATableAreTheWholeTable() throws IOException {
        LoadedData training = training();
        Path file = write("new.csv", header() + lines(ROWS, BlockReaderTest::laterRow));

        for (int blockRows : new int[] {1000, 2048, 7, ROWS}) {
            assertSame(file, null, InputSchema.of(training), "site", blockRows);
        }
        EncodedRows<Dataset> whole = new DataReader(2).readTest(file, null, InputSchema.of(training), "site");
        assertThat(whole.notes())
                .anyMatch(note -> note.contains("no label"))
                .anyMatch(note -> note.contains("not seen when the encoding was fitted"))
                .anyMatch(note -> note.contains("missing, none was"));
        assertThat(whole.encoded().size()).isLessThan(ROWS);
    }

    @Test
    void aColumnWithoutAValueInOneBlockHasNoneInTheFileOnlyWhereThatIsSo() throws IOException {
        InputSchema form = InputSchema.of(training());
        Path some =
                write("some.csv", "id,site,x,c,d,f,y,w,g\n" + lines(200, row -> row < 100 ? ",,,,,,p,1,a" : row(row)));
        Path none = write("none.csv", "id,site,x,c,d,f,y,w,g\n" + lines(200, row -> ",,,,,,p,1,a"));

        assertSame(some, null, form, "site", 50);
        assertSame(none, null, form, "site", 50);
        assertThat(new DataReader(1).readNew(none, form, null).notes())
                .anyMatch(note -> note.contains("any of the 200"));
    }

    @Test
    void aValueThatTheFirstRowsDoNotFitIsReadAllTheSame() throws IOException {
        LoadedData training = new DataReader(1)
                .read(
                        write("train.csv", "x,y\n" + lines(50, row -> row + "," + (row % 2 == 0 ? "p" : "q"))),
                        ReadSettings.automatic().withLabel("y"));
        Path late = write("late.csv", "x,y\n" + lines(25_000, row -> (row == 24_000 ? "NA" : "" + row % 50) + ",p"));

        assertSame(late, null, InputSchema.of(training), null, 1 << 14);
        assertThat(new DataReader(1)
                        .readNew(late, InputSchema.of(training), null)
                        .notes())
                .containsExactly(
                        "column 'x': 1 value missing, none was when the encoding was fitted; taken as average");
    }

    @Test
    void whatIsWrongIsSaidAsOfTheWholeFile() throws IOException {
        InputSchema form = InputSchema.of(training());
        assertSameError(
                "column 'x', row 150: \"word\"",
                form,
                row -> row == 149 ? row(row).replace(",1.5,", ",word,") : row(row));
        assertSameError(
                "3 values are NaN or infinite, the first is Infinity in row 102",
                form,
                row -> row == 101 || row >= 198 ? row(row).replace(",1.5,", ",inf,") : row(row));
        assertSameError(
                "weight column 'w', row 199: -1.0",
                form,
                row -> row == 198 ? row(row).replaceAll(",\\d+,([a-z]+)$", ",-1,$1") : row(row));
        assertSameError(
                "has the label 'new'", form, row -> row == 180 ? row(row).replaceAll(",[pq],", ",new,") : row(row));
        assertSameError("all 200 labels in column 'y' are missing", form, row -> row(row).replaceAll(",[pq],", ",,"));
        assertSameError(
                "weight column 'w' is 0 in every row", form, row -> row(row).replaceAll(",\\d+,([a-z]+)$", ",0,$1"));
    }

    @Test
    void numbersToPredictAreThoseOfTheWholeFileAndNamedByTheirRow() throws IOException {
        LoadedData training = new DataReader(1)
                .read(
                        write("train.csv", "x,y\n" + lines(60, row -> row + "," + row * 1.25)),
                        ReadSettings.automatic().withLabel("y").withTask(Task.REGRESSION));
        InputSchema form = InputSchema.of(training);
        assertSame(
                write("new.csv", "x,y\n" + lines(90, row -> row + "," + (row % 9 == 0 ? "" : row / 3.0))),
                null,
                form,
                null,
                20);
        Path wrong = write("wrong.csv", "x,y\n" + lines(90, row -> row + "," + (row == 80 ? "word" : "" + row)));

        InvalidInputException whole = catchThrowableOfType(
                InvalidInputException.class, () -> new DataReader(1).readTest(wrong, null, form, null));
        assertThat(whole).hasMessageContaining("\"word\" in labelled row 81");
        assertThatThrownBy(() -> new BlockReader(1, 20).readTest(wrong, null, form, null, block -> {}))
                .hasMessage(whole.getMessage());
    }

    @Test
    void blocksOfJsonLinesAreTheWholeFile() throws IOException {
        LoadedData training = training();
        Path file = write(
                "new.jsonl",
                lines(
                        150,
                        row -> "{\"x\":" + row + ",\"c\":\"" + "ab".charAt(row % 2)
                                + "\",\"d\":\"3/14/2024\",\"f\":true,\"y\":\"p\"}"));

        assertSame(file, null, InputSchema.of(training), null, 40);
    }

    @Test
    void blocksOfArraysAreTheWholeArray() throws IOException {
        int n = 100;
        SplittableRandom random = new SplittableRandom(5);
        double[] byRows = random.doubles(6L * n).toArray();
        double[] byColumns = new double[6 * n];
        for (int example = 0; example < n; example++) {
            for (int entry = 0; entry < 6; entry++) {
                // a 2 x 3 example, its first axis fastest
                int place = entry / 3 + entry % 3 * 2;
                byColumns[place * n + example] = byRows[example * 6 + entry];
            }
        }
        Map<String, byte[]> arrays = new LinkedHashMap<>();
        arrays.put("X", TestArrays.npy("<f8", "(100, 2, 3)", TestArrays.doubles(byRows)));
        arrays.put(
                "y",
                TestArrays.npy(
                        "<f8",
                        "(100,)",
                        TestArrays.doubles(IntStream.range(0, n)
                                .mapToDouble(example -> example % 11 == 0 ? Double.NaN : example % 2)
                                .toArray())));
        arrays.put(
                "w",
                TestArrays.npy(
                        "<f8",
                        "(100,)",
                        TestArrays.doubles(IntStream.range(0, n)
                                .mapToDouble(example -> example % 3)
                                .toArray())));
        arrays.put(
                "site",
                TestArrays.npy(
                        "<f8",
                        "(100,)",
                        TestArrays.doubles(
                                IntStream.range(0, n).asDoubleStream().toArray())));
        Path rows = TestArrays.npz(folder.resolve("rows.npz"), arrays);
        arrays.put(
                "X", TestArrays.npy(1, TestArrays.header("<f8", true, "(100, 2, 3)"), TestArrays.doubles(byColumns)));
        Path columns = TestArrays.npz(folder.resolve("columns.npz"), arrays);
        Path alone = Files.write(
                folder.resolve("alone.npy"), TestArrays.npy("<f8", "(100, 2, 3)", TestArrays.doubles(byRows)));
        InputSchema form = InputSchema.of(new DataReader(1)
                .read(rows, ReadSettings.automatic().withWeight("w").withTask(Task.CLASSIFICATION)));

        for (int blockRows : new int[] {32, 1, n}) {
            assertSame(rows, null, form, "site", blockRows);
            assertSame(columns, null, form, "site", blockRows);
        }
        assertThat(new DataReader(1).readNew(columns, form, null).encoded().values())
                .isEqualTo(new DataReader(1).readNew(rows, form, null).encoded().values())
                .isEqualTo(
                        new DataReader(1).readNew(alone, form, null).encoded().values());
        assertThat(new DataReader(1).readTest(rows, null, form, null).notes())
                .anyMatch(note -> note.contains("10 examples have no label"));

        byRows[50] = Double.NaN;
        byRows[500] = Double.NEGATIVE_INFINITY;
        Path bad = Files.write(
                folder.resolve("bad.npy"), TestArrays.npy("<f8", "(100, 2, 3)", TestArrays.doubles(byRows)));
        assertThatThrownBy(() -> new BlockReader(1, 8).readNew(bad, form, null, false, block -> {}))
                .hasMessageContaining("2 entries are NaN or infinite, the first in example 9 ");
    }

    private void assertSameError(String expected, InputSchema form, IntFunction<String> row) throws IOException {
        Path file = write("wrong.csv", header() + lines(200, row));
        InvalidInputException whole = catchThrowableOfType(
                InvalidInputException.class, () -> new DataReader(1).readTest(file, null, form, null));
        InvalidInputException blocks = catchThrowableOfType(
                InvalidInputException.class,
                () -> new BlockReader(1, 64).readTest(file, null, form, null, block -> {}));
        assertThat(whole).hasMessageContaining(expected);
        assertThat(blocks).hasMessage(whole.getMessage());
    }

    private void assertSame(
            Path file, @Nullable Path labels, InputSchema form, @Nullable String source, int blockRows) {
        EncodedRows<Matrix> whole = new DataReader(2).readNew(file, form, source);
        List<RowBlock<Matrix>> blocks = new ArrayList<>();
        List<String> notes = new BlockReader(2, blockRows).readNew(file, form, source, true, blocks::add);
        int records = whole.encoded().rows();

        assertThat(blocks).hasSize((records + blockRows - 1) / blockRows);
        assertThat(blocks.subList(0, blocks.size() - 1))
                .allMatch(block -> block.encoded().rows() == blockRows);
        assertThat(notes).isEqualTo(whole.notes());
        assertThat(values(blocks.stream().map(RowBlock::encoded).toList()))
                .isEqualTo(whole.encoded().values());
        assertThat(texts(blocks.stream().map(RowBlock::ids).toList())).isEqualTo(whole.ids());
        assertThat(texts(blocks.stream().map(RowBlock::sources).toList())).isEqualTo(whole.sources());

        EncodedRows<Dataset> wholeTest = new DataReader(2).readTest(file, labels, form, source);
        List<RowBlock<Dataset>> tests = new ArrayList<>();
        assertThat(new BlockReader(2, blockRows).readTest(file, labels, form, source, tests::add))
                .isEqualTo(wholeTest.notes());
        Dataset expected = wholeTest.encoded();
        assertThat(values(
                        tests.stream().map(block -> block.encoded().features()).toList()))
                .isEqualTo(expected.features().values());
        assertThat(tests.stream()
                        .flatMapToInt(block -> IntStream.of(block.encoded().rows()))
                        .toArray())
                .isEqualTo(expected.rows());
        assertThat(tests.stream()
                        .flatMapToDouble(
                                block -> DoubleStream.of(block.encoded().weights()))
                        .toArray())
                .isEqualTo(expected.weights());
        assertThat(tests.stream()
                        .flatMapToDouble(block -> IntStream.range(
                                        0, block.encoded().size())
                                .mapToDouble(i -> block.encoded().targets().value(i)))
                        .toArray())
                .isEqualTo(IntStream.range(0, expected.size())
                        .mapToDouble(i -> expected.targets().value(i))
                        .toArray());
        assertThat(Groups.of(texts(tests.stream().map(RowBlock::groups).toList()), form.group(), file))
                .isEqualTo(expected.groups());
        assertThat(texts(tests.stream().map(RowBlock::ids).toList())).isEqualTo(wholeTest.ids());
    }

    private static double[] values(List<Matrix> blocks) {
        return blocks.stream()
                .flatMapToDouble(block -> DoubleStream.of(block.values()))
                .toArray();
    }

    private static @Nullable List<String> texts(List<@Nullable List<String>> blocks) {
        List<String> all = new ArrayList<>();
        for (List<String> block : blocks) {
            if (block == null) {
                return null;
            }
            all.addAll(block);
        }
        return all;
    }

    private LoadedData training() throws IOException {
        return new DataReader(1)
                .read(
                        write("training.csv", header() + lines(300, BlockReaderTest::row)),
                        ReadSettings.automatic()
                                .withLabel("y")
                                .withId("id")
                                .withSource("site")
                                .withWeight("w")
                                .withGroup("g"));
    }

    private static String header() {
        return "id,site,x,c,d,f,y,w,g\n";
    }

    private static String row(int row) {
        return "r" + row + ",s" + row % 3 + ",1.5,".replace("1.5", row % 5 == 0 ? row + ".25" : "1.5")
                + "abc".charAt(row % 3) + ","
                + (1 + row % 12) + "/" + (13 + row % 12) + "/2024," + (row % 4 == 0) + "," + (row % 2 == 0 ? "p" : "q")
                + ","
                + (1 + row % 3) + "," + (row % 7 == 0 ? "one" : "two");
    }

    private static String laterRow(int row) {
        String text = row(row);
        if (row % 10 == 3) {
            text = text.replace(",1.5,", ",NA,");
        }
        if (row % 100 == 41 || row == 2900) {
            text = text.replaceAll(",[abc],", ",level " + row + ",");
        }
        return row % 13 == 5 ? text.replaceAll(",[pq],", row % 2 == 0 ? ",," : ",None,") : text;
    }

    private static String lines(int count, IntFunction<String> row) {
        return IntStream.range(0, count).mapToObj(row).collect(Collectors.joining("\n", "", "\n"));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
