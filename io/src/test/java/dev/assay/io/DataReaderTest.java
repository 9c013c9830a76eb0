package dev.assay.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.EncodingStyle;
import dev.assay.data.InvalidInputException;
import dev.assay.data.RealTargets;
import dev.assay.io.read.EncodedRows;
import dev.assay.io.read.LoadedData;
import dev.assay.io.read.ReadSettings;
import dev.assay.io.read.Task;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataReaderTest {

    private static final ReadSettings BY_Y = ReadSettings.automatic().withLabel("y");

    @TempDir
    Path folder;

    @Test
    void labelsKeepTheirExactText() throws IOException {
        LoadedData data = read("x,y\n1,01\n2,1\n3,1.0\n4,01\n5, 1\n6,1\n7,1.0\n8, 1\n");

        assertThat(((ClassTargets) data.dataset().targets()).names()).containsExactly(" 1", "01", "1", "1.0");
        assertThat(data.labelText(0)).isEqualTo("01");
        assertThat(data.labelText(2)).isEqualTo("1.0");
        assertThat(data.labelText(4)).isEqualTo(" 1");
    }

    /** Targets are standardised inside; what the user sees are the digits of the file. */
    @Test
    void numericLabelsKeepTheirDigits() throws IOException {
        List<String> labels =
                List.of("-6.32", "0.1", "103.7", "0.001", "-6.3", "12.0", "1234.5678", "0.0", "99.99", "7.7");
        StringBuilder text = new StringBuilder("x,y\n");
        for (int i = 0; i < labels.size(); i++) {
            text.append(i * i).append(',').append(labels.get(i)).append('\n');
        }
        LoadedData data = new DataReader(1).read(write("numbers.csv", text.toString()), BY_Y.withTask(Task.REGRESSION));

        for (int i = 0; i < labels.size(); i++) {
            assertThat(data.labelText(i)).isEqualTo(labels.get(i));
        }
    }

    @Test
    void allTableFormatsGiveTheSameData() throws IOException, SQLException {
        String csv = mixedTable(300);
        Path plain = write("data.csv", csv);
        String path = plain.toAbsolutePath().toString();
        execute(
                "COPY (SELECT * FROM read_csv('" + path + "', types={'y':'VARCHAR'})) TO '" + folder
                        + "/data.parquet' (FORMAT parquet)",
                "COPY (SELECT * FROM '" + folder + "/data.parquet') TO '" + folder
                        + "/data.json' (FORMAT json, ARRAY true)",
                "COPY (SELECT * FROM '" + folder + "/data.parquet') TO '" + folder + "/data.jsonl' (FORMAT json)",
                "COPY (SELECT * FROM '" + folder + "/data.parquet') TO '" + folder
                        + "/data.tsv' (FORMAT csv, DELIMITER '\t')",
                "COPY (SELECT * FROM '" + folder + "/data.parquet') TO '" + folder
                        + "/bars.csv' (FORMAT csv, DELIMITER '|')");
        LoadedData expected = new DataReader(2).read(plain, BY_Y);

        assertThat(expected.dataset().size()).isEqualTo(300);
        for (String name : List.of("data.parquet", "data.json", "data.jsonl", "data.tsv", "bars.csv")) {
            Path file = folder.resolve(name);
            for (Path version : List.of(file, gzipped(file))) {
                LoadedData data = new DataReader(1).read(version, BY_Y);

                assertThat(data.dataset().featureNames())
                        .as(name)
                        .isEqualTo(expected.dataset().featureNames());
                assertThat(data.dataset().fingerprint())
                        .as("%s", version)
                        .isEqualTo(expected.dataset().fingerprint());
            }
        }
    }

    @Test
    void theFingerprintFollowsTheContentNotTheName() throws IOException {
        String csv = mixedTable(50);
        String first =
                new DataReader(1).read(write("a.csv", csv), BY_Y).dataset().fingerprint();

        assertThat(new DataReader(1).read(write("b.csv", csv), BY_Y).dataset().fingerprint())
                .isEqualTo(first);
        assertThat(new DataReader(1)
                        .read(write("c.csv", csv.replaceFirst("0", "1")), BY_Y)
                        .dataset()
                        .fingerprint())
                .isNotEqualTo(first);
    }

    @Test
    void rowsStayInTheOrderOfTheFile() throws IOException {
        int rows = 150_000;
        StringBuilder text = new StringBuilder("x,y\n");
        for (int row = 0; row < rows; row++) {
            text.append(row).append(',').append(row % 2 == 0 ? "even" : "odd").append('\n');
        }
        LoadedData data =
                new DataReader(2).read(write("long.csv", text.toString()), BY_Y.withStyle(EncodingStyle.paper()));

        for (int row = 0; row < rows; row++) {
            if (data.dataset().features().get(row, 0) != row || data.dataset().rows()[row] != row) {
                throw new AssertionError(
                        "row " + row + " holds " + data.dataset().features().get(row, 0));
            }
        }
    }

    @Test
    void aLateWordInAColumnOfNumbersIsSeen() throws IOException {
        StringBuilder text = new StringBuilder("x,y\n");
        for (int row = 0; row < 40_000; row++) {
            text.append(row == 39_000 ? "NA" : Integer.toString(row)).append(row % 2 == 0 ? ",even\n" : ",odd\n");
        }
        LoadedData data = read(text.toString());

        assertThat(data.dataset().featureNames()).containsExactly("x", "x (missing)", "bias");
        assertThat(data.dataset().features().get(39_000, 1)).isEqualTo(1);
    }

    @Test
    void rowsWithoutALabelAreLeftOutAndTheOthersKeepTheirPlace() throws IOException {
        LoadedData data = read("id,x,y\na,1,p\nb,2,\nc,3,q\nd,4,p\ne,5,q\n", BY_Y.withId("id"));

        assertThat(data.dataset().rows()).containsExactly(0, 2, 3, 4);
        assertThat(data.id(1)).isEqualTo("c");
        assertThat(data.source().records()).isEqualTo(5);
        assertThat(data.notes()).anyMatch(note -> note.text().startsWith("1 row has no label"));
    }

    @Test
    void columnsHaveTheRolesTheyAreGiven() throws IOException {
        ReadSettings settings = BY_Y.withId("key").withWeight("w").withDrop(List.of("b"));
        String csv = "key,a,b,w,y\nk1,1,7,0.5,p\nk2,2,8,2,q\nk3,3,1,1,p\nk4,5,9,1,q\n";

        LoadedData data = read(csv, settings);

        assertThat(data.dataset().featureNames()).containsExactly("a", "bias");
        assertThat(data.dataset().weights()).containsExactly(0.5, 2, 1, 1);
        assertThat(data.id(3)).isEqualTo("k4");
        assertThat(read(csv, BY_Y.withFeatures(List.of("b", "a"))).dataset().featureNames())
                .containsExactly("b", "a", "bias");
    }

    @Test
    void aFileWithoutAHeaderHasNumberedColumns() throws IOException {
        LoadedData data = read(
                "1.5,2,0\n2.5,3,1\n3.5,4,0\n9,9,1\n", ReadSettings.automatic().withLabel("3"));

        assertThat(data.dataset().featureNames()).containsExactly("1", "2", "bias");
        assertThat(data.dataset().size()).isEqualTo(4);
    }

    @Test
    void aHeaderOfCountedColumnsIsAHeader() throws IOException {
        LoadedData data = read(
                "0,1,2\n2.5,3,1\n3.5,4,0\n9,9,1\n8,7,0\n",
                ReadSettings.automatic().withLabel("2"));

        assertThat(data.dataset().featureNames()).containsExactly("0", "1", "bias");
        assertThat(data.dataset().size()).isEqualTo(4);
    }

    @Test
    void decimalsMayFollowACommaWhereFieldsDoNot() throws IOException {
        LoadedData data =
                read("x;big;y\n0,5;1,000;p\n1,5;2,000;q\n2;3,000;p\n3,5;4;q\n", BY_Y.withDrop(List.of("big")));

        assertThat(data.dataset().featureNames()).containsExactly("x", "bias");
        assertThat(data.dataset().features().get(3, 0)
                        - data.dataset().features().get(0, 0))
                .isCloseTo(
                        3
                                * (data.dataset().features().get(1, 0)
                                        - data.dataset().features().get(0, 0)),
                        within(1e-12));
        // 1,000 may be a thousand or one
        assertThat(read("x;big;y\n1;1,000;p\n2;2,000;q\n3;1,000;p\n4;2,000;q\n")
                        .dataset()
                        .featureNames())
                .contains("big=1,000");
    }

    @Test
    void blankLabelsAreMissing() throws IOException {
        assertThat(read("x,y\n1,p\n2, \n3,q\n4,p\n5,q\n").dataset().rows()).containsExactly(0, 2, 3, 4);
    }

    @Test
    void testDataNeedsNoWeights() throws IOException {
        LoadedData training = read("x,w,y\n1,1,p\n2,2,q\n3,1,p\n4,3,q\n", BY_Y.withWeight("w"));

        assertThat(test(training, "x,y\n1,p\n2,q\n").encoded().weights()).containsExactly(1, 1);
        assertThat(test(training, "x,y,w\n1,p,5\n2,q,6\n").encoded().weights()).containsExactly(5, 6);
    }

    @Test
    void anUnnamedIndexColumnIsLeftOut() throws IOException {
        StringBuilder text = new StringBuilder(",x,y\n");
        for (int row = 0; row < 30; row++) {
            text.append(row).append(',').append(row * row).append(row % 2 == 0 ? ",p\n" : ",q\n");
        }

        assertThat(read(text.toString()).dataset().featureNames()).containsExactly("x", "bias");
    }

    @Test
    void theTaskIsDecidedFromTheLabelsAndSaid() throws IOException {
        LoadedData words = read(labelled(60, row -> row % 2 == 0 ? "p" : "q"));
        LoadedData digits = read(labelled(200, row -> Integer.toString(row % 10)));
        LoadedData fractions = read(labelled(60, row -> Double.toString(row * 0.37)));
        LoadedData counts = read(labelled(200, row -> Integer.toString(row * row)));
        LoadedData asked = read(labelled(200, row -> Integer.toString(row % 10)), BY_Y.withTask(Task.REGRESSION));

        assertThat(words.task()).isEqualTo(Task.CLASSIFICATION);
        assertThat(digits.task()).isEqualTo(Task.CLASSIFICATION);
        assertThat(fractions.task()).isEqualTo(Task.REGRESSION);
        assertThat(fractions.taskReason()).contains("60 different values in 60 rows");
        assertThat(counts.task()).isEqualTo(Task.REGRESSION);
        assertThat(asked.task()).isEqualTo(Task.REGRESSION);
        RealTargets targets = (RealTargets) fractions.dataset().targets();
        assertThat(targets.original(targets.values()[10])).isCloseTo(3.7, within(1e-12));
    }

    @Test
    void testDataIsEncodedLikeTheTrainingData() throws IOException {
        LoadedData training = read("x,code,y\n" + "1,01,p\n2,2,q\n3,01,p\n4,02,q\n".repeat(10));
        Path test = write("test.csv", "extra,y,code,x\n7,q,2,3\n7,p,2,4\n");

        EncodedRows<Dataset> data = new DataReader(1).readTest(test, null, training);

        assertThat(training.dataset().featureNames()).contains("code=01", "code=2");
        assertThat(data.encoded().featureNames()).isEqualTo(training.dataset().featureNames());
        int two = training.dataset().featureNames().indexOf("code=2");
        assertThat(data.encoded().features().get(0, two)).isEqualTo(1);
        assertThat(data.encoded().features().get(0, 0))
                .isEqualTo(training.dataset().features().get(2, 0));
        assertThat(((ClassTargets) data.encoded().targets()).codes()).containsExactly(1, 0);
    }

    @Test
    void testDataThatDiffersIsRefused() throws IOException {
        LoadedData training = read("x,colour,y\n" + "1,red,p\n2,blue,q\n".repeat(20));

        assertThatThrownBy(() -> test(training, "x,color,y\n1,red,p\n"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("lacks the column 'colour'; did you mean 'color'?");
        assertThatThrownBy(() -> test(training, "x,colour,y\n1,red,z\n"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'z'");
        assertThatThrownBy(() -> test(training, "x,colour,y\nword,red,p\n"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("column 'x', row 1: \"word\", expected a number");
        assertThat(test(training, "x,colour,y\n1,mauve,p\n").notes()).anyMatch(note -> note.contains("mauve"));
    }

    @Test
    void badTablesAreRefusedInOneLine() throws IOException {
        assertRefused("", "is empty");
        assertRefused("x,y\n", "no rows");
        assertRefused("x,y\n1,p\n2,p\n", "single class, 'p'");
        assertRefused("x,y\n1,a\n2,b\n3,c\n", "3 classes in 3 rows");
        assertRefused("x,y\n1,\n2,\n", "all 2 labels in column 'y' are missing");
        assertRefused("x,y\n1,p\nnan,q\n3,p\ninf,q\n", "1 value is NaN or infinite, the first is Infinity in row 4");
        assertRefused("x,z,y\n1,2,p\n1,q\n", "line 3: 2 fields");
        assertRefused("x,z,y\n1,2,p\n1,2,3,q\n", "line 3: 4 fields");
        assertRefused("x,x,y\n1,2,p\n1,3,q\n", "two columns named 'x'");
        assertRefused("y\np\nq\n", "no feature");
        assertRefused("x,Y\n1,p\n2,q\n", "did you mean 'Y'?");
        assertRefused("x,y\n1,caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1), "not UTF-8");
        assertRefused("x,y\n1,p\n".getBytes(StandardCharsets.UTF_16), "UTF-16");
        assertRefused(new byte[] {1, 0, 2, 0}, "binary file");
    }

    @Test
    void whatIsWrittenInAnotherWayIsSaidWithTheWayOut() throws IOException {
        assertRefused("1.5,2.5,p\n2.5,3.5,q\n", "header: no");
        assertRefused("0.5,0.5,p\n2.5,3.5,q\n", "header: no");
        assertRefused("x z y\n1 2 p\n3 4 q\n", "spaces separate its fields");
        assertRefused("# made by hand\nx,y\n1,p\n2,q\n", "take comments out");
        assertRefused("x,y\n1,p\n# a remark\n2,q\n", "take comments out");
        StringBuilder dates = new StringBuilder("x,y\n");
        for (int row = 0; row < 60; row++) {
            dates.append(row % 28 + 1).append(" March ").append(1990 + row).append(row % 2 == 0 ? ",p\n" : ",q\n");
        }
        assertRefused(dates.toString(), "dates with the name of a month");
        assertRefused("x,".repeat(20_001) + "y\n" + "1,".repeat(20_001) + "p\n", "20002 columns");
    }

    @Test
    void aCategoryOfPercentagesIsSaid() throws IOException {
        StringBuilder shares = new StringBuilder("x,y\n");
        for (int row = 0; row < 60; row++) {
            shares.append(10 * (row % 4)).append(row % 2 == 0 ? "%,p\n" : "%,q\n");
        }
        assertThat(read(shares.toString()).notes())
                .anyMatch(note -> note.toString().contains("numbers with a percent sign"));
    }

    @Test
    void aFirstRowThatIsTakenForNamesIsSaid() throws IOException {
        assertThat(new DataReader(1)
                        .read(
                                write("eaten.csv", "1.5,p\n2.5,p\n3.5,q\n1.0,q\n"),
                                ReadSettings.automatic().withLabel("p"))
                        .notes())
                .anyMatch(note ->
                        note.toString().contains("1.5") && note.toString().contains("header: no"));
        assertThat(new DataReader(1)
                        .read(write("years.csv", "2020,2021,y\n1,2,p\n3,4,q\n1,1,q\n"), BY_Y)
                        .notes())
                .noneMatch(note -> note.toString().contains("header"));
    }

    @Test
    void badWeightsAreRefused() throws IOException {
        for (String weight : List.of("-1", "", "nan", "word")) {
            Path file = write("weights.csv", "x,w,y\n1,1,p\n2," + weight + ",q\n3,1,p\n4,1,q\n");

            assertThatThrownBy(() -> new DataReader(1).read(file, BY_Y.withWeight("w")))
                    .as("weight '%s'", weight)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("'w'");
        }
    }

    @Test
    void otherBadFilesAreRefusedInOneLine() throws IOException {
        assertThatThrownBy(() -> new DataReader(1).read(folder.resolve("absent.csv"), BY_Y))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("there is no file");
        assertThatThrownBy(() -> new DataReader(1).read(folder, BY_Y))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is a folder");
        assertFileRefused("a.json", "[{\"x\":1,\"y\":\"p\"},{\"x\":2", "truncated");
        assertFileRefused("b.json", "{\"x\":1,\"y\":p}\n", "Malformed JSON");
        assertFileRefused("c.jsonl", "{\"x\":{\"z\":1},\"y\":\"p\"}\n{\"x\":{\"z\":2},\"y\":\"q\"}\n", "drop: x");
        assertFileRefused("d.parquet", "no parquet", "does not begin like such a file");
        assertFileRefused("e.parquet", "PAR1 and then nothing", "cannot be read");
        byte[] whole = Files.readAllBytes(gzipped(write("f.csv", mixedTable(500))));
        Path cut = Files.write(folder.resolve("cut.csv.gz"), java.util.Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> new DataReader(1).read(cut, BY_Y))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("truncated");
    }

    @Test
    void namesThatLookLikePatternsAreTakenLiterally() throws IOException {
        write("data1.csv", "x,y\n1,p\n2,p\n");
        Path file = write("data[1]'s.csv", "x,y\n1,p\n2,q\n3,p\n4,q\n");

        assertThat(new DataReader(1).read(file, BY_Y).dataset().size()).isEqualTo(4);
    }

    @Test
    void numbersOfJsonLabelsKeepTheirText() throws IOException {
        Path file = write("labels.jsonl", """
            {"x":1,"y":1.0}
            {"x":2,"y":"01"}
            {"x":3,"y":1}
            {"x":4,"y":1.0}
            {"x":5,"y":1}
            {"x":6,"y":"01"}
            """);

        assertThat(((ClassTargets) new DataReader(1).read(file, BY_Y).dataset().targets()).names())
                .containsExactly("01", "1", "1.0");
    }

    private void assertRefused(String content, String message) throws IOException {
        assertRefused(content.getBytes(StandardCharsets.UTF_8), message);
    }

    private void assertRefused(byte[] content, String message) throws IOException {
        Path file = Files.write(folder.resolve("bad.csv"), content);

        assertThatThrownBy(() -> new DataReader(1).read(file, BY_Y))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message)
                .message()
                .doesNotContain("\n");
    }

    private void assertFileRefused(String name, String content, String message) throws IOException {
        Path file = write(name, content);

        assertThatThrownBy(() -> new DataReader(1).read(file, BY_Y))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message)
                .message()
                .doesNotContain("\n");
    }

    private EncodedRows<Dataset> test(LoadedData training, String csv) throws IOException {
        return new DataReader(1).readTest(write("test.csv", csv), null, training);
    }

    private LoadedData read(String csv) throws IOException {
        return read(csv, BY_Y);
    }

    private LoadedData read(String csv, ReadSettings settings) throws IOException {
        return new DataReader(2).read(write("data.csv", csv), settings);
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private static String labelled(int rows, java.util.function.IntFunction<String> label) {
        StringBuilder text = new StringBuilder("x,y\n");
        for (int row = 0; row < rows; row++) {
            text.append(row * 7 % 31).append(',').append(label.apply(row)).append('\n');
        }
        return text.toString();
    }

    /** Every kind of column, with gaps, quotes and line ends in fields. */
    private static String mixedTable(int rows) {
        Random random = new Random(11);
        StringBuilder text = new StringBuilder("when,number,flag,gap,\"odd, name\",y\n");
        for (int row = 0; row < rows; row++) {
            text.append(String.format(
                    Locale.ROOT,
                    "2024-%02d-%02d,%.6f,%b,%s,%s,%s%n",
                    1 + row % 12,
                    1 + row % 28,
                    random.nextGaussian(),
                    random.nextBoolean(),
                    row % 7 == 0 ? "" : Integer.toString(random.nextInt(5000)),
                    List.of("plain", "\"quo\"\"te\"", "\"com,ma\"", "\"line\nend\"")
                            .get(random.nextInt(4)),
                    List.of("01", "1", "one").get(row % 3)));
        }
        return text.toString().replace("\r\n", "\n");
    }

    private static Path gzipped(Path file) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(Files.readAllBytes(file));
        }
        return Files.write(file.resolveSibling(file.getFileName() + ".gz"), bytes.toByteArray());
    }

    private static void execute(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
