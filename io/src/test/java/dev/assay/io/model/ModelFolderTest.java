package dev.assay.io.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.data.InvalidInputException;
import dev.assay.io.DataReader;
import dev.assay.io.array.TestArrays;
import dev.assay.io.read.EncodedRows;
import dev.assay.io.read.InputSchema;
import dev.assay.io.read.LoadedData;
import dev.assay.io.result.RunDirectory;
import dev.assay.learn.LinearExpert;
import dev.assay.linalg.Matrix;
import dev.assay.route.Router;
import dev.assay.work.Workers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model folder gives back what was put in, and nothing else: hostile ones end in one line. */
class ModelFolderTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"prior", "softmax", "softmax-radial", "centroid", "adaptive-clustering", "nearest"})
    void everyRouterAndEveryMapComesBackToTheBit(String router) throws IOException {
        SavedModel model = SavedModels.classes(folder, router);
        Path first = write("first", model);
        SavedModel read = ModelFolder.read(first);
        Path second = write("second", read);

        assertThat(names(second)).isEqualTo(names(first));
        for (String name : names(first)) {
            assertThat(second.resolve(name)).hasSameBinaryContentAs(first.resolve(name));
        }
        assertSamePredictions(model, read);
        assertThat(read.form()).usingRecursiveComparison().isEqualTo(model.form());
        assertThat(read.origin()).isEqualTo(model.origin());
        assertThat(read.models().blockSources()).isEqualTo(model.models().blockSources());
        assertThat(read.models().rivals().keySet())
                .isEqualTo(model.models().rivals().keySet());
        assertThat(read.model().unexplainedShare()).isEqualTo(model.model().unexplainedShare());
        assertThat(read.models().sources()).isEqualTo(model.models().sources());
        assertThat(read.models().sourceShares())
                .usingRecursiveComparison()
                .isEqualTo(model.models().sourceShares());
        assertThat(read.models().oracle()).isNotNull();
    }

    @Test
    void numbersAndArraysComeBackToo() throws IOException {
        SavedModel model = SavedModels.numbersFromArrays(folder);
        SavedModel read = ModelFolder.read(write("model", model));

        assertSamePredictions(model, read);
        assertThat(read.form()).usingRecursiveComparison().isEqualTo(model.form());
        assertThat(read.model().experts().get(0).deviation())
                .isEqualTo(model.model().experts().get(0).deviation());
    }

    @Test
    void newRowsAreReadAsTheTrainingRowsWere() throws IOException {
        SavedModel model = SavedModels.classes(folder, "prior");
        InputSchema form = ModelFolder.read(write("model", model)).form();

        Path data = folder.resolve("train.csv");
        LoadedData training = new DataReader(1).read(data, SavedModels.READING);
        EncodedRows<Matrix> again = new DataReader(1).readNew(data, form, null);

        assertThat(again.encoded().values())
                .isEqualTo(training.dataset().features().values());
        assertThat(again.ids()).isEqualTo(training.ids());
    }

    @Test
    void eachFileIsNeededWhole() throws IOException {
        Path model = write("model", SavedModels.classes(folder, "nearest"));
        for (String name : names(model)) {
            Path file = model.resolve(name);
            byte[] whole = Files.readAllBytes(file);
            for (int length : new int[] {0, 1, whole.length / 2, whole.length - 1}) {
                Files.write(file, Arrays.copyOf(whole, length));
                refused(model, name);
            }
            Files.write(file, Arrays.copyOf(whole, whole.length + 8));
            refused(model, name);
            byte[] edited = whole.clone();
            edited[whole.length - 3] ^= 1;
            Files.write(file, edited);
            refused(model, name);
            Files.delete(file);
            refused(model, name);
            Files.createDirectory(file);
            refused(model, name);
            Files.delete(file);
            Files.write(file, whole);
        }
        ModelFolder.read(model);
    }

    @Test
    void anEditedDescriptionIsRefused() throws IOException {
        Path model = write("model", SavedModels.classes(folder, "prior"));
        Path file = model.resolve(RunDirectory.MODEL);
        String text = Files.readString(file);

        for (String[] edit : new String[][] {
            {"\"scale\" : 1.25", "\"scale\" : 1.5"},
            {"\n", "\r\n"},
            {"\"verdict\" : \"mixed\"", "\"verdict\" : \"noisy\""}
        }) {
            assertThat(text).contains(edit[0]);
            Files.writeString(file, text.replace(edit[0], edit[1]));
            refused(model, "checksum");
        }
        Files.writeString(file, text.replace("\"version\" : 3,", "\"version\" : 2,"));
        refused(model, "version 2");
        Files.writeString(file, "{}");
        refused(model, "not the description");
        Files.writeString(file, "[".repeat(100_000));
        refused(model, RunDirectory.MODEL);
        Files.writeString(file, "null");
        refused(model, RunDirectory.MODEL);
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        refused(model, RunDirectory.MODEL);
    }

    /** Whatever stands anywhere in the description, sealed with a checksum that fits, it is read or refused in one line. */
    @ParameterizedTest
    @ValueSource(strings = {"softmax-radial", "adaptive-clustering", "nearest", "centroid"})
    void whateverStandsAnywhereIsReadOrRefused(String router) throws IOException {
        Path model = write("model", SavedModels.classes(folder, router));
        Path file = model.resolve(RunDirectory.MODEL);
        JsonNode tree = JSON.readTree(file.toFile());
        int refused = 0;
        int tried = 0;
        for (String place : places(tree, "")) {
            // what is not the router's is the same for each of them
            if (!router.equals("nearest") && !place.startsWith("/model/router")) {
                continue;
            }
            for (String value : List.of("null", "-1", "1e308", "\"../../etc/passwd\"", "[null]")) {
                JsonNode edited = replaced(tree, place, JSON.readTree(value));
                Files.writeString(file, resealed(edited));
                tried++;
                try {
                    ModelFolder.read(model);
                } catch (InvalidInputException expected) {
                    assertThat(expected.getMessage()).as(place + " = " + value).doesNotContain("\n");
                    refused++;
                }
            }
            JsonNode without = removed(tree, place);
            Files.writeString(file, resealed(without));
            try {
                ModelFolder.read(model);
            } catch (InvalidInputException expected) {
                assertThat(expected.getMessage()).as(place + " left out").doesNotContain("\n");
            }
        }
        assertThat(refused).isGreaterThan(tried / 2);
        Files.writeString(file, resealed(tree));
        ModelFolder.read(model);
    }

    @Test
    void whatDoesNotFitTogetherIsNamed() throws IOException {
        Path model = write("model", SavedModels.classes(folder, "softmax"));

        edited(model, "/model/unexplainedShare", "1.5", "unexplainedShare");
        edited(model, "/model/router/shares", "[0.5, 0.6]", "add up to 1");
        edited(model, "/model/router/shares", "[0.2, 0.3, 0.5]", "model-router-weights.npy");
        edited(model, "/model/router/kind", "\"Guess\"", "Guess");
        edited(model, "/model/experts/0/map", "7", "no map 7");
        edited(model, "/model/experts/0/scale", "-1", "scale is -1");
        edited(model, "/model/experts/0/theta", "\"rival1-expert1-theta\"", "columns");
        edited(model, "/model/experts/0/deviation", "1", "deviation");
        edited(model, "/arrays/expert1-theta/file", "\"../model-x.npy\"", "'../model-x.npy'");
        edited(model, "/arrays/expert1-theta/file", "\"/etc/passwd\"", "/etc/passwd");
        edited(model, "/arrays/expert1-theta/rows", "2000000000", "too large");
        edited(model, "/arrays/expert1-theta/columns", "100000", "bytes");
        edited(model, "/labels/names", "[\"one\"]", "2 classes");
        edited(model, "/input/encoding/columns/0/scale", "0", "divided by 0");
        edited(model, "/input/encoding/columns/0/kind", "\"java.lang.Runtime\"", "java.lang.Runtime");
        edited(model, "/surprise", "1", "surprise");
    }

    @Test
    void aKindThatNobodyKnowsIsRefused() throws IOException {
        Path model = write("model", SavedModels.classes(folder, "prior"));

        edited(model, "/model/experts/0", "{\"kind\": \"Forest\", \"trees\": 3}", "experts of the kind 'Forest'");
        edited(model, "/model/router", "{\"kind\": \"Forest\", \"trees\": 3}", "'Forest'");
        edited(model, "/maps/0", "{\"kind\": \"Forest\", \"trees\": 3}", "'Forest'");
    }

    @Test
    void aMatrixThatIsNotFiniteOrOfAnotherTypeIsRefused() throws IOException {
        Path model = write("model", SavedModels.classes(folder, "prior"));
        Path file = model.resolve("model-expert1-theta.npy");
        byte[] whole = Files.readAllBytes(file);
        byte[] notANumber = whole.clone();
        byte[] nan = TestArrays.doubles(Double.NaN);
        System.arraycopy(nan, 0, notANumber, whole.length - 8, 8);
        resealed(model, file, notANumber);
        refused(model, "NaN");
        String text = new String(whole, StandardCharsets.ISO_8859_1);
        resealed(model, file, text.replace("<f8", ">f8").getBytes(StandardCharsets.ISO_8859_1));
        refused(model, ">f8");
        resealed(model, file, text.replace("False", "True ").getBytes(StandardCharsets.ISO_8859_1));
        refused(model, "theta");
        byte[] hugeHeader = whole.clone();
        hugeHeader[6] = 2;
        hugeHeader[11] = 0x7f;
        resealed(model, file, hugeHeader);
        refused(model, "header");
        resealed(model, file, text.replaceFirst("\\(\\d+, \\d+\\)", "(9, 99)").getBytes(StandardCharsets.ISO_8859_1));
        refused(model, "theta");
        resealed(model, file, whole);
        ModelFolder.read(model);
    }

    @Test
    void whatIsNoModelSaysWhereModelsComeFrom() throws IOException {
        refused(folder.resolve("nowhere"), "assay run");
        refused(Files.createDirectory(folder.resolve("empty")), "assay run");
        refused(Files.writeString(folder.resolve("file"), "x"), "is a file");
    }

    @Test
    void aFolderWithAModelIsReplacedOnlyByForce() throws IOException {
        SavedModel model = SavedModels.classes(folder, "nearest");
        Path place = write("model", model);

        assertThatThrownBy(() -> RunDirectory.open(place, RunDirectory.Existing.REFUSE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("replace it");
        try (RunDirectory again = RunDirectory.open(place, RunDirectory.Existing.REPLACE)) {
            again.finish(Map.of());
        }
        assertThat(names(place)).isEmpty();
        assertThat(place.resolve("run.json")).exists();
    }

    private static void assertSamePredictions(SavedModel expected, SavedModel actual) {
        try (Workers workers = Workers.of(1)) {
            int d = expected.model().inputDimension();
            double[] values = new double[20 * d];
            for (int k = 0; k < values.length; k++) {
                values[k] = Math.sin(k * 1.7);
            }
            Matrix x = new Matrix(20, d, values);
            for (int k = 0; k < expected.model().blocks(); k++) {
                LinearExpert one = (LinearExpert) expected.model().experts().get(k);
                LinearExpert other = (LinearExpert) actual.model().experts().get(k);
                assertThat(other.model().theta()).isEqualTo(one.model().theta());
                assertThat(other.answers(x, workers).values())
                        .isEqualTo(one.answers(x, workers).values());
                assertThat(other.ridge()).isEqualTo(one.ridge());
            }
            Router one = expected.model().router();
            Router other = actual.model().router();
            assertThat(other).isInstanceOf(one.getClass());
            assertThat(other.logShares(x, workers).values())
                    .isEqualTo(one.logShares(x, workers).values());
        }
    }

    private Path write(String name, SavedModel model) {
        try (RunDirectory directory = RunDirectory.open(folder.resolve(name), RunDirectory.Existing.REFUSE)) {
            ModelFolder.write(directory, model);
            directory.finish(Map.of());
            return directory.path();
        }
    }

    private static List<String> names(Path model) throws IOException {
        try (Stream<Path> files = Files.list(model)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("run.json"))
                    .sorted()
                    .toList();
        }
    }

    private static void refused(Path model, String part) {
        assertThatThrownBy(() -> ModelFolder.read(model))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(part)
                .message()
                .doesNotContain("\n");
    }

    private static void edited(Path model, String place, String value, String part) throws IOException {
        Path file = model.resolve(RunDirectory.MODEL);
        String before = Files.readString(file);
        Files.writeString(file, resealed(replaced(JSON.readTree(before), place, JSON.readTree(value))));
        refused(model, part);
        Files.writeString(file, before);
    }

    private static void resealed(Path model, Path array, byte[] content) throws IOException {
        Files.write(array, content);
        Path file = model.resolve(RunDirectory.MODEL);
        JsonNode tree = JSON.readTree(file.toFile());
        String name = array.getFileName().toString().replace("model-", "").replace(".npy", "");
        Files.writeString(
                file,
                resealed(replaced(
                        tree,
                        "/arrays/" + name + "/sha256",
                        JSON.getNodeFactory().textNode(ModelArrays.sha256(content)))));
    }

    /** The text with a checksum that fits, as someone would write it who means harm. */
    private static String resealed(JsonNode tree) {
        String zeros = "0".repeat(64);
        if (!tree.path("checksum").isTextual()) {
            return tree.toString();
        }
        ObjectNode copy = tree.deepCopy();
        copy.put("checksum", zeros);
        String text = copy.toString();
        return text.replaceFirst(zeros, ModelArrays.sha256(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> places(JsonNode node, String prefix) {
        List<String> result = new ArrayList<>();
        node.properties().forEach(field -> {
            result.add(prefix + "/" + field.getKey());
            result.addAll(places(field.getValue(), prefix + "/" + field.getKey()));
        });
        for (int index = 0; index < node.size() && node.isArray(); index++) {
            result.add(prefix + "/" + index);
            result.addAll(places(node.get(index), prefix + "/" + index));
        }
        return result;
    }

    private static JsonNode replaced(JsonNode tree, String place, JsonNode value) {
        JsonNode copy = tree.deepCopy();
        int cut = place.lastIndexOf('/');
        JsonNode parent = copy.at(place.substring(0, cut));
        String last = place.substring(cut + 1);
        if (parent instanceof ArrayNode array) {
            array.set(Integer.parseInt(last), value);
        } else {
            ((ObjectNode) parent).set(last, value);
        }
        return copy;
    }

    private static JsonNode removed(JsonNode tree, String place) {
        JsonNode copy = tree.deepCopy();
        int cut = place.lastIndexOf('/');
        JsonNode parent = copy.at(place.substring(0, cut));
        String last = place.substring(cut + 1);
        if (parent instanceof ArrayNode array) {
            array.remove(Integer.parseInt(last));
        } else {
            ((ObjectNode) parent).remove(last);
        }
        return copy;
    }
}
