package dev.assay.predict;

import dev.assay.linalg.Matrix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The rows of a data set that are most like a given one: those of the smallest Euclidean distance between features. Asks each
 * row: O(n d) for each question.
 *
 * @param features n x d, the bias included, which is the same everywhere
 * @param groups the group of each row, such as its block
 */
public record NearestRows(Matrix features, int[] groups) {
    private static final Comparator<Neighbour> NEAREST_FIRST =
            Comparator.comparingDouble(Neighbour::distance).thenComparingInt(Neighbour::row);

    /**
     * Checks the shapes.
     *
     * @throws IllegalArgumentException if there is not one group for each row
     */
    public NearestRows {
        if (groups.length != features.rows()) {
            throw new IllegalArgumentException(groups.length + " groups for " + features.rows() + " rows");
        }
    }

    /** A row and how far it is. */
    public record Neighbour(int row, double distance) {}

    /**
     * The nearest rows of one group, nearest first, of equally near ones the first.
     *
     * @param x d features
     * @param count how many at most
     * @throws IllegalArgumentException if x has another number of features
     */
    public List<Neighbour> nearest(double[] x, int group, int count) {
        int d = features.columns();
        if (x.length != d) {
            throw new IllegalArgumentException(x.length + " features, expected " + d);
        }
        PriorityQueue<Neighbour> best = new PriorityQueue<>(NEAREST_FIRST.reversed());
        double[] values = features.values();
        for (int row = 0; row < groups.length && count > 0; row++) {
            if (groups[row] != group) {
                continue;
            }
            double farthest = best.size() < count ? Double.POSITIVE_INFINITY : farthest(best);
            double limit = farthest * farthest;
            double sum = 0;
            int offset = features.offset(row);
            for (int j = 0; j < d && sum <= limit; j++) {
                double difference = values[offset + j] - x[j];
                sum += difference * difference;
            }
            double distance = Math.sqrt(sum);
            if (distance < farthest) {
                if (best.size() == count) {
                    best.remove();
                }
                best.add(new Neighbour(row, distance));
            }
        }
        List<Neighbour> result = new ArrayList<>(best);
        result.sort(NEAREST_FIRST);
        return result;
    }

    private static double farthest(PriorityQueue<Neighbour> best) {
        Neighbour worst = best.peek();
        return worst == null ? Double.POSITIVE_INFINITY : worst.distance();
    }
}
