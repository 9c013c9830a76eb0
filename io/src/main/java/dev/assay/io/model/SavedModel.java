package dev.assay.io.model;

import dev.assay.io.read.DataForm;
import dev.assay.predict.RoutedModel;
import dev.assay.predict.Routing;
import dev.assay.predict.SourceShares;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a model folder holds: all that it takes to read new rows and to predict them, and what the model is compared with.
 *
 * @param form how the training data was read
 * @param model experts and router
 * @param rivals other models of the same features and labels, by name, that an evaluation shows beside it
 * @param oracle a model with one expert for each source that the user named, or null
 * @param sources the sources, in the order of the oracle's experts; none without an oracle
 * @param blockSources the source that each block was matched with, empty where there is none; no entry where the user named
 *     no sources
 * @param sourceShares the column that the user named for the source of each row, and what it says about the block: rows to be
 *     predicted are routed by it where their file has it; null where no column was named, or it says nothing
 * @param origin what the user should know of where it comes from (verdict, version, fingerprint of the data), in order
 */
public record SavedModel(
        DataForm form,
        RoutedModel model,
        Map<String, RoutedModel> rivals,
        @Nullable RoutedModel oracle,
        List<String> sources,
        List<String> blockSources,
        @Nullable SourceShares sourceShares,
        Map<String, String> origin) {

    /**
     * Copies the maps and the lists.
     *
     * @throws IllegalArgumentException if the parts do not fit together
     */
    public SavedModel {
        rivals = new LinkedHashMap<>(rivals);
        origin = new LinkedHashMap<>(origin);
        sources = List.copyOf(sources);
        blockSources = List.copyOf(blockSources);
        int d = form.encoding().featureNames().size();
        check("the model", model, d, model);
        for (Map.Entry<String, RoutedModel> rival : rivals.entrySet()) {
            check("the model called '" + rival.getKey() + "'", rival.getValue(), d, model);
        }
        if (oracle != null) {
            check("the oracle", oracle, d, model);
        }
        int known = oracle == null ? 0 : oracle.blocks();
        if (sources.size() != known) {
            throw new IllegalArgumentException(sources.size() + " sources for the " + known + " experts of the oracle");
        }
        if (!blockSources.isEmpty() && blockSources.size() != model.blocks()) {
            throw new IllegalArgumentException(
                    blockSources.size() + " sources for " + model.blocks() + " blocks, expected one for each, or none");
        }
        if (sourceShares != null && sourceShares.shares().columns() != model.blocks()) {
            throw new IllegalArgumentException("sources have shares of "
                    + sourceShares.shares().columns() + " blocks, the model has " + model.blocks());
        }
    }

    /** The column by which rows are routed where their file has it, or null. */
    public @Nullable String sourceColumn() {
        return sourceShares == null ? null : sourceShares.column();
    }

    /**
     * How rows are routed where the user asks for nothing else.
     *
     * @param sources what stands in {@link #sourceColumn}, or null where the rows have no such column
     */
    public Routing routing(@Nullable List<String> sources) {
        return sourceShares == null || sources == null ? new Routing.Soft() : sourceShares.routing(sources);
    }

    private static void check(String name, RoutedModel one, int features, RoutedModel like) {
        if (one.inputDimension() != features) {
            throw new IllegalArgumentException(
                    "the encoding gives " + features + " features, " + name + " takes " + one.inputDimension());
        }
        if (!one.labels().equals(like.labels())) {
            throw new IllegalArgumentException(name + " predicts other labels");
        }
    }
}
