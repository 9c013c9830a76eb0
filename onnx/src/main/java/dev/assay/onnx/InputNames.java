package dev.assay.onnx;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Names of inputs: those of the columns, unless something else in the graph is called so. */
final class InputNames {
    private final Set<String> taken;

    /** Beside the names of the outputs and of all columns. */
    InputNames(List<String> outputs) {
        taken = new HashSet<>(outputs);
    }

    /** The name of the input for a column. */
    String of(String column) {
        String name = column;
        while (!taken.add(name)) {
            name += " (column)";
        }
        return name;
    }
}
