package dev.assay.app.screen;

import dev.assay.app.result.Numbers;
import dev.assay.io.model.SavedModel;
import dev.assay.onnx.ModelInput;
import dev.assay.onnx.ModelOutput;
import dev.assay.onnx.OnnxModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The screen after exporting: what went into the file, and what is to be fed to it. */
public final class ExportScreen {
    private static final int SHOWN_INPUTS = 20;
    private static final int NAME_WIDTH = 40;
    private static final String ROWS = "[N";

    private ExportScreen() {}

    /** Of the model that was written to a file. */
    public static String of(SavedModel saved, OnnxModel exported, Path file) {
        int blocks = saved.model().blocks();
        Set<String> experts = new LinkedHashSet<>();
        saved.model().experts().forEach(expert -> experts.add(expert.name()));
        Screen screen = new Screen()
                .title("Exported to " + file)
                .line("label \"" + saved.form().label() + "\", by the model of " + blocks
                        + (blocks == 1 ? " block" : " blocks"))
                .line("experts: " + String.join(", ", experts) + "; router: "
                        + saved.model().router().name() + "; "
                        + Numbers.count(exported.content().length) + " bytes");
        screen.title("Inputs");
        List<List<String>> inputs = new ArrayList<>();
        inputs.add(List.of("name", "type", "shape", "kind"));
        exported.inputs().stream().limit(SHOWN_INPUTS).forEach(input -> inputs.add(row(input)));
        screen.table(inputs);
        if (exported.inputs().size() > SHOWN_INPUTS) {
            screen.line("and " + (exported.inputs().size() - SHOWN_INPUTS) + " more");
        }
        exported.inputs().stream()
                .map(ModelInput::kind)
                .distinct()
                .forEach(kind -> screen.line(kind.label() + ": " + kind.meaning()));
        screen.title("Outputs");
        List<List<String>> outputs = new ArrayList<>();
        outputs.add(List.of("name", "type", "shape", "meaning"));
        exported.outputs().forEach(output -> outputs.add(row(output)));
        screen.table(outputs);
        screen.title("Next");
        screen.line("It runs wherever ONNX does; nothing of it was run here. docs/export.md shows how from Python.");
        return screen.toString();
    }

    private static List<String> row(ModelInput input) {
        return List.of(
                Numbers.cut(input.name(), NAME_WIDTH),
                input.kind().type().label(),
                shape(input.axes()),
                input.kind().label());
    }

    private static List<String> row(ModelOutput output) {
        return List.of(output.name(), output.type().label(), shape(output.axes()), output.meaning());
    }

    private static String shape(List<Integer> axes) {
        return ROWS + axes.stream().map(length -> ", " + length).collect(Collectors.joining()) + "]";
    }
}
