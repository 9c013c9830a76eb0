package dev.assay.mixture;

import dev.assay.data.ClassTargets;
import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.data.Partition;
import dev.assay.learn.Expert;
import dev.assay.learn.LinearExpert;
import dev.assay.learn.Evidence;
import dev.assay.learn.PairedGain;
import dev.assay.linalg.LogSumExp;
import dev.assay.linalg.Matrix;
import dev.assay.model.LinearModel;
import dev.assay.work.Progress;
import dev.assay.work.Series;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Mixtures of growing size, each judged by rows that had no part in it: everything - starts, restarts, the choice among them,
 * responsibilities, experts - is done again inside of each outer training part, and its mixture answers for the outer part.
 *
 * <p>All rows go first. What they say of a mixture of their own, cross-fitted, is more than rows say that it never saw; so these
 * are only asked where that would be enough.
 */
public final class MixtureSearch {
    static final int OUTER_PARTS = 5;

    private static final double TINY = 1e-12;
    private static final double REACH = 2;
    /** What chance gives without any difference, in nats. */
    private static final double NATS = 3;
    /** Nats per row that each of several blocks must explain beyond the shares of its labels, or it is block 0 by another name. */
    private static final double SMALLEST_GAIN = 0.05;
    /** Nats per row that a mixture may still gain down the path of strengths. */
    private static final double PATH_GAIN = 0.03;
    /** A gate is worth so many times what it brings at first, at the most. */
    private static final double GATE_FACTOR = 2;
    /** Nats per row that labels must cost for a second block to be looked for: one of 2 % that differs in half of its rows. */
    private static final double ROOM = 0.05;
    /** The same for a further block where the last one brought nothing: one of three of a size explains little. */
    private static final double ROOM_FOR_MORE = 0.3;

    private static final Series EVIDENCE = new Series(
            "What rows that it never saw say of so many blocks",
            "number of blocks",
            "log-likelihood, nats per row (higher is better)");

    private final Dataset data;
    private final Progress progress;
    private final Workers workers;
    private final MixtureLine whole;
    private final List<Outer> outer;

    private MixtureSearch(Dataset data, ContentOrder order, long seed, Progress progress, Workers workers) {
        this.data = data;
        this.progress = progress;
        this.workers = workers;
        this.whole = new MixtureLine(MixtureFitter.of(data, order, progress), seed + 17L * OUTER_PARTS);
        this.outer = new ArrayList<>();
        Partition parts = Partition.of(order, OUTER_PARTS, seed - 1);
        for (int part = 0; part < OUTER_PARTS; part++) {
            int[] others = parts.outside(part);
            MixtureFitter fitter = MixtureFitter.of(data.select(others), order.select(others), progress);
            outer.add(new Outer(parts.inside(part), new MixtureLine(fitter, seed + 17L * part)));
        }
    }

    /**
     * A mixture and what rows that it never saw say of it.
     *
     * @param solution from all rows
     * @param logLikelihoods of each row by a mixture that never saw it, in nats; higher is better
     */
    public record Found(int blocks, MixtureLine.Solution solution, double[] logLikelihoods) {
        double evidence(double[] weights) {
            return Evidence.perRow(logLikelihoods, weights);
        }
    }

    /**
     * All that was found: for each number of blocks, without and with block 0, the strength of the prior that did best.
     *
     * @param starts how many were tried on all rows
     * @param dropped how many of them ended in poor optima
     */
    public record Result(List<Found> found, int starts, int dropped) {}

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
    public static Result search(
            Dataset data,
            ContentOrder order,
            int maxBlocks,
            double rival,
            long seed,
            Progress progress,
            Workers workers) {
        return new MixtureSearch(data, order, seed, progress, workers).search(maxBlocks, rival);
    }

    private Result search(int maxBlocks, double rival) {
        double[] weights = data.weights();
        List<Found> result = new ArrayList<>();
        Found highest = null;
        MixtureState smaller = null;
        MixtureState solved = null;
        // of the best explanation with one block, and of all rows' best mixture so far
        double simplest = rival;
        double reached = Double.NEGATIVE_INFINITY;
        double flattery = 0;
        int since = 0;
        int starts = 0;
        int dropped = 0;
        boolean goesOn = true;
        for (int k = 1; k <= maxBlocks && goesOn; k++) {
            progress.phase(k == 1 ? "one block" : k + " blocks", OUTER_PARTS + 1);
            MixtureLine.Started started = whole.start(k, workers);
            MixtureState state = started.state();
            starts += started.tried();
            dropped += started.dropped();
            double before = reached;
            // in sample with one block, cross-fitted with more
            reached = k == 1 ? reached : Math.max(reached, state.evidence(weights));
            since++;
            boolean isWorthSolving = smaller == null || isWorthSolving(state, smaller, simplest + flattery);
            smaller = state;
            if (isWorthSolving) {
                MixtureLine.Solutions solutions = whole.solve(started, workers);
                progress.step(1);
                MixtureState best = best(solutions.list());
                reached = Math.max(reached, best.evidence(weights));
                if (k > 2 && solved != null && !isBetter(best.logLikelihoods(), solved.logLikelihoods(), weights)) {
                    solutions = new MixtureLine.Solutions(started, List.of());
                }
                solved = best;
                for (Found found : judge(solutions, simplest, flattery)) {
                    result.add(found);
                    flattery = Math.max(flattery, found.solution().state().evidence(weights) - found.evidence(weights));
                    if (highest == null || isBetter(found.logLikelihoods(), highest.logLikelihoods(), weights)) {
                        highest = found;
                        since = 0;
                    }
                    simplest = k == 1 ? Math.max(simplest, found.evidence(weights)) : simplest;
                    progress.measured(EVIDENCE, k, found.evidence(weights));
                }
            }
            // further blocks seldom bring more than the last one did
            boolean reachable = k == 1 || reached + REACH * (reached - before) > rival;
            goesOn = since < patience(k + 1)
                    && reachable
                    && hasRoom(k == 1 || since == 0 ? ROOM : ROOM_FOR_MORE, simplest);
        }
        return new Result(result, starts, dropped);
    }

    private MixtureState best(List<MixtureLine.Solution> solutions) {
        double[] weights = data.weights();
        return solutions.stream()
                .map(MixtureLine.Solution::state)
                .max(Comparator.comparingDouble(state -> state.evidence(weights)))
                .orElseThrow(() -> new IllegalStateException("nothing was tried"));
    }

    /** Whether labels cost enough, in nats per row, for a further block to be paid for; a density has no such bound. */
    private boolean hasRoom(double room, double simplest) {
        return !(data.targets() instanceof ClassTargets) || -simplest > room;
    }

    /**
     * Whether several blocks may yet win, over one and over one block less: all rows flatter them, and more so the more they are.
     *
     * @param toBeat by the evidence of all rows
     */
    private boolean isWorthSolving(MixtureState state, MixtureState smaller, double toBeat) {
        double[] weights = data.weights();
        if (smaller.blocks() > 1 && !isBetter(state.logLikelihoods(), smaller.logLikelihoods(), weights)) {
            return false;
        }
        double missing = toBeat + NATS / data.totalWeight() - state.evidence(weights) - PATH_GAIN;
        // with shares that depend on x, experts find their rows more easily: that may bring as much again
        return missing < 0 || missing < GATE_FACTOR * whole.gateGain(state, workers);
    }

    /**
     * The best solution of each kind, by rows that it never saw; those only that all rows do not rule out.
     *
     * @param simplest evidence of one block
     * @param flattery by how much all rows flattered a smaller mixture
     */
    private List<Found> judge(MixtureLine.Solutions solutions, double simplest, double flattery) {
        double[] weights = data.weights();
        int k = solutions.started().blocks();
        double others = simplest;
        List<Found> all = new ArrayList<>();
        List<MixtureLine.Solution> open = new ArrayList<>();
        for (MixtureLine.Solution solution : solutions.list()) {
            if (k == 1 && !solution.unexplained()) {
                // no responsibilities, so nothing travels from part to part: its own parts never saw the row
                Found found = new Found(1, solution, solution.state().logLikelihoods());
                all.add(found);
                others = Math.max(others, found.evidence(weights));
            } else if (k == 1 || solution.state().leastGain(data.targets(), weights) >= SMALLEST_GAIN) {
                open.add(solution);
            }
        }
        double rival = others + flattery;
        if (open.stream().anyMatch(one -> (one.state().evidence(weights) - rival) * data.totalWeight() > NATS)) {
            all.addAll(nested(new MixtureLine.Solutions(solutions.started(), open)));
        }
        List<Found> best = new ArrayList<>();
        for (Kind kind : Kind.ALL) {
            all.stream()
                    .filter(found -> kind.equals(Kind.of(found.solution())))
                    .max(Comparator.comparingDouble(found -> found.evidence(weights)))
                    .ifPresent(best::add);
        }
        return best;
    }

    /** Each solution, with what mixtures found in the same way from the other outer parts say of each row. */
    private List<Found> nested(MixtureLine.Solutions solutions) {
        AtomicInteger done = new AtomicInteger(1);
        List<List<double[]>> said = workers.mapBlocks(OUTER_PARTS, 1, (part, ignored) -> {
            MixtureLine line = outer.get(part).line();
            Dataset own = data.select(outer.get(part).own());
            List<double[]> result = line.follow(solutions, workers).stream()
                    .map(solution -> line.fitter()
                            .finish(solution.state(), workers)
                            .on(own, workers)
                            .logLikelihoods())
                    .toList();
            // lines end on several threads; progress is told by one at a time
            synchronized (done) {
                progress.step(done.incrementAndGet());
            }
            return result;
        });
        List<Found> result = new ArrayList<>();
        for (int s = 0; s < solutions.list().size(); s++) {
            double[] logLikelihoods = new double[data.size()];
            for (int part = 0; part < OUTER_PARTS; part++) {
                int[] own = outer.get(part).own();
                for (int i = 0; i < own.length; i++) {
                    logLikelihoods[own[i]] = said.get(part).get(s)[i];
                }
            }
            result.add(new Found(solutions.started().blocks(), solutions.list().get(s), logLikelihoods));
        }
        return result;
    }

    /** How many numbers of blocks in a row may be no better before this one: two blocks are sometimes no better, three are. */
    private static int patience(int blocks) {
        return blocks <= 3 ? 2 : 1;
    }

    /** By more than chance: tiny gains would lead on and on. */
    private static boolean isBetter(double[] next, double[] best, double[] weights) {
        return PairedGain.of(next, best, weights).isBetter(1, NATS);
    }
}
