package dev.assay.predict;

import dev.assay.data.RealTargets;
import dev.assay.data.Targets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How good the predictions are of the rows that are left when the least sure ones are left out.
 *
 * @param metric {@link Metric#ACCURACY}, or {@link Metric#ROOT_MEAN_SQUARED_ERROR} for numbers
 * @param points from nothing left out to nineteen rows in twenty
 */
public record AbstentionCurve(Metric metric, List<Point> points) {
    private static final int STEPS = 20;

    /** Copies the list. */
    public AbstentionCurve {
        points = List.copyOf(points);
    }

    /**
     * One share of rows that are left out.
     *
     * @param share of the weight that is left out
     * @param threshold the certainty ({@link Predictions#certainties}) of the least sure row that is left
     * @param value of the metric on the rows that are left
     */
    public record Point(double share, double threshold, double value) {}

    /** Leaves out more and more; O(n log n). */
    public static AbstentionCurve of(Predictions predictions, Targets truth, double[] weights) {
        double[] certainties = predictions.certainties();
        double[] losses = losses(predictions, truth);
        int[] order = IntStream.range(0, losses.length)
                .filter(i -> weights[i] > 0)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> -certainties[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        boolean numbers = truth instanceof RealTargets;
        double total = 0;
        for (int i : order) {
            total += weights[i];
        }
        List<Point> points = new ArrayList<>();
        double kept = 0;
        double sum = 0;
        int place = 0;
        for (int step = 1; step <= STEPS && place < order.length; step++) {
            while (place < order.length && (kept < total * step / STEPS || step == STEPS)) {
                int i = order[place++];
                kept += weights[i];
                sum += weights[i] * losses[i];
            }
            double mean = sum / kept;
            points.add(
                    0,
                    new Point(1 - kept / total, certainties[order[place - 1]], numbers ? Math.sqrt(mean) : 1 - mean));
        }
        return new AbstentionCurve(numbers ? Metric.ROOT_MEAN_SQUARED_ERROR : Metric.ACCURACY, points);
    }

    /** 1 for a wrong label, or the squared error in the user's units. */
    private static double[] losses(Predictions predictions, Targets truth) {
        double[] losses = new double[truth.size()];
        if (predictions instanceof ClassPredictions classes) {
            int[] codes = classes.codes();
            for (int i = 0; i < losses.length; i++) {
                losses[i] = codes[i] == (int) truth.value(i) ? 0 : 1;
            }
            return losses;
        }
        double[] means = ((RealPredictions) predictions).means();
        RealTargets targets = (RealTargets) truth;
        for (int i = 0; i < losses.length; i++) {
            double error = means[i] - targets.original(targets.value(i));
            losses[i] = error * error;
        }
        return losses;
    }
}
