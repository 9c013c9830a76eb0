package dev.assay.predict;

import dev.assay.data.RealTargets;
import dev.assay.data.Targets;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;

/** What the metrics need to know of each test row; a draw of the rows is then only other weights. */
sealed interface Scores {
    /** The share of rows that abstaining leaves. */
    double KEPT = 0.9;

    /** All metrics with rows of these weights, not all 0. */
    Map<Metric, Double> measure(double[] weights);

    /** Those of predictions. */
    static Scores of(Predictions predictions, Targets targets) {
        int n = targets.size();
        if (predictions.size() != n) {
            throw new IllegalArgumentException(predictions.size() + " predictions for " + n + " test rows");
        }
        double[] certainties = predictions.certainties();
        double[] logLikelihoods = predictions.logLikelihoods(targets);
        int[] order = surestFirst(certainties);
        if (predictions instanceof ClassPredictions classes) {
            int[] codes = classes.codes();
            double[] wrong = new double[n];
            for (int i = 0; i < n; i++) {
                wrong[i] = codes[i] == (int) targets.value(i) ? 0 : 1;
            }
            return new OfClasses(wrong, certainties, logLikelihoods, order);
        }
        if (predictions instanceof RealPredictions reals && targets instanceof RealTargets truth) {
            double[] means = reals.means();
            double[] values = new double[n];
            double[] squares = new double[n];
            for (int i = 0; i < n; i++) {
                values[i] = truth.original(truth.value(i));
                squares[i] = (values[i] - means[i]) * (values[i] - means[i]);
            }
            return new OfReals(values, squares, logLikelihoods, order);
        }
        throw new IllegalArgumentException(
                "predictions " + predictions.getClass() + " do not suit targets " + targets.getClass());
    }

    /** Predicted classes. */
    record OfClasses(double[] wrong, double[] certainties, double[] logLikelihoods, int[] order) implements Scores {
        @Override
        public Map<Metric, Double> measure(double[] weights) {
            Map<Metric, Double> result = new EnumMap<>(Metric.class);
            result.put(Metric.ACCURACY, 1 - mean(wrong, weights));
            result.put(Metric.LOG_LOSS, -mean(logLikelihoods, weights));
            result.put(Metric.CALIBRATION_ERROR, calibrationError(wrong, certainties, weights));
            result.put(Metric.ERROR_WHEN_ABSTAINING, meanOfSurest(wrong, weights, order));
            return result;
        }
    }

    /** Predicted numbers. */
    record OfReals(double[] values, double[] squares, double[] logLikelihoods, int[] order) implements Scores {
        @Override
        public Map<Metric, Double> measure(double[] weights) {
            double mean = mean(values, weights);
            double[] spread = new double[values.length];
            for (int i = 0; i < spread.length; i++) {
                spread[i] = (values[i] - mean) * (values[i] - mean);
            }
            Map<Metric, Double> result = new EnumMap<>(Metric.class);
            result.put(Metric.ROOT_MEAN_SQUARED_ERROR, Math.sqrt(mean(squares, weights)));
            result.put(Metric.R_SQUARED, 1 - mean(squares, weights) / mean(spread, weights));
            result.put(Metric.LOG_DENSITY, mean(logLikelihoods, weights));
            result.put(Metric.RMSE_WHEN_ABSTAINING, Math.sqrt(meanOfSurest(squares, weights, order)));
            return result;
        }
    }

    /**
     * Expected calibration error: sum over bins of |sum w (right - certainty)| over the sum of all weights.
     *
     * @param wrong 0 or 1
     * @param certainties probability of the predicted class
     */
    static double calibrationError(double[] wrong, double[] certainties, double[] weights) {
        int bins = 15;
        double[] gaps = new double[bins];
        double total = 0;
        for (int i = 0; i < wrong.length; i++) {
            int bin = Math.min(bins - 1, (int) (bins * certainties[i]));
            gaps[bin] += weights[i] * (1 - wrong[i] - certainties[i]);
            total += weights[i];
        }
        double sum = 0;
        for (double gap : gaps) {
            sum += Math.abs(gap);
        }
        return sum / total;
    }

    /** The mean over the surest rows that have nine tenths of the weight, the last of them in part. */
    static double meanOfSurest(double[] losses, double[] weights, int[] order) {
        double missing = KEPT
                * IntStream.range(0, weights.length)
                        .mapToDouble(i -> weights[i])
                        .sum();
        double kept = missing;
        double sum = 0;
        for (int k = 0; k < order.length && missing > 0; k++) {
            double weight = Math.min(missing, weights[order[k]]);
            sum += weight * losses[order[k]];
            missing -= weight;
        }
        return sum / kept;
    }

    private static double mean(double[] values, double[] weights) {
        double sum = 0;
        double total = 0;
        for (int i = 0; i < values.length; i++) {
            sum += weights[i] > 0 ? weights[i] * values[i] : 0;
            total += weights[i];
        }
        return sum / total;
    }

    private static int[] surestFirst(double[] certainties) {
        return IntStream.range(0, certainties.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> -certainties[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
