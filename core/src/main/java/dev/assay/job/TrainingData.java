package dev.assay.job;

import dev.assay.data.ClassTargets;
import dev.assay.data.Column;
import dev.assay.data.ColumnFeatures;
import dev.assay.data.Dataset;
import dev.assay.data.FeatureEncoding;
import dev.assay.data.FittedEncoder;
import dev.assay.data.GivenProbabilities;
import dev.assay.data.InvalidInputException;
import dev.assay.data.RealTargets;
import dev.assay.data.Remedy;
import dev.assay.linalg.Matrix;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Labelled rows that a job is about.
 *
 * @param dataset n rows, encoded; the same bits come out for every order of the input if they are in the order of
 *     {@link dev.assay.data.ContentOrder}
 * @param encoding how columns became features; rules are told in these columns
 * @param label what the column of the labels is called
 * @param sources where each of the n rows comes from, or null; never used to find blocks
 * @param times when each of the n rows was made, or null; the latest are held out, and blocks are held against it
 * @param probabilities what a model of the user's own says of each row, by which labels are judged then; or null
 */
public record TrainingData(
        Dataset dataset,
        FeatureEncoding encoding,
        String label,
        @Nullable Sources sources,
        @Nullable Times times,
        @Nullable GivenProbabilities probabilities) {
    /** Fewer groups than this cannot be left out in turn, twice over. */
    static final int FEWEST_GROUPS = 5;

    /** Rows whose times are not known, and of which no model has said anything. */
    public TrainingData(Dataset dataset, FeatureEncoding encoding, String label, @Nullable Sources sources) {
        this(dataset, encoding, label, sources, null, null);
    }

    /**
     * Checks that the parts fit together.
     *
     * @throws InvalidInputException if they do not
     */
    public TrainingData {
        int features = encoding.featureNames().size();
        if (features != dataset.dimension()) {
            throw new InvalidInputException(
                    "encoding gives " + features + " features, dataset has " + dataset.dimension());
        }
        if (dataset.size() == 0) {
            throw new InvalidInputException("dataset has no rows, expected labelled ones to learn from");
        }
        requireFeatures("dataset", dataset.features());
        if (sources != null && sources.rows().size() != dataset.size()) {
            throw new InvalidInputException(
                    "sources names the source of " + sources.rows().size() + " rows, dataset has " + dataset.size());
        }
        if (times != null && times.values().length != dataset.size()) {
            throw new InvalidInputException(
                    "times has " + times.values().length + " times, dataset has " + dataset.size() + " rows");
        }
        if (probabilities != null) {
            probabilities.requireOf(dataset);
        }
    }

    /**
     * Checks features as every job wants them: finite numbers, and 1 in the last column, which is the bias.
     *
     * @param parameter the name of the parameter that they came by
     * @throws InvalidInputException naming the first row that is not like this
     */
    static void requireFeatures(String parameter, Matrix features) {
        int row = features.firstNonFiniteRow();
        if (row >= 0) {
            throw new InvalidInputException(parameter + ", row " + row + ": a feature is "
                    + Arrays.stream(features.row(row))
                            .filter(value -> !Double.isFinite(value))
                            .findFirst()
                            .orElseThrow()
                    + ", expected finite numbers: fill in what is missing, or leave the row out");
        }
        int bias = features.columns() - 1;
        for (int i = 0; i < features.rows(); i++) {
            if (features.get(i, bias) != 1) {
                throw new InvalidInputException(parameter + ", row " + i + ": the last feature is "
                        + features.get(i, bias) + ", expected 1, the bias: append a column of ones");
            }
        }
    }

    /**
     * Checks that there are groups enough for each to be left out in turn, twice over.
     *
     * @throws InvalidInputException if the rows are in fewer than {@value #FEWEST_GROUPS}
     */
    void requireEnoughGroups() {
        int[] groups = dataset.groups();
        long different = groups == null
                ? FEWEST_GROUPS
                : Arrays.stream(groups).distinct().count();
        if (different < FEWEST_GROUPS) {
            throw new InvalidInputException(
                    "the rows are in " + different + (different == 1 ? " group" : " groups") + ", expected at least "
                            + FEWEST_GROUPS + ": each is left out in turn, twice over",
                    List.of(Remedy.by("for few large ones", "source", "COLUMN")));
        }
    }

    /** Some of the rows, in the order that is asked for. */
    TrainingData select(int[] indices) {
        return new TrainingData(
                dataset.select(indices),
                encoding,
                label,
                sources == null ? null : sources.select(indices),
                times == null ? null : times.select(indices),
                probabilities == null ? null : probabilities.select(indices));
    }

    /**
     * Checks that no probabilities were given, for a job that would not look at them.
     *
     * @throws InvalidInputException if there are some
     */
    void requireNoProbabilities() {
        if (probabilities != null) {
            throw new InvalidInputException(
                    "probabilities were given, which judge labels for diagnose and purify; blocks need"
                            + " experts of their own: leave them out");
        }
    }

    /** The labels of some of the rows as the file has them. */
    Column labelColumn(int[] examples) {
        if (dataset.targets() instanceof ClassTargets classes) {
            Column.Texts.Builder texts = new Column.Texts.Builder(label, examples.length);
            Arrays.stream(examples).forEach(i -> texts.add(classes.names().get(classes.codes()[i])));
            return texts.build();
        }
        RealTargets numbers = (RealTargets) dataset.targets();
        return new Column.Numbers(
                label,
                Arrays.stream(examples)
                        .mapToDouble(i -> numbers.original(numbers.values()[i]))
                        .toArray(),
                new BitSet());
    }

    /** The features of each column of a table; of arrays none. */
    List<ColumnFeatures> columns() {
        return encoding instanceof FittedEncoder ? ColumnFeatures.of(encoding) : List.of();
    }

    /**
     * Checks that further labelled rows are encoded like these.
     *
     * @param parameter the name of the parameter that they came by
     * @throws InvalidInputException if they are not
     */
    void requireLike(String parameter, Dataset rows) {
        if (rows.dimension() != dataset.dimension()) {
            throw new InvalidInputException(parameter + " has " + rows.dimension() + " features, dataset has "
                    + dataset.dimension() + ": encode both alike");
        }
        if (!rows.targets().getClass().equals(dataset.targets().getClass())) {
            throw new InvalidInputException(
                    parameter + " has labels of another kind than dataset: classes and numbers");
        }
    }
}
