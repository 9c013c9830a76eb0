package dev.assay.potential.linear;

import dev.assay.influence.LinearGradientSpace;
import dev.assay.linalg.Cholesky;
import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.linalg.NotPositiveDefiniteException;
import dev.assay.model.Linearization;
import dev.assay.potential.PairWeights;
import dev.assay.potential.Potential;
import dev.assay.work.Workers;

/**
 * V of many weightings and parameters of the same inputs with one logit, on the side of the examples: cheaper than on that
 * of the parameters where there are about as many parameters as examples, because the products of the inputs are
 * computed once for all.
 *
 * <p>With Gamma = X X', s_j^2 = w_j Lambda_j / W and A = ridge I + S Gamma S (n x n), Woodbury gives S X H^-1 X' S = I - ridge
 * A^-1, so off the diagonal X(j, k) = ridge t_j t_k (A^-1)_jk with t_j = r_j / s_j, and X(j, j) = -t_j^2 (1 - ridge
 * (A^-1)_jj). One factorisation and inversion: n^3 multiplications and additions in all.
 */
final class KernelPotential {
    /** From so many parameters per example on this is the cheaper side: n^3 against n p^2 three times and p^3 / 3. */
    private static final double PARAMETERS_PER_EXAMPLE = 0.6;

    /** Relative error that rounding may make of the largest influence before the other side is asked. */
    private static final double TOLERANCE = 1e-6;

    private final Matrix gram;

    private KernelPotential(Matrix gram) {
        this.gram = gram;
    }

    /** Whether this side is the cheaper one for an objective in its compact form. */
    static boolean suits(Linearization compact) {
        int n = compact.objective().data().size();
        return compact.residuals().columns() == 1
                && compact.objective().data().dimension() >= PARAMETERS_PER_EXAMPLE * n;
    }

    /** For the inputs of the given objective; O(n^2 d) time, O(n^2) memory. */
    static KernelPotential of(Linearization compact, Workers workers) {
        Matrix x = compact.objective().data().features();
        return new KernelPotential(Dense.multiplyTransposed(x, x, workers));
    }

    /**
     * V for parameters and weights of {@code at}, whose inputs must be those that this was made for. Where an example's
     * curvature is so small against its residual that rounding would show, V comes from {@link Potential}.
     */
    double variance(Linearization at, Workers workers) {
        double ridge = at.objective().ridge();
        double[] weights = at.objective().data().weights();
        double total = at.objective().data().totalWeight();
        double[] curvatures = at.curvatures(0, weights.length).values();
        double[] residuals = at.residuals().values();
        int n = weights.length;
        double[] root = new double[n];
        double[] ratio = new double[n];
        double trace = ridge;
        double largestRatio = 0;
        for (int j = 0; j < n; j++) {
            if (weights[j] > 0) {
                root[j] = Math.sqrt(weights[j] * curvatures[j] / total);
                ratio[j] = residuals[j] / root[j];
                trace += root[j] * root[j] * gram.get(j, j);
                largestRatio = Math.max(largestRatio, Math.abs(ratio[j]));
            }
        }
        double rounding = Math.ulp(1.0) * trace / ridge * largestRatio * largestRatio;
        if (!(rounding <= TOLERANCE)) {
            return Potential.of(LinearGradientSpace.of(at, workers), workers).variance();
        }
        Matrix inverse = inverse(root, ridge, workers);
        double first = 0;
        double second = 0;
        for (int j = 0; j < n; j++) {
            int row = inverse.offset(j);
            double rowFirst = 0;
            double rowSecond = 0;
            for (int k = 0; k < j; k++) {
                double influence = ratio[k] * inverse.values()[row + k];
                rowFirst += weights[k] * influence;
                rowSecond += weights[k] * influence * influence;
            }
            double scale = ridge * ratio[j];
            double own = -ratio[j] * ratio[j] * (1 - ridge * inverse.values()[row + j]);
            double copies = weights[j] * weights[j] - PairWeights.selfPairs(weights[j]);
            first += 2 * weights[j] * scale * rowFirst + copies * own;
            second += 2 * weights[j] * scale * scale * rowSecond + copies * own * own;
        }
        double pairs = PairWeights.pairs(weights);
        return second / pairs - first / pairs * (first / pairs);
    }

    /**
     * A^-1, of which the lower triangle is valid.
     *
     * @throws NotPositiveDefiniteException never, up to rounding: the ridge is above 0 here
     */
    private Matrix inverse(double[] root, double ridge, Workers workers) {
        int n = root.length;
        Matrix matrix = new Matrix(n, n);
        for (int j = 0; j < n; j++) {
            int row = matrix.offset(j);
            for (int k = 0; k <= j; k++) {
                matrix.values()[row + k] = root[j] * root[k] * gram.values()[row + k];
            }
            matrix.values()[row + j] += ridge;
        }
        return Cholesky.factorInPlace(matrix, workers).lowerInverse();
    }
}
