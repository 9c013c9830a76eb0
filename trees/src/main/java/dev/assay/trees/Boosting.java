package dev.assay.trees;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.InvalidInputException;
import dev.assay.linalg.Matrix;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.jspecify.annotations.Nullable;

/**
 * One training run of XGBoost: the histogram method, on one thread, so that sums are taken in the same order everywhere.
 *
 * @param forest what was grown
 * @param losses of the watched rows after each round, weighted mean in nats (half the mean square for numbers); empty if none were watched
 */
record Boosting(Forest forest, double[] losses) {
    /**
     * Grows trees.
     *
     * @param data rows with weights above 0
     * @param watched rows on which rounds are judged, or null
     * @param rounds at the most, or exactly where nothing is watched
     * @throws InvalidInputException where the native library cannot be loaded
     */
    static Boosting of(Dataset data, @Nullable Dataset watched, BoostingSettings settings, int rounds, long seed) {
        double[] intercept = intercept(data);
        if (rounds == 0) {
            Forest none = new Forest(
                    intercept, new int[1], new int[0], new float[0], new int[0], LevelCodes.none(data.dimension()));
            return new Boosting(none, new double[0]);
        }
        String missing = XgboostLibrary.MISSING;
        if (missing != null) {
            throw new InvalidInputException(missing);
        }
        try {
            return trained(data, watched, intercept, settings, rounds, seed);
        } catch (XGBoostError failed) {
            throw new IllegalStateException("XGBoost failed: " + failed.getMessage(), failed);
        }
    }

    /**
     * Trees for the sake of their leaves: each is grown for all logits at once.
     *
     * @return a forest whose values at the leaves mean nothing
     */
    static Forest leaves(Dataset data, BoostingSettings settings, long seed) {
        String missing = XgboostLibrary.MISSING;
        if (missing != null) {
            throw new InvalidInputException(missing);
        }
        Map<String, Object> parameters = parameters(data, intercept(data), settings, seed);
        if (data.targets() instanceof ClassTargets labels && labels.classes() > 2) {
            parameters.put("multi_strategy", "multi_output_tree");
        }
        LevelCodes codes = LevelCodes.of(data);
        DMatrix rows = null;
        Booster booster = null;
        try {
            rows = matrix(data, codes);
            booster = XGBoost.train(rows, parameters, settings.rounds(), Map.of(), null, null);
            return BoosterJson.forest(booster.toByteArray("json"), new double[1], codes);
        } catch (XGBoostError failed) {
            throw new IllegalStateException("XGBoost failed: " + failed.getMessage(), failed);
        } finally {
            if (rows != null) {
                rows.dispose();
            }
            if (booster != null) {
                booster.dispose();
            }
        }
    }

    private static Boosting trained(
            Dataset data,
            @Nullable Dataset watched,
            double[] intercept,
            BoostingSettings settings,
            int rounds,
            long seed)
            throws XGBoostError {
        LevelCodes codes = LevelCodes.of(data);
        DMatrix rows = matrix(data, codes);
        DMatrix others = null;
        Booster booster = null;
        try {
            Map<String, DMatrix> watches = new LinkedHashMap<>();
            float[][] losses = new float[1][rounds];
            if (watched != null) {
                others = matrix(watched, codes);
                watches.put("watched", others);
            }
            booster = XGBoost.train(
                    rows,
                    parameters(data, intercept, settings, seed),
                    rounds,
                    watches,
                    losses,
                    null,
                    null,
                    watched == null ? 0 : settings.patience());
            Forest forest = BoosterJson.forest(booster.toByteArray("json"), intercept, codes);
            return new Boosting(
                    forest, watched == null ? new double[0] : nats(data, Arrays.copyOf(losses[0], forest.rounds())));
        } finally {
            rows.dispose();
            if (others != null) {
                others.dispose();
            }
            if (booster != null) {
                booster.dispose();
            }
        }
    }

    /** What was measured, the root of the mean square for numbers. */
    private static double[] nats(Dataset data, float[] losses) {
        boolean classes = data.targets() instanceof ClassTargets;
        double[] result = new double[losses.length];
        for (int round = 0; round < losses.length; round++) {
            result[round] = classes ? losses[round] : 0.5 * losses[round] * losses[round];
        }
        return result;
    }

    /** Log-shares of the classes, each with one row more; the logit of the second of two; the mean of numbers. */
    private static double[] intercept(Dataset data) {
        if (!(data.targets() instanceof ClassTargets labels)) {
            double sum = 0;
            for (int i = 0; i < data.size(); i++) {
                sum += data.weights()[i] * data.targets().value(i);
            }
            return new double[] {sum / data.totalWeight()};
        }
        double[] shares = new double[labels.classes()];
        Arrays.fill(shares, 1);
        for (int i = 0; i < data.size(); i++) {
            shares[labels.codes()[i]] += data.weights()[i];
        }
        double[] logs = Arrays.stream(shares)
                .map(share -> Math.log(share / (data.totalWeight() + labels.classes())))
                .toArray();
        return logs.length == 2 ? new double[] {logs[1] - logs[0]} : logs;
    }

    private static Map<String, Object> parameters(
            Dataset data, double[] intercept, BoostingSettings settings, long seed) {
        Map<String, Object> result = new TreeMap<>();
        result.put("tree_method", "hist");
        result.put("grow_policy", "lossguide");
        result.put("max_depth", 0);
        result.put("max_leaves", settings.leaves());
        result.put("eta", settings.learningRate());
        result.put("lambda", settings.lambda());
        result.put("min_child_weight", settings.minimumChildWeight());
        result.put("colsample_bynode", settings.featureShare());
        result.put("seed", seed);
        result.put("nthread", 1);
        result.put("verbosity", 0);
        result.put("silent", 1);
        if (!(data.targets() instanceof ClassTargets labels)) {
            result.put("base_score", intercept[0]);
            result.put("objective", "reg:squarederror");
            result.put("eval_metric", "rmse");
        } else if (labels.classes() == 2) {
            // a probability here, logits where there are several classes
            result.put("base_score", 1 / (1 + Math.exp(-intercept[0])));
            result.put("objective", "binary:logistic");
            result.put("eval_metric", "logloss");
        } else {
            result.put("base_score", Arrays.toString(intercept));
            result.put("objective", "multi:softprob");
            result.put("num_class", labels.classes());
            result.put("eval_metric", "mlogloss");
        }
        return result;
    }

    private static DMatrix matrix(Dataset data, LevelCodes codes) throws XGBoostError {
        Matrix x = data.features();
        int columns = codes.width();
        int n = data.size();
        float[] values = new float[Math.multiplyExact(n, columns)];
        float[] targets = new float[n];
        float[] weights = new float[n];
        float[] row = new float[columns];
        for (int i = 0; i < n; i++) {
            codes.see(x.values(), x.offset(i), row);
            System.arraycopy(row, 0, values, i * columns, columns);
            targets[i] = (float) data.targets().value(i);
            weights[i] = (float) data.weights()[i];
        }
        DMatrix result = new DMatrix(values, n, columns, Float.NaN);
        result.setLabel(targets);
        result.setWeight(weights);
        return result;
    }
}
