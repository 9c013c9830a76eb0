package dev.assay.app.cli;

import dev.assay.app.run.ExportRun;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code assay export}: the model as a file for other programs. */
@Command(
        name = "export",
        description = "Writes the model that assay run wrote as one ONNX file, so that programs in any language"
                + " predict with it: experts, router and the encoding of the columns.",
        customSynopsis = "assay export DIR --onnx FILE [OPTIONS]",
        footer = {
            "",
            "Examples:",
            "  assay export result/ --onnx model.onnx",
            "      says which inputs the file takes and which outputs it gives",
            "  assay export result/ --onnx model.onnx --force",
            "      replaces the file",
            "",
            "The file has an input for each column, by its name, and predicts what",
            "assay predict does: label and probabilities (numbers: prediction and",
            "deviation) and the probabilities of the blocks. The same model gives the",
            "same bytes.",
            "",
            "Exit status: 0 done, 1 a fault of Assay, 2 the input or the options,",
            "130 interrupted."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "DIR", description = "The folder that assay run wrote.")
    private Path folder = Path.of("");

    @Option(names = "--onnx", paramLabel = "FILE", required = true, description = "Where the model goes.")
    private Path onnx = Path.of("");

    @Option(names = "--force", description = "Replace FILE if it is there already.")
    private boolean force;

    @Mixin
    private CommonOptions run = new CommonOptions();

    @Spec
    private @Nullable CommandSpec command;

    @Override
    public Integer call() {
        CommandSpec self = Objects.requireNonNull(command, "set by picocli");
        return Session.run(
                self,
                run,
                "nothing was written",
                (workers, progress) -> new ExportRun(folder, onnx, force).run(progress));
    }
}
