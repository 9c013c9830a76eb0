package dev.assay.potential.linear;

import dev.assay.data.Dataset;
import dev.assay.influence.LinearGradientSpace;
import dev.assay.linalg.Dense;
import dev.assay.model.Linearization;
import dev.assay.model.NewtonTrainer;
import dev.assay.model.Objective;
import dev.assay.potential.PairWeights;
import dev.assay.potential.Potential;
import dev.assay.work.CancelledException;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Delta V of leaving out each example: V of the rest minus V of all. Negative = the set becomes more homogeneous without
 * the example, so the most negative ones look foreign.
 *
 * <p>An example of weight w counts as w copies, all of which are left out. An example of weight 0 has a delta of 0.
 */
public final class DeltaVariance {
    /** Examples between two looks at the progress; no effect on the result. */
    private static final int BATCH = 32;

    /** Gradient norm to which RETRAIN refits. */
    private static final double GRADIENT_NORM = 1e-10;

    /** A step with the old curvature must shrink the gradient by this much, or the curvature is formed anew. */
    private static final double CONTRACTION = 0.5;

    private DeltaVariance() {}

    /** How delta V is found. */
    public enum Method {
        /**
         * A refit without the example, by Newton's method from the fitted parameters to a gradient norm of 1e-10, then V of
         * the rest. The truth; O(n) times (n p^2 + p^3).
         */
        RETRAIN,
        /**
         * theta_i = theta + w_i H^-1 g_i / W with the full Hessian, then gradients, Hessian (of the mean loss of the rest,
         * plus ridge) and V of the rest from scratch. O(n) times (n p^2 + p^3).
         */
        ONE_STEP,
        /**
         * An expansion about the fit, all examples in four passes over the data: O(n p^2 + p^3) in all. The removal at
         * fixed parameters is exact up to fourth order in the leverage, the effect of the shift of the parameters is taken
         * to second order along the leave-one-out Newton step. Aims at {@link #RETRAIN}.
         */
        FAST
    }

    /**
     * Delta V of every example.
     *
     * @param at the objective at its fitted parameters
     * @return n values, negative where leaving out the example lowers V
     * @throws IllegalArgumentException if without some example no pair is left
     */
    public static double[] deltaVariance(Linearization at, Method method, Workers workers, Progress progress) {
        double[] result = new double[at.objective().data().size()];
        Arrays.fill(result, Double.NaN);
        complete(at, method, result, workers, progress);
        return result;
    }

    /**
     * Fills in the entries of {@code partial} that are NaN. When it is cancelled, what is done stays in {@code partial},
     * and a later call goes on from there to the same values as an uninterrupted one.
     *
     * @param partial n values, NaN where still unknown
     * @throws CancelledException if the progress was cancelled; {@code partial} holds what was finished
     */
    public static void complete(Linearization at, Method method, double[] partial, Workers workers, Progress progress) {
        Dataset data = at.objective().data();
        if (partial.length != data.size()) {
            throw new IllegalArgumentException("got room for " + partial.length
                    + " values, expected one for each of the " + data.size() + " examples");
        }
        PairWeights.checkPairsRemain(data.weights(), 1);
        int[] open = IntStream.range(0, partial.length)
                .filter(i -> Double.isNaN(partial[i]))
                .toArray();
        if (open.length == 0) {
            return;
        }
        if (method == Method.FAST) {
            double[] all = FastDeltaVariance.of(at, workers, progress);
            for (int i : open) {
                partial[i] = all[i];
            }
            return;
        }
        LinearGradientSpace space = LinearGradientSpace.of(at, workers);
        Variance variance = variance(space.compact(), workers);
        double whole = variance.of(space.compact());
        progress.phase("leave one out", partial.length);
        progress.step(partial.length - open.length);
        for (int from = 0; from < open.length; from += BATCH) {
            progress.checkCancelled();
            int to = Math.min(open.length, from + BATCH);
            int start = from;
            workers.forEachBlock(to - from, 1, (index, ignored) -> {
                int i = open[start + index];
                partial[i] = data.weights()[i] == 0 ? 0 : without(space, i, method, variance, workers) - whole;
            });
            progress.step(partial.length - open.length + to);
        }
    }

    /** How V is computed for parameters and weights. */
    @FunctionalInterface
    private interface Variance {
        double of(Linearization at);
    }

    /** On the side of the parameters or of the examples, whichever is cheaper. */
    private static Variance variance(Linearization compact, Workers workers) {
        if (KernelPotential.suits(compact)) {
            KernelPotential kernel = KernelPotential.of(compact, workers);
            return at -> kernel.variance(at, workers);
        }
        return at -> Potential.of(LinearGradientSpace.of(at, workers), workers).variance();
    }

    /** V of the rest. */
    private static double without(LinearGradientSpace space, int i, Method method, Variance variance, Workers workers) {
        Objective objective = space.compact().objective();
        double[] weights = objective.data().weights().clone();
        weights[i] = 0;
        Objective rest = new Objective(objective.data().withWeights(weights), objective.loss(), objective.ridge());
        return variance.of(
                method == Method.ONE_STEP ? rest.at(oneStep(space, i), workers) : retrained(space, i, rest, workers));
    }

    private static double[] oneStep(LinearGradientSpace space, int i) {
        Dataset data = space.compact().objective().data();
        double[] theta = space.compact().theta();
        double[] step = space.factor().solve(space.gradient(i));
        Dense.add(data.weights()[i] / data.totalWeight(), step, theta);
        return theta;
    }

    /**
     * The minimiser without example i: Newton steps with the curvature at the full fit, from which that of the example is
     * taken out, as long as they converge fast; Newton's method proper otherwise.
     */
    private static Linearization retrained(LinearGradientSpace space, int i, Objective rest, Workers workers) {
        ReducedCurvature reduced = ReducedCurvature.without(space, i, workers);
        double[] theta = space.compact().theta();
        Linearization current = rest.at(theta, workers);
        double[] gradient = current.gradient(workers);
        double norm = Math.sqrt(Dense.dot(gradient, gradient));
        while (!(norm <= GRADIENT_NORM)) {
            Dense.add(-1, reduced.solve(gradient), theta);
            current = rest.at(theta, workers);
            gradient = current.gradient(workers);
            double next = Math.sqrt(Dense.dot(gradient, gradient));
            if (!(next <= GRADIENT_NORM) && !(next <= CONTRACTION * norm)) {
                double[] fitted = new NewtonTrainer(GRADIENT_NORM, 100)
                        .fit(rest, space.compact().theta(), workers)
                        .model()
                        .theta();
                return rest.at(fitted, workers);
            }
            norm = next;
        }
        return current;
    }
}
