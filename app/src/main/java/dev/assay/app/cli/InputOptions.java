package dev.assay.app.cli;

import dev.assay.app.run.ReadChoices;
import dev.assay.app.run.RunInput;
import dev.assay.data.EncodingStyle;
import dev.assay.data.InvalidInputException;
import dev.assay.io.network.EmbeddingChoice;
import dev.assay.io.read.ReadSettings;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What to read, and what its columns mean. */
final class InputOptions {
    @Parameters(
            paramLabel = "DATA",
            description =
                    "Table (.csv .tsv .json .jsonl .parquet), arrays (.npz .npy) or images (IDX); also gzipped (.gz).")
    Path data = Path.of("");

    @Option(
            names = "--label",
            paramLabel = "COLUMN",
            description = "What is to be predicted: a column, or the key of an array in an .npz file.")
    @Nullable
    String label;

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description = "The labels, where they are in a file of their own (IDX, .npy).")
    @Nullable
    Path labelsFile;

    @Option(
            names = "--features",
            paramLabel = "COLUMNS",
            split = ColumnName.COMMA,
            converter = ColumnName.class,
            hideParamSyntax = true,
            description = "Predict from these alone (default: from all others); for .npz the key of the features.")
    List<String> features = List.of();

    @Option(
            names = "--drop",
            paramLabel = "COLUMNS",
            split = ColumnName.COMMA,
            converter = ColumnName.class,
            hideParamSyntax = true,
            description = "Leave these columns out.")
    List<String> drop = List.of();

    @Option(names = "--id", paramLabel = "COLUMN", description = "Your own name of each row; comes back in rows.csv.")
    @Nullable
    String id;

    @Option(names = "--weight", paramLabel = "COLUMN", description = "How much each row counts, at least 0.")
    @Nullable
    String weight;

    @Option(
            names = "--group",
            paramLabel = "COLUMN",
            description =
                    "Rows of one value stay together, patients for instance: never on both sides of a fold, one draw"
                            + " in every interval.")
    @Nullable
    String group;

    @Option(
            names = "--time",
            paramLabel = "COLUMN",
            description = "When each row was made: the latest rows are held out, and blocks are held against it.")
    @Nullable
    String time;

    @Option(
            names = "--numeric",
            paramLabel = "COLUMNS",
            split = ColumnName.COMMA,
            converter = ColumnName.class,
            hideParamSyntax = true,
            description = "Take these columns as numbers, whatever they look like.")
    List<String> numeric = List.of();

    @Option(
            names = "--categorical",
            paramLabel = "COLUMNS",
            split = ColumnName.COMMA,
            converter = ColumnName.class,
            hideParamSyntax = true,
            description = "Take these columns as categories, numbers too.")
    List<String> categorical = List.of();

    @Option(
            names = "--text",
            paramLabel = "COLUMNS",
            split = ColumnName.COMMA,
            converter = ColumnName.class,
            hideParamSyntax = true,
            description = "Learn from the words of these columns: reviews, messages, names.")
    List<String> text = List.of();

    @Option(
            names = "--embed",
            paramLabel = "NETWORK.onnx",
            description =
                    "Learn from what a network of yours makes of arrays or images; the first use downloads 90 MB.")
    @Nullable
    Path embed;

    @Option(
            names = "--embed-output",
            paramLabel = "NAME",
            description = "Which of its outputs (default: the last with one row of numbers for each example).")
    @Nullable
    String embedOutput;

    @Option(
            names = "--embed-scale",
            paramLabel = "NUMBER",
            description = "What entries are divided by for it (default: 255 for images of bytes, else 1).")
    @Nullable
    Double embedDivisor;

    @Option(
            names = "--task",
            paramLabel = "TASK",
            description =
                    "classification, regression, or auto, which decides by the labels and says so (default: auto).")
    String task = "auto";

    @Option(
            names = "--header",
            paramLabel = "WHETHER",
            description = "Whether the first line of a text table names its columns: yes, no, auto (default: auto).")
    String header = "auto";

    @Option(
            names = "--dates",
            paramLabel = "ORDER",
            description =
                    "What comes first in dates such as 3/4/2026: day-first, month-first, or auto, which sees it from"
                            + " the file (default: auto).")
    String dates = "auto";

    @Option(
            names = "--decimal",
            paramLabel = "MARK",
            description = "What stands before decimals in text: point, comma, or auto, which sees it from the file"
                    + " (default: auto).")
    String decimal = "auto";

    @Option(
            names = "--label-na",
            paramLabel = "WHAT",
            description =
                    "Labels such as NA, None, ? and nan: missing, or keep for names of classes (default: missing).")
    String labelNa = "missing";

    @Option(
            names = "--test",
            paramLabel = "FILE",
            description = "Clean rows with the same columns. The accuracy on them is watched, and never used.")
    @Nullable
    Path test;

    @Option(names = "--test-labels", paramLabel = "FILE", description = "The labels of --test, as --labels.")
    @Nullable
    Path testLabelsFile;

    /**
     * The same for a run.
     *
     * @param style how columns become features
     * @param source the column that says where each row comes from, or null
     */
    RunInput described(EncodingStyle style, @Nullable String source) {
        if (test == null && testLabelsFile != null) {
            throw new InvalidInputException(
                    "--test-labels " + testLabelsFile + " has no test data to belong to: name their file with --test");
        }
        if (embed == null && (embedOutput != null || embedDivisor != null)) {
            throw new InvalidInputException((embedOutput != null ? "--embed-output" : "--embed-scale")
                    + " belongs to a network: name it with --embed");
        }
        ReadSettings reading = ReadSettings.automatic()
                .withLabel(label)
                .withLabelsFile(labelsFile)
                .withFeatures(features)
                .withDrop(drop)
                .withId(id)
                .withWeight(weight)
                .withNumeric(numeric)
                .withCategorical(categorical)
                .withText(text)
                .withTask(ReadChoices.task(task))
                .withHeader(ReadChoices.header(header))
                .withCells(ReadChoices.cells(decimal, dates, labelNa))
                .withSource(source)
                .withGroup(group)
                .withTime(time)
                .withStyle(style)
                .withEmbedding(embed == null ? null : new EmbeddingChoice(embed, embedOutput, embedDivisor));
        return new RunInput(data, reading, test, testLabelsFile);
    }
}
