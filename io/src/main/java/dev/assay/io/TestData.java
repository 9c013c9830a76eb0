package dev.assay.io;

import dev.assay.data.Dataset;
import java.util.List;

/**
 * Held-out data in the encoding of the training data: the same features, the same class codes, real targets
 * standardised by the training mean and scale.
 *
 * @param dataset the encoded examples
 * @param notes what the user should know, one line each
 */
public record TestData(Dataset dataset, List<String> notes) {

    /** Copies the list. */
    public TestData {
        notes = List.copyOf(notes);
    }
}
