package dev.assay.bench.rival;

import dev.assay.data.Dataset;
import dev.assay.learn.Learner;
import dev.assay.linalg.Matrix;
import dev.assay.predict.Predictor;
import dev.assay.work.Workers;
import java.util.Map;
import java.util.TreeMap;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Gradient-boosted trees on histograms (XGBoost), untuned: 100 rounds, learning rate 0.1, at most 31 leaves, no penalty on
 * the leaves, as scikit-learn's HistGradientBoostingClassifier has them when nothing is said. Its least number of rows per
 * leaf is a least sum of their second derivatives here.
 */
public final class BoostedTrees implements Learner {
    private static final int ROUNDS = 100;
    private static final double LEAST_CURVATURE = 1;

    @Override
    public String name() {
        return "trees";
    }

    @Override
    public Predictor fit(Dataset data, long seed, Workers workers) {
        int classes = Linear.classes(data);
        int[] codes = Linear.codes(data).codes();
        float[] labels = new float[codes.length];
        float[] weights = new float[codes.length];
        for (int i = 0; i < codes.length; i++) {
            labels[i] = codes[i];
            weights[i] = (float) data.weights()[i];
        }
        try {
            DMatrix training = matrix(data.features());
            try {
                training.setLabel(labels);
                training.setWeight(weights);
                Booster booster = XGBoost.train(training, settings(classes, seed), ROUNDS, Map.of(), null, null);
                return (x, ignored) -> probabilities(booster, x, classes);
            } finally {
                training.dispose();
            }
        } catch (XGBoostError failed) {
            throw new IllegalStateException("the boosted trees failed: " + failed.getMessage(), failed);
        }
    }

    private static Map<String, Object> settings(int classes, long seed) {
        Map<String, Object> settings = new TreeMap<>(Map.of(
                "tree_method",
                "hist",
                "grow_policy",
                "lossguide",
                "max_leaves",
                31,
                "max_depth",
                0,
                "eta",
                0.1,
                "lambda",
                0,
                "min_child_weight",
                LEAST_CURVATURE,
                // one thread: the same sums in the same order everywhere
                "nthread",
                1,
                "seed",
                seed,
                "verbosity",
                0));
        settings.put("objective", classes == 2 ? "binary:logistic" : "multi:softprob");
        if (classes > 2) {
            settings.put("num_class", classes);
        }
        return settings;
    }

    private static Matrix probabilities(Booster booster, Matrix x, int classes) {
        float[][] answers;
        try {
            DMatrix rows = matrix(x);
            try {
                answers = booster.predict(rows);
            } finally {
                rows.dispose();
            }
        } catch (XGBoostError failed) {
            throw new IllegalStateException("the boosted trees failed: " + failed.getMessage(), failed);
        }
        Matrix result = new Matrix(x.rows(), classes);
        for (int i = 0; i < answers.length; i++) {
            if (classes == 2) {
                result.set(i, 0, 1 - (double) answers[i][0]);
                result.set(i, 1, answers[i][0]);
                continue;
            }
            double sum = 0;
            for (float answer : answers[i]) {
                sum += answer;
            }
            for (int c = 0; c < classes; c++) {
                // adds up in the precision of the others
                result.set(i, c, answers[i][c] / sum);
            }
        }
        return result;
    }

    private static DMatrix matrix(Matrix x) throws XGBoostError {
        float[] values = new float[x.rows() * x.columns()];
        for (int k = 0; k < values.length; k++) {
            values[k] = (float) x.values()[k];
        }
        return new DMatrix(values, x.rows(), x.columns(), Float.NaN);
    }
}
