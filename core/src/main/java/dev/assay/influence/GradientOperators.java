package dev.assay.influence;

import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;

/**
 * The gradients G (n x p, one row g_i = dl_i/dtheta an example, without its weight) and the curvature H (p x p, of the weighted
 * mean loss plus ridge) of a fitted model as the linear maps F to F G, V to G V' and v to H^-1 v: what can still be asked where p is
 * too large to form either.
 *
 * <p>Vectors are rows of p values. What the p coordinates are is the implementation's affair: parameters, those of the last layer
 * alone, fewer of them after an orthogonal change of coordinates, random projections. Whatever keeps g_j' H^-1 g_i keeps the
 * influences. Immutable, usable from several threads.
 */
public interface GradientOperators {
    /** n, the number of examples. */
    int size();

    /** p, the length of a gradient. */
    int dimension();

    /** w, one weight for each of the n examples; finite, at least 0. Not to be changed. */
    double[] weights();

    /** F G: sum_i f_i g_i for every row f of {@code factors} (k x n), k x p; O(k n p) or less. */
    Matrix combinations(Matrix factors, Workers workers);

    /** G V': g_i' v for every example (row) and every row v of {@code vectors} (k x p), n x k; O(k n p) or less. */
    Matrix products(Matrix vectors, Workers workers);

    /** H^-1 v for every row v of {@code vectors}, k x p, exactly or to the tolerance of the implementation. */
    Matrix solve(Matrix vectors, Workers workers);
}
