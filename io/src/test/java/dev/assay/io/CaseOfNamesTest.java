package dev.assay.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.io.corrected.CorrectedWriter;
import dev.assay.io.read.InputSchema;
import dev.assay.io.read.LoadedData;
import dev.assay.io.read.ReadSettings;
import dev.assay.io.table.RowTexts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns whose names differ in case only are columns of their own. */
class CaseOfNamesTest {
    private static final ReadSettings BY_Y = ReadSettings.automatic().withLabel("y");

    @TempDir
    Path folder;

    @Test
    void keysOfJson() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int row = 0; row < 30; row++) {
            // keys in another order, escaped, absent, and one that looks like the name of the second
            lines.append(
                    row % 2 == 0
                            ? "{\"a\": " + row + ", \"A\": 0.5, \"A_1\": 7, \"Y\": {\"A\": [1]}, \"y\": \"p\"}\n"
                            : "{\"\\u0041\": 1.25, \"y\": \"q\", \"a\": -1}\n");
        }
        for (String name : List.of("a.jsonl", "a.json")) {
            boolean array = name.endsWith("json");
            String content = array ? "[" + lines.toString().strip().replace("\n", ",\n") + "]" : lines.toString();
            Path file = Files.writeString(folder.resolve(name), content);
            LoadedData data = new DataReader(1).read(file, BY_Y.withDrop(List.of("Y")));

            assertThat(data.dataset().featureNames()).as(name).contains("a", "A", "A_1 (missing)");
            assertThat(RowTexts.of(data.source(), List.of("a", "A", "A_1"), new int[] {4, 1}))
                    .containsExactly(List.of("4", "0.5", "7"), List.of("-1", "1.25", ""));
            assertThat(new DataReader(1)
                            .readNew(file, InputSchema.of(data), null)
                            .encoded()
                            .values())
                    .isEqualTo(data.dataset().features().values());
            Path csv = folder.resolve("kept.csv");
            new CorrectedWriter(data.source(), new int[] {0, 1}).writeCsv(csv);
            assertThat(Files.readAllLines(csv).get(0).split(",")).contains("a", "A", "A_1");
            assertThat(Files.readAllLines(csv)).hasSize(3);
        }
    }

    @Test
    void columnsOfParquet() throws IOException, SQLException {
        Path file = folder.resolve("a.parquet");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("COPY (SELECT range AS qaq, 2.5 * (range % 7) AS qzq,"
                    + " {'a': 1} AS inner_one, CASE WHEN range % 2 = 0 THEN 'p' ELSE 'q' END AS y FROM range(30)) TO '"
                    + file + "' (FORMAT parquet)");
        }
        // DuckDB itself does not write such a file
        byte[] bytes = Files.readAllBytes(file);
        byte[] old = "qzq".getBytes(StandardCharsets.US_ASCII);
        for (int at = 0; at + old.length <= bytes.length; at++) {
            if (Arrays.equals(old, Arrays.copyOfRange(bytes, at, at + old.length))) {
                System.arraycopy("QAQ".getBytes(StandardCharsets.US_ASCII), 0, bytes, at, old.length);
            }
        }
        Files.write(file, bytes);
        LoadedData data = new DataReader(1).read(file, BY_Y.withDrop(List.of("inner_one")));

        assertThat(data.dataset().featureNames()).contains("qaq", "QAQ");
        assertThat(RowTexts.of(data.source(), List.of("QAQ", "qaq"), new int[] {3}))
                .containsExactly(List.of("7.5", "3"));
    }
}
