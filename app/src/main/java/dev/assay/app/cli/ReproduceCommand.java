package dev.assay.app.cli;

import dev.assay.data.InvalidInputException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Stands in the list of commands for what {@code ./assay reproduce} starts from a checkout: the experiments of bench. */
@Command(
        name = "reproduce",
        description = "Computes a figure of the paper anew, beside the published numbers (from a checkout).",
        footer = {
            "",
            "Example:",
            "  ./assay reproduce figure6 --out figures/          from a checkout, which brings the experiments along"
        },
        mixinStandardHelpOptions = true)
final class ReproduceCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FIGURE", arity = "0..*", description = "figure3 to figure8")
    private List<String> figures = List.of();

    @Override
    public Integer call() {
        throw new InvalidInputException("reproduce " + String.join(" ", figures)
                + " needs the experiments of a checkout, which this installation has not: run ./assay reproduce there");
    }
}
