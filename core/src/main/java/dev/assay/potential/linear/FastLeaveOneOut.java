package dev.assay.potential.linear;

import dev.assay.data.Dataset;
import dev.assay.influence.CompactForm;
import dev.assay.influence.LinearGradientSpace;
import dev.assay.linalg.Cholesky;
import dev.assay.linalg.Dense;
import dev.assay.linalg.KroneckerSum;
import dev.assay.linalg.Matrix;
import dev.assay.linalg.QuadraticForms;
import dev.assay.model.Linearization;
import dev.assay.model.Loss;
import dev.assay.potential.PairWeights;
import dev.assay.potential.Potential;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.Arrays;

/**
 * {@link LeaveOneOut.Method#FAST}: delta V of every example in four passes, O(n p^2 + p^3) time and O(block + p^2 + n c)
 * memory beyond the data.
 *
 * <p>With K the inverse of S / (W - w) + ridge I, S = sum w_i h_i and w the mean weight, everything that is asked of an
 * example i is a c x c form F_i' A F_i, F_i = I (x) x_i, of one of the matrices K, K M K, K M K M K, K D K (M = sum w_i g_i
 * g_i', D = sum a_i q_i g_i g_i'), because both g_i and h_i live on F_i. Delta V is the sum of
 *
 * <ol>
 *   <li>V of the rest at the parameters of the whole: a downdate of rank c of the Hessian and of rank 1 of M, in closed
 *       form. Only sum_j a_j (change of q_j)^2, of fourth order, is left out.
 *   <li>The first-order effect of moving to the leave-one-out Newton step delta_i: the gradient of V (one vector, by the
 *       adjoint) times delta_i, minus the part of it that comes from example i itself, which is not there any more.
 *   <li>The second-order effect: delta_i' Gamma delta_i, where Gamma holds the terms of half the Hessian of V that are sums
 *       over single examples; example i's own term is left out again. The terms that are sums over pairs of examples are
 *       not computed: they cost O(n^2 p), have no common sign, and partly cancel against the change of the gradient of V
 *       that the removal brings, which is left out as well.
 * </ol>
 */
final class FastLeaveOneOut {
    private static final int ROWS = 256;

    private final Linearization at;
    private final Matrix x;
    private final Matrix residuals;
    private final double[] weights;
    private final double ridge;
    private final Workers workers;
    private final int n;
    private final int c;
    private final double total;
    /** W - mean weight: the total weight after leaving out an average example. */
    private final double rest;
    /** sum a_i, with a_i as in {@link PairWeights}. */
    private final double excess;
    /** Ordered pairs of the rest, again without an average example. */
    private final double pairs;

    /** For a linearised objective in its compact form. */
    FastLeaveOneOut(Linearization at, Workers workers) {
        Dataset data = at.objective().data();
        this.at = at;
        this.x = data.features();
        this.residuals = at.residuals();
        this.weights = data.weights();
        this.ridge = at.objective().ridge();
        this.workers = workers;
        this.n = data.size();
        this.c = residuals.columns();
        this.total = data.totalWeight();
        this.rest = total - total / n;
        this.excess = PairWeights.selfPairs(weights);
        this.pairs = rest * rest - (excess - excess / n);
    }

    static double[] of(Linearization original, Workers workers, Progress progress) {
        Linearization compact = CompactForm.of(original, workers);
        progress.phase("leave one out", 5);
        double whole =
                Potential.of(LinearGradientSpace.of(compact, workers), workers).variance();
        progress.step(1);
        return new FastLeaveOneOut(compact, workers).run(whole, progress);
    }

    /** Sums over all examples and forms of the matrices named in the class comment. */
    record Base(
            QuadraticForms inverse,
            QuadraticForms second,
            QuadraticForms third,
            QuadraticForms selfWeighted,
            double traceSecond,
            double sumSelf,
            double sumSquaredSelf,
            double[] gradientSum,
            double[] solvedGradientSum,
            double gradientSumNorm,
            double mean,
            double ridgeDerivative,
            Matrix inverseMatrix) {}

    private double[] run(double whole, Progress progress) {
        Base base = base(progress);
        double[] result = new double[n];
        Matrix moves = new Matrix(n, c);
        Second second = removalsAndExpansion(base, whole, result, moves);
        progress.step(4);
        progress.checkCancelled();
        addMoves(base, second, moves, result);
        progress.step(5);
        return result;
    }

    /** sum_i w_i scale_i r_i r_i' (x) x_i x_i'. */
    private Matrix gradientProducts(double[] scales) {
        return KroneckerSum.of(
                x,
                c,
                (from, to) -> {
                    Matrix block = new Matrix(to - from, c * c);
                    for (int i = from; i < to; i++) {
                        double scale = weights[i] * scales[i];
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

    /** The sums over all examples. */
    Base base(Progress progress) {
        Matrix hessian = at.hessian(workers);
        // H is the mean over W; wanted is the sum over the rest's weight
        for (int k = 0; k < hessian.values().length; k++) {
            hessian.values()[k] *= total / rest;
        }
        hessian.addToDiagonal(ridge * (1 - total / rest));
        Matrix inverse = Cholesky.factorInPlace(hessian, workers).inverse(workers);
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        Matrix products = gradientProducts(ones);
        Matrix half = Dense.multiply(inverse, products, workers);
        double traceSecond = traceOfProduct(half, half);
        Matrix second = Dense.multiply(half, inverse, workers);
        Matrix third = Dense.multiply(half, second, workers);
        Dense.mirrorLower(second);
        Dense.mirrorLower(third);
        progress.step(2);
        progress.checkCancelled();
        QuadraticForms inverseForms = new QuadraticForms(inverse, c);
        double[] self = new double[n];
        double[] scaled = new double[n];
        workers.forEachBlock(n, ROWS, (from, to) -> {
            Matrix forms = inverseForms.of(x, from, to);
            for (int i = from; i < to; i++) {
                double[] r = residuals.row(i);
                self[i] = SmallMatrices.form(r, forms.row(i - from), r, c);
                scaled[i] = Math.min(1, weights[i]) * self[i];
            }
        });
        Matrix selfWeighted = congruence(inverse, gradientProducts(scaled));
        progress.step(3);
        progress.checkCancelled();
        double sumSelf = 0;
        double sumSquaredSelf = 0;
        for (int i = 0; i < n; i++) {
            sumSelf += weights[i] * scaled[i];
            sumSquaredSelf += weights[i] * scaled[i] * self[i];
        }
        double[] gradientSum = at.gradient(workers);
        Dense.add(-ridge, at.theta(), gradientSum);
        for (int k = 0; k < gradientSum.length; k++) {
            gradientSum[k] *= total;
        }
        double[] solved = Dense.multiply(inverse, gradientSum);
        double gradientSumNorm = Dense.dot(gradientSum, solved);
        double mean = (gradientSumNorm - sumSelf) / pairs;
        double ridgeDerivative = 2
                / pairs
                * (trace(selfWeighted)
                        - trace(third)
                        - excess / total * mean * trace(second)
                        + mean * Dense.dot(solved, solved));
        return new Base(
                inverseForms,
                new QuadraticForms(second, c),
                new QuadraticForms(third, c),
                new QuadraticForms(selfWeighted, c),
                traceSecond,
                sumSelf,
                sumSquaredSelf,
                gradientSum,
                solved,
                gradientSumNorm,
                mean,
                ridgeDerivative,
                inverse);
    }

    /** A B A for symmetric A and B. */
    private Matrix congruence(Matrix a, Matrix b) {
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
    private static double traceOfProduct(Matrix a, Matrix b) {
        Matrix transposed = b.transpose();
        double sum = 0;
        for (int i = 0; i < a.rows(); i++) {
            sum += Dense.dot(a.values(), a.offset(i), transposed.values(), transposed.offset(i), a.columns());
        }
        return sum;
    }

    /** The gradient of V (c x d) and Gamma (p x p). */
    record Second(Matrix gradient, Matrix curvature) {}

    /**
     * Writes to {@code result} what does not need the sums over all examples, to {@code moves} the vectors v_i with delta_i
     * = w_i / rest K (v_i (x) x_i - mean gradient).
     */
    Second removalsAndExpansion(Base base, double whole, double[] result, Matrix moves) {
        Matrix changes = new Matrix(n, c);
        Matrix solvedSum = new Matrix(c, x.columns(), base.solvedGradientSum());
        Matrix curvature = KroneckerSum.of(
                x,
                c,
                (from, to) -> {
                    Matrix gammas = new Matrix(to - from, c * c);
                    workers.forEachBlock(to - from, ROWS, (start, end) -> {
                        int blockFrom = from + start;
                        int blockTo = from + end;
                        Matrix inverse = base.inverse().of(x, blockFrom, blockTo);
                        Matrix second = base.second().of(x, blockFrom, blockTo);
                        Matrix third = base.third().of(x, blockFrom, blockTo);
                        Matrix selfWeighted = base.selfWeighted().of(x, blockFrom, blockTo);
                        Matrix curvatures = at.curvatures(blockFrom, blockTo);
                        for (int i = blockFrom; i < blockTo; i++) {
                            int row = i - blockFrom;
                            Example example = new Example(
                                    i,
                                    inverse.row(row),
                                    second.row(row),
                                    third.row(row),
                                    selfWeighted.row(row),
                                    curvatures.row(row),
                                    alongInputs(solvedSum, i));
                            result[i] = example.variance(base) - whole;
                            example.expand(base);
                            System.arraycopy(example.move, 0, moves.values(), moves.offset(i), c);
                            System.arraycopy(example.change, 0, changes.values(), changes.offset(i), c);
                            System.arraycopy(example.gamma, 0, gammas.values(), gammas.offset(i - from), c * c);
                            result[i] -= example.ownEffect();
                        }
                    });
                    return gammas;
                },
                workers);
        Matrix gradient = workers.reduce(
                n,
                ROWS,
                () -> new Matrix(c, x.columns()),
                (sum, from, to) -> Dense.addTransposedProduct(changes.selectRows(from, to), x, from, to, sum),
                (left, right) -> {
                    Dense.add(1, right.values(), left.values());
                    return left;
                });
        return new Second(gradient, curvature);
    }

    private double[] alongInputs(Matrix parameters, int i) {
        double[] result = new double[c];
        for (int a = 0; a < c; a++) {
            result[a] = Dense.dot(parameters.values(), parameters.offset(a), x.values(), x.offset(i), x.columns());
        }
        return result;
    }

    /** Adds grad V' delta_i + delta_i' Gamma delta_i. */
    private void addMoves(Base base, Second second, Matrix moves, double[] result) {
        int d = x.columns();
        double[] solvedGradient =
                Dense.multiply(base.inverseMatrix(), second.gradient().values());
        Matrix congruent = congruence(base.inverseMatrix(), second.curvature());
        double[] meanGradient = base.gradientSum().clone();
        for (int k = 0; k < meanGradient.length; k++) {
            meanGradient[k] /= total;
        }
        double[] congruentMean = Dense.multiply(congruent, meanGradient);
        double firstOfMean = Dense.dot(meanGradient, solvedGradient);
        double secondOfMean = Dense.dot(meanGradient, congruentMean);
        Matrix linear = new Matrix(c, d, solvedGradient);
        Matrix bilinear = new Matrix(c, d, congruentMean);
        QuadraticForms forms = new QuadraticForms(congruent, c);
        workers.forEachBlock(n, ROWS, (from, to) -> {
            Matrix block = forms.of(x, from, to);
            for (int i = from; i < to; i++) {
                double[] v = moves.row(i);
                double scale = weights[i] / rest;
                double first = Dense.dot(v, alongInputs(linear, i)) - firstOfMean;
                double quadratic = SmallMatrices.form(v, block.row(i - from), v, c)
                        - 2 * Dense.dot(v, alongInputs(bilinear, i))
                        + secondOfMean;
                // without its weight an example is not there to be left out
                result[i] = weights[i] == 0 ? 0 : result[i] + scale * first + scale * scale * quadratic;
            }
        });
    }

    /** One example's forms, and what follows from them. */
    private final class Example {
        private final int index;
        private final double weight;
        private final double[] r;
        private final double[] inverse;
        private final double[] second;
        private final double[] third;
        private final double[] selfWeighted;
        private final double[] lambda;
        /** F' K s with s the sum of the gradients. */
        private final double[] sumAlong;
        /** F' K g. */
        private final double[] inverseR;

        private final double self;
        /** The removal's correction of K is K F omega F' K. */
        private final double[] omega;

        private double[] move = new double[0];
        private double[] ownShift = new double[0];
        private double[] change = new double[0];
        private double[] gamma = new double[0];

        Example(
                int index,
                double[] inverse,
                double[] second,
                double[] third,
                double[] selfWeighted,
                double[] lambda,
                double[] sumAlong) {
            this.index = index;
            this.weight = weights[index];
            this.r = residuals.row(index);
            this.inverse = inverse;
            this.second = second;
            this.third = third;
            this.selfWeighted = selfWeighted;
            this.lambda = lambda;
            this.sumAlong = sumAlong;
            this.inverseR = SmallMatrices.multiplyVector(inverse, r, c);
            this.self = Dense.dot(r, inverseR);
            double[] scaled = lambda.clone();
            for (int k = 0; k < scaled.length; k++) {
                scaled[k] *= weight / rest;
            }
            this.omega = SmallMatrices.removal(scaled, inverse, c);
        }

        /** V of the rest at the parameters of the whole. */
        double variance(Base base) {
            double own = PairWeights.selfPairs(weight);
            double[] secondR = SmallMatrices.multiplyVector(second, r, c);
            // F' K M K F and F' K M K M K F with M without this example
            double[] secondRest = second.clone();
            SmallMatrices.addOuter(-weight, inverseR, inverseR, secondRest);
            double[] thirdRest = third.clone();
            SmallMatrices.addOuter(-weight, inverseR, secondR, thirdRest);
            SmallMatrices.addOuter(-weight, secondR, inverseR, thirdRest);
            SmallMatrices.addOuter(weight * weight * self, inverseR, inverseR, thirdRest);
            double[] selfRest = selfWeighted.clone();
            SmallMatrices.addOuter(-own * self, inverseR, inverseR, selfRest);
            double[] corrected = SmallMatrices.multiply(omega, secondRest, c);
            double trace = base.traceSecond()
                    - 2 * weight * Dense.dot(r, secondR)
                    + weight * weight * self * self
                    + 2 * SmallMatrices.trace(omega, thirdRest)
                    + SmallMatrices.trace(corrected, transposed(corrected));
            double squaredSelf = base.sumSquaredSelf() - own * self * self + 2 * SmallMatrices.trace(omega, selfRest);
            // the change of sum a_j q_j, as if a_j / w_j were the same for all; it enters through the mean of X only
            double selfSum = base.sumSelf() - own * self + excess / total * SmallMatrices.trace(omega, secondRest);
            double[] along = sumAlong.clone();
            Dense.add(-weight, inverseR, along);
            double sumNorm = base.gradientSumNorm()
                    - 2 * weight * Dense.dot(r, sumAlong)
                    + weight * weight * self
                    + SmallMatrices.form(along, omega, along, c);
            double ownRest = total - weight;
            double ownPairs = ownRest * ownRest - (excess - own);
            double mean = (sumNorm - selfSum) / ownPairs;
            double ratio = ownRest / rest;
            return ratio * ratio * ((trace - squaredSelf) / ownPairs - mean * mean)
                    + ridge * (ratio - 1) * base.ridgeDerivative();
        }

        private double[] transposed(double[] matrix) {
            double[] result = new double[matrix.length];
            for (int a = 0; a < c; a++) {
                for (int b = 0; b < c; b++) {
                    result[a * c + b] = matrix[b * c + a];
                }
            }
            return result;
        }

        /** This example's part of the gradient of V and of Gamma, and its leave-one-out Newton step. */
        void expand(Base base) {
            Loss loss = at.objective().loss();
            double target = at.objective().data().targets().value(index);
            double[] z = at.logits().row(index);
            double[] step = inverseR.clone();
            Dense.add(-1 / total, sumAlong, step);
            double[] leverage = SmallMatrices.multiplyVector(omega, step, c);
            move = r.clone();
            Dense.add(1, leverage, move);
            ownShift = step.clone();
            Dense.add(1, SmallMatrices.multiplyVector(inverse, leverage, c), ownShift);
            for (int a = 0; a < c; a++) {
                ownShift[a] *= weight / rest;
            }
            double selfFactor = Math.min(1, weight) * (-2 * self + 2 * base.mean()) / pairs;
            // dV = <residualPart, dr> + <curvaturePart, dLambda>
            double[] residualPart = new double[c];
            double[] secondR = SmallMatrices.multiplyVector(second, r, c);
            for (int a = 0; a < c; a++) {
                residualPart[a] =
                        4 / pairs * secondR[a] + 2 * selfFactor * inverseR[a] - 4 * base.mean() / pairs * sumAlong[a];
            }
            double[] curvaturePart = new double[c * c];
            for (int k = 0; k < c * c; k++) {
                curvaturePart[k] =
                        2 / pairs * (selfWeighted[k] - third[k] - excess / total * base.mean() * second[k]) / rest;
            }
            SmallMatrices.addOuter(2 * base.mean() / pairs / rest, sumAlong, sumAlong, curvaturePart);
            change = SmallMatrices.multiplyVector(lambda, residualPart, c);
            double[] derivative = new double[c * c];
            double[] unit = new double[c];
            for (int a = 0; a < c; a++) {
                unit[a] = 1;
                loss.curvatureDerivative(z, 0, target, unit, 0, derivative, 0);
                change[a] += SmallMatrices.trace(derivative, curvaturePart);
                unit[a] = 0;
            }
            double[] fourth = new double[c * c];
            loss.curvatureSecondDerivative(z, 0, target, curvaturePart, 0, fourth, 0);
            loss.curvatureDerivative(z, 0, target, residualPart, 0, derivative, 0);
            double[] middle = new double[c * c];
            for (int k = 0; k < c * c; k++) {
                middle[k] = 2 / pairs * second[k] + selfFactor * inverse[k];
            }
            gamma = SmallMatrices.multiply(SmallMatrices.multiply(lambda, middle, c), lambda, c);
            for (int k = 0; k < c * c; k++) {
                gamma[k] = weight * (gamma[k] + 0.5 * (derivative[k] + fourth[k]));
            }
            for (int a = 0; a < c; a++) {
                change[a] *= weight;
            }
        }

        /** What the sums over all examples wrongly say about this one's own contribution. */
        double ownEffect() {
            return Dense.dot(change, ownShift) + SmallMatrices.form(ownShift, gamma, ownShift, c);
        }
    }
}
