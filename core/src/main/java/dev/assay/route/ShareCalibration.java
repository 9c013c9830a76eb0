package dev.assay.route;

import dev.assay.linalg.Matrix;
import dev.assay.linalg.SmallSystem;
import java.util.Arrays;

/**
 * How far scores of the blocks are to be trusted: g_k(x) in proportion to g_k exp(b_k + a s_k(x)), with the a (at least 0) and b
 * at which sum_ik m_ik log g_k(x_i) is largest, by Newton's method. The objective is concave in (a, b).
 *
 * @param offsets b_k
 * @param sharpness a
 */
record ShareCalibration(double[] offsets, double sharpness) {
    private static final int STEPS = 30;
    private static final int HALVINGS = 30;
    private static final double GRADIENT = 1e-9;
    /** A ridge on (a, b) in units of the mean log-likelihood: adding a number to all b changes nothing. */
    private static final double RIDGE = 1e-6;

    /** log g_k(x_i) for scores s, n x K. */
    static Matrix logShares(Matrix scores, double[] shares, double[] offsets, double sharpness) {
        Matrix result = new Matrix(scores.rows(), scores.columns());
        for (int i = 0; i < scores.rows(); i++) {
            for (int k = 0; k < shares.length; k++) {
                result.set(i, k, offsets[k] + sharpness * scores.get(i, k));
            }
        }
        return Shares.normalised(result, shares);
    }

    /**
     * Fits a and b.
     *
     * @param scores s_k(x_i), n x K
     * @param masses m_ik, n x K: weight times responsibility
     */
    static ShareCalibration fit(Matrix scores, Matrix masses, double[] shares) {
        int blocks = shares.length;
        double[] parameters = new double[blocks + 1];
        Newton current = Newton.at(parameters, scores, masses, shares);
        for (int step = 0; step < STEPS && current.gradientNorm() > GRADIENT; step++) {
            double[] direction = current.gradient().clone();
            if (!SmallSystem.solveInPlace(current.hessian().values().clone(), direction, blocks + 1)) {
                break;
            }
            Newton next = current;
            double length = 1;
            for (int halving = 0; halving < HALVINGS; halving++) {
                double[] trial = parameters.clone();
                for (int j = 0; j <= blocks; j++) {
                    trial[j] -= length * direction[j];
                }
                next = Newton.at(trial, scores, masses, shares);
                if (next.value() <= current.value()) {
                    parameters = trial;
                    break;
                }
                length /= 2;
            }
            if (!(next.value() < current.value())) {
                break;
            }
            current = next;
        }
        double[] offsets = new double[blocks];
        if (!(parameters[blocks] > 0)) {
            // being nearer does not mean to belong: the scores say nothing
            return new ShareCalibration(offsets, 0);
        }
        System.arraycopy(parameters, 0, offsets, 0, blocks);
        return new ShareCalibration(offsets, parameters[blocks]);
    }

    /** Mean of -log g under the masses plus the ridge, and its derivatives, at (b, a). */
    private record Newton(double value, double[] gradient, Matrix hessian) {
        double gradientNorm() {
            double sum = 0;
            for (double entry : gradient) {
                sum += entry * entry;
            }
            return Math.sqrt(sum);
        }

        static Newton at(double[] parameters, Matrix scores, Matrix masses, double[] shares) {
            int blocks = shares.length;
            double[] offsets = Arrays.copyOf(parameters, blocks);
            Matrix logShares = logShares(scores, shares, offsets, parameters[blocks]);
            double value = 0;
            double total = 0;
            double[] gradient = new double[blocks + 1];
            Matrix hessian = new Matrix(blocks + 1, blocks + 1);
            double[] g = new double[blocks];
            double[] s = new double[blocks];
            for (int i = 0; i < scores.rows(); i++) {
                double mass = 0;
                double mean = 0;
                for (int k = 0; k < blocks; k++) {
                    mass += masses.get(i, k);
                    g[k] = Math.exp(logShares.get(i, k));
                    s[k] = scores.get(i, k);
                    mean += g[k] * s[k];
                    value -= masses.get(i, k) * logShares.get(i, k);
                }
                if (!(mass > 0)) {
                    continue;
                }
                total += mass;
                double variance = 0;
                for (int k = 0; k < blocks; k++) {
                    double residual = mass * g[k] - masses.get(i, k);
                    gradient[k] += residual;
                    gradient[blocks] += residual * s[k];
                    variance += g[k] * (s[k] - mean) * (s[k] - mean);
                    double cross = mass * g[k] * (s[k] - mean);
                    hessian.set(blocks, k, hessian.get(blocks, k) + cross);
                    for (int other = 0; other < blocks; other++) {
                        double entry = mass * ((other == k ? g[k] : 0) - g[k] * g[other]);
                        hessian.set(k, other, hessian.get(k, other) + entry);
                    }
                }
                hessian.set(blocks, blocks, hessian.get(blocks, blocks) + mass * variance);
            }
            double scale = total > 0 ? 1 / total : 1;
            value *= scale;
            for (int j = 0; j <= blocks; j++) {
                value += RIDGE / 2 * parameters[j] * parameters[j];
                gradient[j] = scale * gradient[j] + RIDGE * parameters[j];
                for (int other = 0; other <= blocks; other++) {
                    hessian.set(j, other, scale * hessian.get(j, other));
                }
            }
            for (int k = 0; k < blocks; k++) {
                hessian.set(k, blocks, hessian.get(blocks, k));
            }
            hessian.addToDiagonal(RIDGE);
            return new Newton(value, gradient, hessian);
        }
    }
}
