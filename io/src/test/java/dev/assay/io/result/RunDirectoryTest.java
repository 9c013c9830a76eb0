package dev.assay.io.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.data.FittedEncoder;
import dev.assay.data.InvalidInputException;
import dev.assay.io.DataReader;
import dev.assay.io.array.ArrayEntry;
import dev.assay.io.array.ArrayFile;
import dev.assay.io.array.TestArrays;
import dev.assay.io.file.InputFile;
import dev.assay.io.file.JsonFiles;
import dev.assay.io.read.LoadedData;
import dev.assay.io.read.ReadSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {

    private static final List<ResultColumn> ROWS = List.of(
            new ResultColumn.Integers("row", new int[] {0, 1, 2}),
            new ResultColumn.Texts("id", Arrays.asList("plain", "with, \"quotes\"", null)),
            new ResultColumn.Truths("kept", new boolean[] {true, false, true}),
            new ResultColumn.Integers("removedAt", new int[] {ResultColumn.Integers.MISSING, 3, 4}),
            new ResultColumn.Reals("loss", new double[] {0.1, 1e-300, Double.NaN}));

    @TempDir
    Path folder;

    @Test
    void rowsAreTheSameInBothFormats() throws IOException, SQLException {
        RunDirectory run = RunDirectory.open(folder.resolve("run"), RunDirectory.Existing.REFUSE);

        run.writeRows(ROWS);
        run.finish(Map.of());

        assertThat(run.file("rows.csv")).hasContent("""
                        row,id,kept,removedAt,loss
                        0,plain,true,,0.1
                        1,"with, ""quotes""\",false,3,1e-300
                        2,,true,4,
                        """);
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet difference = statement.executeQuery("SELECT count(*) FROM (FROM '" + run.file("rows.csv")
                        + "' EXCEPT ALL FROM '" + run.file("rows.parquet") + "')")) {
            assertThat(difference.next()).isTrue();
            assertThat(difference.getInt(1)).isZero();
        }
    }

    @Test
    void namesThatDifferInCaseAloneStayApart() throws IOException {
        RunDirectory run = RunDirectory.open(folder.resolve("run"), RunDirectory.Existing.REFUSE);

        run.writeRows(List.of(
                new ResultColumn.Integers("row", new int[] {0, 1}),
                new ResultColumn.Reals("p_Yes", new double[] {0.25, 0.5}),
                new ResultColumn.Reals("p_yes", new double[] {0.75, 0.5})));
        run.finish(Map.of());

        assertThat(run.file("rows.csv")).hasContent("\"row\",\"p_Yes\",\"p_yes\"\n0,0.25,0.75\n1,0.5,0.5\n");
        assertThat(run.path()).isDirectoryNotContaining("glob:**.rows");
    }

    @Test
    void rowsAreWrittenInTheOrderOfTheInput() throws IOException {
        RunDirectory run = RunDirectory.open(folder.resolve("run"), RunDirectory.Existing.REFUSE);

        run.writeRows(List.of(
                new ResultColumn.Integers("row", new int[] {2, 0, 1}),
                new ResultColumn.Integers("removedAt", new int[] {5, ResultColumn.Integers.MISSING, 4}),
                new ResultColumn.Reals("loss", new double[] {0.2, 0, 0.1}),
                new ResultColumn.Truths("kept", new boolean[] {false, true, false}),
                new ResultColumn.Texts("id", Arrays.asList("c", "a", null))));
        run.finish(Map.of());

        assertThat(run.file("rows.csv")).hasContent("""
                        row,removedAt,loss,kept,id
                        0,,0.0,true,a
                        1,4,0.1,false,
                        2,5,0.2,false,c
                        """);
    }

    @Test
    void theSameRowsAreTheSameBytes() throws IOException {
        RunDirectory first = RunDirectory.open(folder.resolve("first"), RunDirectory.Existing.REFUSE);
        RunDirectory second = RunDirectory.open(folder.resolve("second"), RunDirectory.Existing.REFUSE);
        for (RunDirectory run : List.of(first, second)) {
            run.writeRows(ROWS);
            run.finish(Map.of());
        }

        assertThat(second.file("rows.parquet")).hasSameBinaryContentAs(first.file("rows.parquet"));
    }

    @Test
    void nothingStaysOfARunThatEndsEarly() throws IOException {
        try (RunDirectory run = RunDirectory.open(folder.resolve("not/yet/there"), RunDirectory.Existing.REFUSE)) {
            run.writeRows(ROWS);
        }

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFolderThatHoldsARunIsRefusedUnlessForced() throws IOException {
        whole(1);
        Path own = Files.writeString(folder.resolve("notes.txt"), "mine");

        assertThatThrownBy(() -> RunDirectory.open(folder, RunDirectory.Existing.REFUSE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("already holds a run")
                .hasMessageContaining("replace it");
        try (RunDirectory forced = RunDirectory.open(folder, RunDirectory.Existing.REPLACE)) {
            forced.writeTrajectory(List.of(new ResultColumn.Integers("size", new int[] {5})));
            assertThat(names())
                    .containsOnlyOnce("run.json", "rows.csv", "notes.txt")
                    .doesNotContain("trajectory.csv");
            forced.finish(Map.of("version", 2));
        }
        assertThat(names()).containsExactlyInAnyOrder("run.json", "trajectory.csv", "notes.txt");
        assertThat(own).hasContent("mine");
    }

    @Test
    void aRunThatFailsLeavesWhatItWasToReplace() throws IOException {
        whole(1);
        byte[] before = Files.readAllBytes(folder.resolve("rows.parquet"));
        try (RunDirectory forced = RunDirectory.open(folder, RunDirectory.Existing.REPLACE)) {
            forced.writeRows(List.of(new ResultColumn.Integers("row", new int[] {7})));
        }

        assertThat(names()).containsExactlyInAnyOrder("run.json", "rows.csv", "rows.parquet");
        assertThat(folder.resolve("rows.parquet")).hasBinaryContent(before);
    }

    @Test
    void oneRunAtATimeHasTheFolder() throws IOException {
        Path place = folder.resolve("run");
        try (RunDirectory first = RunDirectory.open(place, RunDirectory.Existing.REFUSE)) {
            for (RunDirectory.Existing existing : RunDirectory.Existing.values()) {
                assertThatThrownBy(() -> RunDirectory.open(place, existing))
                        .isInstanceOf(InvalidInputException.class)
                        .hasMessageContaining("being written to by another run");
            }
            first.finish(Map.of());
        }

        RunDirectory.open(place, RunDirectory.Existing.REPLACE).close();
        assertThat(place).isDirectoryContaining("glob:**run.json").isDirectoryNotContaining("glob:**lock");
    }

    @Test
    void whatAKilledRunLeftIsClearedAway() throws IOException {
        whole(1);
        Path left = Files.createDirectory(folder.resolve(".assay-unfinished"));
        Files.writeString(left.resolve("rows.csv"), "half");

        RunDirectory.open(folder, RunDirectory.Existing.REPLACE).close();

        assertThat(names()).containsExactlyInAnyOrder("run.json", "rows.csv", "rows.parquet");
        assertThat(folder.resolve("rows.csv")).content().startsWith("row,id,");
    }

    @Test
    void aWholeRunThatWasKilledWhileItsFilesTookTheirPlacesIsBroughtToItsEnd() throws IOException {
        // before anything of the earlier run went
        whole(1);
        Path left = Files.createDirectory(folder.resolve(".assay-unfinished"));
        Files.writeString(left.resolve("rows.csv"), "second");
        Files.writeString(left.resolve("run.json"), "{}");
        RunDirectory.open(folder, RunDirectory.Existing.REPLACE).close();
        assertThat(names()).containsExactlyInAnyOrder("run.json", "rows.csv");
        assertThat(folder.resolve("rows.csv")).hasContent("second");

        // and when some had taken theirs
        Files.delete(folder.resolve("run.json"));
        Files.createDirectory(left);
        Files.createFile(left.resolve("cleared"));
        Files.writeString(left.resolve("trajectory.csv"), "second");
        Files.writeString(left.resolve("run.json"), "{}");
        RunDirectory.open(folder, RunDirectory.Existing.REPLACE).close();
        assertThat(names()).containsExactlyInAnyOrder("run.json", "rows.csv", "trajectory.csv");
    }

    private void whole(int version) {
        try (RunDirectory run = RunDirectory.open(folder, RunDirectory.Existing.REFUSE)) {
            run.writeRows(ROWS);
            run.finish(Map.of("version", version));
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .toList();
        }
    }

    @Test
    void anInputThatChangedBetweenTwoReadingsIsNotWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("data.csv"), "x,y\n1,p\n2,q\n3,p\n4,q\n");
        LoadedData data = new DataReader(1).read(file, ReadSettings.automatic().withLabel("y"));
        // as many rows, of the same labels
        Files.writeString(file, "x,y\n5,p\n6,q\n7,p\n8,q\n");

        try (RunDirectory run = RunDirectory.open(folder.resolve("run"), RunDirectory.Existing.REFUSE)) {
            assertThatThrownBy(() -> run.writePurified(data, new int[] {0, 2}))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith(file + " was changed while it was being worked on");
            Files.delete(file);
            assertThatThrownBy(() -> run.writePurified(data, new int[] {0, 2}))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith(file + " was taken away");
        }
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void aFileInTheWayIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("run"), "");

        assertThatThrownBy(() -> RunDirectory.open(file, RunDirectory.Existing.REFUSE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is a file");
        assertThatThrownBy(() -> RunDirectory.open(file.resolve("below"), RunDirectory.Existing.REFUSE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("cannot be written to");
    }

    @Test
    void jsonHasNoNumbersThatJsonLacks() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("value", 0.1);
        tree.put("nothing", Double.NaN);
        tree.put("list", new double[] {1, Double.POSITIVE_INFINITY});

        assertThat(JsonFiles.text(tree)).isEqualTo("""
                {
                  "value" : 0.1,
                  "nothing" : null,
                  "list" : [ 1.0, null ]
                }
                """);
    }

    @Test
    void anEncodingComesBackFromJsonAsItWas() throws IOException {
        Path csv = Files.writeString(folder.resolve("data.csv"), """
                when,c,f,x,same,y
                2024-01-01,a,true,1.1,1,p
                2024-02-03,b,false,,1,q
                2024-03-01,a,true,0.3,1,p
                2024-03-02,b,false,3,1,q
                """);
        LoadedData data = new DataReader(1).read(csv, ReadSettings.automatic().withLabel("y"));
        Path json = Files.writeString(folder.resolve("encoding.json"), JsonFiles.text(data.encoding()));

        assertThat(JsonFiles.read(json, FittedEncoder.class)).isEqualTo(data.encoding());
    }

    @Test
    void keptRowsOfTextAreTheOriginalBytes() throws IOException {
        String csv = "\ufeffx,\"the, y\"\r\n1.50,p\r\n\"2\",\"q\"\r\n\r\n3e0,\"p\"\r\n4,q";

        assertThat(purified("data.csv", csv, "the, y", 0, 3)).isEqualTo("\ufeffx,\"the, y\"\r\n1.50,p\r\n4,q");
        assertThat(purified("data.csv", csv, "the, y", 1, 2))
                .isEqualTo("\ufeffx,\"the, y\"\r\n\"2\",\"q\"\r\n3e0,\"p\"\r\n");
    }

    @Test
    void keptRowsOfJsonLinesAreTheOriginalLines() throws IOException {
        String lines = """
                {"x":1.50,"y":"p"}
                { "x" : 2,"y":"q"}
                {"x":3,"y":"}{\\""}
                {"y":"q","x":4e0}
                {"x":1,"y":"p"}
                {"x":1,"y":"}{\\""}
                """;

        assertThat(purified("data.jsonl", lines, "y", 1, 2, 3)).isEqualTo("""
                { "x" : 2,"y":"q"}
                {"x":3,"y":"}{\\""}
                {"y":"q","x":4e0}
                """);
        assertThat(folder.resolve("run").resolve("purified.csv")).exists();
    }

    @Test
    void keptRowsOfAJsonArrayAreTheOriginalObjects() throws IOException {
        String array =
                "[ {\"x\":1.50,\"y\":\"p\"},\n  {\"x\":2,\"y\":\"q\"}, {\"x\":3,\"y\":\"p\"},{\"x\":4,\"y\":\"q\"}]\n";

        assertThat(purified("data.json", array, "y", 0, 3))
                .isEqualTo("[\n{\"x\":1.50,\"y\":\"p\"},\n{\"x\":4,\"y\":\"q\"}\n]\n");
    }

    @Test
    void keptRowsOfParquetStayInOrderWithTheirTypes() throws SQLException {
        Path file = folder.resolve("data.parquet");
        List<Path> written;
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "COPY (SELECT i::SMALLINT AS x, [i] AS nested, CASE WHEN i % 2 = 0 THEN 'p' ELSE 'q' END AS"
                            + " y FROM range(5000) AS t(i)) TO '" + file + "' (FORMAT parquet, ROW_GROUP_SIZE 1000)");
            LoadedData data = new DataReader(2)
                    .read(file, ReadSettings.automatic().withLabel("y").withDrop(List.of("nested")));
            int[] kept = java.util.stream.IntStream.range(0, 5000)
                    .filter(row -> row % 3 == 0)
                    .toArray();
            try (RunDirectory run = RunDirectory.open(folder.resolve("run"), RunDirectory.Existing.REFUSE)) {
                written = run.writePurified(data, kept);
                run.finish(Map.of());
            }
            try (ResultSet rows = statement.executeQuery(
                    "SELECT x, nested[1], typeof(x), typeof(nested) FROM '" + written.get(0) + "'")) {
                int count = 0;
                while (rows.next()) {
                    assertThat(rows.getInt(1)).isEqualTo(3 * count);
                    assertThat(rows.getInt(2)).isEqualTo(3 * count);
                    assertThat(rows.getString(3)).isEqualTo("SMALLINT");
                    assertThat(rows.getString(4)).isEqualTo("BIGINT[]");
                    count++;
                }
                assertThat(count).isEqualTo(kept.length);
            }
        }
    }

    @Test
    void keptExamplesOfArraysKeepKeysTypesAndOrders() throws IOException {
        Map<String, byte[]> arrays = new LinkedHashMap<>();
        byte[] columnMajor = TestArrays.npy(
                1, TestArrays.header(">i2", true, "(4, 2)"), new byte[] {0, 1, 0, 2, 0, 3, 0, 4, 1, 1, 1, 2, 1, 3, 1, 4
                });
        arrays.put("X", columnMajor);
        arrays.put("other", TestArrays.npy("<f8", "(3,)", TestArrays.doubles(7, 8, 9)));
        arrays.put("y", TestArrays.npy("|S2", "(4,)", new byte[] {'p', 0, 'q', 'q', 'p', 0, 'q', 'q'}));
        Path file = TestArrays.npz(folder.resolve("data.npz"), arrays);
        LoadedData data = new DataReader(1).read(file, ReadSettings.automatic());

        Path written;
        try (RunDirectory run = RunDirectory.open(folder.resolve("run"), RunDirectory.Existing.REFUSE)) {
            written = run.writePurified(data, new int[] {1, 2, 3}).get(0);
            run.finish(Map.of());
        }

        try (ArrayFile purified = ArrayFile.open(InputFile.at(written))) {
            assertThat(purified.arrays().stream().map(ArrayEntry::key)).containsExactlyInAnyOrder("X", "other", "y");
            for (ArrayEntry entry : purified.arrays()) {
                byte[] bytes;
                try (var in = entry.opener().open()) {
                    bytes = in.readAllBytes();
                }
                switch (entry.key()) {
                    case "X" -> {
                        assertThat(entry.header().descriptor()).isEqualTo(">i2");
                        assertThat(entry.header().columnMajor()).isTrue();
                        assertThat(entry.header().shape()).containsExactly(3, 2);
                        assertThat(bytes).containsExactly(0, 2, 0, 3, 0, 4, 1, 2, 1, 3, 1, 4);
                    }
                    case "y" -> assertThat(bytes).containsExactly('q', 'q', 'p', 0, 'q', 'q');
                    default -> assertThat(bytes).isEqualTo(TestArrays.doubles(7, 8, 9));
                }
            }
        }
    }

    @Test
    void nothingUnfinishedIsLeftBehind() throws IOException {
        RunDirectory run = RunDirectory.open(folder.resolve("run"), RunDirectory.Existing.REFUSE);
        run.writeRows(ROWS);
        run.finish(Map.of());
        run.close();

        try (Stream<Path> files = Files.list(run.path())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("rows.csv", "rows.parquet", "run.json");
        }
    }

    private String purified(String name, String content, String label, int... records) throws IOException {
        Path file = Files.writeString(folder.resolve(name), content);
        LoadedData data = new DataReader(1).read(file, ReadSettings.automatic().withLabel(label));
        try (RunDirectory run = RunDirectory.open(folder.resolve("run"), RunDirectory.Existing.REPLACE)) {
            Path written = run.writePurified(data, records).get(0);
            run.finish(Map.of());
            return Files.readString(written);
        }
    }
}
