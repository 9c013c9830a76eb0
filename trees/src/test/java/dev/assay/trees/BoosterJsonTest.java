package dev.assay.trees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.Dataset;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.Map;
import java.util.TreeMap;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.junit.jupiter.api.Test;

/** A forest in plain Java says what the booster says that it was read from. */
class BoosterJsonTest {
    private static final float CLOSE = 1e-5f;

    @Test
    void severalClasses() throws XGBoostError {
        double[] intercept = {0.5, -0.25, 0.125};
        same(
                Samples.tiles(500, 1),
                intercept,
                Map.of("objective", "multi:softprob", "num_class", 3, "base_score", "[0.5,-0.25,0.125]"));
    }

    @Test
    void twoClasses() throws XGBoostError {
        same(
                Samples.chequered(500, 2),
                new double[] {Math.log(0.25 / 0.75)},
                Map.of("objective", "binary:logistic", "base_score", 0.25));
    }

    @Test
    void numbers() throws XGBoostError {
        same(
                Samples.steps(500, 3),
                new double[] {-0.5},
                Map.of(
                        "objective",
                        "reg:squarederror",
                        "base_score",
                        -0.5,
                        "max_leaves",
                        40,
                        "grow_policy",
                        "lossguide"));
    }

    private static void same(Dataset data, double[] intercept, Map<String, Object> special) throws XGBoostError {
        Matrix x = data.features();
        int columns = x.columns() - 1;
        float[] values = new float[x.rows() * columns];
        float[] labels = new float[x.rows()];
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < columns; j++) {
                values[i * columns + j] = (float) x.get(i, j);
            }
            labels[i] = (float) data.targets().value(i);
        }
        Map<String, Object> settings = new TreeMap<>(Map.of("tree_method", "hist", "nthread", 1, "silent", 1));
        settings.putAll(special);
        DMatrix rows = new DMatrix(values, x.rows(), columns, Float.NaN);
        rows.setLabel(labels);
        Booster booster = XGBoost.train(rows, settings, 30, Map.of(), null, null);

        Forest forest = BoosterJson.forest(booster.toByteArray("json"), intercept, LevelCodes.none(x.columns()));

        Matrix said = forest.logits(x, Workers.shared());
        float[][] expected = booster.predict(rows, true);
        float[][] early = booster.predict(rows, true, 7);
        Matrix saidEarly = forest.upTo(7).logits(x, Workers.shared());
        assertThat(forest.rounds()).isEqualTo(30);
        for (int i = 0; i < expected.length; i++) {
            for (int k = 0; k < expected[i].length; k++) {
                assertThat((float) said.get(i, k)).isCloseTo(expected[i][k], within(CLOSE));
                assertThat((float) saidEarly.get(i, k)).isCloseTo(early[i][k], within(CLOSE));
            }
        }
    }
}
