package dev.assay.io.read;

import dev.assay.linalg.Matrix;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows to be predicted, in the encoding of the training data: one example for each record of the file, none left out.
 *
 * @param features n x d, the bias last
 * @param ids the user's name of each example, or null where the file has none
 * @param sources where each example comes from, by the column that was asked for, or null
 * @param notes what the user should know, one line each
 */
public record NewData(
        Matrix features,
        @Nullable List<String> ids,
        @Nullable List<String> sources,
        List<String> notes) {

    /** Copies the lists. */
    public NewData {
        ids = ids == null ? null : List.copyOf(ids);
        sources = sources == null ? null : List.copyOf(sources);
        notes = List.copyOf(notes);
    }
}
