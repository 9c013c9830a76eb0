package dev.assay.app.cli;

import dev.assay.app.result.Choice;
import dev.assay.divide.DivideSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How to look for blocks. */
final class DivideOptions {
    @Option(
            names = "--source",
            paramLabel = "COLUMN",
            description =
                    "Where each row comes from, if you know it: compared with the blocks, never used to find them.")
    @Nullable
    String source;

    @Option(names = "--max-blocks", paramLabel = "N", description = "Look for at most so many blocks (default: 8).")
    private int maxBlocks = DivideSettings.AUTOMATIC.maxBlocks();

    @Option(
            names = "--method",
            paramLabel = "NAME",
            description =
                    "mixture (default), or purify: take the rows of other kinds out, and again out of these, as the"
                            + " paper's Figure 1 shows it.")
    private String method = Choice.name(DivideSettings.AUTOMATIC.method());

    @Mixin
    private ModelOptions model = new ModelOptions();

    /** The same for the division. */
    DivideSettings settings(long seed) {
        return DivideSettings.AUTOMATIC
                .withMethod(Choice.of("--method", method, DivideSettings.Method.values()))
                .withMaxBlocks(Choice.atLeastOne("--max-blocks", maxBlocks))
                .withLearners(model.learners())
                .withSeed(seed);
    }
}
