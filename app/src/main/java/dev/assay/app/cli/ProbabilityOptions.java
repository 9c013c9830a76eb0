package dev.assay.app.cli;

import dev.assay.app.run.RunInput;
import dev.assay.data.InvalidInputException;
import dev.assay.io.read.ProbabilityFiles;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a model of the user's own says of each row. */
final class ProbabilityOptions {
    @Option(
            names = "--probabilities",
            paramLabel = "FILE",
            description =
                    "Judge labels by your own model, train nothing: the probability of each class, row for row, by a"
                            + " model that did not learn from the row (.npy, .csv, .parquet). DATA then needs no features.")
    private @Nullable Path probabilities;

    @Option(
            names = "--probability-labels",
            paramLabel = "LABELS",
            split = ColumnName.COMMA,
            converter = ColumnName.class,
            hideParamSyntax = true,
            description =
                    "Which class each column of --probabilities is of (default: as its header says, else the sorted"
                            + " labels).")
    private List<String> labels = List.of();

    @Option(
            names = "--probability-folds",
            paramLabel = "FILE",
            description = "In which fold each row was predicted, to look for folds that are unlike the others.")
    private @Nullable Path folds;

    /** The same run, judged by them. */
    RunInput with(RunInput input) {
        if (probabilities == null) {
            if (!labels.isEmpty() || folds != null) {
                throw new InvalidInputException((folds != null ? "--probability-folds" : "--probability-labels")
                        + " has no probabilities to belong to: name their file with --probabilities");
            }
            return input;
        }
        return input.withData(
                input.data(), input.reading().withProbabilities(new ProbabilityFiles(probabilities, labels, folds)));
    }
}
