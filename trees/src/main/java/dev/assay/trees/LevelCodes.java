package dev.assay.trees;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.linalg.Matrix;
import java.util.ArrayList;
import java.util.List;

/**
 * Categories as numbers, so that one split parts their levels into two sets: further features code_k(x) = sum_l v_kl x_l, where x_l is 1 in rows of
 * level l and v_kl is by how much the share of class k in these rows (the mean target, for numbers) differs from that in all, drawn to 0 where the
 * rows are few. A category is a run of neighbouring features of which in each row one is 1 and the others are 0.
 */
final class LevelCodes {
    /** Two levels are told apart by one split as they are. */
    private static final int FEWEST_LEVELS = 3;
    /** Rows that speak for the share in all. */
    private static final double SMOOTHING = 10;

    private final Matrix values;
    /** Of each code the levels that have a value, and the feature behind them. */
    private final int[] from;

    private final int[] to;

    /**
     * Codes as they are.
     *
     * @param values one row for each code, over the features; zero but for the levels of one category
     */
    LevelCodes(Matrix values) {
        this.values = values;
        this.from = new int[values.rows()];
        this.to = new int[values.rows()];
        for (int k = 0; k < values.rows(); k++) {
            from[k] = values.columns();
            for (int j = 0; j < values.columns(); j++) {
                if (values.get(k, j) != 0) {
                    from[k] = Math.min(from[k], j);
                    to[k] = j + 1;
                }
            }
        }
    }

    /** No codes of d features. */
    static LevelCodes none(int features) {
        return new LevelCodes(new Matrix(0, features));
    }

    /** Those of the rows' categories, one for two classes and for numbers, C else; O(n d). */
    static LevelCodes of(Dataset data) {
        List<double[]> rows = new ArrayList<>();
        int from = 0;
        while (from < data.dimension() - 1) {
            int to = end(data, from);
            if (to - from >= FEWEST_LEVELS) {
                rows.addAll(codes(data, from, to));
            }
            from = Math.max(to, from + 1);
        }
        Matrix values = new Matrix(rows.size(), data.dimension());
        for (int k = 0; k < rows.size(); k++) {
            System.arraycopy(rows.get(k), 0, values.values(), values.offset(k), data.dimension());
        }
        return new LevelCodes(values);
    }

    /** The end of the category that begins with a feature; the feature itself where none does. */
    private static int end(Dataset data, int from) {
        Matrix x = data.features();
        boolean[] found = new boolean[x.rows()];
        int missing = x.rows();
        for (int j = from; j < x.columns() - 1; j++) {
            for (int i = 0; i < x.rows(); i++) {
                double value = x.get(i, j);
                if (value == 1 && !found[i]) {
                    found[i] = true;
                    missing--;
                } else if (value != 0) {
                    return from;
                }
            }
            if (missing == 0) {
                return j + 1;
            }
        }
        return from;
    }

    private static List<double[]> codes(Dataset data, int from, int to) {
        int classes = data.targets() instanceof ClassTargets labels ? labels.classes() : 1;
        List<double[]> result = new ArrayList<>();
        for (int c = classes == 2 ? 1 : 0; c < classes; c++) {
            double[] sums = new double[data.dimension()];
            double[] weights = new double[data.dimension()];
            double all = 0;
            for (int i = 0; i < data.size(); i++) {
                double target = data.targets().value(i);
                double value = data.weights()[i] * (classes == 1 ? target : target == c ? 1 : 0);
                all += value;
                for (int j = from; j < to; j++) {
                    if (data.features().get(i, j) == 1) {
                        sums[j] += value;
                        weights[j] += data.weights()[i];
                    }
                }
            }
            double mean = all / data.totalWeight();
            for (int j = from; j < to; j++) {
                sums[j] = (sums[j] - mean * weights[j]) / (weights[j] + SMOOTHING);
            }
            result.add(sums);
        }
        return result;
    }

    /** One row for each code, over the features. */
    Matrix values() {
        return values;
    }

    int count() {
        return values.rows();
    }

    /** The features of a row without the bias, and the codes behind them, in 32 bits as trees see them. */
    void see(double[] x, int at, float[] row) {
        int features = values.columns() - 1;
        for (int j = 0; j < features; j++) {
            row[j] = (float) x[at + j];
        }
        for (int k = 0; k < count(); k++) {
            double sum = 0;
            for (int j = from[k]; j < to[k]; j++) {
                sum += values.get(k, j) * x[at + j];
            }
            row[features + k] = (float) sum;
        }
    }

    /** How many numbers {@link #see} writes. */
    int width() {
        return values.columns() - 1 + count();
    }
}
