package dev.assay.io.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.EncodingStyle;
import dev.assay.data.InvalidInputException;
import dev.assay.io.DataReader;
import dev.assay.io.corrected.CorrectedWriter;
import dev.assay.io.read.EncodedRows;
import dev.assay.io.read.LoadedData;
import dev.assay.io.read.ReadSettings;
import dev.assay.linalg.Matrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArrayReaderTest {

    private static final byte[] LABELS = TestArrays.npy("|u1", "(4,)", new byte[] {3, 7, 3, 7});
    private static final byte[] NUMBERS = TestArrays.npy("<f8", "(4, 2)", TestArrays.doubles(1, 5, 2, 5.5, 3, 9, 6, 0));

    @TempDir
    Path folder;

    @Test
    void numbersAreStandardised() throws IOException {
        Matrix features = read(Map.of("X", NUMBERS, "y", LABELS)).dataset().features();

        assertThat(features.columns()).isEqualTo(3);
        for (int column = 0; column < 2; column++) {
            double sum = 0;
            double squares = 0;
            for (int row = 0; row < 4; row++) {
                sum += features.get(row, column);
                squares += features.get(row, column) * features.get(row, column);
            }
            assertThat(sum).isCloseTo(0, within(1e-12));
            assertThat(squares).isCloseTo(4, within(1e-12));
        }
    }

    @Test
    void imagesAreFlattenedDividedAndLoseConstantPixels() throws IOException {
        byte[] pixels = {0, 0, (byte) 255, 9, 0, 51, 0, 9, 0, 102, 0, 9, 0, 0, 0, 9};
        byte[] images = TestArrays.npy("|u1", "(4, 2, 2)", pixels);

        LoadedData data = read(Map.of("images", images, "labels", LABELS));
        LoadedData paper = read(
                Map.of("images", images, "labels", LABELS),
                ReadSettings.automatic().withStyle(EncodingStyle.paper()));

        assertThat(data.dataset().featureNames()).containsExactly("x[0][1]", "x[1][0]", "bias");
        assertThat(data.dataset().features().row(0)).containsExactly(0, 1, 1);
        assertThat(data.dataset().features().row(1)).containsExactly(0.2, 0, 1);
        assertThat(data.notes()).anyMatch(note -> note.text().startsWith("2 of 4 entries"));
        assertThat(paper.dataset().features().row(0)).containsExactly(0, 0, 1, 9 / 255.0, 1);
    }

    @Test
    void labelsAreClassesByTheirText() throws IOException {
        ClassTargets targets =
                (ClassTargets) read(Map.of("X", NUMBERS, "y", LABELS)).dataset().targets();

        assertThat(targets.names()).containsExactly("3", "7");
        assertThat(targets.codes()).containsExactly(0, 1, 0, 1);
    }

    @Test
    void theUsualKeysAreFoundAndEmptyArraysIgnored() throws IOException {
        Map<String, byte[]> arrays = new LinkedHashMap<>();
        arrays.put("X_test", TestArrays.npy("<f8", "(0,)", new byte[0]));
        arrays.put("extra", NUMBERS);
        arrays.put("X_train", NUMBERS);
        arrays.put("y_train", LABELS);

        LoadedData data = read(arrays);

        assertThat(data.source().featureColumns()).containsExactly("X_train");
        assertThat(data.source().label()).isEqualTo("y_train");
    }

    @Test
    void unclearKeysAreListed() throws IOException {
        assertRefused(
                Map.of("one", NUMBERS, "two", NUMBERS, "three", LABELS),
                ReadSettings.automatic(),
                "features: KEY",
                "one (4, 2)");
        assertRefused(
                Map.of("X", NUMBERS, "y", LABELS), ReadSettings.automatic().withLabel("yy"), "did you mean 'y'?");
        assertThat(read(
                                Map.of("one", NUMBERS, "two", NUMBERS, "three", LABELS),
                                ReadSettings.automatic().withFeatures(List.of("two")))
                        .source()
                        .label())
                .isEqualTo("three");
    }

    @Test
    void badArraysAreRefused() throws IOException {
        byte[] short3 = TestArrays.npy("|u1", "(3,)", new byte[3]);
        byte[] table = TestArrays.npy("|u1", "(4, 2)", new byte[8]);
        byte[] nan = TestArrays.npy("<f8", "(4, 2)", TestArrays.doubles(1, 5, 2, Double.NaN, 3, 1 / 0.0, 6, 0));
        byte[] same = TestArrays.npy("|u1", "(4,)", new byte[4]);
        ReadSettings automatic = ReadSettings.automatic();

        assertRefused(Map.of("X", NUMBERS, "y", short3), automatic, "differ in length: 4 examples, but 3");
        assertRefused(Map.of("X", NUMBERS, "y", table), automatic, "one value per example");
        assertRefused(Map.of("X", nan, "y", LABELS), automatic, "2 entries are NaN or infinite", "example 2");
        assertRefused(Map.of("X", NUMBERS, "y", same), automatic, "single class");
        assertRefused(Map.of("X", NUMBERS), automatic, "labels: FILE");
        assertRefused(Map.of("X", NUMBERS, "y", LABELS), automatic.withDrop(List.of("a")), "drop");
    }

    @Test
    void moreThanTheMemoryIsRefusedBeforeItIsReserved() throws IOException {
        int examples = 2_000_000_000;
        byte[] header = TestArrays.npy("|u1", "(" + examples + ", 1)", new byte[0]);
        Path file = folder.resolve("sparse.npy");
        try (var channel = new java.io.RandomAccessFile(file.toFile(), "rw")) {
            channel.write(header);
            // a file with a hole: the length is real, the bytes are not stored
            channel.setLength(header.length + (long) examples);
        }
        Path labels = Files.write(folder.resolve("labels.npy"), LABELS);

        assertThatThrownBy(() ->
                        new DataReader(1).read(file, ReadSettings.automatic().withLabelsFile(labels)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("differ in length");
    }

    @Test
    void labelsMayBeInAFileOfTheirOwn() throws IOException {
        Path features = Files.write(folder.resolve("features.npy"), NUMBERS);
        Path labels = Files.write(folder.resolve("labels.npy"), LABELS);

        LoadedData data =
                new DataReader(1).read(features, ReadSettings.automatic().withLabelsFile(labels));

        assertThat(data.dataset().size()).isEqualTo(4);
        assertThat(data.labelText(1)).isEqualTo("7");
    }

    @Test
    void testArraysAreScaledLikeTheTrainingArrays() throws IOException {
        LoadedData training = read(Map.of("X_train", NUMBERS, "y_train", LABELS));
        byte[] other = TestArrays.npy("<f8", "(2, 2)", TestArrays.doubles(3, 9, 1, 5));
        Path file = TestArrays.npz(
                folder.resolve("test.npz"), Map.of("X_test", other, "y_test", TestArrays.npy("<i8", "(2,)", new byte[] {
                    7, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0
                })));

        EncodedRows<Dataset> test = new DataReader(1).readTest(file, null, training);

        assertThat(test.encoded().features().row(0))
                .containsExactly(training.dataset().features().row(2));
        assertThat(test.encoded().features().row(1))
                .containsExactly(training.dataset().features().row(0));
        assertThat(((ClassTargets) test.encoded().targets()).codes()).containsExactly(1, 0);
    }

    @Test
    void testArraysOfAnotherShapeAreRefused() throws IOException {
        LoadedData training = read(Map.of("X", NUMBERS, "y", LABELS));
        byte[] wide = TestArrays.npy("<f8", "(4, 3)", TestArrays.doubles(1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3));
        Path file = TestArrays.npz(folder.resolve("test.npz"), Map.of("X", wide, "y", LABELS));

        assertThatThrownBy(() -> new DataReader(1).readTest(file, null, training))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("shape [3], expected [2]");
    }

    @Test
    void arraysThatNobodyAsksForMayBeOfAnyKind() throws IOException {
        byte[] times = TestArrays.npy("<M8[ns]", "(4,)", new byte[32]);
        byte[] objects = TestArrays.npy("|O", "(4,)", new byte[32]);
        Map<String, byte[]> arrays = Map.of("X", NUMBERS, "y", LABELS, "when", times, "names", objects);
        LoadedData data = read(arrays);

        assertThat(data.dataset().features().values())
                .isEqualTo(read(Map.of("X", NUMBERS, "y", LABELS))
                        .dataset()
                        .features()
                        .values());
        assertRefused(arrays, ReadSettings.automatic().withFeatures(List.of("when")), "when.npy", "M8");
        assertRefused(arrays, ReadSettings.automatic().withLabel("names"), "names.npy", "pickled");
        // they are kept where the file is written again
        read(arrays);
        Path kept = folder.resolve("kept.npz");
        new CorrectedWriter(data.source(), new int[] {1, 2}).writeArrays(kept);
        try (ZipFile zip = new ZipFile(kept.toFile())) {
            assertThat(zip.getInputStream(zip.getEntry("when.npy")).readAllBytes())
                    .isEqualTo(times);
            assertThat(zip.getInputStream(zip.getEntry("names.npy")).readAllBytes())
                    .isEqualTo(objects);
        }
    }

    private void assertRefused(Map<String, byte[]> arrays, ReadSettings settings, String... messages)
            throws IOException {
        Path file = TestArrays.npz(folder.resolve("bad.npz"), arrays);

        assertThatThrownBy(() -> new DataReader(1).read(file, settings))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll(messages);
    }

    private LoadedData read(Map<String, byte[]> arrays) throws IOException {
        return read(arrays, ReadSettings.automatic());
    }

    private LoadedData read(Map<String, byte[]> arrays, ReadSettings settings) throws IOException {
        return new DataReader(1).read(TestArrays.npz(folder.resolve("data.npz"), arrays), settings);
    }
}
