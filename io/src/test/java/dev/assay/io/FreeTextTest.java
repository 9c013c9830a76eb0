package dev.assay.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.Assay;
import dev.assay.data.ColumnEncoding;
import dev.assay.data.FittedEncoder;
import dev.assay.data.InvalidInputException;
import dev.assay.io.model.ModelFolder;
import dev.assay.io.model.SavedModel;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A column of free text, from the file to a stored model and new rows. */
final class FreeTextTest {
    private static final ReadSettings READING =
            ReadSettings.automatic().withLabel("y").withText(List.of("review"));

    @TempDir
    private Path folder = Path.of("");

    @Test
    void itIsRefusedWithTheWayOutUnlessItIsAskedFor() throws IOException {
        Path file = write("train.csv", lines(100));

        assertThatThrownBy(() ->
                        new DataReader(1).read(file, ReadSettings.automatic().withLabel("y")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'review' looks like free text")
                .hasMessageContaining("learn from its words (text: review)");

        LoadedData data = new DataReader(1).read(file, READING);
        ColumnEncoding.Text rule = rule(data);
        assertThat(data.dataset().dimension()).isEqualTo(1 + rule.features().size() + 2);
        assertThat(data.notes()).anySatisfy(note -> assertThat(note.text()).contains("'review' is free text"));
    }

    @Test
    void numbersDatesAndTruthsAreTextWhereTheyAreSaidToBe() throws IOException {
        List<String> lines = new ArrayList<>(List.of("n,d,b,y"));
        for (int row = 0; row < 60; row++) {
            lines.add(row * 37 % 101 + ",2024-03-" + (10 + row % 9) + "," + (row % 3 == 0) + "," + row % 2);
        }
        LoadedData data = new DataReader(1)
                .read(
                        write("typed.csv", lines),
                        ReadSettings.automatic().withLabel("y").withText(List.of("n", "d", "b")));

        assertThat(((FittedEncoder) data.encoding()).columns())
                .hasSize(3)
                .allMatch(rule -> rule instanceof ColumnEncoding.Text text
                        && text.features().size() > 0);
    }

    @Test
    void aMissingTextIsAverageAndSaidToBeMissing() throws IOException {
        LoadedData data = new DataReader(1).read(write("train.csv", lines(100)), READING);
        int width = rule(data).features().size();

        double[] missing = data.dataset().features().row(7);
        for (int k = 0; k < width; k++) {
            assertThat(missing[k]).isZero();
        }
        assertThat(missing[width]).isEqualTo(1);
        assertThat(data.dataset().features().row(8)[width]).isZero();
    }

    @Test
    void oneUseForEachColumn() throws IOException {
        Path file = write("train.csv", lines(50));

        assertThatThrownBy(() -> new DataReader(1).read(file, READING.withCategorical(List.of("review"))))
                .hasMessage("column 'review' is named both as categorical and as text; name it once");
        assertThatThrownBy(() -> new DataReader(1).read(file, READING.withText(List.of("y"))))
                .hasMessage("column 'y' is text to learn from, but also named by label; name it once");
        assertThatThrownBy(() -> new DataReader(1).read(file, READING.withText(List.of("revew"))))
                .hasMessageContaining("did you mean 'review'?");
    }

    @Test
    void newTextsAreReadAlikeFromAFileAndOneByOneAndByAStoredModel() throws IOException {
        LoadedData data = new DataReader(1).read(write("train.csv", lines(80)), READING);
        InputSchema form = InputSchema.of(data);
        Path news = write("new.csv", List.of("review,n", "\"good, lovely Größe\",1", ",2", "123,3", "NA,4"));
        Matrix fromFile = new DataReader(1).readNew(news, form, null).encoded();
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Object text : new Object[] {"good, lovely Größe", "", 123, "NA"}) {
            rows.add(new HashMap<>(Map.of("review", text, "n", rows.size() + 1)));
        }

        Path model = store(data);
        SavedModel read = ModelFolder.read(model);

        assertThat(GivenRows.encode(rows, form).encoded().values()).isEqualTo(fromFile.values());
        assertThat(GivenRows.encode(rows, read.form()).encoded().values()).isEqualTo(fromFile.values());
        assertThat(read.form()).usingRecursiveComparison().isEqualTo(form);
        assertThat(Assay.load(model)
                        .predict(Map.of("review", "good lovely", "n", 1))
                        .label())
                .isNotNull();
    }

    @Test
    void aStoredDirectionThatWasChangedIsRefused() throws IOException {
        Path model = store(new DataReader(1).read(write("train.csv", lines(40)), READING));
        Path directions;
        try (var files = Files.list(model)) {
            directions = files.filter(file -> file.toString().endsWith("directions.npy"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(directions);
        bytes[bytes.length - 3] ^= 1;
        Files.write(directions, bytes);

        assertThatThrownBy(() -> ModelFolder.read(model))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(directions.getFileName() + " was changed after the model was written");
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

    private static ColumnEncoding.Text rule(LoadedData data) {
        return (ColumnEncoding.Text) ((FittedEncoder) data.encoding()).columns().get(0);
    }

    private Path write(String name, List<String> lines) throws IOException {
        return Files.write(folder.resolve(name), lines);
    }

    /** Praise and blame; the eighth has no text. */
    private static List<String> lines(int rows) {
        Random random = new Random(2);
        List<List<String>> words = List.of(
                List.of("good", "lovely", "great", "fine", "happy"), List.of("bad", "broken", "poor", "late", "sad"));
        List<String> lines = new ArrayList<>(List.of("review,n,y"));
        for (int row = 0; row < rows; row++) {
            StringBuilder text = new StringBuilder();
            for (int word = 0; word < 6; word++) {
                text.append(words.get(row % 2).get(random.nextInt(5))).append(' ');
            }
            lines.add((row == 7 ? "" : text.append(row)) + "," + random.nextInt(1000) / 10.0 + "," + (row % 2));
        }
        return lines;
    }
}
