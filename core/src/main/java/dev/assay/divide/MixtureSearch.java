package dev.assay.divide;

import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.linalg.Matrix;
import dev.assay.model.Expert;
import dev.assay.model.LinearModel;
import dev.assay.work.Progress;
import dev.assay.work.Series;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Mixtures of growing size, each judged by rows that had no part in it: everything - starts, restarts, the choice among them,
 * responsibilities, experts - is done again inside of each outer training part, and its mixture answers for the outer part.
 */
final class MixtureSearch {
    static final int OUTER_PARTS = 5;

    private static final double TINY = 1e-12;
    private static final double REACH = 2;

    private static final Series EVIDENCE = new Series(
            "What rows that it never saw say of so many blocks",
            "number of blocks",
            "log-likelihood, nats per row (higher is better)");

    private MixtureSearch() {}

    /**
     * A mixture and what rows that it never saw say of it.
     *
     * @param solution from all rows
     * @param logLikelihoods of each row by a mixture that never saw it, in nats; higher is better
     */
    record Found(int blocks, MixtureLine.Solution solution, double[] logLikelihoods) {
        double evidence(double[] weights) {
            double sum = 0;
            double total = 0;
            for (int i = 0; i < weights.length; i++) {
                sum += weights[i] * logLikelihoods[i];
                total += weights[i];
            }
            return sum / total;
        }
    }

    /**
     * All that was found: for each number of blocks, without and with block 0, the strength of the prior that did best.
     *
     * @param starts how many were tried on all rows
     * @param dropped how many of them ended in poor optima
     */
    record Result(List<Found> found, int starts, int dropped) {}

    private record Outer(int[] own, MixtureLine line) {}

    private record Kind(boolean unexplained, boolean gated) {
        static final List<Kind> ALL =
                List.of(new Kind(false, false), new Kind(true, false), new Kind(false, true), new Kind(true, true));

        static Kind of(MixtureLine.Solution solution) {
            return new Kind(solution.unexplained(), solution.state().gate() != null);
        }
    }

    /**
     * Searches.
     *
     * @param data as the experts see it
     * @param maxBlocks the largest number of blocks
     * @param rival nats per row of one expert that may bend: the search also ends where mixtures are out of its reach
     */
    static Result search(
            Dataset data,
            ContentOrder order,
            int maxBlocks,
            double rival,
            long seed,
            Progress progress,
            Workers workers) {
        int[] parts = order.assign(OUTER_PARTS, seed - 1);
        List<Outer> lines = new ArrayList<>();
        for (int part = 0; part <= OUTER_PARTS; part++) {
            int outer = part;
            int[] own = IntStream.range(0, parts.length)
                    .filter(i -> parts[i] == outer)
                    .toArray();
            int[] others = IntStream.range(0, parts.length)
                    .filter(i -> parts[i] != outer)
                    .toArray();
            boolean all = part == OUTER_PARTS;
            Dataset inner = all ? data : data.select(others);
            ContentOrder innerOrder = all ? order : order.select(others);
            lines.add(
                    new Outer(own, new MixtureLine(MixtureFitter.of(inner, innerOrder, progress), seed + 17L * part)));
        }
        List<Found> result = new ArrayList<>();
        double[] weights = data.weights();
        Found highest = null;
        int since = 0;
        int starts = 0;
        int dropped = 0;
        boolean reachable = true;
        for (int k = 1; k <= maxBlocks && since < patience(k) && reachable; k++) {
            Found before = highest;
            progress.phase(k == 1 ? "one block" : k + " blocks", lines.size());
            AtomicInteger done = new AtomicInteger();
            List<Judged> judged = workers.mapBlocks(lines.size(), 1, (part, ignored) -> {
                Judged line = judge(data, lines.get(part), workers);
                // lines end on several threads; progress is told by one at a time
                synchronized (done) {
                    progress.step(done.incrementAndGet());
                }
                return line;
            });
            MixtureLine.Solutions whole = judged.get(OUTER_PARTS).solutions();
            starts += whole.starts();
            dropped += whole.dropped();
            since++;
            double evidence = Double.NEGATIVE_INFINITY;
            for (Kind kind : Kind.ALL) {
                Found best = null;
                for (int s = 0; s < whole.list().size(); s++) {
                    if (!kind.equals(Kind.of(whole.list().get(s)))) {
                        continue;
                    }
                    double[] logLikelihoods = new double[data.size()];
                    for (int part = 0; part < OUTER_PARTS; part++) {
                        int[] own = lines.get(part).own();
                        for (int i = 0; i < own.length; i++) {
                            logLikelihoods[own[i]] = judged.get(part).outer().get(s)[i];
                        }
                    }
                    Found found = new Found(k, whole.list().get(s), logLikelihoods);
                    if (best == null || found.evidence(weights) > best.evidence(weights)) {
                        best = found;
                    }
                }
                if (best != null) {
                    result.add(best);
                    evidence = Math.max(evidence, best.evidence(weights));
                    if (highest == null || isBetter(best, highest, weights)) {
                        highest = best;
                        since = 0;
                    }
                }
            }
            progress.measured(EVIDENCE, k, evidence);
            // further blocks seldom bring more than the last one did
            if (before != null && highest != null) {
                double reached = highest.evidence(weights);
                reachable = reached + REACH * (reached - before.evidence(weights)) > rival;
            }
        }
        return new Result(result, starts, dropped);
    }

    /** How many numbers of blocks in a row may be no better before this one: two blocks are sometimes no better, three are. */
    private static int patience(int blocks) {
        return blocks <= 3 ? 2 : 1;
    }

    /** By more than chance: tiny gains would lead on and on. */
    private static boolean isBetter(Found next, Found best, double[] weights) {
        return Comparison.of(next.logLikelihoods(), best.logLikelihoods(), weights)
                .isBetter(1, 3);
    }

    /** Solutions of a line, and the log-likelihoods of the outer rows by each of them. */
    private record Judged(MixtureLine.Solutions solutions, List<double[]> outer) {}

    private static Judged judge(Dataset data, Outer outer, Workers workers) {
        MixtureLine.Solutions solutions = outer.line().next(workers);
        List<double[]> result = new ArrayList<>();
        if (outer.own().length > 0) {
            Dataset own = data.select(outer.own());
            for (MixtureLine.Solution solution : solutions.list()) {
                result.add(logLikelihoods(outer.line().fitter(), solution.state(), own, workers));
            }
        }
        return new Judged(solutions, result);
    }

    /** log p(y_i | x_i) of rows that the mixture never saw. */
    static double[] logLikelihoods(MixtureFitter fitter, MixtureState state, Dataset own, Workers workers) {
        int k = state.blocks();
        double[][] joint = new double[own.size()][k + 1];
        MixtureFitter judge = new MixtureFitter(own, fitter.order(), fitter.loss(), fitter.progress());
        for (int i = 0; i < own.size(); i++) {
            joint[i][0] = state.shares()[0] > 0
                    ? Math.log(state.shares()[0]) + judge.unexplained(i, state.labelShares())
                    : Double.NEGATIVE_INFINITY;
        }
        MixtureState.Shares shares = state.gate();
        Matrix gate = shares == null ? null : shares.gate().logShares(own.features(), workers);
        for (int b = 0; b < k; b++) {
            LinearModel model = fitter.finish(state, b, workers);
            Matrix answers = Expert.answers(model, state.scales()[b], own.features(), workers);
            double[] its = Expert.logLikelihoods(answers, own.targets(), state.deviations()[b]);
            for (int i = 0; i < own.size(); i++) {
                joint[i][b + 1] = its[i]
                        + (gate == null
                                ? Math.log(state.shares()[b + 1] + TINY)
                                : Math.log1p(-state.shares()[0] + TINY) + gate.get(i, b));
            }
        }
        return Arrays.stream(joint)
                .mapToDouble(row -> MixtureFitter.logSum(row, 1))
                .toArray();
    }
}
