package dev.assay.io.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.data.ClassTargets;
import dev.assay.data.InvalidInputException;
import dev.assay.io.DataReader;
import dev.assay.io.array.TestArrays;
import dev.assay.io.cell.CellSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Words that stand for a missing value mean "no label" in every format, unless the user says that they are labels. */
class MissingLabelsTest {
    private static final ReadSettings BY_Y = ReadSettings.automatic().withLabel("y");
    private static final List<String> LABELS = List.of(
            "p", "q", "?", "NA", "p", "N/A", "null", "None", "q", "nan", "-", "", "p", "q", "p", "q", "p", "q", "p");
    private static final int[] LABELLED = {0, 1, 4, 8, 12, 13, 14, 15, 16, 17, 18};

    @TempDir
    Path folder;

    @Test
    void everyFormatKnowsTheSameWords() throws IOException, SQLException {
        for (Path file : files()) {
            LoadedData data = new DataReader(1).read(file, BY_Y);

            assertThat(data.dataset().rows()).as("%s", file).containsExactly(LABELLED);
            assertThat(((ClassTargets) data.dataset().targets()).names()).containsExactly("p", "q");
            assertThat(data.notes())
                    .anyMatch(note -> note.text().startsWith("8 ")
                            && note.toString().contains("\"None\"")
                            && note.toString().contains("label-na: keep"));
        }
    }

    @Test
    void wordsMayBeLabels() throws IOException, SQLException {
        ReadSettings keep = BY_Y.withTask(Task.CLASSIFICATION).withCells(new CellSettings(null, null, true));
        for (Path file : files()) {
            LoadedData data = new DataReader(1).read(file, keep);

            assertThat(data.dataset().size()).as("%s", file).isEqualTo(LABELS.size() - 1);
            assertThat(((ClassTargets) data.dataset().targets()).names()).contains("NA", "None", "?");
            // later files are read likewise
            assertThat(new DataReader(1).readTest(file, null, data).encoded().size())
                    .isEqualTo(LABELS.size() - 1);
        }
    }

    @Test
    void aGapMakesNumbersNoWords() throws IOException {
        StringBuilder csv = new StringBuilder("x,y\n");
        for (int row = 0; row < 40; row++) {
            csv.append(row)
                    .append(',')
                    .append(row == 5 ? "?" : Integer.toString(row * row))
                    .append('\n');
        }
        LoadedData data = new DataReader(1).read(Files.writeString(folder.resolve("n.csv"), csv), BY_Y);

        assertThat(data.task()).isEqualTo(Task.REGRESSION);
        assertThat(data.dataset().size()).isEqualTo(39);
    }

    @Test
    void whereOneClassIsLeftTheWayOutIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("one.csv"), "x,y\n" + "1,ill\n2,None\n".repeat(10));

        assertThatThrownBy(() -> new DataReader(1).read(file, BY_Y))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll("single class, 'ill'", "10 rows have no label (\"None\")", "label-na: keep");
    }

    @Test
    void aNumberThatIsNoneIsNoLabel() throws IOException {
        byte[] features = TestArrays.npy("<f8", "(5, 1)", TestArrays.doubles(1, 2, 3, 4, 5));
        byte[] labels = TestArrays.npy("<f8", "(5,)", TestArrays.doubles(0, 1, Double.NaN, 0, 1));
        Path file = TestArrays.npz(folder.resolve("a.npz"), Map.of("X", features, "y", labels));
        ReadSettings keep = ReadSettings.automatic().withCells(new CellSettings(null, null, true));

        assertThat(new DataReader(1).read(file, keep).dataset().rows()).containsExactly(0, 1, 3, 4);
    }

    private List<Path> files() throws IOException, SQLException {
        StringBuilder csv = new StringBuilder("x,y\n");
        StringBuilder json = new StringBuilder();
        int longest = 4;
        byte[] texts = new byte[LABELS.size() * longest];
        double[] x = new double[LABELS.size()];
        for (int row = 0; row < LABELS.size(); row++) {
            csv.append(row).append(',').append(LABELS.get(row)).append('\n');
            json.append("{\"x\":")
                    .append(row)
                    .append(",\"y\":\"")
                    .append(LABELS.get(row))
                    .append("\"}\n");
            byte[] text = LABELS.get(row).getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(text, 0, texts, row * longest, text.length);
            x[row] = row;
        }
        Path table = Files.writeString(folder.resolve("a.csv"), csv);
        Path parquet = folder.resolve("a.parquet");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("COPY (SELECT * FROM read_csv('" + table + "', all_varchar=true)) TO '" + parquet
                    + "' (FORMAT parquet)");
        }
        return List.of(
                table,
                parquet,
                Files.writeString(folder.resolve("a.jsonl"), json),
                TestArrays.npz(
                        folder.resolve("a.npz"),
                        Map.of(
                                "X",
                                TestArrays.npy("<f8", "(" + x.length + ", 1)", TestArrays.doubles(x)),
                                "y",
                                TestArrays.npy("|S" + longest, "(" + x.length + ",)", texts))));
    }
}
