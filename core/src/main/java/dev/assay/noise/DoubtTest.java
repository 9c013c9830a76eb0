package dev.assay.noise;

import dev.assay.data.ContentOrder;
import dev.assay.data.Folds;
import dev.assay.linalg.Matrix;
import dev.assay.work.Seeds;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Honest doubt or wrong labels? Both make labels that experts do not expect. Wrong labels give themselves away by a floor: among the rows of
 * which everything else makes certain what they are, the share of unexpected labels is the same everywhere. Doubt depends on the
 * features and falls to nothing somewhere.
 *
 * <p>The posterior probability that a label is wrong is predicted from the features, the margin of the expert and the class, cross-fitted,
 * for the rows with q at least 0.9. In each class the quarter of the rows that are predicted to be least wrong is looked at: with
 * flat noise they are wrong as often as all. There is no floor where the features predict the errors by more than three standard errors and
 * that quarter has less than half of its share of them, three standard deviations too few.
 *
 * @param expected errors in those quarters if the noise were flat
 * @param observed errors that are there
 * @param gain nats by which features predict who is wrong
 * @param standardError of the gain
 */
record DoubtTest(double expected, double observed, double gain, double standardError) {
    private static final double CERTAIN = 0.9;
    private static final double QUARTER = 0.25;
    private static final int PARTS = 5;
    private static final int FEWEST = 20;
    private static final double ERRORS = 3;
    private static final double[] RIDGES = {1, 0.1, 0.01, 0.001};
    private static final double LARGEST_MARGIN = 8;
    private static final double TOLERANCE = 1e-3;
    private static final int STEPS = 60;

    /** Whether errors are where doubt would be, and nowhere else. */
    boolean isDoubt() {
        double deviation = Math.sqrt(Math.max(1e-9, expected));
        return gain > ERRORS * standardError && observed < expected / 2 && expected - observed > ERRORS * deviation;
    }

    /**
     * Looks through one view.
     *
     * @param seen n x d, the rows through the view
     * @param weights n; a row of weight 2 counts as two, one of weight 0 as none
     */
    static DoubtTest of(
            LabelNoise noise, Matrix seen, double[] weights, ContentOrder order, long seed, Workers workers) {
        CertainRows certain = CertainRows.of(noise, seen, weights);
        if (certain.rows().length < FEWEST) {
            return new DoubtTest(0, 0, 0, 1);
        }
        Folds parts = Folds.of(order.select(certain.rows()), PARTS, Seeds.child(seed, "error floor parts"));
        Matrix predicted = predicted(certain, parts, workers);
        double[] gains = gains(certain, base(certain, parts.ofRow()), predicted);
        double gain = 0;
        double squares = 0;
        for (double one : gains) {
            gain += one;
            squares += one * one;
        }
        double observed = 0;
        double expected = 0;
        for (int g = 0; g < certain.groups(); g++) {
            int number = g;
            List<Integer> own = new ArrayList<>(IntStream.range(0, gains.length)
                    .filter(k -> certain.group()[k] == number)
                    .boxed()
                    .toList());
            if (own.size() < FEWEST) {
                continue;
            }
            double all = own.stream().mapToDouble(certain::errors).sum();
            double total = own.stream().mapToDouble(k -> certain.weights()[k]).sum();
            own.sort(Comparator.comparingDouble((Integer k) -> predicted.get(k, 1))
                    .thenComparing(k -> k));
            double looked = 0;
            for (int k : own) {
                if (looked + certain.weights()[k] > QUARTER * total) {
                    break;
                }
                looked += certain.weights()[k];
                observed += certain.errors(k);
            }
            expected += all * looked / total;
        }
        double mean = gain / gains.length;
        return new DoubtTest(
                expected, observed, gain, Math.sqrt(Math.max(1e-12, squares - gains.length * mean * mean)));
    }

    /**
     * The rows of which everything but their label makes certain what they are.
     *
     * @param rows their indices
     * @param inputs what is known of them: the features through the view, the margin of the expert, and the class
     * @param wrong m x 2, probability that the label is right and that it is wrong
     * @param group the likeliest class; 0 for numbers
     */
    private record CertainRows(int[] rows, Matrix inputs, Matrix wrong, double[] weights, int[] group, int groups) {
        static CertainRows of(LabelNoise noise, Matrix seen, double[] weights) {
            Matrix answers = noise.answers();
            int classes = answers.columns();
            int n = answers.rows();
            int[] likeliest = new int[n];
            double[] margins = new double[n];
            boolean[] certain = new boolean[n];
            for (int i = 0; i < n; i++) {
                double first = Double.NEGATIVE_INFINITY;
                double second = Double.NEGATIVE_INFINITY;
                for (int c = 0; c < classes; c++) {
                    double answer = answers.get(i, c);
                    if (answer > first) {
                        second = first;
                        first = answer;
                        likeliest[i] = c;
                    } else {
                        second = Math.max(second, answer);
                    }
                }
                margins[i] = classes == 1 ? 0 : Math.min(LARGEST_MARGIN, first - second) / (LARGEST_MARGIN / 2);
                certain[i] = weights[i] != 0 && (classes == 1 || first >= Math.log(CERTAIN));
            }
            int[] rows = IntStream.range(0, n).filter(i -> certain[i]).toArray();
            int d = seen.columns();
            Matrix inputs = new Matrix(rows.length, d + 1 + classes);
            Matrix wrong = new Matrix(rows.length, 2);
            double[] trust = noise.trust();
            for (int k = 0; k < rows.length; k++) {
                int i = rows[k];
                System.arraycopy(seen.values(), seen.offset(i), inputs.values(), inputs.offset(k), d);
                inputs.set(k, d, margins[i]);
                inputs.set(k, d + 1 + likeliest[i], 1);
                wrong.set(k, 0, trust[i]);
                wrong.set(k, 1, 1 - trust[i]);
            }
            return new CertainRows(
                    rows,
                    inputs,
                    wrong,
                    IntStream.of(rows).mapToDouble(i -> weights[i]).toArray(),
                    IntStream.of(rows).map(i -> likeliest[i]).toArray(),
                    classes);
        }

        double errors(int k) {
            return weights[k] * wrong.get(k, 1);
        }
    }

    /** m x 2, log-probabilities that the label is right and that it is wrong, by experts that did not see the row, with the best ridge. */
    private static Matrix predicted(CertainRows certain, Folds parts, Workers workers) {
        Matrix wrong = certain.wrong();
        FoldExperts experts = new FoldExperts(certain.inputs(), certain.weights(), 2);
        Matrix best = new Matrix(0, 0);
        double highest = Double.NEGATIVE_INFINITY;
        List<double[]> start = null;
        for (double ridge : RIDGES) {
            FoldExperts.Trained trained =
                    experts.train(parts, new Responses.SoftLabels(wrong), ridge, start, TOLERANCE, STEPS, workers);
            start = trained.parameters();
            Matrix said = trained.answers();
            double value = 0;
            for (int k = 0; k < said.rows(); k++) {
                value += certain.weights()[k] * (wrong.get(k, 0) * said.get(k, 0) + wrong.get(k, 1) * said.get(k, 1));
            }
            if (value > highest) {
                highest = value;
                best = said;
            }
        }
        return best;
    }

    /** Of each row, the nats by which what is predicted says more than the share of errors of its class. */
    private static double[] gains(CertainRows certain, double[] base, Matrix predicted) {
        Matrix wrong = certain.wrong();
        double[] result = new double[base.length];
        for (int k = 0; k < result.length; k++) {
            result[k] = certain.weights()[k]
                    * (wrong.get(k, 0) * (predicted.get(k, 0) - Math.log1p(-base[k]))
                            + wrong.get(k, 1) * (predicted.get(k, 1) - Math.log(base[k])));
        }
        return result;
    }

    /** The share of errors of each row's class, among the rows of the other parts. */
    private static double[] base(CertainRows certain, int[] dealt) {
        int[] group = certain.group();
        double[][] errors = new double[PARTS][certain.groups()];
        double[][] counts = new double[PARTS][certain.groups()];
        for (int k = 0; k < group.length; k++) {
            for (int part = 0; part < PARTS; part++) {
                if (dealt[k] != part) {
                    errors[part][group[k]] += certain.errors(k);
                    counts[part][group[k]] += certain.weights()[k];
                }
            }
        }
        double[] result = new double[group.length];
        for (int k = 0; k < result.length; k++) {
            result[k] = (errors[dealt[k]][group[k]] + 0.5) / (counts[dealt[k]][group[k]] + 10);
        }
        return result;
    }
}
