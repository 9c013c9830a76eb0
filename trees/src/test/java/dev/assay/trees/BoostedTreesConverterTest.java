package dev.assay.trees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.assay.Assay;
import dev.assay.Prediction;
import dev.assay.RunResult;
import dev.assay.io.model.ModelFolder;
import dev.assay.onnx.OnnxExport;
import dev.assay.onnx.OnnxModel;
import java.io.IOException;
import java.nio.DoubleBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An exported forest says by ONNX Runtime what it says in Java. */
class BoostedTreesConverterTest {
    private static final int ROWS = 300;

    @TempDir
    private Path folder;

    private double[][] features = new double[0][];
    private String[] levels = new String[0];

    @ParameterizedTest
    @ValueSource(strings = {"sign", "kind", "value"})
    void theGraphPredictsTheSame(String label) throws IOException, OrtException {
        Path file = table();
        RunResult result = Assay.read(file)
                .label(label)
                .drop(List.of("sign", "kind", "value").stream()
                        .filter(one -> !one.equals(label))
                        .toArray(String[]::new))
                .learners(new BoostedTreesLearner())
                .run();
        result.save(folder.resolve("model"));
        List<Prediction> expected = result.model().predict(file);

        OnnxModel exported = OnnxExport.of(ModelFolder.read(folder.resolve("model")), "test");

        assertThat(new String(exported.content(), StandardCharsets.ISO_8859_1)).contains("TreeEnsembleRegressor");
        assertThat(Files.readString(folder.resolve("model/model.json")))
                .as("the category has codes")
                .containsPattern("\"codes\"\\s*:\\s*\"");
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(exported.content());
                OnnxTensor a = column(environment, 0);
                OnnxTensor b = column(environment, 1);
                OnnxTensor c = OnnxTensor.createTensor(environment, levels, new long[] {ROWS, 1});
                OrtSession.Result outputs = session.run(Map.of("a", a, "b", b, "c", c))) {
            if (label.equals("value")) {
                double[] said =
                        (double[]) outputs.get("prediction").orElseThrow().getValue();
                for (int i = 0; i < ROWS; i++) {
                    assertThat(said[i]).isCloseTo(expected.get(i).number().orElseThrow(), within(1e-5));
                }
                return;
            }
            String[] labels = (String[]) outputs.get("label").orElseThrow().getValue();
            double[][] said =
                    (double[][]) outputs.get("probabilities").orElseThrow().getValue();
            for (int i = 0; i < ROWS; i++) {
                assertThat(labels[i]).isEqualTo(expected.get(i).label());
                // classes in the order of their names, as the file says
                assertThat(said[i])
                        .containsExactly(
                                expected.get(i).probabilities().values().stream()
                                        .mapToDouble(Double::doubleValue)
                                        .toArray(),
                                within(1e-5));
            }
        }
    }

    private OnnxTensor column(OrtEnvironment environment, int place) throws OrtException {
        double[] values =
                IntStream.range(0, ROWS).mapToDouble(i -> features[i][place]).toArray();
        return OnnxTensor.createTensor(environment, DoubleBuffer.wrap(values), new long[] {ROWS, 1});
    }

    private Path table() throws IOException {
        Random random = new Random(6);
        features = new double[ROWS][2];
        levels = new String[ROWS];
        StringBuilder text = new StringBuilder("a,b,c,sign,kind,value\n");
        for (int row = 0; row < ROWS; row++) {
            double a = Math.round(1e4 * (2 * random.nextDouble() - 1)) / 1e4;
            double b = Math.round(1e4 * (2 * random.nextDouble() - 1)) / 1e4;
            features[row] = new double[] {a, b};
            int level = random.nextInt(5);
            levels[row] = "level" + level;
            text.append(String.format(
                    Locale.ROOT,
                    "%.4f,%.4f,%s,%s,k%d,%.4f%n",
                    a,
                    b,
                    levels[row],
                    a > 0 != level % 2 > 0 ? "alike" : "differ",
                    Math.floorMod((int) Math.floor(3 * a) + level, 3),
                    Math.floor(3 * a) + level + (b > 0 ? 1 : -1) + 0.1 * random.nextGaussian()));
        }
        return Files.writeString(folder.resolve("table.csv"), text);
    }
}
