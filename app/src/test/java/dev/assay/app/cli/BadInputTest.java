package dev.assay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each kind of bad input ends with status 2 and one line that names it, and leaves nothing behind. */
class BadInputTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void missingFile() {
        refused(folder.resolve("nowhere.csv"), "--label", "y").contains("nowhere.csv");
    }

    @Test
    void folderInsteadOfAFile() throws IOException {
        refused(Files.createDirectory(folder.resolve("data")), "--label", "y").contains("data");
    }

    @Test
    void wrongLabelColumnNamesTheNearest() throws IOException {
        refused(table("height,weight,colour", 40), "--label", "color")
                .contains("color")
                .contains("colour");
    }

    @Test
    void wrongColumnInDropNamesTheNearest() throws IOException {
        refused(table("height,weight,colour", 40), "--label", "colour", "--drop", "heigth")
                .contains("heigth")
                .contains("height");
    }

    @Test
    void noLabelColumnAtAll() throws IOException {
        refused(table("height,weight,colour", 40)).contains("--label");
    }

    @Test
    void singleClass() throws IOException {
        refused(file("one.csv", "a,y\n1,red\n2,red\n3,red\n4,red\n5,red\n"), "--label", "y")
                .contains("red");
    }

    @Test
    void fewerRowsThanClasses() throws IOException {
        Path file = ArrayFiles.npz(
                folder.resolve("few.npz"),
                Map.of("X", ArrayFiles.doubles(3, 1, 1, 2, 3), "y", ArrayFiles.longs(0, 1, 2)));
        refused(file, "--features", "X", "--label", "y", "--task", "classification")
                .contains("3");
    }

    @Test
    void headerOnly() throws IOException {
        refused(file("empty.csv", "a,b,y\n"), "--label", "y").contains("empty.csv");
    }

    @Test
    void whatTextsMeanIsAskedForInKnownWords() throws IOException {
        Path data = table("a,b,y", 40);

        refused(data, "--label", "y", "--dates", "mdy").contains("auto, day-first, month-first");
        refused(data, "--label", "y", "--decimal", "dot").contains("auto, point, comma");
        refused(data, "--label", "y", "--label-na", "drop").contains("missing, keep");
    }

    @Test
    void datesInAnotherOrderThanAskedFor() throws IOException {
        Path data = file("dates.csv", "d,y\n" + "3/28/2026,p\n4/5/2026,q\n".repeat(20));

        refused(data, "--label", "y", "--dates", "day-first").contains("'d'").contains("\"3/28/2026\"");
    }

    @Test
    void emptyFile() throws IOException {
        refused(file("empty.csv", ""), "--label", "y").contains("empty.csv");
    }

    @Test
    void notANumberInArrays() throws IOException {
        double[] values = new Random(1).doubles(80).toArray();
        values[2 * 7] = Double.NaN;
        values[2 * 9 + 1] = Double.POSITIVE_INFINITY;
        Path file = ArrayFiles.npz(
                folder.resolve("nan.npz"),
                Map.of("X", ArrayFiles.doubles(40, 2, values), "y", ArrayFiles.longs(classes(40))));
        refused(file, "--features", "X", "--label", "y").contains("2 entries").contains("8 (counted from 1)");
    }

    @Test
    void raggedTable() throws IOException {
        refused(file("ragged.csv", "a,b,y\n1,2,red\n1,2,3,blue\n4,5,red\n6,7,blue\n"), "--label", "y")
                .contains("ragged.csv");
    }

    @Test
    void truncatedGzip() throws IOException {
        Path whole = folder.resolve("whole.csv.gz");
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(whole))) {
            out.write(Files.readAllBytes(table("a,b,y", 400)));
        }
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = folder.resolve("cut.csv.gz");
        Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));
        refused(cut, "--label", "y").contains("cut.csv.gz");
    }

    @Test
    void truncatedArray() throws IOException {
        byte[] array = ArrayFiles.doubles(40, 2, new double[80]);
        Path file = ArrayFiles.npz(
                folder.resolve("cut.npz"),
                Map.of("X", Arrays.copyOf(array, array.length - 100), "y", ArrayFiles.longs(classes(40))));
        refused(file, "--features", "X", "--label", "y").contains("cut.npz");
    }

    @Test
    void featuresAndLabelsOfDifferentLengths() throws IOException {
        Path file = ArrayFiles.npz(
                folder.resolve("lengths.npz"),
                Map.of(
                        "X",
                        ArrayFiles.doubles(40, 2, new Random(1).doubles(80).toArray()),
                        "y",
                        ArrayFiles.longs(classes(39))));
        refused(file, "--features", "X", "--label", "y").contains("40").contains("39");
    }

    @Test
    void labelsAllMissing() throws IOException {
        refused(file("unlabelled.csv", "a,y\n1,\n2,\n3,\n4,\n"), "--label", "y").contains("y");
    }

    @Test
    void freeTextNamesTheColumnAndTheWayOut() throws IOException {
        StringBuilder text = new StringBuilder("story,a,y\n");
        for (int i = 0; i < 60; i++) {
            text.append("once upon a time there was a number ")
                    .append(i)
                    .append(" that nobody had seen,")
                    .append(i);
            text.append(i % 2 == 0 ? ",red\n" : ",blue\n");
        }
        refused(file("text.csv", text.toString()), "--label", "y")
                .contains("story")
                .contains("--drop");
    }

    @Test
    void noHeaderNamesTheWayOut() throws IOException {
        refused(file("bare.csv", "1.5,2.5,red\n2.5,1.5,blue\n"), "--label", "y").contains("--header no");
    }

    @Test
    void anAdviceIsGivenOnlyWhereTheCommandHasTheOption() throws IOException {
        Path model = folder.resolve("model");
        assertThat(CommandRun.of("run", table("a,b,y", 60), "--label", "y", "--out", model)
                        .status())
                .isZero();
        Path file = file("infinite.csv", "a,b,y\n1,2,red\ninf,1,blue\n");
        refused(file, "--label", "y").contains("--drop a");
        CommandRun evaluated = CommandRun.of("evaluate", model, file);
        assertThat(evaluated.status()).isEqualTo(2);
        assertThat(evaluated.errorLines())
                .singleElement()
                .asString()
                .contains("correct it")
                .doesNotContain("--");
    }

    @Test
    void aRunOutOfMemoryIsOneLine() {
        StringWriter said = new StringWriter();
        assertThat(Failures.ofMemory("assay diagnose", new PrintWriter(said))).isEqualTo(2);
        assertThat(said.toString().lines()).singleElement().asString().contains("memory ran out", "ASSAY_MEMORY=");
    }

    @Test
    void testFileWithOtherColumns() throws IOException {
        refused(table("a,b,y", 40), "--label", "y", "--test", file("test.csv", "a,c,y\n1,2,red\n"))
                .contains("b");
    }

    @Test
    void missingTestFile() throws IOException {
        refused(table("a,b,y", 40), "--label", "y", "--test", folder.resolve("nowhere.csv"))
                .contains("nowhere.csv");
    }

    @Test
    void notUtf8() throws IOException {
        Path file = folder.resolve("latin.csv");
        Files.write(file, "name,a,y\nZürich,1,red\nBern,2,blue\nGenève,3,red\n".getBytes(StandardCharsets.ISO_8859_1));
        refused(file, "--label", "y").contains("UTF-8");
    }

    @Test
    void zipBomb() throws IOException {
        Path bomb = ArrayFiles.bomb(folder.resolve("bomb.npz"), "X", 200_000_000L);
        refused(bomb, "--features", "X", "--label", "X").contains("bomb.npz");
    }

    @Test
    void pickledObjects() throws IOException {
        Path file = ArrayFiles.npz(
                folder.resolve("pickled.npz"),
                Map.of("X", ArrayFiles.npy("|O", "(3,)", new byte[] {1, 2, 3}), "y", ArrayFiles.longs(0, 1, 0)));
        refused(file, "--features", "X", "--label", "y").contains("X");
    }

    @Test
    void unknownKeyNamesTheNearest() throws IOException {
        Path file = ArrayFiles.npz(
                folder.resolve("keys.npz"),
                Map.of("X_train", ArrayFiles.doubles(2, 1, 1, 2), "y_train", ArrayFiles.longs(0, 1)));
        refused(file, "--features", "X_trian", "--label", "y_train").contains("X_train");
    }

    @Test
    void labelsInAFileThatIsNotThere() throws IOException {
        Path file = folder.resolve("x.npy");
        Files.write(file, ArrayFiles.doubles(2, 1, 1, 2));
        refused(file, "--labels", folder.resolve("labels.npy")).contains("labels.npy");
    }

    @Test
    void outIsAFile() throws IOException {
        Path out = file("out", "something");
        CommandRun run = CommandRun.of("purify", table("a,b,y", 40), "--label", "y", "--out", out);

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.errorLines()).hasSize(1);
        assertThat(out).hasContent("something");
    }

    private AbstractStringAssert<?> refused(Object data, Object... options) {
        Path out = folder.resolve("result");
        Object[] words = new Object[options.length + 4];
        words[0] = "purify";
        words[1] = data;
        System.arraycopy(options, 0, words, 2, options.length);
        words[words.length - 2] = "--out";
        words[words.length - 1] = out;
        CommandRun run = CommandRun.of(words);

        assertThat(run.status()).as(run.err()).isEqualTo(2);
        assertThat(run.errorLines()).hasSize(1);
        assertThat(run.out()).isEmpty();
        assertThat(out).doesNotExist();
        return assertThat(run.err());
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    /** Numbers, and a class that follows from them in the last column. */
    private Path table(String header, int rows) throws IOException {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder(header).append('\n');
        for (int i = 0; i < rows; i++) {
            double first = random.nextGaussian();
            text.append(first).append(',').append(random.nextGaussian()).append(first > 0 ? ",red\n" : ",blue\n");
        }
        return file("table.csv", text.toString());
    }

    private static long[] classes(int rows) {
        long[] result = new long[rows];
        for (int i = 0; i < rows; i++) {
            result[i] = i % 2;
        }
        return result;
    }
}
