package dev.assay.potential.linear;

import dev.assay.data.Dataset;
import dev.assay.engine.Engine;
import dev.assay.engine.RowScores;
import dev.assay.engine.RowSum;
import dev.assay.linalg.Cholesky;
import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.linalg.QuadraticForms;
import dev.assay.model.Linearization;
import dev.assay.model.LogitDirections;
import dev.assay.model.Loss;
import dev.assay.model.Objective;
import dev.assay.model.SummedObjective;
import dev.assay.model.TransformedLoss;
import dev.assay.potential.PairWeights;
import dev.assay.potential.Potential;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * V, self-influences and delta V ({@link DeltaVariance.Method#FAST}) of a linear model whose rows are with an {@link Engine}: the very sums of
 * {@link Potential} and {@link FastDeltaVariance}, added up over blocks of rows. V takes two passes, delta V one more; then the scores of each
 * row follow from the row itself. O(n p^2 + p^3), with a few p x p matrices here.
 */
public final class SummedInfluence {
    private static final Workers ALONE = Workers.of(1);

    private final Model model;
    private final RestTotals totals;
    private final Matrix inverseHessian;
    private final Potential potential;
    private final @Nullable Leaving leaving;

    /** What is needed to leave a row out. */
    private record Leaving(DeltaVarianceSums sums, FastDeltaVariance.Moves moves) {}

    private SummedInfluence(
            Model model, RestTotals totals, Matrix inverseHessian, Potential potential, @Nullable Leaving leaving) {
        this.model = model;
        this.totals = totals;
        this.inverseHessian = inverseHessian;
        this.potential = potential;
        this.leaving = leaving;
    }

    /**
     * V alone.
     *
     * @param fitted to the rows of the engine
     * @throws IllegalArgumentException if there is no pair of rows
     * @throws dev.assay.work.CancelledException if the progress was cancelled
     */
    public static Potential potential(Engine engine, SummedObjective fitted, Workers workers, Progress progress) {
        return of(engine, fitted, false, workers, progress).potential;
    }

    /**
     * All of it.
     *
     * @param fitted to the rows of the engine
     * @throws IllegalArgumentException if there is no pair of rows
     * @throws dev.assay.work.CancelledException if the progress was cancelled
     */
    public static SummedInfluence of(Engine engine, SummedObjective fitted, Workers workers, Progress progress) {
        return of(engine, fitted, true, workers, progress);
    }

    private static SummedInfluence of(
            Engine engine, SummedObjective fitted, boolean leaving, Workers workers, Progress progress) {
        Model model = Model.compact(fitted, workers);
        int p = model.theta.length;
        double[] first = engine.sum(new FirstSum(model), progress);
        RestTotals totals = RestTotals.of(first[0], first[1], first[2]);
        Matrix hessian = new Matrix(p, p, Arrays.copyOfRange(first, 3 + p, 3 + p + p * p));
        Matrix products = new Matrix(p, p, Arrays.copyOfRange(first, 3 + p + p * p, 3 + p + 2 * p * p));
        double[] gradient = Arrays.copyOfRange(first, 3, 3 + p);
        Arrays.setAll(hessian.values(), k -> hessian.values()[k] / totals.total());
        hessian.addToDiagonal(model.ridge);
        Matrix inverse =
                leaving ? DeltaVarianceSums.inverse(totals, model.ridge, hessian.copy(), workers) : new Matrix(0, 0);
        Matrix inverseHessian = Cholesky.factorInPlace(hessian, workers).inverse(workers);
        double[] second = engine.sum(new SelfSum(model, inverseHessian, inverse, totals), progress);
        Matrix half = Dense.multiply(inverseHessian, products, workers);
        double squares = DeltaVarianceSums.traceOfProduct(half, half) - second[1];
        double mean = -(Dense.dot(gradient, Dense.multiply(inverseHessian, gradient)) - second[0]) / totals.allPairs();
        Potential potential = new Potential(squares / totals.allPairs() - mean * mean, mean, totals.total());
        if (!leaving) {
            return new SummedInfluence(model, totals, inverseHessian, potential, null);
        }
        int c = model.loss.logits();
        DeltaVarianceSums sums = DeltaVarianceSums.of(
                totals,
                c,
                inverse,
                products,
                gradient,
                new DeltaVarianceSums.SelfInfluences(
                        new Matrix(p, p, Arrays.copyOfRange(second, 4, 4 + p * p)), second[2], second[3]),
                workers);
        double[] third = engine.sum(new MoveSum(model, sums, totals, potential.variance()), progress);
        FastDeltaVariance.Moves moves = FastDeltaVariance.Moves.of(
                sums,
                new Matrix(c, p / c, Arrays.copyOf(third, p)),
                new Matrix(p, p, Arrays.copyOfRange(third, p, p + p * p)),
                totals.total(),
                workers);
        return new SummedInfluence(model, totals, inverseHessian, potential, new Leaving(sums, moves));
    }

    /** V and the mean of X over all pairs of rows. */
    public Potential potential() {
        return potential;
    }

    /**
     * Of each row: its self-influence g' H^-1 g, higher = more suspicious, and delta V, lower = more suspicious. NaN in the second where only
     * V was asked for.
     */
    public RowScores scores() {
        return new Scores(model, totals, inverseHessian, potential.variance(), leaving);
    }

    /** All that the scores of a row follow from; numbers alone, so that they may be sent to where the rows are. */
    private record Scores(
            Model model,
            RestTotals totals,
            Matrix inverseHessian,
            double variance,
            @Nullable Leaving leaving) implements RowScores {
        @Override
        public List<String> names() {
            return List.of("selfInfluence", "deltaVariance");
        }

        @Override
        public Matrix of(Dataset block) {
            if (block.size() == 0) {
                return new Matrix(0, names().size());
            }
            double[] ones = new double[block.size()];
            Arrays.fill(ones, 1);
            boolean weighted = block.totalWeight() > 0;
            Linearization at = model.at(weighted ? block : block.withWeights(ones));
            AverageRest rest = new AverageRest(at, totals);
            double[] self =
                    DeltaVarianceSums.selfInfluences(rest, new QuadraticForms(inverseHessian, rest.logits()), ALONE);
            double[] delta = weighted ? deltaVariance(rest) : new double[block.size()];
            Matrix result = new Matrix(block.size(), 2);
            for (int i = 0; i < self.length; i++) {
                result.set(i, 0, self[i]);
                result.set(i, 1, delta[i]);
            }
            return result;
        }

        private double[] deltaVariance(AverageRest rest) {
            Leaving known = leaving;
            if (known == null) {
                double[] unknown = new double[rest.size()];
                Arrays.fill(unknown, Double.NaN);
                return unknown;
            }
            FastDeltaVariance fast = new FastDeltaVariance(rest, known.sums, ALONE);
            return fast.withMoves(fast.removals(variance), known.moves);
        }
    }

    /**
     * A fitted model in as few logits as will do.
     *
     * @param loss of one row
     * @param ridge lambda
     * @param theta p values
     */
    private record Model(Loss loss, double ridge, double[] theta) {
        static Model compact(SummedObjective fitted, Workers workers) {
            Loss loss = fitted.loss();
            double[] theta = fitted.theta();
            if (!loss.isShiftInvariant() || loss.logits() == 1) {
                return new Model(loss, fitted.ridge(), theta);
            }
            TransformedLoss reduced = new TransformedLoss(loss, LogitDirections.alike(loss.logits()));
            Matrix parameters = new Matrix(loss.logits(), theta.length / loss.logits(), theta);
            return new Model(
                    reduced,
                    fitted.ridge(),
                    Dense.multiply(reduced.transform().transpose(), parameters, workers)
                            .values());
        }

        Linearization at(Dataset block) {
            return new Objective(block, loss, ridge).at(theta, ALONE);
        }
    }

    /** W, n, sum a_i, then s, sum w_i h_i and M. */
    private record FirstSum(Model model) implements RowSum {
        private static final int COUNTS = 3;

        @Override
        public int length() {
            int p = model.theta.length;
            return COUNTS + p + 2 * p * p;
        }

        @Override
        public void add(Dataset block, double[] total) {
            total[0] += block.totalWeight();
            total[1] += block.size();
            total[2] += PairWeights.selfPairs(block.weights());
            if (!(block.totalWeight() > 0)) {
                return;
            }
            int p = model.theta.length;
            AverageRest rows = AverageRest.of(model.at(block));
            addScaled(1, DeltaVarianceSums.gradientSum(rows, ALONE), total, COUNTS);
            Matrix hessian = rows.at().hessian(ALONE);
            hessian.addToDiagonal(-model.ridge);
            addScaled(block.totalWeight(), hessian.values(), total, COUNTS + p);
            double[] ones = new double[block.size()];
            Arrays.fill(ones, 1);
            addScaled(1, DeltaVarianceSums.gradientProducts(rows, ones, ALONE).values(), total, COUNTS + p + p * p);
        }
    }

    /**
     * sum a_i q_i and sum a_i q_i^2 under the inverse Hessian, the same under K, and D.
     *
     * @param inverse K; empty where nobody asks for what is under it
     */
    private record SelfSum(Model model, Matrix inverseHessian, Matrix inverse, RestTotals totals) implements RowSum {
        private static final int SUMS = 4;

        @Override
        public int length() {
            return SUMS + inverse.values().length;
        }

        @Override
        public void add(Dataset block, double[] total) {
            if (!(block.totalWeight() > 0)) {
                return;
            }
            AverageRest rows = new AverageRest(model.at(block), totals);
            double[] self =
                    DeltaVarianceSums.selfInfluences(rows, new QuadraticForms(inverseHessian, rows.logits()), ALONE);
            for (int i = 0; i < self.length; i++) {
                double pairs = PairWeights.selfPairs(block.weights()[i]);
                total[0] += pairs * self[i];
                total[1] += pairs * self[i] * self[i];
            }
            if (inverse.rows() > 0) {
                DeltaVarianceSums.SelfInfluences under = DeltaVarianceSums.SelfInfluences.of(rows, inverse, ALONE);
                total[2] += under.sum();
                total[3] += under.sumOfSquares();
                addScaled(1, under.products().values(), total, SUMS);
            }
        }
    }

    /** grad V, and Gamma. */
    private record MoveSum(Model model, DeltaVarianceSums sums, RestTotals totals, double potential) implements RowSum {
        @Override
        public int length() {
            int p = model.theta.length;
            return p + p * p;
        }

        @Override
        public void add(Dataset block, double[] total) {
            if (!(block.totalWeight() > 0)) {
                return;
            }
            FastDeltaVariance.Removals removals =
                    new FastDeltaVariance(new AverageRest(model.at(block), totals), sums, ALONE).removals(potential);
            addScaled(1, removals.gradient().values(), total, 0);
            addScaled(1, removals.curvature().values(), total, model.theta.length);
        }
    }

    private static void addScaled(double factor, double[] values, double[] total, int at) {
        for (int k = 0; k < values.length; k++) {
            total[at + k] += factor * values[k];
        }
    }
}
