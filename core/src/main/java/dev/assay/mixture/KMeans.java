package dev.assay.mixture;

import dev.assay.data.ContentOrder;
import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.work.Seeds;
import dev.assay.work.Workers;
import java.util.Arrays;

/** Lloyd's k-means with a k-means++ start, drawn from the rows' content. */
final class KMeans {
    private static final int ROUNDS = 50;
    private static final int ROWS = 4096;

    private KMeans() {}

    /** The cluster of each row, from 0; O(rounds n k d). */
    static int[] assign(Matrix x, ContentOrder order, int k, long seed, Workers workers) {
        int n = x.rows();
        Matrix centres = start(x, order, k, seed);
        int[] assigned = new int[n];
        for (int round = 0; round < ROUNDS; round++) {
            int[] next = nearest(x, centres, workers);
            if (round > 0 && Arrays.equals(next, assigned)) {
                break;
            }
            assigned = next;
            move(x, assigned, centres);
        }
        return assigned;
    }

    private static Matrix start(Matrix x, ContentOrder order, int k, long seed) {
        int n = x.rows();
        Matrix centres = new Matrix(k, x.columns());
        double[] distances = new double[n];
        Arrays.fill(distances, 1);
        for (int c = 0; c < k; c++) {
            double[] drawn = order.uniform(Seeds.child(seed, "centre", c));
            // the row with the smallest -log(u) / distance is drawn with probability in proportion to its distance
            int chosen = 0;
            double smallest = Double.POSITIVE_INFINITY;
            for (int i = 0; i < n; i++) {
                double time = -Math.log(drawn[i]) / Math.max(1e-300, distances[i]);
                if (time < smallest) {
                    smallest = time;
                    chosen = i;
                }
            }
            System.arraycopy(x.values(), x.offset(chosen), centres.values(), centres.offset(c), x.columns());
            for (int i = 0; i < n; i++) {
                double distance = squaredDistance(x, i, centres, c);
                distances[i] = c == 0 ? distance : Math.min(distances[i], distance);
            }
        }
        return centres;
    }

    private static int[] nearest(Matrix x, Matrix centres, Workers workers) {
        int[] result = new int[x.rows()];
        workers.forEachBlock(x.rows(), ROWS, (from, to) -> {
            for (int i = from; i < to; i++) {
                double smallest = Double.POSITIVE_INFINITY;
                for (int c = 0; c < centres.rows(); c++) {
                    double distance = squaredDistance(x, i, centres, c);
                    if (distance < smallest) {
                        smallest = distance;
                        result[i] = c;
                    }
                }
            }
        });
        return result;
    }

    /** To the means of their rows; a centre without rows stays. */
    private static void move(Matrix x, int[] assigned, Matrix centres) {
        int d = x.columns();
        double[] sums = new double[centres.rows() * d];
        int[] counts = new int[centres.rows()];
        for (int i = 0; i < assigned.length; i++) {
            counts[assigned[i]]++;
            for (int j = 0; j < d; j++) {
                sums[assigned[i] * d + j] += x.get(i, j);
            }
        }
        for (int c = 0; c < counts.length; c++) {
            for (int j = 0; j < d && counts[c] > 0; j++) {
                centres.set(c, j, sums[c * d + j] / counts[c]);
            }
        }
    }

    private static double squaredDistance(Matrix x, int i, Matrix centres, int c) {
        int d = x.columns();
        double cross = Dense.dot(x.values(), x.offset(i), centres.values(), centres.offset(c), d);
        double own = Dense.dot(x.values(), x.offset(i), x.values(), x.offset(i), d);
        double centre = Dense.dot(centres.values(), centres.offset(c), centres.values(), centres.offset(c), d);
        return Math.max(0, own + centre - 2 * cross);
    }
}
