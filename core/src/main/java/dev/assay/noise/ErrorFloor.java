package dev.assay.noise;

import dev.assay.data.ContentOrder;
import dev.assay.data.Partition;
import dev.assay.linalg.Matrix;
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
record ErrorFloor(double expected, double observed, double gain, double standardError) {
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
    static ErrorFloor of(Noise noise, Matrix seen, double[] weights, ContentOrder order, long seed, Workers workers) {
        int classes = noise.answers().columns();
        double[] trust = noise.trust();
        int[] likeliest = new int[trust.length];
        double[] margins = new double[trust.length];
        int[] certain = IntStream.range(0, trust.length)
                .filter(i -> {
                    if (weights[i] == 0) {
                        return false;
                    }
                    double first = Double.NEGATIVE_INFINITY;
                    double second = Double.NEGATIVE_INFINITY;
                    for (int c = 0; c < classes; c++) {
                        double answer = noise.answers().get(i, c);
                        if (answer > first) {
                            second = first;
                            first = answer;
                            likeliest[i] = c;
                        } else {
                            second = Math.max(second, answer);
                        }
                    }
                    margins[i] = classes == 1 ? 0 : Math.min(LARGEST_MARGIN, first - second) / (LARGEST_MARGIN / 2);
                    return classes == 1 || first >= Math.log(CERTAIN);
                })
                .toArray();
        if (certain.length < FEWEST) {
            return new ErrorFloor(0, 0, 0, 1);
        }
        int groups = classes == 1 ? 1 : classes;
        int d = seen.columns();
        Matrix inputs = new Matrix(certain.length, d + 1 + groups);
        Matrix wrong = new Matrix(certain.length, 2);
        double[] weight = new double[certain.length];
        int[] group = new int[certain.length];
        for (int k = 0; k < certain.length; k++) {
            int i = certain[k];
            System.arraycopy(seen.values(), seen.offset(i), inputs.values(), inputs.offset(k), d);
            group[k] = classes == 1 ? 0 : likeliest[i];
            inputs.set(k, d, margins[i]);
            inputs.set(k, d + 1 + group[k], 1);
            wrong.set(k, 0, trust[i]);
            wrong.set(k, 1, 1 - trust[i]);
            weight[k] = weights[i];
        }
        Partition parts = Partition.of(order.select(certain), PARTS, seed);
        double[] base = base(wrong, weight, group, parts.ofRow(), groups);
        PartExperts experts = new PartExperts(inputs, weight, 2);
        Matrix best = new Matrix(0, 0);
        double highest = Double.NEGATIVE_INFINITY;
        List<double[]> start = null;
        for (double ridge : RIDGES) {
            PartExperts.Trained trained =
                    experts.train(parts, new Responses.SoftLabels(wrong), ridge, start, TOLERANCE, STEPS, workers);
            start = trained.parameters();
            double value = 0;
            for (int k = 0; k < certain.length; k++) {
                value += weight[k]
                        * (wrong.get(k, 0) * trained.answers().get(k, 0)
                                + wrong.get(k, 1) * trained.answers().get(k, 1));
            }
            if (value > highest) {
                highest = value;
                best = trained.answers();
            }
        }
        double gain = 0;
        double squares = 0;
        for (int k = 0; k < certain.length; k++) {
            double one = weight[k]
                    * (wrong.get(k, 0) * (best.get(k, 0) - Math.log1p(-base[k]))
                            + wrong.get(k, 1) * (best.get(k, 1) - Math.log(base[k])));
            gain += one;
            squares += one * one;
        }
        double observed = 0;
        double expected = 0;
        for (int g = 0; g < groups; g++) {
            int number = g;
            Matrix predicted = best;
            List<Integer> own = new ArrayList<>(IntStream.range(0, certain.length)
                    .filter(k -> group[k] == number)
                    .boxed()
                    .toList());
            if (own.size() < FEWEST) {
                continue;
            }
            double all =
                    own.stream().mapToDouble(k -> weight[k] * wrong.get(k, 1)).sum();
            double total = own.stream().mapToDouble(k -> weight[k]).sum();
            own.sort(Comparator.comparingDouble((Integer k) -> predicted.get(k, 1))
                    .thenComparing(k -> k));
            double looked = 0;
            for (int k : own) {
                if (looked + weight[k] > QUARTER * total) {
                    break;
                }
                looked += weight[k];
                observed += weight[k] * wrong.get(k, 1);
            }
            expected += all * looked / total;
        }
        double mean = gain / certain.length;
        return new ErrorFloor(
                expected, observed, gain, Math.sqrt(Math.max(1e-12, squares - certain.length * mean * mean)));
    }

    /** The share of errors of each row's class, among the rows of the other parts. */
    private static double[] base(Matrix wrong, double[] weight, int[] group, int[] dealt, int groups) {
        double[][] errors = new double[PARTS][groups];
        double[][] counts = new double[PARTS][groups];
        for (int k = 0; k < group.length; k++) {
            for (int part = 0; part < PARTS; part++) {
                if (dealt[k] != part) {
                    errors[part][group[k]] += weight[k] * wrong.get(k, 1);
                    counts[part][group[k]] += weight[k];
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
