package dev.assay.io.corrected;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.data.InvalidInputException;
import dev.assay.io.DataReader;
import dev.assay.io.array.ArrayEntry;
import dev.assay.io.array.ArrayFile;
import dev.assay.io.array.TestArrays;
import dev.assay.io.file.InputFile;
import dev.assay.io.read.DataSource;
import dev.assay.io.read.ReadSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data that a person put right differs from the input in what was decided, and in nothing else. */
class CleanedDataTest {
    @TempDir
    Path folder;

    @Test
    void ofACsvFileEveryOtherByteStays() throws IOException {
        Path file =
                write("in.csv", "x,\"y,1\",z\r\n1, p ,\"a, b\"\r\n2,\"q\",\"c \"\"d\"\"\"\r\n3,p,\r\n\r\n4,q,é\r\n");

        Path out = cleaned(file, "y,1", Set.of(2), Map.of());

        assertThat(out).hasBinaryContent(utf8("x,\"y,1\",z\r\n1, p ,\"a, b\"\r\n2,\"q\",\"c \"\"d\"\"\"\r\n4,q,é\r\n"));
    }

    @Test
    void onlyTheLabelOfARelabelledRowIsWritten() throws IOException {
        Path file = write("in.csv", "x,y,z\r\n1,p,\"a, b\"\r\n2,\"q\",\"c \"\"d\"\"\"\r\n3,p,\r\n4,q,é\r\n");

        Path out = cleaned(file, "y", Set.of(2), Map.of(0, "q", 1, "p", 3, "a \"b\", c"));

        assertThat(out)
                .hasBinaryContent(
                        utf8("x,y,z\r\n1,q,\"a, b\"\r\n2,\"p\",\"c \"\"d\"\"\"\r\n4,\"a \"\"b\"\", c\",é\r\n"));
    }

    @Test
    void theLabelMayStandFirstOrLastAfterABomOrWithoutAHeader() throws IOException {
        Path first = write("first.csv", "\ufeffy;x\nü;1\nb;2\nü;3\n");
        Path last = write("last.tsv", "x\ty\n1\ta b\n2\tc\n");
        Path bare = write("bare.csv", "1,2,0\n2,3,1\n3,4,1\n");

        assertThat(cleaned(first, "y", Set.of(), Map.of(0, "b", 2, "=1+1")))
                .hasBinaryContent(utf8("\ufeffy;x\nb;1\nb;2\n=1+1;3\n"));
        assertThat(cleaned(last, "y", Set.of(0), Map.of(1, "a\tb"))).hasBinaryContent(utf8("x\ty\n2\t\"a\tb\"\n"));
        assertThat(cleaned(bare, "3", Set.of(1), Map.of(0, "1"))).hasBinaryContent(utf8("1,2,1\n3,4,1\n"));
    }

    @Test
    void gzippedTextIsWrittenPlainly() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(utf8("x,y\n1,a\n2,b\n3,a"));
        }
        Path file = Files.write(folder.resolve("in.csv.gz"), bytes.toByteArray());

        assertThat(cleaned(file, "y", Set.of(0), Map.of(2, "b"))).hasBinaryContent(utf8("x,y\n2,b\n3,b"));
    }

    @Test
    void ofAJsonObjectOnlyTheValueOfTheLabelChangesAndStaysOfItsKind() throws IOException {
        Path lines = write(
                "in.jsonl",
                "{\"x\": 1.50, \"y\" : 1, \"o\": {\"y\": 7}}\n{\"y\":\"a\\\"b\",\"x\":2}\n{ \"x\":3, \"y\":2 }\n");
        Path array = write("in.json", "[{\"y\": true, \"x\": 1}, {\"y\": false, \"x\": 2}]");

        assertThat(cleaned(lines, "y", Set.of(2), Map.of(0, "2", 1, "ü \"\n")))
                .hasBinaryContent(utf8("{\"x\": 1.50, \"y\" : 2, \"o\": {\"y\": 7}}\n{\"y\":\"ü \\\"\\n\",\"x\":2}\n"));
        assertThat(cleaned(lines, "y", Set.of(), Map.of(2, "many")))
                .content()
                .endsWith("{ \"x\":3, \"y\":\"many\" }\n");
        assertThat(cleaned(array, "y", Set.of(1), Map.of(0, "false")))
                .hasBinaryContent(utf8("[\n{\"y\": false, \"x\": 1}\n]\n"));
    }

    @Test
    void ofAParquetFileTheTypesStay() throws SQLException {
        Path file = folder.resolve("in.parquet");
        sql("COPY (SELECT i AS x, CAST(i % 3 AS TINYINT) AS y, 'é' || i AS t, DATE '2026-01-01' + CAST(i AS INTEGER)"
                + " AS d FROM range(6) AS r(i)) TO '" + file + "' (FORMAT parquet)");

        Path out = cleaned(file, "y", Set.of(0, 4), Map.of(1, "2"));

        assertThat(sql("SELECT x, y, t, d FROM '" + out + "'"))
                .containsExactly("1|2|é1|2026-01-02", "2|2|é2|2026-01-03", "3|0|é3|2026-01-04", "5|2|é5|2026-01-06");
        assertThat(sql("SELECT column_type FROM (DESCRIBE FROM '" + out + "')"))
                .containsExactly("BIGINT", "TINYINT", "VARCHAR", "DATE");
    }

    @Test
    void arraysKeepTheirTypesAndTextsGetRoom() throws IOException {
        Path file = TestArrays.npz(
                folder.resolve("in.npz"),
                Map.of(
                        "X",
                        TestArrays.npy("<f8", "(3, 2)", TestArrays.doubles(1, 2, 3, 4, 5, 6)),
                        "y",
                        TestArrays.npy("<U1", "(3,)", TestArrays.bytes(ByteOrder.LITTLE_ENDIAN, 12, bytes -> {
                            bytes.putInt('a').putInt('b').putInt('a');
                        })),
                        "site",
                        TestArrays.npy("|u1", "(3,)", new byte[] {7, 8, 9})));
        CleanedData cleaned = new CleanedData(
                new DataReader(1).locate(file, ReadSettings.automatic().withSource("site")),
                "site",
                Set.of(0),
                Map.of(2, "long"));
        Path out = cleaned.write(folder.resolve("out.npz"));

        try (ArrayFile arrays = ArrayFile.open(InputFile.at(out))) {
            assertThat(arrays.arrays())
                    .extracting(array -> array.key() + " " + array.header().descriptor() + " "
                            + array.header().shapeText())
                    .containsExactlyInAnyOrder("X <f8 (2, 2)", "y <U4 (2,)", "site |u1 (2,)");
            assertThat(texts(arrays, "y")).containsExactly("b", "long");
            assertThat(texts(arrays, "X")).containsExactly("3.0", "4.0", "5.0", "6.0");
        }
    }

    @Test
    void imagesWithLabelsInAFileOfTheirOwnBecomeOneArchive() throws IOException {
        Path images = Files.write(
                folder.resolve("images-idx3-ubyte"), new byte[] {0, 0, 8, 2, 0, 0, 0, 3, 0, 0, 0, 1, 5, 6, 7});
        Path labels = Files.write(folder.resolve("labels-idx1-ubyte"), new byte[] {0, 0, 8, 1, 0, 0, 0, 3, 1, 2, 1});
        ReadSettings settings = ReadSettings.automatic().withLabelsFile(labels);
        CleanedData cleaned =
                new CleanedData(new DataReader(1).locate(images, settings), null, Set.of(1), Map.of(2, "2"));
        Path out = cleaned.write(folder.resolve("out.npz"));

        assertThat(cleaned.featuresKey()).isEqualTo("X");
        assertThat(cleaned.labelsKey()).isEqualTo("y");
        try (ArrayFile arrays = ArrayFile.open(InputFile.at(out))) {
            assertThat(texts(arrays, "X")).containsExactly("5", "7");
            assertThat(texts(arrays, "y")).containsExactly("1", "2");
        }
    }

    @Test
    void aNumberThatDoesNotFitWidensTheLabels() throws IOException {
        Path file = TestArrays.npz(
                folder.resolve("in.npz"),
                Map.of(
                        "X",
                        TestArrays.npy("<f8", "(2, 1)", TestArrays.doubles(1, 2)),
                        "y",
                        TestArrays.npy("|u1", "(2,)", new byte[] {1, 2})));
        DataSource source = new DataReader(1).locate(file, ReadSettings.automatic());

        Path out = new CleanedData(source, null, Set.of(), Map.of(0, "2.5")).write(folder.resolve("out.npz"));

        try (ArrayFile arrays = ArrayFile.open(InputFile.at(out))) {
            assertThat(texts(arrays, "y")).containsExactly("2.5", "2.0");
        }
        CleanedData impossible = new CleanedData(source, null, Set.of(), Map.of(0, "cat"));
        assertThatThrownBy(() -> impossible.write(folder.resolve("other.npz")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'cat'");
    }

    @Test
    void dataThatChangedIsRefused() throws IOException {
        Path file = write("in.csv", "x,y\n1,a\n2,b\n");
        CleanedData cleaned = new CleanedData(
                new DataReader(1).locate(file, ReadSettings.automatic().withLabel("y")), null, Set.of(0), Map.of());

        cleaned.requireUnchanged(Map.of(0, "a"));
        assertThatThrownBy(() -> cleaned.requireUnchanged(Map.of(1, "a")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("was 'a', now 'b'");
        assertThatThrownBy(() -> cleaned.requireUnchanged(Map.of(2, "a"))).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void nothingLeftIsRefused() throws IOException {
        Path file = write("in.csv", "x,y\n1,a\n2,b\n");

        assertThatThrownBy(() -> cleaned(file, "y", Set.of(0, 1), Map.of()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("nothing is left");
    }

    private Path cleaned(Path file, String label, Set<Integer> dropped, Map<Integer, String> labels) {
        DataSource source =
                new DataReader(1).locate(file, ReadSettings.automatic().withLabel(label));
        CleanedData cleaned = new CleanedData(source, null, dropped, labels);
        return cleaned.write(folder.resolve("cleaned." + cleaned.extension()));
    }

    private Path write(String name, String text) throws IOException {
        return Files.write(folder.resolve(name), utf8(text));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> texts(ArrayFile arrays, String key) {
        ArrayEntry array = arrays.arrays().stream()
                .filter(one -> one.key().equals(key))
                .findFirst()
                .orElseThrow();
        List<String> texts = new ArrayList<>();
        array.forEach((example, entry, bytes) ->
                texts.add(array.header().type().text(bytes, array.header().characters())));
        return texts;
    }

    private static List<String> sql(String statement) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement runner = connection.createStatement()) {
            if (!runner.execute(statement)) {
                return rows;
            }
            try (ResultSet result = runner.getResultSet()) {
                while (result.next()) {
                    List<String> cells = new ArrayList<>();
                    for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                        cells.add(result.getString(column));
                    }
                    rows.add(String.join("|", cells));
                }
            }
        }
        return rows;
    }
}
