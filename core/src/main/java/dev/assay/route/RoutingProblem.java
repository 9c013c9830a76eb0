package dev.assay.route;

import dev.assay.data.ContentOrder;
import dev.assay.divide.Division;
import dev.assay.linalg.Matrix;
import dev.assay.mixture.Mixture;
import dev.assay.work.Seeds;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What a router is fitted to and judged by.
 *
 * @param features n x d, the bias last
 * @param responsibilities r_ik, n x K; a row adds up to the probability that any block explains its label
 * @param weights w_i, n values of at least 0
 * @param expertLogLikelihoods log p_k(y_i|x_i), n x K, in nats, by experts that were not trained with the row
 * @param folds the fold of each row, 0 to foldCount - 1
 * @param foldCount at least 2
 * @param order places of the rows by their content, for samples
 * @param seed of whatever is drawn
 */
public record RoutingProblem(
        Matrix features,
        Matrix responsibilities,
        double[] weights,
        Matrix expertLogLikelihoods,
        int[] folds,
        int foldCount,
        ContentOrder order,
        long seed) {
    private static final int FOLDS = 5;

    /**
     * Checks the shapes.
     *
     * @throws IllegalArgumentException if they do not fit
     */
    public RoutingProblem {
        int n = features.rows();
        if (responsibilities.rows() != n
                || weights.length != n
                || expertLogLikelihoods.rows() != n
                || folds.length != n
                || responsibilities.columns() != expertLogLikelihoods.columns()) {
            throw new IllegalArgumentException("a routing problem of " + n + " rows with " + responsibilities.rows()
                    + " x " + responsibilities.columns() + " responsibilities, " + weights.length + " weights, "
                    + expertLogLikelihoods.rows() + " x " + expertLogLikelihoods.columns() + " log-likelihoods and "
                    + folds.length + " folds");
        }
    }

    /** That of a division, in five folds that follow from the rows' content. */
    public static RoutingProblem of(Division division, long seed, Workers workers) {
        ContentOrder order = ContentOrder.of(division.data(), workers);
        return new RoutingProblem(
                division.data().features(),
                division.responsibilities(),
                division.data().weights(),
                division.expertLogLikelihoods(),
                order.assign(FOLDS, Seeds.child(seed, "router folds")),
                FOLDS,
                order,
                seed);
    }

    /** n. */
    public int size() {
        return features.rows();
    }

    /** K. */
    public int blocks() {
        return responsibilities.columns();
    }

    /** w_i sum_k r_ik: what each row counts for, block 0 apart. */
    public double[] explained() {
        double[] result = new double[size()];
        for (int i = 0; i < result.length; i++) {
            for (int k = 0; k < blocks(); k++) {
                result[i] += weights[i] * responsibilities.get(i, k);
            }
        }
        return result;
    }

    /** g_k: the shares of the blocks by responsibility, among rows of the given weights. */
    static double[] shares(Matrix masses) {
        double[] sums = new double[masses.columns()];
        for (int i = 0; i < masses.rows(); i++) {
            for (int k = 0; k < sums.length; k++) {
                sums[k] += masses.get(i, k);
            }
        }
        return Shares.of(sums);
    }

    /** At most {@code size} rows, chosen by content, ascending. */
    int[] sample(int size) {
        return order.sample(size, Seeds.child(seed, "router rows"));
    }

    /** The same for some of the rows, ascending. */
    RoutingProblem select(int[] rows) {
        return new RoutingProblem(
                features.selectRows(rows),
                responsibilities.selectRows(rows),
                Arrays.stream(rows).mapToDouble(i -> weights[i]).toArray(),
                expertLogLikelihoods.selectRows(rows),
                Arrays.stream(rows).map(i -> folds[i]).toArray(),
                foldCount,
                order.select(rows),
                seed);
    }

    /** log sum_k g_k(x_i) p_k(y_i|x_i) of each row, in nats; higher = better explained. */
    double[] logLikelihoods(Matrix logShares) {
        return Mixture.logLikelihoods(expertLogLikelihoods, logShares);
    }

    /** m_ik = c_i g_k(x_i) p_k(y_i|x_i) / sum over the blocks: the expectation step, for rows that count c_i. */
    Matrix masses(Matrix logShares, double[] counts) {
        double[] total = logLikelihoods(logShares);
        Matrix result = new Matrix(size(), blocks());
        for (int i = 0; i < size(); i++) {
            for (int k = 0; k < blocks(); k++) {
                double posterior = Math.exp(logShares.get(i, k) + expertLogLikelihoods.get(i, k) - total[i]);
                result.set(i, k, counts[i] * posterior);
            }
        }
        return result;
    }

    /** Responsibilities times the given counts over their sum, n x K: rows add up to their counts. */
    Matrix startingMasses(double[] counts) {
        Matrix result = new Matrix(size(), blocks());
        for (int i = 0; i < size(); i++) {
            int row = i;
            double sum = IntStream.range(0, blocks())
                    .mapToDouble(k -> responsibilities.get(row, k))
                    .sum();
            for (int k = 0; k < blocks(); k++) {
                result.set(i, k, sum > 0 ? counts[i] * responsibilities.get(i, k) / sum : 0);
            }
        }
        return result;
    }
}
