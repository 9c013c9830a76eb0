package dev.assay.app.cli;

import dev.assay.app.result.Choice;
import dev.assay.app.run.RoutingChoice;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How rows find their experts, and when to keep silent. */
final class RoutingOptions {
    /** How blocks are mixed. */
    private enum Mixing {
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
    private @Nullable String block;

    @Option(
            names = "--block-column",
            paramLabel = "COLUMN",
            description = "Where each row's block stands, as for --block; rows where it is empty are routed.")
    private @Nullable String blockColumn;

    @Option(
            names = "--ignore-source",
            description =
                    "Route by the features alone, though the column that assay run was told by --source is there.")
    private boolean ignoreSource;

    @Option(
            names = "--context",
            paramLabel = "FILE",
            description = "A few labelled rows of the same unknown source: they tell which block it is.")
    private @Nullable Path context;

    @Option(
            names = "--context-labels",
            paramLabel = "FILE",
            description = "The labels of --context, where they are in a file of their own.")
    private @Nullable Path contextLabels;

    @Option(
            names = "--adapt",
            description = "The blocks may have other shares here than in training: estimate them from these rows.")
    private boolean adapt;

    @Option(
            names = "--abstain",
            paramLabel = "P",
            description = "Predict no class where the likeliest one has a probability below P, 0 to 1.")
    private @Nullable Double abstain;

    /**
     * The same for a run.
     *
     * @throws dev.assay.data.InvalidInputException if the options contradict each other
     */
    RoutingChoice described() {
        return new RoutingChoice(
                Choice.of("--routing", routing, Mixing.values()) == Mixing.HARD,
                block,
                blockColumn,
                ignoreSource,
                context,
                contextLabels,
                adapt,
                abstain);
    }
}
