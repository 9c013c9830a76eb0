package dev.assay.purify;

import dev.assay.data.Dataset;
import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.linalg.SymmetricEigen;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The inputs as an expert sees them. Two views are offered: the features themselves, where an expert is the linear model
 * that is to be purified, and radial functions of them, where it may bend. The bent one often knows better which labels
 * are wrong, also where a linear model is wanted in the end.
 *
 * @param name how reports call it
 * @param inputs n x r, one example per row
 */
record InputView(String name, Matrix inputs) {
    static final String LINEAR = "linear";
    static final String RADIAL = "radial";

    /** Up to so many columns the features are used as they are. */
    private static final int PLAIN_COLUMNS = 64;
    /** Principal directions that are kept of a wide data set. */
    private static final int DIRECTIONS = 256;
    /** Above this order of the smaller side the features are used as they are. */
    private static final int LARGEST_ORDER = 2000;

    /** Examples whose distances make the radial functions. */
    private static final int LANDMARKS = 1000;
    /** Width of the radial functions, as a share of the mean squared distance. */
    private static final double WIDTH = 0.3;

    private static final double SMALLEST_EIGENVALUE = 1e-10;
    private static final double SMALLEST_RADIAL_EIGENVALUE = 1e-4;

    /** The features, or their coordinates along the leading principal directions where there are many. */
    static InputView linear(Dataset data, Workers workers) {
        Matrix x = data.features();
        int n = x.rows();
        int d = x.columns();
        if (d <= PLAIN_COLUMNS || Math.min(n, d) > LARGEST_ORDER) {
            return new InputView(LINEAR, x);
        }
        if (n < d) {
            Matrix products = Dense.multiplyTransposed(x, x, workers);
            SymmetricEigen eigen = SymmetricEigen.of(products);
            int[] leading = leading(eigen.values(), DIRECTIONS, SMALLEST_EIGENVALUE);
            Matrix coordinates = new Matrix(n, leading.length);
            for (int k = 0; k < leading.length; k++) {
                double length = Math.sqrt(eigen.values()[leading[k]]);
                for (int i = 0; i < n; i++) {
                    coordinates.set(i, k, length * eigen.vectors().get(leading[k], i));
                }
            }
            return new InputView(LINEAR, coordinates);
        }
        SymmetricEigen eigen = SymmetricEigen.of(Dense.gram(x, null, workers));
        int[] leading = leading(eigen.values(), DIRECTIONS, SMALLEST_EIGENVALUE);
        return new InputView(LINEAR, Dense.multiplyTransposed(x, eigen.vectors().selectRows(leading), workers));
    }

    /**
     * Leading components of the kernel exp(-|x - x'|^2 / (0.3 m)), m the mean squared distance, centred, from up to 1000
     * examples that stand for all; a constant column last. O(n m d + m^3) for m landmarks.
     *
     * @param directions components at the most
     */
    static InputView radial(Dataset data, ContentOrder order, int directions, long seed, Workers workers) {
        Matrix x = data.features();
        int[] landmarks = order.sample(LANDMARKS, seed);
        Matrix chosen = x.selectRows(landmarks);
        Matrix near = squaredDistances(chosen, chosen, workers);
        int m = landmarks.length;
        double mean = Arrays.stream(near.values()).sum() / Math.max(1, (double) m * (m - 1));
        double width = mean > 0 ? WIDTH * mean : 1;
        exponentiate(near, width);
        double[] columnMeans = rowMeans(near);
        double all = Arrays.stream(columnMeans).average().orElse(0);
        centre(near, columnMeans, all);
        SymmetricEigen eigen = SymmetricEigen.of(near);
        int[] leading = leading(eigen.values(), directions, SMALLEST_RADIAL_EIGENVALUE);
        Matrix projection = eigen.vectors().selectRows(leading);
        for (int k = 0; k < leading.length; k++) {
            double scale = 1 / Math.sqrt(eigen.values()[leading[k]]);
            for (int j = 0; j < m; j++) {
                projection.set(k, j, scale * projection.get(k, j));
            }
        }
        Matrix kernel = squaredDistances(x, chosen, workers);
        exponentiate(kernel, width);
        centre(kernel, columnMeans, all);
        Matrix components = Dense.multiplyTransposed(kernel, projection, workers);
        Matrix result = new Matrix(x.rows(), leading.length + 1);
        for (int i = 0; i < x.rows(); i++) {
            System.arraycopy(
                    components.values(), components.offset(i), result.values(), result.offset(i), leading.length);
            result.set(i, leading.length, 1);
        }
        return new InputView(RADIAL, result);
    }

    /** The data set with these inputs for features. */
    Dataset of(Dataset data) {
        if (inputs == data.features()) {
            return data;
        }
        List<String> names = new ArrayList<>();
        for (int j = 0; j < inputs.columns(); j++) {
            names.add(name + j);
        }
        return data.withFeatures(inputs, names);
    }

    /** The view of some of the examples. */
    InputView select(int[] indices) {
        return new InputView(name, inputs.selectRows(indices));
    }

    /** Indices of the largest eigenvalues, largest first. */
    private static int[] leading(double[] ascending, int count, double smallest) {
        int n = ascending.length;
        int found = 0;
        while (found < Math.min(n, count) && ascending[n - 1 - found] > smallest * ascending[n - 1]) {
            found++;
        }
        int[] result = new int[found];
        for (int k = 0; k < found; k++) {
            result[k] = n - 1 - k;
        }
        return result;
    }

    private static Matrix squaredDistances(Matrix a, Matrix b, Workers workers) {
        double[] first = squaredNorms(a);
        double[] second = squaredNorms(b);
        Matrix result = Dense.multiplyTransposed(a, b, workers);
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < b.rows(); j++) {
                result.set(i, j, Math.max(0, first[i] + second[j] - 2 * result.get(i, j)));
            }
        }
        return result;
    }

    private static double[] squaredNorms(Matrix x) {
        double[] result = new double[x.rows()];
        for (int i = 0; i < result.length; i++) {
            result[i] = Dense.dot(x.values(), x.offset(i), x.values(), x.offset(i), x.columns());
        }
        return result;
    }

    private static void exponentiate(Matrix distances, double width) {
        double[] values = distances.values();
        for (int k = 0; k < values.length; k++) {
            values[k] = Math.exp(-values[k] / width);
        }
    }

    private static double[] rowMeans(Matrix kernel) {
        double[] result = new double[kernel.rows()];
        for (int i = 0; i < result.length; i++) {
            double sum = 0;
            for (int j = 0; j < kernel.columns(); j++) {
                sum += kernel.get(i, j);
            }
            result[i] = sum / kernel.columns();
        }
        return result;
    }

    /** k - row mean - column mean + overall mean, the latter two those of the landmarks. */
    private static void centre(Matrix kernel, double[] columnMeans, double all) {
        double[] rows = rowMeans(kernel);
        for (int i = 0; i < kernel.rows(); i++) {
            for (int j = 0; j < kernel.columns(); j++) {
                kernel.set(i, j, kernel.get(i, j) - rows[i] - columnMeans[j] + all);
            }
        }
    }
}
