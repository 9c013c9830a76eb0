package dev.assay.noise;

import dev.assay.linalg.Matrix;

/**
 * Residuals of numbers that are all right: Student's t, of the scale and of the degrees of freedom (3, 5, 10, or so many that it is the
 * normal distribution) under which they are likeliest. Heavy tails are honest noise, not wrong labels.
 */
final class StudentTNoise {
    private static final double[] FREEDOMS = {3, 5, 10, 1e6};
    private static final int ROUNDS = 100;
    private static final double SMALLEST = 1e-12;

    private StudentTNoise() {}

    /** Log-density of each target about its prediction. */
    static double[] logDensities(Matrix predictions, double[] targets, double[] weights) {
        double[] best = new double[0];
        double highest = Double.NEGATIVE_INFINITY;
        for (double freedom : FREEDOMS) {
            double[] densities = logDensities(predictions, targets, weights, freedom);
            double sum = 0;
            for (int i = 0; i < densities.length; i++) {
                sum += weights[i] * densities[i];
            }
            if (best.length == 0 || sum > highest) {
                best = densities;
                highest = sum;
            }
        }
        return best;
    }

    private static double[] logDensities(Matrix predictions, double[] targets, double[] weights, double freedom) {
        int n = targets.length;
        double squared = 1;
        for (int round = 0; round < ROUNDS; round++) {
            double sum = 0;
            double total = 0;
            for (int i = 0; i < n; i++) {
                double residual = targets[i] - predictions.get(i, 0);
                // the posterior mean of the precision of each residual
                double precision = (freedom + 1) / (freedom + residual * residual / squared);
                sum += weights[i] * precision * residual * residual;
                total += weights[i];
            }
            double next = Math.max(SMALLEST, sum / total);
            boolean still = Math.abs(next - squared) < 1e-9 * squared;
            squared = next;
            if (still) {
                break;
            }
        }
        double constant = logGammaRatio(freedom) - 0.5 * Math.log(freedom * Math.PI * squared);
        double[] result = new double[n];
        for (int i = 0; i < n; i++) {
            double residual = targets[i] - predictions.get(i, 0);
            result[i] = constant - (freedom + 1) / 2 * Math.log1p(residual * residual / (freedom * squared));
        }
        return result;
    }

    /** log Gamma((v + 1) / 2) - log Gamma(v / 2). */
    private static double logGammaRatio(double freedom) {
        return logGamma((freedom + 1) / 2) - logGamma(freedom / 2);
    }

    /** log Gamma by the recurrence and Stirling's series; value above 0. */
    static double logGamma(double value) {
        double shift = 0;
        double z = value;
        while (z < 10) {
            shift -= Math.log(z);
            z++;
        }
        return shift + (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * z) - 1 / (360 * z * z * z);
    }
}
