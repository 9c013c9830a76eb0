package dev.assay.job;

import dev.assay.data.Dataset;
import dev.assay.data.InvalidInputException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows with known labels to measure with.
 *
 * @param dataset the rows, encoded like the training data
 * @param sources where each of them comes from, or null
 */
public record LabelledRows(Dataset dataset, @Nullable List<String> sources) {
    /**
     * Copies the list.
     *
     * @throws InvalidInputException if there are more or fewer sources than rows
     */
    public LabelledRows {
        sources = sources == null ? null : List.copyOf(sources);
        if (sources != null && sources.size() != dataset.size()) {
            throw new InvalidInputException(
                    "sources names the source of " + sources.size() + " rows, dataset has " + dataset.size());
        }
    }
}
