package dev.assay.compare;

import dev.assay.data.Dataset;
import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Finds which features tell a block apart from the rest.
 *
 * <p>Each row counts for the block with its posterior r and for the rest with 1 - r, not with the block that it was
 * assigned to: where several experts explain a label, the assignment follows x although the block need not, whereas the
 * mean of r at x is the share of the block at x. With z the feature in standard deviations, the difference of its means is
 *
 * <pre>  D = cov(r, z) / (mean r (1 - mean r)),   standard error  sd(r) / (mean r (1 - mean r) sqrt(n - 1))</pre>
 *
 * <p>the latter exact over all permutations of r. A feature is named where |D| is beyond what chance reaches in one of
 * twenty data sets, all features and blocks taken together (Bonferroni).
 */
final class DistinctionFinder {
    private static final int ROWS = 1024;
    private static final double CHANCE = 0.05;
    /** A posterior that varies less than this says nothing. */
    private static final double SMALLEST_SHARE = 1e-6;

    private final Dataset data;
    private final double[] means;
    private final double[] shares;
    /** Centred: row 0 the squares of the features, then one row per block. */
    private final Matrix products;
    /** Centred squares of each block's posteriors. */
    private final double[] spread;

    private DistinctionFinder(Dataset data, Matrix posteriors, Workers workers) {
        this.data = data;
        this.means = weightedMeans(data.features(), workers);
        this.shares = weightedMeans(posteriors, workers);
        this.products = products(posteriors, workers);
        this.spread = squares(posteriors, shares, data.weights());
    }

    /**
     * The features of each column of posteriors, the largest difference first; O(n d K).
     *
     * @param posteriors n x K, one column per block
     * @param most at most so many features per block
     */
    static List<List<Distinction>> of(Dataset data, Matrix posteriors, int most, Workers workers) {
        DistinctionFinder finder = new DistinctionFinder(data, posteriors, workers);
        List<List<Distinction>> result = new ArrayList<>();
        for (int block = 0; block < posteriors.columns(); block++) {
            List<Distinction> found = finder.found(block);
            found.sort(Comparator.comparingDouble((Distinction one) -> -Math.abs(one.difference())));
            result.add(List.copyOf(found.subList(0, Math.min(most, found.size()))));
        }
        return result;
    }

    private List<Distinction> found(int block) {
        List<Distinction> found = new ArrayList<>();
        double total = data.totalWeight();
        double effective = total * total / Dense.dot(data.weights(), data.weights());
        double share = shares[block];
        double both = share * (1 - share);
        if (!(both > SMALLEST_SHARE && effective > 2)) {
            return found;
        }
        double threshold = threshold(CHANCE / Math.max(1, (double) means.length * shares.length));
        double error = Math.sqrt(spread[block] / total / (effective - 1)) / both;
        for (int j = 0; j < means.length; j++) {
            double deviation = Math.sqrt(products.get(0, j) / total);
            if (!(deviation > 1e-9 * Math.max(1, Math.abs(means[j])))) {
                continue;
            }
            double distance = products.get(block + 1, j) / total / both;
            double difference = distance / deviation;
            if (Math.abs(difference) > threshold * error) {
                found.add(new Distinction(
                        data.featureNames().get(j),
                        means[j] + (1 - share) * distance,
                        means[j] - share * distance,
                        difference,
                        error));
            }
        }
        return found;
    }

    private Matrix products(Matrix posteriors, Workers workers) {
        Matrix x = data.features();
        double[] weights = data.weights();
        int blocks = shares.length;
        int d = means.length;
        return workers.reduce(
                x.rows(),
                ROWS,
                () -> new Matrix(blocks + 1, d),
                (sum, from, to) -> {
                    for (int i = from; i < to; i++) {
                        for (int j = 0; j < d; j++) {
                            double centred = x.get(i, j) - means[j];
                            sum.values()[j] += weights[i] * centred * centred;
                            for (int block = 0; block < blocks; block++) {
                                sum.values()[sum.offset(block + 1) + j] +=
                                        weights[i] * (posteriors.get(i, block) - shares[block]) * centred;
                            }
                        }
                    }
                },
                DistinctionFinder::add);
    }

    private double[] weightedMeans(Matrix columns, Workers workers) {
        double[] weights = data.weights();
        double[] result = workers.reduce(
                        columns.rows(),
                        ROWS,
                        () -> new Matrix(1, columns.columns()),
                        (sum, from, to) -> {
                            for (int i = from; i < to; i++) {
                                for (int j = 0; j < columns.columns(); j++) {
                                    sum.values()[j] += weights[i] * columns.get(i, j);
                                }
                            }
                        },
                        DistinctionFinder::add)
                .values();
        double factor = 1 / data.totalWeight();
        Arrays.setAll(result, j -> result[j] * factor);
        return result;
    }

    private static Matrix add(Matrix left, Matrix right) {
        Dense.add(1, right.values(), left.values());
        return left;
    }

    private static double[] squares(Matrix columns, double[] means, double[] weights) {
        double[] result = new double[means.length];
        for (int i = 0; i < columns.rows(); i++) {
            for (int k = 0; k < means.length; k++) {
                double centred = columns.get(i, k) - means[k];
                result[k] += weights[i] * centred * centred;
            }
        }
        return result;
    }

    /** z with 2 phi(z) / z = p: a normal variable is further out with a probability just below p. */
    static double threshold(double p) {
        double low = 1;
        double high = 40;
        for (int halving = 0; halving < 60; halving++) {
            double middle = (low + high) / 2;
            double tail = 2 * Math.exp(-middle * middle / 2) / (Math.sqrt(2 * Math.PI) * middle);
            if (tail > p) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }
}
