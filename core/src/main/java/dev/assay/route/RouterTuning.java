package dev.assay.route;

import dev.assay.linalg.Matrix;
import dev.assay.route.RouterFamily.Gate;
import dev.assay.route.RouterFamily.Prepared;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fits one kind of router along its settings, by expectation maximisation with the experts held fixed: what a row counts for
 * in each block follows from the router and from how well each expert explains the row's label, and the router from that.
 *
 * <p>For each setting the log-likelihood of labels is taken on folds that had no part in the router, whole fits included.
 *
 * @param family what was fitted
 * @param settings tried, in order
 * @param heldOut for each setting n x K log shares, each row's by the router that did not see it
 * @param best index of the setting with the highest held-out log-likelihood
 * @param nats that log-likelihood, per explained row; higher is better
 */
record RouterTuning(RouterFamily family, List<Double> settings, List<Matrix> heldOut, int best, double nats) {
    private static final int ROUNDS = 6;
    /** Rounds end when the log-likelihood of the rows that are fitted rises by less, in nats per row. */
    private static final double SMALL_GAIN = 1e-4;
    /** A path ends when the held-out log-likelihood has not risen so often since its maximum. */
    private static final int FALLS = 2;

    /** Where one fold's fit stands. */
    private record State(Matrix masses, @Nullable Gate gate) {}

    /** A fit and what rows count for under it. */
    private record Step(Matrix masses, Gate gate) {}

    /** The whole path, each fold by a router fitted to the others. */
    static RouterTuning crossFit(RouterFamily family, RoutingProblem problem, Progress progress, Workers workers) {
        Prepared prepared = family.prepare(problem, workers);
        double[] counts = problem.explained();
        List<State> states = new ArrayList<>();
        for (int fold = 0; fold < problem.foldCount(); fold++) {
            states.add(new State(problem.startingMasses(without(counts, problem.folds(), fold)), null));
        }
        List<Double> settings = new ArrayList<>();
        List<Matrix> heldOut = new ArrayList<>();
        int best = 0;
        double highest = Double.NEGATIVE_INFINITY;
        for (double setting : family.settings()) {
            progress.checkCancelled();
            List<State> before = states;
            List<Step> steps = workers.mapBlocks(problem.foldCount(), 1, (fold, ignored) -> {
                double[] others = without(counts, problem.folds(), fold);
                return maximise(prepared, problem, others, before.get(fold), setting, workers);
            });
            List<State> after = new ArrayList<>();
            Matrix logShares = new Matrix(problem.size(), problem.blocks());
            for (int i = 0; i < problem.size(); i++) {
                Matrix its = steps.get(problem.folds()[i]).gate().logShares();
                System.arraycopy(
                        its.values(), its.offset(i), logShares.values(), logShares.offset(i), problem.blocks());
            }
            for (Step step : steps) {
                after.add(new State(step.masses(), step.gate()));
            }
            states = after;
            settings.add(setting);
            heldOut.add(logShares);
            double nats = mean(problem.logLikelihoods(logShares), counts);
            if (nats > highest) {
                highest = nats;
                best = settings.size() - 1;
            }
            if (settings.size() - 1 - best >= FALLS) {
                break;
            }
        }
        return new RouterTuning(family, settings, heldOut, best, highest);
    }

    /** The router of all rows, down the path to the best setting. */
    Router fitAll(RoutingProblem problem, Workers workers) {
        Prepared prepared = family.prepare(problem, workers);
        double[] counts = problem.explained();
        State state = new State(problem.startingMasses(counts), null);
        Step step = maximise(prepared, problem, counts, state, settings.get(0), workers);
        for (int k = 1; k <= best; k++) {
            step = maximise(prepared, problem, counts, new State(step.masses(), step.gate()), settings.get(k), workers);
        }
        return step.gate().router();
    }

    /** Held-out log shares with the best setting, n x K. */
    Matrix bestHeldOut() {
        return heldOut.get(best);
    }

    private static Step maximise(
            Prepared prepared, RoutingProblem problem, double[] counts, State state, double setting, Workers workers) {
        Matrix masses = state.masses();
        @Nullable Gate gate = state.gate();
        double last = Double.NEGATIVE_INFINITY;
        int round = 0;
        while (true) {
            gate = prepared.fit(masses, setting, gate, workers);
            double reached = mean(problem.logLikelihoods(gate.logShares()), counts);
            masses = problem.masses(gate.logShares(), counts);
            round++;
            if (round == ROUNDS || !(reached > last + SMALL_GAIN)) {
                return new Step(masses, gate);
            }
            last = reached;
        }
    }

    private static double[] without(double[] counts, int[] folds, int fold) {
        double[] result = counts.clone();
        for (int i = 0; i < result.length; i++) {
            if (folds[i] == fold) {
                result[i] = 0;
            }
        }
        return result;
    }

    /** sum c_i v_i / sum c_i; 0 where nothing counts. */
    static double mean(double[] values, double[] counts) {
        double sum = 0;
        double total = 0;
        for (int i = 0; i < values.length; i++) {
            sum += counts[i] > 0 ? counts[i] * values[i] : 0;
            total += counts[i];
        }
        return total > 0 ? sum / total : 0;
    }

    /** Standard error of that mean. */
    static double standardError(double[] values, double[] counts) {
        double mean = mean(values, counts);
        double squares = 0;
        double total = 0;
        for (int i = 0; i < values.length; i++) {
            double part = counts[i] > 0 ? counts[i] * (values[i] - mean) : 0;
            squares += part * part;
            total += counts[i];
        }
        return total > 0 ? Math.sqrt(squares) / total : 0;
    }
}
