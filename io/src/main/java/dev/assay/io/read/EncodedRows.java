package dev.assay.io.read;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows that come after the training data, in its encoding: the same features, the same class codes, real targets standardised by
 * the training mean and scale.
 *
 * @param <T> a {@link dev.assay.data.Dataset} of the rows that have a label, or of rows to be predicted the features alone, a
 *     {@link dev.assay.linalg.Matrix} n x d, the bias last, with one row for each record and none left out
 * @param encoded the rows
 * @param ids the user's name of each row, or null where the file has none
 * @param sources where each row comes from, by the column that was asked for, or null
 * @param notes what the user should know, one line each
 */
public record EncodedRows<T>(
        T encoded, @Nullable List<String> ids, @Nullable List<String> sources, List<String> notes) {

    /** Copies the lists. */
    public EncodedRows {
        ids = ids == null ? null : List.copyOf(ids);
        sources = sources == null ? null : List.copyOf(sources);
        notes = List.copyOf(notes);
    }
}
