package dev.assay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.io.DataReader;
import dev.assay.io.model.ModelFolder;
import dev.assay.io.model.SavedModel;
import dev.assay.io.read.InputSchema;
import dev.assay.io.read.LoadedData;
import dev.assay.io.read.ReadSettings;
import dev.assay.io.result.RunDirectory;
import dev.assay.job.ModelSet;
import dev.assay.predict.Baselines;
import dev.assay.work.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stored model becomes a file through the command line; what is in it is tested where it is made. */
class ExportCommandTest {
    @TempDir
    private Path folder = Path.of("");

    private Path model = Path.of("");
    private Path onnx = Path.of("");

    @BeforeEach
    void storeAModel() throws IOException {
        model = folder.resolve("model");
        onnx = folder.resolve("model.onnx");
        LoadedData data = new DataReader(1)
                .read(
                        TwoRules.write(folder.resolve("train.csv"), 100, 1),
                        ReadSettings.automatic().withLabel("y").withId("name").withSource("site"));
        try (Workers workers = Workers.of(1);
                RunDirectory directory = RunDirectory.open(model, RunDirectory.Existing.REFUSE)) {
            ModelFolder.write(
                    directory,
                    new SavedModel(
                            InputSchema.of(data),
                            new ModelSet(
                                    Baselines.oneModel(data.dataset(), 1, workers),
                                    Map.of(),
                                    null,
                                    List.of(),
                                    List.of(),
                                    null),
                            Map.of()));
            directory.finish(Map.of());
        }
    }

    @Test
    void theScreenSaysWhatWasExported() {
        CommandRun run = CommandRun.of("export", model, "--onnx", onnx);

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("Exported to " + onnx, "label \"y\", by the model of 1 block", "router: prior")
                .containsPattern("x0 +double +\\[N, 1\\] +number")
                .containsPattern("probabilities +double +\\[N, 2\\] ");
        assertThat(onnx).isNotEmptyFile();
    }

    @Test
    void whatIsThereIsReplacedOnlyWhenToldSo() throws IOException {
        Files.writeString(onnx, "mine");

        CommandRun refused = CommandRun.of("export", model, "--onnx", onnx, "--quiet");

        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.errorLines()).hasSize(1).first().asString().contains("is there already", "--force");
        assertThat(onnx).hasContent("mine");

        assertThat(CommandRun.of("export", model, "--onnx", onnx, "--force").status())
                .isZero();
        byte[] first = Files.readAllBytes(onnx);
        assertThat(CommandRun.of("export", model, "--onnx", onnx, "--force").status())
                .isZero();
        assertThat(onnx).hasBinaryContent(first);
        try (var files = Files.list(folder)) {
            assertThat(files.map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder("model", "model.onnx", "train.csv");
        }
    }

    @Test
    void aPlaceOrAModelThatIsNotThereIsOneLine() {
        for (List<Path> words : List.of(
                List.of(folder.resolve("nowhere"), onnx),
                List.of(model, folder),
                List.of(model, folder.resolve("no/folder/model.onnx")))) {
            CommandRun run = CommandRun.of("export", words.get(0), "--onnx", words.get(1), "--quiet");

            assertThat(run.status()).isEqualTo(2);
            assertThat(run.errorLines()).hasSize(1);
            assertThat(run.out()).isEmpty();
        }
        assertThat(onnx).doesNotExist();
        assertThat(folder.resolve("no")).doesNotExist();
    }
}
