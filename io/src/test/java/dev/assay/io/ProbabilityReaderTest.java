package dev.assay.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.GivenProbabilities;
import dev.assay.data.InvalidInputException;
import dev.assay.io.array.TestArrays;
import dev.assay.io.file.SourceContent;
import dev.assay.io.read.LoadedData;
import dev.assay.io.read.ProbabilityFiles;
import dev.assay.io.read.ReadSettings;
import dev.assay.io.read.Task;
import dev.assay.io.table.DuckDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Probabilities come into the order of the rows and of the classes, or are refused. */
class ProbabilityReaderTest {
    private static final String VALUES =
            "0.7,0.2,0.1\n0.1,0.8,0.1\n0.25,0.25,0.5\n0.6,0.3,0.1\n" + "0.5,0.25,0.25\n".repeat(3);

    @TempDir
    Path folder;

    private Path data = Path.of("");

    @BeforeEach
    void writeData() throws IOException {
        data = write("data.csv", "y\nred\ngreen\nNA\nblue\nred\ngreen\nblue\n");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private LoadedData read(ProbabilityFiles files) {
        return new DataReader(1)
                .read(
                        data,
                        ReadSettings.automatic()
                                .withLabel("y")
                                .withTask(Task.CLASSIFICATION)
                                .withProbabilities(files));
    }

    private GivenProbabilities given(ProbabilityFiles files) {
        return Objects.requireNonNull(read(files).probabilities());
    }

    private void refused(ProbabilityFiles files, String... words) {
        assertThatThrownBy(() -> read(files))
                .isInstanceOf(InvalidInputException.class)
                .satisfies(problem ->
                        assertThat(problem.getMessage()).contains(words).doesNotContain("\n"));
    }

    /** Of the first examples; classes are blue, green, red; the third record has no label. */
    private static void assertRows(GivenProbabilities given, double[]... rows) {
        assertThat(given.size()).isBetween(4, 6);
        for (int i = 0; i < rows.length; i++) {
            assertThat(given.values().row(i)).containsExactly(rows[i], within(1e-9));
        }
    }

    private static double[] row(double... values) {
        return values;
    }

    @Test
    void columnsAreFoundByTheirNames() throws IOException {
        Path file = write("p.csv", "red,green,blue\n" + VALUES);

        assertRows(given(ProbabilityFiles.of(file)), row(0.1, 0.2, 0.7), row(0.1, 0.8, 0.1), row(0.1, 0.3, 0.6));
        assertRows(
                given(ProbabilityFiles.of(write("q.csv", "p_red,p_green,p_blue\n" + VALUES))),
                row(0.1, 0.2, 0.7),
                row(0.1, 0.8, 0.1),
                row(0.1, 0.3, 0.6));
    }

    @Test
    void withoutNamesTheyAreTheSortedLabels() throws IOException {
        double[][] expected = {row(0.7, 0.2, 0.1), row(0.1, 0.8, 0.1), row(0.6, 0.3, 0.1)};
        byte[] array = TestArrays.npy(
                "<f8",
                "(7, 3)",
                TestArrays.doubles(
                        0.7, 0.2, 0.1, 0.1, 0.8, 0.1, 0.25, 0.25, 0.5, 0.6, 0.3, 0.1, 1, 0, 0, 1, 0, 0, 1, 0, 0));

        assertRows(given(ProbabilityFiles.of(write("p.csv", VALUES))), expected);
        assertRows(given(ProbabilityFiles.of(Files.write(folder.resolve("p.npy"), array))), expected);
    }

    @Test
    void orInTheOrderThatIsSaid() throws IOException {
        ProbabilityFiles files =
                ProbabilityFiles.of(write("p.csv", VALUES)).withLabels(List.of("green", "red", "blue"));

        assertRows(given(files), row(0.1, 0.7, 0.2), row(0.1, 0.1, 0.8), row(0.1, 0.6, 0.3));
        refused(
                ProbabilityFiles.of(write("n.csv", "red,green,blue\n" + VALUES))
                        .withLabels(List.of("green", "red", "blue")),
                "another order");
    }

    @Test
    void parquet() throws SQLException {
        Path file = folder.resolve("p.parquet");
        try (DuckDatabase database = DuckDatabase.open(1)) {
            database.execute("COPY (SELECT * FROM (VALUES (0.7, 0.2, 0.1), (0.1, 0.8, 0.1), (0.25, 0.25, 0.5),"
                    + " (0.6, 0.3, 0.1), (1, 0, 0), (1, 0, 0), (1, 0, 0)) AS t(red, blue, green)) TO "
                    + DuckDatabase.quoted(file.toString())
                    + " (FORMAT parquet)");
        }

        assertRows(given(ProbabilityFiles.of(file)), row(0.2, 0.1, 0.7), row(0.8, 0.1, 0.1), row(0.3, 0.1, 0.6));
    }

    /** Whoever trains a model leaves out the rows without a label first. */
    @Test
    void rowsWithoutALabelMayBeLeftOut() throws IOException {
        Path file = write("p.csv", "blue,green,red\n" + VALUES.replace("0.25,0.25,0.5\n", ""));

        assertRows(given(ProbabilityFiles.of(file)), row(0.7, 0.2, 0.1), row(0.1, 0.8, 0.1), row(0.6, 0.3, 0.1));
    }

    /** Labels that are numbers make a header that looks like data. */
    @Test
    void aHeaderOfNumbers() throws IOException {
        data = write("data.csv", "y\n2\n4\n2\n4\n");
        Path file = write("p.csv", "4,2\n0.9,0.1\n0.8,0.2\n0.4,0.6\n0.3,0.7\n");

        assertRows(given(ProbabilityFiles.of(file)), row(0.1, 0.9), row(0.2, 0.8), row(0.6, 0.4), row(0.7, 0.3));
    }

    @Test
    void anOrderThatCouldBeAnotherIsNotGuessed() throws IOException {
        List<String> labels = new ArrayList<>();
        StringBuilder rows = new StringBuilder();
        for (int row = 0; row < 22; row++) {
            labels.add(Integer.toString(row % 11));
            rows.append("0.5,0.5").append(",0".repeat(9)).append('\n');
        }
        data = write("data.csv", "y\n" + String.join("\n", labels) + "\n");

        refused(
                ProbabilityFiles.of(write("p.csv", rows.toString())),
                "does not say which column is which",
                "0, 1, 10, 2",
                "probability-labels");
    }

    @Test
    void whatDoesNotBelongToTheDataIsRefused() throws IOException {
        refused(
                ProbabilityFiles.of(write("a.csv", VALUES + VALUES)),
                "14 rows",
                "the data has 7 (6 of them with a label)");
        refused(ProbabilityFiles.of(write("b.csv", "0.5,0.5\n".repeat(7))), "2 columns", "3 classes: blue, green, red");
        refused(ProbabilityFiles.of(write("c.csv", "red,green,bleu\n" + VALUES)), "'bleu'", "blue, green, red");
        refused(
                ProbabilityFiles.of(write("d.csv", "red,green\n" + "0.5,0.5\n".repeat(7))),
                "no column for the class 'blue'");
        refused(ProbabilityFiles.of(write("e.csv", "red,green,red\n" + VALUES)), "e.csv");
        refused(
                ProbabilityFiles.of(write("f.csv", "red,green,blue\n" + VALUES.replace("0.8", "x"))),
                "\"0.2\"",
                "numbers");
        refused(
                ProbabilityFiles.of(write("g.csv", "red,green,blue\n" + VALUES.replace("0.8", ""))),
                "row 2",
                "'green'");
        refused(ProbabilityFiles.of(write("h.csv", VALUES.replace("0.7", "2.7"))), "row 1", "add up to");
        refused(ProbabilityFiles.of(write("i.csv", VALUES)).withLabels(List.of("red", "green")), "names 2 classes");
        refused(ProbabilityFiles.of(folder.resolve("none.csv")), "there is no file");
    }

    @Test
    void foldsOfTheRows() throws IOException {
        ProbabilityFiles files = ProbabilityFiles.of(write("p.csv", VALUES));

        assertThat(given(files.withFolds(write("f.csv", "fold\nb\na\nb\na\na\na\nb\n")))
                        .folds())
                .containsExactly(1, 0, 0, 0, 0, 1);
        byte[] array = TestArrays.npy("<f8", "(7,)", TestArrays.doubles(0, 1, 2, 1, 0, 0, 0));
        assertThat(given(files.withFolds(Files.write(folder.resolve("f.npy"), array)))
                        .folds())
                .containsExactly(0, 1, 1, 0, 0, 0);
        refused(files.withFolds(write("short.csv", "fold\n1\n2\n")), "2 rows", "7");
        refused(files.withFolds(write("wide.csv", "a,b\n" + "1,2\n".repeat(7))), "2 columns, expected one");
    }

    @Test
    void numbersHaveNoProbabilities() throws IOException {
        Path file = write("p.csv", VALUES);
        data = write("numbers.csv", "y\n1.5\n2.5\n3.5\n4.25\n1\n2\n3\n");

        assertThatThrownBy(() -> new DataReader(1)
                        .read(
                                data,
                                ReadSettings.automatic()
                                        .withLabel("y")
                                        .withTask(Task.REGRESSION)
                                        .withProbabilities(ProbabilityFiles.of(file))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("labels are numbers");
    }

    /** What was judged by must still be there, byte for byte, when rows are read again. */
    @Test
    void theFilesAreKnownByTheirContent() throws IOException {
        Path file = write("p.csv", VALUES);
        SourceContent content = read(ProbabilityFiles.of(file)).source().content();

        assertThat(content.files()).extracting(SourceContent.Digest::path).containsExactly(data, file);
        write("p.csv", VALUES.replace("0.7", "0.70"));
        assertThat(content.isUnchanged()).isFalse();
    }

    /** Without probabilities a file of labels alone says nothing. */
    @Test
    void labelsAloneNeedProbabilities() {
        assertThatThrownBy(() ->
                        new DataReader(1).read(data, ReadSettings.automatic().withLabel("y")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("has no feature");
    }
}
