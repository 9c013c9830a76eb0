package dev.assay.potential.linear;

import dev.assay.linalg.Cholesky;
import dev.assay.linalg.Dense;
import dev.assay.linalg.KroneckerSum;
import dev.assay.linalg.Matrix;
import dev.assay.linalg.QuadraticForms;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.Arrays;

/**
 * What {@link FastDeltaVariance} knows of all examples together: forms of its matrices, and sums.
 *
 * @param inverseMatrix K
 * @param inverse forms of K
 * @param second forms of K M K
 * @param third forms of K M K M K
 * @param selfWeighted forms of K D K
 * @param traceSecond trace(K M K M)
 * @param selfInfluence sum a_i q_i
 * @param squaredSelfInfluence sum a_i q_i^2
 * @param gradient s = sum w_i g_i
 * @param solvedGradient K s
 * @param gradientNorm s' K s
 * @param mean minus the mean of X
 * @param ridgeDerivative of V
 */
record DeltaVarianceSums(
        Matrix inverseMatrix,
        QuadraticForms inverse,
        QuadraticForms second,
        QuadraticForms third,
        QuadraticForms selfWeighted,
        double traceSecond,
        double selfInfluence,
        double squaredSelfInfluence,
        double[] gradient,
        double[] solvedGradient,
        double gradientNorm,
        double mean,
        double ridgeDerivative) {
    static DeltaVarianceSums of(AverageRest rest, Workers workers, Progress progress) {
        Matrix inverse = inverse(rest.totals(), rest.ridge(), rest.at().hessian(workers), workers);
        double[] ones = new double[rest.size()];
        Arrays.fill(ones, 1);
        Matrix products = gradientProducts(rest, ones, workers);
        progress.step(2);
        progress.checkCancelled();
        SelfInfluences self = SelfInfluences.of(rest, inverse, workers);
        progress.step(3);
        progress.checkCancelled();
        return of(rest.totals(), rest.logits(), inverse, products, gradientSum(rest, workers), self, workers);
    }

    /**
     * From sums over all examples.
     *
     * @param c logits
     * @param inverse K
     * @param products M
     * @param gradient s
     * @param self of all examples under K
     */
    static DeltaVarianceSums of(
            RestTotals rest,
            int c,
            Matrix inverse,
            Matrix products,
            double[] gradient,
            SelfInfluences self,
            Workers workers) {
        Matrix half = Dense.multiply(inverse, products, workers);
        double traceSecond = traceOfProduct(half, half);
        Matrix second = Dense.multiply(half, inverse, workers);
        Matrix third = Dense.multiply(half, second, workers);
        Dense.mirrorLower(second);
        Dense.mirrorLower(third);
        Matrix selfWeighted = congruence(inverse, self.products(), workers);
        double[] solved = Dense.multiply(inverse, gradient);
        double gradientNorm = Dense.dot(gradient, solved);
        double mean = (gradientNorm - self.sum()) / rest.pairs();
        double ridgeDerivative = 2
                / rest.pairs()
                * (trace(selfWeighted)
                        - trace(third)
                        - rest.selfPairs() / rest.total() * mean * trace(second)
                        + mean * Dense.dot(solved, solved));
        return new DeltaVarianceSums(
                inverse,
                new QuadraticForms(inverse, c),
                new QuadraticForms(second, c),
                new QuadraticForms(third, c),
                new QuadraticForms(selfWeighted, c),
                traceSecond,
                self.sum(),
                self.sumOfSquares(),
                gradient,
                solved,
                gradientNorm,
                mean,
                ridgeDerivative);
    }

    /**
     * Self-influences of examples, added up.
     *
     * @param products D = sum a_i q_i r_i r_i' (x) x_i x_i'
     * @param sum sum a_i q_i
     * @param sumOfSquares sum a_i q_i^2
     */
    record SelfInfluences(Matrix products, double sum, double sumOfSquares) {
        /** Those of the rows at hand; O(n p^2). */
        static SelfInfluences of(AverageRest rest, Matrix inverse, Workers workers) {
            double[] weights = rest.weights();
            double[] self = selfInfluences(rest, new QuadraticForms(inverse, rest.logits()), workers);
            double[] scaled = new double[self.length];
            Arrays.setAll(scaled, i -> Math.min(1, weights[i]) * self[i]);
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < self.length; i++) {
                sum += weights[i] * scaled[i];
                squares += weights[i] * scaled[i] * self[i];
            }
            return new SelfInfluences(gradientProducts(rest, scaled, workers), sum, squares);
        }
    }

    /** K, in the place of the Hessian: that is the mean over W, wanted is the sum over the rest's weight. */
    static Matrix inverse(RestTotals rest, double ridge, Matrix hessian, Workers workers) {
        double ratio = rest.total() / rest.weight();
        Arrays.setAll(hessian.values(), k -> hessian.values()[k] * ratio);
        hessian.addToDiagonal(ridge * (1 - ratio));
        return Cholesky.factorInPlace(hessian, workers).inverse(workers);
    }

    /** sum_i w_i scale_i r_i r_i' (x) x_i x_i'. */
    static Matrix gradientProducts(AverageRest rest, double[] scales, Workers workers) {
        int c = rest.logits();
        Matrix residuals = rest.at().residuals();
        return KroneckerSum.of(
                rest.inputs(),
                c,
                (from, to) -> {
                    Matrix block = new Matrix(to - from, c * c);
                    for (int i = from; i < to; i++) {
                        double scale = rest.weights()[i] * scales[i];
                        for (int a = 0; a < c; a++) {
                            for (int b = 0; b < c; b++) {
                                block.set(i - from, a * c + b, scale * residuals.get(i, a) * residuals.get(i, b));
                            }
                        }
                    }
                    return block;
                },
                workers);
    }

    /** q_i = r_i' F_i' K F_i r_i. */
    static double[] selfInfluences(AverageRest rest, QuadraticForms inverse, Workers workers) {
        double[] result = new double[rest.size()];
        workers.forEachBlock(result.length, FastDeltaVariance.ROWS, (from, to) -> {
            Matrix forms = inverse.of(rest.inputs(), from, to);
            for (int i = from; i < to; i++) {
                double[] r = rest.at().residuals().row(i);
                result[i] = SmallMatrices.form(r, forms.row(i - from), r, r.length);
            }
        });
        return result;
    }

    static double[] gradientSum(AverageRest rest, Workers workers) {
        double[] sum = rest.at().gradient(workers);
        Dense.add(-rest.ridge(), rest.at().theta(), sum);
        for (int k = 0; k < sum.length; k++) {
            sum[k] *= rest.total();
        }
        return sum;
    }

    /** K B K for symmetric B. */
    Matrix congruent(Matrix b, Workers workers) {
        return congruence(inverseMatrix, b, workers);
    }

    /** A B A for symmetric A and B. */
    private static Matrix congruence(Matrix a, Matrix b, Workers workers) {
        Matrix result = Dense.multiply(Dense.multiply(a, b, workers), a, workers);
        Dense.mirrorLower(result);
        return result;
    }

    private static double trace(Matrix matrix) {
        double sum = 0;
        for (int i = 0; i < matrix.rows(); i++) {
            sum += matrix.get(i, i);
        }
        return sum;
    }

    /** trace(A B). */
    static double traceOfProduct(Matrix a, Matrix b) {
        Matrix transposed = b.transpose();
        double sum = 0;
        for (int i = 0; i < a.rows(); i++) {
            sum += Dense.dot(a.values(), a.offset(i), transposed.values(), transposed.offset(i), a.columns());
        }
        return sum;
    }
}
