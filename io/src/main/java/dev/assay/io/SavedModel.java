package dev.assay.io;

import dev.assay.model.Expert;
import dev.assay.predict.RoutedModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a model folder holds: all that it takes to read new rows and to predict them, and what the model is compared with.
 *
 * @param form how the training data was read
 * @param model experts and router
 * @param rivals other models of the same features and labels, by name, that an evaluation shows beside it
 * @param blockSources the source that each block was matched with, empty where there is none; no entry where the user named
 *     no sources
 * @param origin what the user should know of where it comes from (verdict, version, fingerprint of the data), in order
 */
public record SavedModel(
        DataForm form,
        RoutedModel model,
        Map<String, Expert> rivals,
        List<String> blockSources,
        Map<String, String> origin) {

    /**
     * Copies the maps and the list.
     *
     * @throws IllegalArgumentException if the parts do not fit together
     */
    public SavedModel {
        rivals = new LinkedHashMap<>(rivals);
        origin = new LinkedHashMap<>(origin);
        blockSources = List.copyOf(blockSources);
        int d = form.encoding().featureNames().size();
        if (model.inputDimension() != d) {
            throw new IllegalArgumentException(
                    "the encoding gives " + d + " features, the model takes " + model.inputDimension());
        }
        if (!blockSources.isEmpty() && blockSources.size() != model.blocks()) {
            throw new IllegalArgumentException(
                    blockSources.size() + " sources for " + model.blocks() + " blocks, expected one for each, or none");
        }
        int outputs = model.experts().get(0).model().loss().outputCount();
        rivals.forEach((name, rival) -> {
            if (rival.map().inputDimension() != d || rival.model().loss().outputCount() != outputs) {
                throw new IllegalArgumentException("the model called '" + name + "' takes "
                        + rival.map().inputDimension() + " features and gives "
                        + rival.model().loss().outputCount() + " outputs, expected " + d + " and " + outputs);
            }
        });
    }
}
