package dev.assay.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.InvalidInputException;
import dev.assay.io.DataReader;
import dev.assay.io.GivenRows;
import dev.assay.io.model.ModelFolder;
import dev.assay.io.model.SavedModel;
import dev.assay.io.network.EmbeddingChoice;
import dev.assay.io.read.InputSchema;
import dev.assay.io.read.LoadedData;
import dev.assay.io.read.ReadSettings;
import dev.assay.io.result.RunDirectory;
import dev.assay.job.ModelSet;
import dev.assay.linalg.Matrix;
import dev.assay.predict.Baselines;
import dev.assay.work.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tiny networks, run by ONNX Runtime, beside the same sums in plain Java. */
final class OnnxNetworksTest {
    private static final int ROWS = 70;
    private static final int SIDE = 5;

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void needTheNativeLibrary() {
        TinyNetworks.assumeTheyRun();
    }

    @Test
    void aLayerOfRowsOfNumbers() throws IOException {
        double[][] rows = TinyNetworks.rows(ROWS, 3);
        Path data = TinyNetworks.npz(folder.resolve("rows.npz"), "<f8", rows, ROWS + ", 3");
        float[][] weights = {{1, -2}, {0.5f, 1}, {-1, 0.25f}};
        Path network = TinyNetworks.layer(folder.resolve("layer.onnx"), weights);

        LoadedData loaded = read(data, network, null, null);

        assertThat(loaded.dataset().dimension()).isEqualTo(2 + 1);
        double[][] expected = new double[ROWS][2];
        for (int i = 0; i < ROWS; i++) {
            for (int k = 0; k < 2; k++) {
                double sum = 0;
                for (int j = 0; j < 3; j++) {
                    sum += rows[i][j] * weights[j][k];
                }
                expected[i][k] = Math.max(0, sum);
            }
        }
        assertSameUpToScale(loaded.dataset().features(), expected);
    }

    /** Bytes, with channels last in the file; the network takes channels first, convolves and takes the mean of each. */
    @ParameterizedTest
    @CsvSource({"false, 255", "true, 51"})
    void aConvolutionOfImages(boolean divisorIsSaid, double divisor) throws IOException {
        double[][] images = TinyNetworks.bytes(ROWS, SIDE * SIDE * 2);
        Path data =
                TinyNetworks.npz(folder.resolve("images.npz"), "|u1", images, ROWS + ", " + SIDE + ", " + SIDE + ", 2");
        float[] kernel = {1, 0, -1, 2, 0.5f, 0, 0, 1, -2, 0, 1, 1, -1, 0, 3, 1, 1, 0};
        Path network = TinyNetworks.convolution(folder.resolve("convolution.onnx"), kernel, 2, SIDE);

        LoadedData loaded = read(data, network, null, divisorIsSaid ? divisor : null);

        double[][] expected = new double[ROWS][1];
        for (int i = 0; i < ROWS; i++) {
            double mean = 0;
            for (int y = 0; y + 3 <= SIDE; y++) {
                for (int x = 0; x + 3 <= SIDE; x++) {
                    double sum = 0;
                    for (int c = 0; c < 2; c++) {
                        for (int place = 0; place < 9; place++) {
                            int pixel = (y + place / 3) * SIDE + x + place % 3;
                            sum += kernel[c * 9 + place] * images[i][pixel * 2 + c] / divisor;
                        }
                    }
                    mean += Math.max(0, sum - 0.25) / 9;
                }
            }
            expected[i][0] = mean;
        }
        assertSameUpToScale(loaded.dataset().features(), expected);
        assertThat(loaded.notes()).anySatisfy(note -> assertThat(note.text()).contains("divided by " + divisor));
    }

    @Test
    void aStoredModelEmbedsNewExamplesAlikeFromAFileAndOneByOne() throws IOException {
        double[][] rows = TinyNetworks.rows(ROWS, 3);
        Path data = TinyNetworks.npz(folder.resolve("rows.npz"), "<f4", rows, ROWS + ", 3");
        Path network = TinyNetworks.layer(folder.resolve("layer.onnx"), new float[][] {{1, -2}, {0.5f, 1}, {-1, 0.2f}});
        LoadedData loaded = read(data, network, null, null);
        Path model = store(loaded);
        Files.delete(network);

        SavedModel read = ModelFolder.read(model);
        Matrix fromFile = new DataReader(1).readNew(data, read.form(), null).encoded();
        List<Map<String, List<Double>>> given = new ArrayList<>();
        for (double[] row : rows) {
            given.add(Map.of(
                    "features", List.of((double) (float) row[0], (double) (float) row[1], (double) (float) row[2])));
        }

        assertThat(fromFile.values()).isEqualTo(loaded.dataset().features().values());
        assertThat(GivenRows.encode(given.subList(40, 45), read.form())
                        .encoded()
                        .values())
                .isEqualTo(fromFile.selectRows(40, 45).values());

        Files.writeString(model.resolve(RunDirectory.NETWORK), "another");
        assertThatThrownBy(() -> ModelFolder.read(model))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("model-network.onnx was changed after the model was written");
    }

    @Test
    void whatDoesNotFitEndsWithOneLine() throws IOException {
        Path data = TinyNetworks.npz(folder.resolve("rows.npz"), "<f8", TinyNetworks.rows(ROWS, 4), ROWS + ", 4");
        Path network = TinyNetworks.layer(folder.resolve("layer.onnx"), new float[][] {{1, -2}, {0.5f, 1}, {-1, 0.2f}});

        assertRefused(data, network, null, null, "layer.onnx takes examples of the shape [3], the data has [4]");
        assertRefused(data, network, "logits", null, "has no output 'logits', it has hidden FLOAT [any, 2]");
        assertRefused(data, network, null, 0.0, "entries cannot be divided by 0.0");
        assertRefused(data, folder.resolve("none.onnx"), null, null, "none.onnx");
        Path text = Files.writeString(folder.resolve("text.onnx"), "no network");
        assertRefused(data, text, null, null, "text.onnx cannot be read as an ONNX network");
        Path table = Files.writeString(folder.resolve("table.csv"), "a,label\n1,x\n2,y\n");
        assertRefused(table, network, null, null, "is a table: give its numbers as .npy or .npz");
    }

    private void assertRefused(
            Path data, Path network, @Nullable String output, @Nullable Double divisor, String message) {
        assertThatThrownBy(() -> read(data, network, output, divisor))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("\n");
    }

    private static LoadedData read(Path data, Path network, @Nullable String output, @Nullable Double divisor) {
        return new DataReader(1)
                .read(
                        data,
                        ReadSettings.automatic()
                                .withLabel("label")
                                .withEmbedding(new EmbeddingChoice(network, output, divisor)));
    }

    private Path store(LoadedData data) {
        Path model = folder.resolve("model");
        try (Workers workers = Workers.of(1);
                RunDirectory directory = RunDirectory.open(model, RunDirectory.Existing.REFUSE)) {
            ModelSet models = new ModelSet(
                    Baselines.oneModel(data.dataset(), 1, workers), Map.of(), null, List.of(), List.of(), null);
            ModelFolder.write(directory, new SavedModel(InputSchema.of(data), models, Map.of()));
            directory.finish(Map.of());
        }
        return model;
    }

    /** Features are standardised: (x - mean) / standard deviation. */
    private static void assertSameUpToScale(Matrix features, double[][] expected) {
        for (int k = 0; k < expected[0].length; k++) {
            double mean = 0;
            double squares = 0;
            for (double[] row : expected) {
                mean += row[k] / expected.length;
            }
            for (double[] row : expected) {
                squares += (row[k] - mean) * (row[k] - mean) / expected.length;
            }
            assertThat(squares).isPositive();
            for (int i = 0; i < expected.length; i++) {
                assertThat(features.get(i, k)).isCloseTo((expected[i][k] - mean) / Math.sqrt(squares), within(1e-4));
            }
        }
    }
}
