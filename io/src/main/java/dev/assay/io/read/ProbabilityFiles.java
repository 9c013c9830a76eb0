package dev.assay.io.read;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where it stands what a model of the user's own says of each row.
 *
 * @param probabilities a table with a column for each class, or an array of n x C, row for row those of the data
 * @param labels the classes of the columns, in their order; empty where the file names them, or the order is that of the sorted labels
 * @param folds a table with one column, or an array of n: the fold in which each row was predicted; or null
 */
public record ProbabilityFiles(
        Path probabilities, List<String> labels, @Nullable Path folds) {
    /** Copies the list. */
    public ProbabilityFiles {
        labels = List.copyOf(labels);
    }

    /** Probabilities alone. */
    public static ProbabilityFiles of(Path probabilities) {
        return new ProbabilityFiles(probabilities, List.of(), null);
    }

    /** The same with another order of the columns. */
    public ProbabilityFiles withLabels(List<String> other) {
        return new ProbabilityFiles(probabilities, other, folds);
    }

    /** The same with other folds. */
    public ProbabilityFiles withFolds(@Nullable Path other) {
        return new ProbabilityFiles(probabilities, labels, other);
    }

    /** All of them. */
    public List<Path> all() {
        List<Path> all = new ArrayList<>(List.of(probabilities));
        if (folds != null) {
            all.add(folds);
        }
        return all;
    }
}
