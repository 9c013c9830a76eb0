package dev.assay.quality;

import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The k nearest other rows of each row by Euclidean distance, the nearest first, the lower index first where distances are equal.
 *
 * @param neighbours n lists of k indices
 * @param distances the distances of these, n lists
 */
record NearestNeighbours(int[][] neighbours, double[][] distances) {
    private static final int ROWS = 128;
    /** How many times as many candidates are measured exactly, since products of rows lose digits where rows are close. */
    private static final int CANDIDATES = 2;

    /** All pairs; O(n^2 d) as products of blocks, O(n^2 + n k d) besides. */
    static NearestNeighbours of(Matrix x, int k, Workers workers) {
        int n = x.rows();
        if (n < 2 || k < 1) {
            return new NearestNeighbours(new int[n][0], new double[n][0]);
        }
        Matrix transposed = x.transpose();
        double[] squares = new double[n];
        Arrays.setAll(squares, i -> Dense.dot(x.values(), x.offset(i), x.values(), x.offset(i), x.columns()));
        int[][] neighbours = new int[n][];
        double[][] distances = new double[n][];
        workers.forEachBlock(n, ROWS, (from, to) -> {
            Matrix products = new Matrix(to - from, n);
            Dense.multiplyHere(x.selectRows(from, to), transposed, products);
            double[] keys = new double[n];
            double[] exact = new double[n];
            for (int i = from; i < to; i++) {
                int row = products.offset(i - from);
                for (int j = 0; j < n; j++) {
                    keys[j] = squares[j] - 2 * products.values()[row + j];
                }
                keys[i] = Double.POSITIVE_INFINITY;
                int[] near = lowest(keys, Math.min(CANDIDATES * k, n - 1));
                for (int j : near) {
                    exact[j] = distance(x, i, j);
                }
                neighbours[i] = IntStream.of(near)
                        .boxed()
                        .sorted(Comparator.comparingDouble((Integer j) -> exact[j])
                                .thenComparing(j -> j))
                        .limit(k)
                        .mapToInt(Integer::intValue)
                        .toArray();
                distances[i] =
                        IntStream.of(neighbours[i]).mapToDouble(j -> exact[j]).toArray();
            }
        });
        return new NearestNeighbours(neighbours, distances);
    }

    private static double distance(Matrix x, int i, int j) {
        double sum = 0;
        for (int feature = 0; feature < x.columns(); feature++) {
            double difference = x.get(i, feature) - x.get(j, feature);
            sum += difference * difference;
        }
        return Math.sqrt(sum);
    }

    /** The places of the lowest keys, in rising order. */
    private static int[] lowest(double[] keys, int count) {
        int[] places = new int[count];
        int filled = 0;
        for (int j = 0; j < keys.length; j++) {
            if (filled == count && !(keys[j] < keys[places[count - 1]])) {
                continue;
            }
            int place = filled < count ? filled++ : count - 1;
            while (place > 0 && keys[places[place - 1]] > keys[j]) {
                places[place] = places[place - 1];
                place--;
            }
            places[place] = j;
        }
        return places;
    }
}
