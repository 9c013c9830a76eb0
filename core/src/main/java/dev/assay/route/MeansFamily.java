package dev.assay.route;

import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * RouterSelector that know of each block its mean: by angle, or by distance in a stretched space.
 *
 * @param adaptive whether by distance
 */
record MeansFamily(boolean adaptive) implements RouterFamily {
    /** Settings of the adaptive clustering router: one space for all blocks as in the paper, or each its own. */
    private static final double COMMON = 0;

    private static final double OWN = 1;
    /** From the authors' code: what is added to a spread before it is inverted. */
    private static final double SMALLEST_SPREAD = 1e-4;
    /** From the authors' code: where scales are clipped, in units of their mean. */
    private static final double LARGEST_SCALE = 10;

    @Override
    public String name() {
        return adaptive ? AdaptiveClusteringRouter.NAME : CentroidRouter.NAME;
    }

    @Override
    public List<Double> settings() {
        return adaptive ? List.of(COMMON, OWN) : List.of(COMMON);
    }

    @Override
    public String describe(double setting) {
        if (!adaptive) {
            return "";
        }
        return setting == OWN ? "each block in its own space" : "in the space of the assigned block";
    }

    @Override
    public Prepared prepare(RoutingProblem problem, Workers workers) {
        Matrix x = problem.features();
        return (Matrix masses, double setting, @Nullable Gate start, Workers its) -> {
            double[] shares = RoutingProblem.shares(masses);
            Matrix means = means(x, masses);
            if (!adaptive) {
                double[] centre = centre(means, shares);
                Matrix cosines = CentroidRouter.cosines(x, centre, means, its);
                ShareCalibration fit = ShareCalibration.fit(cosines, masses, shares);
                return new Gate(
                        new CentroidRouter(centre, means, shares, fit.offsets(), fit.sharpness()),
                        ShareCalibration.logShares(cosines, shares, fit.offsets(), fit.sharpness()));
            }
            boolean own = setting == OWN;
            Matrix scales = scales(spreads(x, masses, means));
            Matrix scores = AdaptiveClusteringRouter.distances(x, means, scales, own, its);
            double[] values = scores.values();
            Arrays.setAll(values, j -> -values[j]);
            ShareCalibration fit = ShareCalibration.fit(scores, masses, shares);
            return new Gate(
                    new AdaptiveClusteringRouter(means, scales, shares, fit.offsets(), fit.sharpness(), own),
                    ShareCalibration.logShares(scores, shares, fit.offsets(), fit.sharpness()));
        };
    }

    /** mu_k = sum_i m_ik x_i / sum_i m_ik, K x d; O(n d K). */
    static Matrix means(Matrix x, Matrix masses) {
        int blocks = masses.columns();
        Matrix result = new Matrix(blocks, x.columns());
        double[] sums = new double[blocks];
        for (int i = 0; i < x.rows(); i++) {
            for (int k = 0; k < blocks; k++) {
                double mass = masses.get(i, k);
                sums[k] += mass;
                for (int q = 0; q < x.columns(); q++) {
                    result.set(k, q, result.get(k, q) + mass * x.get(i, q));
                }
            }
        }
        divide(result, sums);
        return result;
    }

    /** s_kq: the mean over the block's members of |x_iq - mu_kq|, K x d; O(n d K). */
    static Matrix spreads(Matrix x, Matrix masses, Matrix means) {
        int blocks = masses.columns();
        Matrix result = new Matrix(blocks, x.columns());
        double[] sums = new double[blocks];
        for (int i = 0; i < x.rows(); i++) {
            for (int k = 0; k < blocks; k++) {
                double mass = masses.get(i, k);
                sums[k] += mass;
                for (int q = 0; q < x.columns(); q++) {
                    result.set(k, q, result.get(k, q) + mass * Math.abs(x.get(i, q) - means.get(k, q)));
                }
            }
        }
        divide(result, sums);
        return result;
    }

    /**
     * v_kq: 1 / (s_kq + 1e-4), clipped at 10 times the mean over all blocks and features, divided by its mean over the
     * blocks. Features in which no block has any spread (the bias among them) do not enter the mean and get 1.
     */
    static Matrix scales(Matrix spreads) {
        int blocks = spreads.rows();
        int d = spreads.columns();
        Matrix result = new Matrix(blocks, d);
        boolean[] constant = new boolean[d];
        double sum = 0;
        int count = 0;
        for (int q = 0; q < d; q++) {
            constant[q] = true;
            for (int k = 0; k < blocks; k++) {
                constant[q] &= !(spreads.get(k, q) > SMALLEST_SPREAD * SMALLEST_SPREAD);
                result.set(k, q, 1 / (spreads.get(k, q) + SMALLEST_SPREAD));
            }
            for (int k = 0; k < blocks && !constant[q]; k++) {
                sum += result.get(k, q);
                count++;
            }
        }
        double largest = count > 0 ? LARGEST_SCALE * sum / count : 1;
        for (int q = 0; q < d; q++) {
            double mean = 0;
            for (int k = 0; k < blocks; k++) {
                result.set(k, q, constant[q] ? 1 : Math.min(largest, result.get(k, q)));
                mean += result.get(k, q) / blocks;
            }
            for (int k = 0; k < blocks; k++) {
                result.set(k, q, result.get(k, q) / mean);
            }
        }
        return result;
    }

    /** The mean of all, from the means of the blocks. */
    private static double[] centre(Matrix means, double[] shares) {
        double[] result = new double[means.columns()];
        for (int k = 0; k < shares.length; k++) {
            for (int q = 0; q < result.length; q++) {
                result[q] += shares[k] * means.get(k, q);
            }
        }
        return result;
    }

    private static void divide(Matrix sums, double[] masses) {
        for (int k = 0; k < masses.length; k++) {
            for (int q = 0; q < sums.columns(); q++) {
                sums.set(k, q, masses[k] > 0 ? sums.get(k, q) / masses[k] : 0);
            }
        }
    }
}
