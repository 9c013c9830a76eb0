package dev.assay.data;

import dev.assay.linalg.LogSumExp;
import dev.assay.linalg.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a model of the user's own says of each row: the probability of each class, by a model that did not learn from the row. That it did
 * not is for the user to see to; nobody can tell from the numbers alone.
 *
 * @param values n x C, from 0 to 1, each row adds up to 1; columns in the order of the classes
 * @param folds n, in which fold each row was predicted, from 0; null where nobody said
 */
public record GivenProbabilities(Matrix values, int @Nullable [] folds) {
    /** A row may miss the sum of 1 by so much: the rounding of three decimals, or of half precision. */
    public static final double TOLERANCE = 0.01;
    /** Nothing is less likely than this; below it a single row would outweigh all others. */
    private static final double SMALLEST = 1e-12;

    /**
     * Checks probabilities and makes their rows add up to exactly 1; O(n C).
     *
     * @param name what to call them in messages
     * @param given n x C
     * @param classes names of the C classes, in the order of the columns
     * @param folds of the rows, or null
     * @throws InvalidInputException if they are no probabilities, naming the row and what they look like
     */
    public static GivenProbabilities of(String name, Matrix given, List<String> classes, int @Nullable [] folds) {
        if (given.columns() != classes.size()) {
            throw new InvalidInputException(name + " has " + given.columns()
                    + (given.columns() == 1 ? " column" : " columns") + " of probabilities, the labels have "
                    + classes.size() + " classes: " + listed(classes) + "; give one column for each class");
        }
        if (folds != null && folds.length != given.rows()) {
            throw new InvalidInputException(
                    name + " has " + given.rows() + " rows, but folds are said of " + folds.length);
        }
        Matrix values = given.copy();
        for (int i = 0; i < values.rows(); i++) {
            double sum = 0;
            for (int c = 0; c < values.columns(); c++) {
                double value = values.get(i, c);
                if (!(value >= 0) || Double.isInfinite(value)) {
                    throw new InvalidInputException(name + ", row " + (i + 1) + ", class '" + classes.get(c) + "': "
                            + value + ", expected a probability from 0 to 1" + likeness(given));
                }
                sum += value;
            }
            if (!(Math.abs(sum - 1) <= TOLERANCE)) {
                throw new InvalidInputException(name + ", row " + (i + 1) + ": the probabilities add up to " + sum
                        + ", expected 1" + likeness(given));
            }
            for (int c = 0; c < values.columns(); c++) {
                values.set(i, c, values.get(i, c) / sum);
            }
        }
        return new GivenProbabilities(values, folds);
    }

    /** What numbers that are no probabilities look like, and what makes probabilities of them. */
    private static String likeness(Matrix given) {
        boolean finite = given.firstNonFiniteRow() < 0;
        if (!finite) {
            return "; give a number for each row and class";
        }
        double lowest = Arrays.stream(given.values()).min().orElse(0);
        double highest = Arrays.stream(given.values()).max().orElse(0);
        if (highest <= 0 && addsUpTo(given, 1, true)) {
            return "; these are logarithms of probabilities: take exp of them";
        }
        if (lowest < 0) {
            return "; these look like logits or scores of a decision function: take their softmax, or give what predict_proba"
                    + " says";
        }
        if (addsUpTo(given, 100, false)) {
            return "; these look like percent: divide them by 100";
        }
        return highest > 1
                ? "; these look like counts or scores: divide each row by its sum if they are proportions, else take what"
                        + " predict_proba says"
                : "; these look like a score for each class by itself (one against the rest): divide each row by its sum if that"
                        + " is what they mean";
    }

    private static boolean addsUpTo(Matrix given, double total, boolean logarithms) {
        for (int i = 0; i < given.rows(); i++) {
            double sum = 0;
            for (int c = 0; c < given.columns(); c++) {
                sum += logarithms ? Math.exp(given.get(i, c)) : given.get(i, c);
            }
            if (!(Math.abs(sum - total) <= TOLERANCE * total)) {
                return false;
            }
        }
        return true;
    }

    private static String listed(List<String> classes) {
        int shown = Math.min(20, classes.size());
        return String.join(", ", classes.subList(0, shown)) + (shown < classes.size() ? ", ..." : "");
    }

    /**
     * Checks that they are of these rows.
     *
     * @throws InvalidInputException if labels are numbers, or there are other rows or classes
     */
    public void requireOf(Dataset data) {
        if (!(data.targets() instanceof ClassTargets classes)) {
            throw new InvalidInputException("probabilities are of classes, but the labels are numbers: leave them out");
        }
        if (classes.classes() != values.columns() || data.size() != size()) {
            throw new InvalidInputException("probabilities are of " + size() + " rows and " + values.columns()
                    + " classes, the data has " + data.size() + " rows and " + classes.classes() + " classes");
        }
    }

    /** The class of highest probability of a row, the first one on a tie. */
    public int likeliest(int row) {
        int best = 0;
        for (int c = 1; c < values.columns(); c++) {
            best = values.get(row, c) > values.get(row, best) ? c : best;
        }
        return best;
    }

    /** Number of rows. */
    public int size() {
        return values.rows();
    }

    /**
     * Their logarithms, n x C. A probability of exactly 0 is what its model cannot express, not certainty: it counts as half of the smallest
     * one that the model does express.
     */
    public Matrix logarithms() {
        double smallest =
                Arrays.stream(values.values()).filter(value -> value > 0).min().orElse(1);
        double none = Math.max(SMALLEST, smallest / 2);
        Matrix result = values.copy();
        double[] logs = result.values();
        for (int k = 0; k < logs.length; k++) {
            logs[k] = Math.log(logs[k] > 0 ? Math.max(SMALLEST, logs[k]) : none);
        }
        LogSumExp.normaliseRows(result);
        return result;
    }

    /** Those of some of the rows, in the order that is asked for. */
    public GivenProbabilities select(int[] rows) {
        int[] own = folds;
        return new GivenProbabilities(
                values.selectRows(rows),
                own == null ? null : IntStream.of(rows).map(i -> own[i]).toArray());
    }

    /** The rows with these probabilities, and the folds, as further features: their content, all of it. */
    public Dataset beside(Dataset data) {
        Matrix features = data.features();
        int own = values.columns();
        int[] of = folds;
        Matrix all = new Matrix(features.rows(), features.columns() + own + 1);
        for (int i = 0; i < all.rows(); i++) {
            System.arraycopy(values.values(), values.offset(i), all.values(), all.offset(i), own);
            all.set(i, own, of == null ? 0 : of[i]);
            System.arraycopy(
                    features.values(), features.offset(i), all.values(), all.offset(i) + own + 1, features.columns());
        }
        List<String> names = new ArrayList<>();
        IntStream.range(0, own + 1).forEach(c -> names.add("given" + c));
        names.addAll(data.featureNames());
        return data.withFeatures(all, names);
    }
}
