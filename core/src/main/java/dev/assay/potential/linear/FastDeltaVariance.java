package dev.assay.potential.linear;

import dev.assay.influence.CompactForm;
import dev.assay.influence.LinearGradientSpace;
import dev.assay.linalg.Dense;
import dev.assay.linalg.KroneckerSum;
import dev.assay.linalg.Matrix;
import dev.assay.linalg.QuadraticForms;
import dev.assay.model.Linearization;
import dev.assay.potential.Potential;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.List;
import java.util.stream.IntStream;

/**
 * {@link DeltaVariance.Method#FAST}: delta V of every example in four passes, O(n p^2 + p^3) time and O(block + p^2 + n c)
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
final class FastDeltaVariance {
    static final int ROWS = 256;

    private final AverageRest rest;
    private final DeltaVarianceSums sums;
    private final Matrix x;
    private final int n;
    private final int c;
    private final Workers workers;

    FastDeltaVariance(AverageRest rest, DeltaVarianceSums sums, Workers workers) {
        this.rest = rest;
        this.sums = sums;
        this.x = rest.inputs();
        this.n = rest.size();
        this.c = rest.logits();
        this.workers = workers;
    }

    /** For a linearised objective in its compact form. */
    static FastDeltaVariance ofCompact(Linearization compact, Workers workers, Progress progress) {
        AverageRest rest = AverageRest.of(compact);
        return new FastDeltaVariance(rest, DeltaVarianceSums.of(rest, workers, progress), workers);
    }

    static double[] of(Linearization original, Workers workers, Progress progress) {
        Linearization compact = CompactForm.of(original, workers);
        progress.phase("leave one out", 5);
        double whole =
                Potential.of(LinearGradientSpace.of(compact, workers), workers).variance();
        progress.step(1);
        FastDeltaVariance fast = ofCompact(compact, workers, progress);
        Removals removals = fast.removals(whole);
        progress.step(4);
        progress.checkCancelled();
        double[] result = fast.withMoves(
                removals, Moves.of(fast.sums, removals.gradient(), removals.curvature(), fast.rest.total(), workers));
        progress.step(5);
        return result;
    }

    /**
     * Each example taken out, and the sums about which its move is expanded.
     *
     * @param changes delta V without the moves, n values
     * @param moves v_i with delta_i = w_i / rest K (v_i (x) x_i - mean gradient), n x c
     * @param gradient of V, c x d
     * @param curvature Gamma, p x p
     */
    record Removals(double[] changes, Matrix moves, Matrix gradient, Matrix curvature) {}

    /**
     * Takes out.
     *
     * @param whole V of all examples
     */
    Removals removals(double whole) {
        double[] result = new double[n];
        Matrix moves = new Matrix(n, c);
        Matrix parts = new Matrix(n, c);
        Matrix curvature = KroneckerSum.of(
                x,
                c,
                (from, to) -> {
                    Matrix gammas = new Matrix(to - from, c * c);
                    workers.forEachBlock(to - from, ROWS, (start, end) -> {
                        List<LeftOutExample> examples = examples(from + start, from + end);
                        for (int row = start; row < end; row++) {
                            int i = from + row;
                            LeftOutExample example = examples.get(row - start);
                            LeftOutExample.Expansion expansion = example.expansion();
                            result[i] = example.variance() - whole - expansion.ownEffect();
                            System.arraycopy(expansion.move(), 0, moves.values(), moves.offset(i), c);
                            System.arraycopy(expansion.change(), 0, parts.values(), parts.offset(i), c);
                            System.arraycopy(expansion.gamma(), 0, gammas.values(), gammas.offset(row), c * c);
                        }
                    });
                    return gammas;
                },
                workers);
        Matrix gradient = workers.reduce(
                n,
                ROWS,
                () -> new Matrix(c, x.columns()),
                (sum, from, to) -> Dense.addTransposedProduct(parts.selectRows(from, to), x, from, to, sum),
                (left, right) -> {
                    Dense.add(1, right.values(), left.values());
                    return left;
                });
        return new Removals(result, moves, gradient, curvature);
    }

    /** The examples from (included) to to (excluded) with their forms. */
    private List<LeftOutExample> examples(int from, int to) {
        Matrix inverse = sums.inverse().of(x, from, to);
        Matrix second = sums.second().of(x, from, to);
        Matrix third = sums.third().of(x, from, to);
        Matrix selfWeighted = sums.selfWeighted().of(x, from, to);
        Matrix curvatures = rest.at().curvatures(from, to);
        Matrix solvedGradient = new Matrix(c, x.columns(), sums.solvedGradient());
        return IntStream.range(0, to - from)
                .mapToObj(row -> new LeftOutExample(
                        rest,
                        sums,
                        from + row,
                        inverse.row(row),
                        second.row(row),
                        third.row(row),
                        selfWeighted.row(row),
                        curvatures.row(row),
                        rest.alongInputs(solvedGradient, from + row)))
                .toList();
    }

    /**
     * What the moves of all examples have in common.
     *
     * @param linear K grad V, c x d
     * @param bilinear K Gamma K times the mean gradient, c x d
     * @param forms of K Gamma K
     * @param firstOfMean the linear form of the mean gradient
     * @param secondOfMean its quadratic form
     */
    record Moves(Matrix linear, Matrix bilinear, QuadraticForms forms, double firstOfMean, double secondOfMean) {
        /**
         * From sums over all examples.
         *
         * @param gradient of V, c x d
         * @param curvature Gamma
         * @param total W
         */
        static Moves of(DeltaVarianceSums sums, Matrix gradient, Matrix curvature, double total, Workers workers) {
            int c = gradient.rows();
            int d = gradient.columns();
            double[] solvedGradient = Dense.multiply(sums.inverseMatrix(), gradient.values());
            Matrix congruent = sums.congruent(curvature, workers);
            double[] meanGradient = sums.gradient().clone();
            for (int k = 0; k < meanGradient.length; k++) {
                meanGradient[k] /= total;
            }
            double[] congruentMean = Dense.multiply(congruent, meanGradient);
            return new Moves(
                    new Matrix(c, d, solvedGradient),
                    new Matrix(c, d, congruentMean),
                    new QuadraticForms(congruent, c),
                    Dense.dot(meanGradient, solvedGradient),
                    Dense.dot(meanGradient, congruentMean));
        }
    }

    /** Adds grad V' delta_i + delta_i' Gamma delta_i. */
    double[] withMoves(Removals removals, Moves known) {
        double[] result = removals.changes().clone();
        workers.forEachBlock(n, ROWS, (from, to) -> {
            Matrix block = known.forms().of(x, from, to);
            for (int i = from; i < to; i++) {
                double weight = rest.weights()[i];
                double[] v = removals.moves().row(i);
                double scale = weight / rest.weight();
                double first = Dense.dot(v, rest.alongInputs(known.linear(), i)) - known.firstOfMean();
                double quadratic = SmallMatrices.form(v, block.row(i - from), v, c)
                        - 2 * Dense.dot(v, rest.alongInputs(known.bilinear(), i))
                        + known.secondOfMean();
                // without its weight an example is not there to be left out
                result[i] = weight == 0 ? 0 : result[i] + scale * first + scale * scale * quadratic;
            }
        });
        return result;
    }
}
