package dev.assay.app.cli;

import dev.assay.app.result.Choice;
import dev.assay.app.result.RoutingWords;
import dev.assay.data.InvalidInputException;
import dev.assay.io.DataReader;
import dev.assay.io.model.SavedModel;
import dev.assay.job.KnownBlocks;
import dev.assay.job.RoutingPlan;
import dev.assay.predict.LabelSpace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How rows find their experts, and when to keep silent. */
final class RoutingOptions {
    /** How blocks are mixed. */
    enum Mixing {
        /** All experts, by their probability. */
        SOFT,
        /** The likeliest expert alone. */
        HARD
    }

    @Option(
            names = "--routing",
            paramLabel = "HOW",
            description = "soft: all experts count, each by its probability (default); hard: the likeliest alone.")
    private String routing = "soft";

    @Option(
            names = "--block",
            paramLabel = "K",
            description = "All rows belong to this block: its number, or the source that it was matched with.")
    @Nullable
    String block;

    @Option(
            names = "--block-column",
            paramLabel = "COLUMN",
            description = "Where each row's block stands, as for --block; rows where it is empty are routed.")
    @Nullable
    String blockColumn;

    @Option(
            names = "--ignore-source",
            description =
                    "Route by the features alone, though the column that assay run was told by --source is there.")
    boolean ignoreSource;

    @Option(
            names = "--context",
            paramLabel = "FILE",
            description = "A few labelled rows of the same unknown source: they tell which block it is.")
    @Nullable
    Path context;

    @Option(
            names = "--context-labels",
            paramLabel = "FILE",
            description = "The labels of --context, where they are in a file of their own.")
    @Nullable
    Path contextLabels;

    @Option(
            names = "--adapt",
            description = "The blocks may have other shares here than in training: estimate them from these rows.")
    boolean adapt;

    @Option(
            names = "--abstain",
            paramLabel = "P",
            description = "Predict no class where the likeliest one has a probability below P, 0 to 1.")
    @Nullable
    Double abstain;

    /** The column by which rows are routed: what was asked for, else the one that the model knows; null where neither is. */
    @Nullable
    String column(SavedModel saved) {
        if (blockColumn != null) {
            return blockColumn;
        }
        boolean asked = block != null || context != null || adapt;
        return asked || ignoreSource ? null : saved.models().sourceColumn();
    }

    /**
     * Checks that the options do not contradict each other.
     *
     * @throws InvalidInputException if they do
     */
    void check() {
        List<String> given = new ArrayList<>();
        if (block != null) {
            given.add("--block");
        }
        if (blockColumn != null) {
            given.add("--block-column");
        }
        if (context != null) {
            given.add("--context");
        }
        if (adapt) {
            given.add("--adapt");
        }
        if (ignoreSource && blockColumn != null) {
            throw new InvalidInputException(
                    "--ignore-source and --block-column " + blockColumn + " contradict each other: choose one");
        }
        if (given.size() > 1) {
            throw new InvalidInputException(
                    String.join(" and ", given) + " each say which block rows belong to: choose one");
        }
        if (contextLabels != null && context == null) {
            throw new InvalidInputException(
                    "--context-labels " + contextLabels + " has no rows to belong to: name their file with --context");
        }
        if (abstain != null && (!(abstain >= 0) || !(abstain <= 1))) {
            throw new InvalidInputException("--abstain is " + abstain + ", expected a probability from 0 to 1");
        }
        if (isHard() && block != null) {
            throw new InvalidInputException("--block leaves nothing to route: leave --routing out");
        }
    }

    /** Whether the likeliest expert alone counts. */
    boolean isHard() {
        return Choice.of("--routing", routing, Mixing.values()) == Mixing.HARD;
    }

    /** Refuses to abstain from numbers. */
    void requireClasses(SavedModel saved) {
        if (abstain != null && !(saved.model().labels() instanceof LabelSpace.Classes)) {
            throw new InvalidInputException("--abstain is for classes; this model predicts numbers, whose column"
                    + " 'deviation' says how sure it is");
        }
    }

    /**
     * What is known of the blocks of rows.
     *
     * @param column by which they are routed, or null
     * @param cells what stands in it, or null where there is no such column
     */
    KnownBlocks known(SavedModel saved, @Nullable String column, @Nullable List<String> cells, DataReader reader) {
        if (block != null) {
            return new KnownBlocks.OneBlock(saved.models().block(block, "--block"));
        }
        if (column != null && cells != null) {
            return new KnownBlocks.ByColumn(column, cells, blockColumn != null);
        }
        if (context != null) {
            return new KnownBlocks.Context(
                    reader.readTest(context, contextLabels, saved.form(), null).encoded());
        }
        return adapt ? new KnownBlocks.OtherShares() : new KnownBlocks.Nothing();
    }

    /** How rows found their experts, in words. */
    RoutingWords words(RoutingPlan plan) {
        return new RoutingWords(plan, context == null ? null : String.valueOf(context.getFileName()));
    }
}
