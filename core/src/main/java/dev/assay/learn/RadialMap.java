package dev.assay.learn;

import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.linalg.SymmetricEigen;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Leading components of the kernel exp(-|x - z|^2 / width) over landmarks z, centred, with a constant column last: a model
 * that is linear in them bends.
 *
 * @param landmarks m x d, examples that stand for all
 * @param width of the radial functions, in squared units of the features
 * @param columnMeans m, the mean of each landmark's function over the landmarks
 * @param overallMean the mean of columnMeans
 * @param projection r x m, one component per row, scaled to unit feature length
 */
public record RadialMap(Matrix landmarks, double width, double[] columnMeans, double overallMean, Matrix projection)
        implements FeatureMap {
    private static final double SMALLEST_EIGENVALUE = 1e-4;
    private static final int ROWS = 4096;
    private static final int COMBINED_ROWS = 256;

    /**
     * Components from landmarks; O(m^2 d + m^3).
     *
     * @param landmarks m x d
     * @param relativeWidth width as a share of the mean squared distance between landmarks
     * @param count components at the most
     */
    public static RadialMap of(Matrix landmarks, double relativeWidth, int count, Workers workers) {
        return of(landmarks, relativeWidth, count, SMALLEST_EIGENVALUE, workers);
    }

    /**
     * Components from landmarks.
     *
     * @param smallest eigenvalue of a component, as a share of the largest one; smooth (wide) functions need small ones
     */
    public static RadialMap of(Matrix landmarks, double relativeWidth, int count, double smallest, Workers workers) {
        Matrix near = squaredDistances(landmarks, landmarks, workers);
        int m = landmarks.rows();
        double mean = Arrays.stream(near.values()).sum() / Math.max(1, (double) m * (m - 1));
        double width = mean > 0 ? relativeWidth * mean : 1;
        exponentiate(near, width);
        double[] columnMeans = rowMeans(near);
        double all = Arrays.stream(columnMeans).average().orElse(0);
        centre(near, columnMeans, all);
        SymmetricEigen eigen = SymmetricEigen.of(near);
        int[] leading = eigen.leading(count, smallest);
        Matrix projection = eigen.vectors().selectRows(leading);
        for (int k = 0; k < leading.length; k++) {
            double scale = 1 / Math.sqrt(eigen.values()[leading[k]]);
            for (int j = 0; j < m; j++) {
                projection.set(k, j, scale * projection.get(k, j));
            }
        }
        return new RadialMap(landmarks, width, columnMeans, all, projection);
    }

    @Override
    public String name() {
        return "radial";
    }

    @Override
    public int inputDimension() {
        return landmarks.columns();
    }

    @Override
    public int outputDimension() {
        return projection.rows() + 1;
    }

    @Override
    public Matrix apply(Matrix x, Workers workers) {
        int n = x.rows();
        int r = projection.rows();
        Matrix result = new Matrix(n, r + 1);
        // in pieces, so that the n x m kernel is never held
        for (int from = 0; from < n; from += ROWS) {
            int to = Math.min(n, from + ROWS);
            int[] rows = IntStream.range(from, to).toArray();
            Matrix kernel = squaredDistances(x.selectRows(rows), landmarks, workers);
            exponentiate(kernel, width);
            centre(kernel, columnMeans, overallMean);
            Matrix components = Dense.multiplyTransposed(kernel, projection, workers);
            for (int i = from; i < to; i++) {
                System.arraycopy(
                        components.values(), components.offset(i - from), result.values(), result.offset(i), r);
                result.set(i, r, 1);
            }
        }
        return result;
    }

    /**
     * O(n m (d + C)): with v = projection' weights, the components add up to k v less what centring takes off, k being the functions
     * themselves.
     */
    @Override
    public Matrix combine(Matrix x, Matrix weights, Workers workers) {
        int m = landmarks.rows();
        int r = projection.rows();
        int outputs = weights.rows();
        Matrix ofFunctions = new Matrix(outputs, m);
        double[] constants = new double[outputs];
        for (int c = 0; c < outputs; c++) {
            double[] v = new double[m];
            for (int k = 0; k < r; k++) {
                for (int j = 0; j < m; j++) {
                    v[j] += weights.get(c, k) * projection.get(k, j);
                }
            }
            double sum = Arrays.stream(v).sum();
            constants[c] = weights.get(c, r) + overallMean * sum - Dense.dot(columnMeans, v);
            for (int j = 0; j < m; j++) {
                ofFunctions.set(c, j, v[j] - sum / m);
            }
        }
        Matrix result = new Matrix(x.rows(), outputs);
        double[] norms = squaredNorms(landmarks);
        Matrix columns = landmarks.transpose();
        workers.forEachBlock(x.rows(), COMBINED_ROWS, (from, to) -> {
            Matrix near = new Matrix(to - from, m);
            Dense.multiplyRows(x, from, to, columns, 0, near);
            for (int i = from; i < to; i++) {
                int at = near.offset(i - from);
                double norm = Dense.dot(x.values(), x.offset(i), x.values(), x.offset(i), x.columns());
                for (int j = 0; j < m; j++) {
                    double distance = Math.max(0, norm + norms[j] - 2 * near.values()[at + j]);
                    near.values()[at + j] = Math.exp(-distance / width);
                }
                for (int c = 0; c < outputs; c++) {
                    result.set(
                            i,
                            c,
                            constants[c]
                                    + Dense.dot(ofFunctions.values(), ofFunctions.offset(c), near.values(), at, m));
                }
            }
        });
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
