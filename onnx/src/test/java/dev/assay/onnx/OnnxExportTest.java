package dev.assay.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import dev.assay.Assay;
import dev.assay.data.InvalidInputException;
import dev.assay.io.DataReader;
import dev.assay.io.model.ModelFolder;
import dev.assay.io.model.SavedModel;
import dev.assay.io.read.EncodedRows;
import dev.assay.io.read.LoadedData;
import dev.assay.io.read.ReadSettings;
import dev.assay.learn.Expert;
import dev.assay.linalg.Matrix;
import dev.assay.predict.ClassPredictions;
import dev.assay.predict.Predictions;
import dev.assay.predict.Predictor;
import dev.assay.predict.RealPredictions;
import dev.assay.predict.RoutedModel;
import dev.assay.predict.SourceShares;
import dev.assay.route.Router;
import dev.assay.work.Workers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The graph, run by ONNX Runtime, says what Assay says of the same rows of a file. */
class OnnxExportTest {
    private static final String VERSION = "1.2.3";
    private static final double CLOSE = 1e-9;
    private static final SourceShares SITES = new SourceShares(
            "site", List.of(" south ", "north"), new Matrix(2, 3, new double[] {0.05, 0.9, 0.05, 0.7, 0.1, 0.2}));

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "prior",
                "softmax",
                "softmax-radial",
                "centroid",
                "adaptive-clustering, a space for each block",
                "adaptive-clustering, one space",
                "nearest"
            })
    void everyRouterOverEveryKindOfColumnMapAndExpert(String router) throws IOException, OrtException {
        SavedModel saved = RandomModels.of(training("three"), router, null);

        OnnxModel exported = OnnxExport.of(saved, VERSION);

        assertThat(exported.inputs().stream().map(ModelInput::kind))
                .contains(
                        ModelInput.Kind.NUMBER,
                        ModelInput.Kind.CODE,
                        ModelInput.Kind.FLAG,
                        ModelInput.Kind.CATEGORY,
                        ModelInput.Kind.PRESENCE,
                        ModelInput.Kind.MOMENT);
        Predictions expected = compare(saved, exported);
        // the router matters, and so do all blocks
        if (!router.equals("prior")) {
            for (int k = 0; k < 3; k++) {
                double[] block = column(expected.blocks(), k);
                assertThat(Arrays.stream(block).max().orElseThrow()
                                - Arrays.stream(block).min().orElseThrow())
                        .isGreaterThan(0.1);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"two, softmax", "two, nearest", "amount, centroid", "amount, 'adaptive-clustering, one space'"})
    void twoClassesAndNumbersWithAndWithoutSources(String label, String router) throws IOException, OrtException {
        for (SourceShares sources : Arrays.asList(null, SITES)) {
            SavedModel saved = RandomModels.of(training(label), router, sources);

            OnnxModel exported = OnnxExport.of(saved, VERSION);

            assertThat(exported.inputs().stream().anyMatch(input -> input.kind() == ModelInput.Kind.SOURCE))
                    .isEqualTo(sources != null);
            compare(saved, exported);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"two", "three", "amount"})
    void oneBlock(String label) throws IOException, OrtException {
        LoadedData data = training(label);
        SavedModel saved = RandomModels.alone(data, RandomModels.linear(data));

        compare(saved, OnnxExport.of(saved, VERSION));
    }

    @Test
    void aColumnThatIsCalledLikeAnOutputIsTold() throws IOException {
        OnnxModel exported = OnnxExport.of(RandomModels.of(training("two"), "prior", null), VERSION);

        ModelInput input = exported.inputs().stream()
                .filter(one -> one.column().equals("label"))
                .findFirst()
                .orElseThrow();
        assertThat(input.name()).isEqualTo("label (column)");
        assertThat(exported.outputs().stream().map(ModelOutput::name))
                .containsExactly("label", "probabilities", "blocks");
    }

    @ParameterizedTest
    @CsvSource({"true, '(60, 2, 3)', '2,3'", "false, '(60, 6)', 6", "false, '(60, 1, 3, 2)', '1,3,2'"})
    void arrays(boolean classes, String shape, String axes) throws IOException, OrtException {
        Random random = new Random(8);
        double[] entries = new double[360];
        double[] labels = new double[60];
        for (int j = 0; j < entries.length; j++) {
            // one entry is the same in all, so that it becomes no feature
            entries[j] = j % 6 == 4 ? 3 : (float) (100 * random.nextDouble());
        }
        for (int i = 0; i < labels.length; i++) {
            labels[i] = classes ? i % 3 : random.nextGaussian();
        }
        Path file = array("train.npy", shape, entries);
        LoadedData data = new DataReader(1)
                .read(file, ReadSettings.automatic().withLabelsFile(array("labels.npy", "(60,)", labels)));
        SavedModel saved = RandomModels.of(data, "softmax-radial", null);

        OnnxModel exported = OnnxExport.of(saved, VERSION);

        assertThat(exported.inputs()).hasSize(1);
        assertThat(exported.inputs().get(0).name()).isEqualTo("values");
        float[] given = new float[entries.length];
        for (int j = 0; j < given.length; j++) {
            given[j] = (float) entries[j];
        }
        long[] lengths = Arrays.stream(("60," + axes).split(",", -1))
                .mapToLong(Long::parseLong)
                .toArray();
        EncodedRows<Matrix> rows = new DataReader(1).readNew(file, saved.form(), null);
        assertSame(predictions(saved, rows, null), RunGraph.on(exported, given, lengths));
    }

    @Test
    void aTrainedModelAsItIsStored() throws IOException, OrtException {
        Path file = PlantedTable.of(300, 1).write(folder.resolve("mine.csv"));
        Assay.read(file)
                .reading(ReadSettings.automatic()
                        .withLabel("amount")
                        .withSource("site")
                        .withFeatures(List.of("number", "label", "flag")))
                .run()
                .save(folder.resolve("model"));
        SavedModel saved = ModelFolder.read(folder.resolve("model"));

        OnnxModel exported = OnnxExport.of(saved, VERSION);

        assertThat(saved.model().blocks()).isGreaterThan(1);
        assertThat(exported.inputs().stream().anyMatch(input -> input.kind() == ModelInput.Kind.SOURCE))
                .isTrue();
        compare(saved, exported);
    }

    @Test
    void theSameModelIsTheSameFile() throws IOException {
        byte[] first = OnnxExport.of(RandomModels.of(training("three"), "nearest", SITES), VERSION)
                .content();
        byte[] second = OnnxExport.of(RandomModels.of(training("three"), "nearest", SITES), VERSION)
                .content();

        assertThat(second).isEqualTo(first);
    }

    @Test
    void theFileSaysWhatItIs() throws IOException, OrtException {
        Map<String, String> said =
                RunGraph.metadata(OnnxExport.of(RandomModels.of(training("three"), "softmax", SITES), VERSION));

        assertThat(said)
                .containsEntry("assay.version", VERSION)
                .containsEntry("assay.label", "three")
                .containsEntry("assay.task", "classification")
                .containsEntry("assay.classes", "[\"high\",\"low\",\"so-so\"]")
                .containsEntry("assay.router", "softmax");
        assertThat(said.get("assay.inputs"))
                .contains("{\"name\":\"when\",\"column\":\"when\",\"kind\":\"moment\",\"type\":\"int64\",\"shape\":[1],"
                        + "\"meaning\":\"microseconds since 1970");
    }

    @Test
    void aConverterOfAnotherLibraryIsFound() throws IOException, OrtException {
        LoadedData data = training("two");
        RoutedModel model = RandomModels.of(data, "softmax", null).model();
        Expert constant = new ConstantExpert(new double[] {Math.log(0.9), Math.log(0.1)}, model.inputDimension());
        List<Expert> experts =
                List.of(model.experts().get(0), constant, model.experts().get(2));
        SavedModel own = RandomModels.routed(data, new RoutedModel(model.labels(), experts, model.router(), 0));

        compare(own, OnnxExport.of(own, VERSION));
    }

    @Test
    void aPartOfAnUnknownKindIsNamed() throws IOException {
        LoadedData data = training("two");
        Expert linear = RandomModels.linear(data);
        SavedModel own = RandomModels.alone(data, new OwnExpert(linear));
        RoutedModel model = own.model();
        SavedModel routed = RandomModels.routed(
                data, new RoutedModel(model.labels(), List.of(linear), new OwnRouter(model.router()), 0));

        assertThatThrownBy(() -> OnnxExport.of(own, VERSION))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "the expert of block 1, 'own', cannot be exported: experts of its kind have no ONNX converter;"
                                + " train with other learners");
        assertThatThrownBy(() -> OnnxExport.of(routed, VERSION))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("the router, 'own router', cannot be exported: routers of its kind have no ONNX converter;"
                        + " choose another with assay run --router");
    }

    private record OwnExpert(Expert of) implements Expert {
        @Override
        public String name() {
            return "own";
        }

        @Override
        public int inputDimension() {
            return of.inputDimension();
        }

        @Override
        public int outputs() {
            return of.outputs();
        }

        @Override
        public Matrix answers(Matrix x, Workers workers) {
            return of.answers(x, workers);
        }

        @Override
        public double deviation() {
            return of.deviation();
        }
    }

    private record OwnRouter(Router of) implements Router {
        @Override
        public String name() {
            return "own router";
        }

        @Override
        public int inputDimension() {
            return of.inputDimension();
        }

        @Override
        public double[] shares() {
            return of.shares();
        }

        @Override
        public Matrix logShares(Matrix x, Workers workers) {
            return of.logShares(x, workers);
        }
    }

    private LoadedData training(String label) throws IOException {
        Path file = PlantedTable.of(300, 2).write(folder.resolve("train.csv"));
        return new DataReader(1).read(file, reading(label).withSource("site"));
    }

    private static ReadSettings reading(String label) {
        Set<String> labels = Set.of("two", "three", "amount");
        return ReadSettings.automatic()
                .withLabel(label)
                .withCategorical(List.of("code"))
                .withDrop(labels.stream()
                        .filter(one -> !one.equals(label))
                        .sorted()
                        .toList());
    }

    private Predictions compare(SavedModel saved, OnnxModel exported) throws IOException, OrtException {
        PlantedTable table = PlantedTable.of(60, 9).withOddRows();
        String column = saved.models().sourceColumn();
        EncodedRows<Matrix> rows =
                new DataReader(1).readNew(table.write(folder.resolve("new.csv")), saved.form(), column);
        Predictions expected = predictions(saved, rows, rows.sources());
        assertSame(expected, RunGraph.on(exported, table.columns()));
        return expected;
    }

    /** An array of doubles as NumPy documents its format. */
    private Path array(String name, String shape, double[] entries) throws IOException {
        String header = "{'descr': '<f8', 'fortran_order': False, 'shape': " + shape + ", }\n";
        ByteBuffer bytes =
                ByteBuffer.allocate(10 + header.length() + 8 * entries.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                .putShort((short) header.length())
                .put(header.getBytes(StandardCharsets.US_ASCII));
        bytes.asDoubleBuffer().put(entries);
        return Files.write(folder.resolve(name), bytes.array());
    }

    private static Predictions predictions(SavedModel saved, EncodedRows<Matrix> rows, @Nullable List<String> sources) {
        try (Workers workers = Workers.of(1)) {
            return new Predictor(saved.model())
                    .predict(rows.encoded(), saved.models().routing(sources), workers);
        }
    }

    private static void assertSame(Predictions expected, Map<String, Object> outputs) {
        assertClose((double[][]) output(outputs, "blocks"), expected.blocks());
        if (expected instanceof ClassPredictions classes) {
            assertThat(outputs.keySet()).containsExactly("label", "probabilities", "blocks");
            assertClose((double[][]) output(outputs, "probabilities"), classes.probabilities());
            assertThat((String[]) output(outputs, "label"))
                    .containsExactly(Arrays.stream(classes.codes())
                            .mapToObj(classes.names()::get)
                            .toArray(String[]::new));
            assertThat(Arrays.stream(classes.codes()).boxed().collect(Collectors.toSet()))
                    .hasSizeGreaterThan(1);
        } else if (expected instanceof RealPredictions numbers) {
            assertThat(outputs.keySet()).containsExactly("prediction", "deviation", "blocks");
            assertClose((double[]) output(outputs, "prediction"), numbers.means());
            assertClose((double[]) output(outputs, "deviation"), numbers.deviations());
        }
    }

    private static Object output(Map<String, Object> outputs, String name) {
        return Objects.requireNonNull(outputs.get(name), name);
    }

    /** To nine digits: large numbers of odd rows make large predictions. */
    private static void assertClose(double[] actual, double[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i])
                    .as("row %d", i)
                    .isEqualTo(expected[i], within(CLOSE * Math.max(1, Math.abs(expected[i]))));
        }
    }

    private static double[] column(Matrix matrix, int column) {
        double[] result = new double[matrix.rows()];
        for (int i = 0; i < result.length; i++) {
            result[i] = matrix.get(i, column);
        }
        return result;
    }

    private static void assertClose(double[][] actual, Matrix expected) {
        assertThat(actual).hasDimensions(expected.rows(), expected.columns());
        for (int i = 0; i < actual.length; i++) {
            assertClose(actual[i], expected.row(i));
        }
    }
}
