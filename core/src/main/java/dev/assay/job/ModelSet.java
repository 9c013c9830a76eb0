package dev.assay.job;

import dev.assay.data.InvalidInputException;
import dev.assay.learn.Expert;
import dev.assay.predict.RoutedModel;
import dev.assay.predict.Routing;
import dev.assay.predict.SourceShares;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A routed model, and the models of the same features and labels that it is compared with.
 *
 * @param model experts and router
 * @param rivals by name, that an evaluation shows beside it
 * @param oracle a model with one expert for each source that the user named, or null
 * @param sources the sources, in the order of the oracle's experts; none without an oracle
 * @param blockSources the source that each block was matched with, empty where there is none; no entry where the user named
 *     no sources
 * @param sourceShares the column that the user named for the source of each row, and what it says about the block: rows to be
 *     predicted are routed by it where it is known; null where no column was named, or it says nothing
 */
public record ModelSet(
        RoutedModel model,
        Map<String, RoutedModel> rivals,
        @Nullable RoutedModel oracle,
        List<String> sources,
        List<String> blockSources,
        @Nullable SourceShares sourceShares) {
    /** The rival that learned from all rows as well as one model can. */
    public static final String STRONG = "strongSingleModel";

    /** The linear rival that learned from all rows. */
    public static final String ONE = "oneModel";

    /** The linear rival that learned from the purified rows. */
    public static final String PURIFIED = "oneModelPurified";

    /** The rival that is the best of the experts, alone. */
    public static final String BEST = "bestExpert";

    private static final int SHOWN_LETTERS = 40;

    /**
     * Copies the map and the lists.
     *
     * @throws IllegalArgumentException if the parts do not fit together
     */
    public ModelSet {
        rivals = new LinkedHashMap<>(rivals);
        sources = List.copyOf(sources);
        blockSources = List.copyOf(blockSources);
        for (Map.Entry<String, RoutedModel> rival : rivals.entrySet()) {
            requireLike(model, "the model called '" + rival.getKey() + "'", rival.getValue());
        }
        if (oracle != null) {
            requireLike(model, "the oracle", oracle);
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

    private static void requireLike(RoutedModel model, String name, RoutedModel other) {
        if (other.inputDimension() != model.inputDimension()) {
            throw new IllegalArgumentException("the model takes " + model.inputDimension() + " features, " + name
                    + " takes " + other.inputDimension());
        }
        if (!other.labels().equals(model.labels())) {
            throw new IllegalArgumentException(name + " predicts other labels");
        }
    }

    /** The same with other experts of the same blocks. */
    public ModelSet withExperts(List<Expert> experts) {
        return new ModelSet(
                new RoutedModel(model.labels(), experts, model.router(), model.unexplainedShare()),
                rivals,
                oracle,
                sources,
                blockSources,
                sourceShares);
    }

    /** The column by which rows are routed where it is known, or null. */
    public @Nullable String sourceColumn() {
        return sourceShares == null ? null : sourceShares.column();
    }

    /**
     * How rows are routed where the user asks for nothing else.
     *
     * @param cells what stands in {@link #sourceColumn}, or null where the rows have no such column
     */
    public Routing routing(@Nullable List<String> cells) {
        return sourceShares == null || cells == null ? new Routing.Soft() : sourceShares.routing(cells);
    }

    /**
     * The number of a block by what a user calls it: its number, or the source that it was matched with.
     *
     * @param where the user says so, for the message
     * @throws InvalidInputException if there is no such block
     */
    public int block(String name, String where) {
        int matched = blockSources.indexOf(name.strip());
        try {
            int number = Integer.parseInt(name.strip());
            if (number >= 1 && number <= model.blocks()) {
                return number;
            }
        } catch (NumberFormatException noNumber) {
            if (matched >= 0 && !name.isBlank()) {
                return 1 + matched;
            }
        }
        String shown = name.replaceAll("\\p{Cntrl}", " ");
        if (shown.codePointCount(0, shown.length()) > SHOWN_LETTERS) {
            shown = shown.substring(0, shown.offsetByCodePoints(0, SHOWN_LETTERS - 3)) + "...";
        }
        List<String> names =
                blockSources.stream().filter(source -> !source.isEmpty()).toList();
        throw new InvalidInputException(where + ": '" + shown + "' is no block; the model has "
                + (model.blocks() == 1 ? "block 1 only" : "blocks 1 to " + model.blocks())
                + (names.isEmpty() ? "" : ", also called " + String.join(", ", names)));
    }
}
