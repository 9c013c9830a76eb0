package dev.assay.io.read;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some rows on end of a file that is read in blocks, encoded like the training data; see {@link EncodedRows}.
 *
 * @param <T> a {@link dev.assay.data.Dataset} of the rows that have a label, {@link dev.assay.data.Dataset#rows()} being their 0-based records of the
 *     file, without groups; or of rows to be predicted a {@link dev.assay.linalg.Matrix} with one row for each record
 * @param encoded the rows
 * @param ids the user's name of each row, or null where the file has none
 * @param sources where each row comes from, by the column that was asked for, or null
 * @param groups the name of the group that each row stays together with, or null; see {@link Groups} for all of a file
 */
public record RowBlock<T>(
        T encoded,
        @Nullable List<String> ids,
        @Nullable List<String> sources,
        @Nullable List<String> groups) {
    /** Copies the lists. */
    public RowBlock {
        ids = ids == null ? null : List.copyOf(ids);
        sources = sources == null ? null : List.copyOf(sources);
        groups = groups == null ? null : List.copyOf(groups);
    }
}
