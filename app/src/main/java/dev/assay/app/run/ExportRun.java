package dev.assay.app.run;

import dev.assay.app.result.Version;
import dev.assay.app.screen.ExportScreen;
import dev.assay.data.InvalidInputException;
import dev.assay.data.Remedy;
import dev.assay.io.file.AtomicFile;
import dev.assay.io.model.ModelFolder;
import dev.assay.io.model.SavedModel;
import dev.assay.onnx.OnnxExport;
import dev.assay.onnx.OnnxModel;
import dev.assay.work.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Write a model for other programs.
 *
 * @param model the folder of a run that made one
 * @param onnx where the graph goes, in a folder that is there
 * @param replace whether a file that is there already is written over
 */
public record ExportRun(Path model, Path onnx, boolean replace) {
    /**
     * Reads, converts and writes.
     *
     * @return what was exported, for one screen
     * @throws InvalidInputException if the model cannot be read or exported, or the file not be written
     * @throws dev.assay.work.CancelledException if the progress was cancelled
     */
    public String run(Progress progress) {
        requirePlace();
        progress.phase("read " + model.getFileName(), 0);
        SavedModel saved = ModelFolder.read(model);
        progress.phase("export", 0);
        OnnxModel exported = OnnxExport.of(saved, Version.text());
        progress.checkCancelled();
        AtomicFile.write(onnx, unfinished -> Files.write(unfinished, exported.content()));
        return ExportScreen.of(saved, exported, onnx);
    }

    private void requirePlace() {
        if (Files.isDirectory(onnx)) {
            throw new InvalidInputException(
                    onnx + " is a folder, expected the name of a file such as " + onnx.resolve("model.onnx"));
        }
        if (Files.exists(onnx) && !replace) {
            throw new InvalidInputException(
                    onnx + " is there already",
                    List.of(Remedy.of("name another file"), Remedy.by("replace it", "force", "")));
        }
        Path folder = onnx.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new InvalidInputException(
                    onnx + " cannot be written: there is no folder " + folder + "; make it first");
        }
    }
}
