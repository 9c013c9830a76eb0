package dev.assay.io.read;

import dev.assay.data.Dataset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Held-out data in the encoding of the training data: the same features, the same class codes, real targets
 * standardised by the training mean and scale.
 *
 * @param dataset the encoded examples
 * @param ids the user's name of each example, or null where the file has none
 * @param sources where each example comes from, by the column that was asked for, or null
 * @param notes what the user should know, one line each
 */
public record TestData(
        Dataset dataset,
        @Nullable List<String> ids,
        @Nullable List<String> sources,
        List<String> notes) {

    /** Copies the lists. */
    public TestData {
        ids = ids == null ? null : List.copyOf(ids);
        sources = sources == null ? null : List.copyOf(sources);
        notes = List.copyOf(notes);
    }
}
