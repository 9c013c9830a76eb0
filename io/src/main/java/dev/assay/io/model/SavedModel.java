package dev.assay.io.model;

import dev.assay.io.read.InputSchema;
import dev.assay.job.ModelSet;
import dev.assay.predict.RoutedModel;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a model folder holds: all that it takes to read new rows and to predict them, and what the model is compared with.
 *
 * @param form how the training data was read
 * @param models the model and its rivals
 * @param origin what the user should know of where it comes from (verdict, version, fingerprint of the data), in order
 */
public record SavedModel(InputSchema form, ModelSet models, Map<String, String> origin) {

    /**
     * Copies the map.
     *
     * @throws IllegalArgumentException if the encoding gives other features than the model takes
     */
    public SavedModel {
        origin = new LinkedHashMap<>(origin);
        int features = form.encoding().featureNames().size();
        if (models.model().inputDimension() != features) {
            throw new IllegalArgumentException("the encoding gives " + features + " features, the model takes "
                    + models.model().inputDimension());
        }
    }

    /** Experts and router. */
    public RoutedModel model() {
        return models.model();
    }
}
