package dev.assay.mixture;

import dev.assay.data.ClassTargets;
import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.data.SamplingUnits;
import dev.assay.learn.Evidence;
import dev.assay.learn.PairedGain;
import dev.assay.work.Progress;
import dev.assay.work.Seeds;
import dev.assay.work.Series;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Mixtures of growing size, each judged by rows that had no part in it: everything - starts, restarts, the choice among them,
 * responsibilities, experts - is done again inside of each outer training part, and its mixture answers for the outer part.
 *
 * <p>All rows go first. What they say of a mixture of their own, cross-fitted, is more than rows say that it never saw; so these
 * are only asked where that would be enough. Where rows are many, mixtures are judged by other rows than they are found in instead.
 */
public final class MixtureSearch {
    /** Further blocks seldom bring more than so many times what the last one did. */
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
    static final double ROOM = 0.05;
    /** The same for a further block where the last one brought nothing: one of three of a size explains little. */
    private static final double ROOM_FOR_MORE = 0.3;

    private static final Series EVIDENCE = new Series(
            "What rows that it never saw say of so many blocks",
            "number of blocks",
            "log-likelihood, nats per row (higher is better)");

    private final Dataset data;
    private final double rival;
    private final Progress progress;
    private final Workers workers;
    private final GrowingMixtures whole;
    private final UnseenRows unseen;

    private final List<Found> found = new ArrayList<>();
    /** Of the best explanation with one block, in nats per row. */
    private double simplest;
    /** Of all rows' best mixture so far: in sample with one block, cross-fitted with more. */
    private double reached = Double.NEGATIVE_INFINITY;
    /** By how much all rows flattered a mixture of their own, at the most. */
    private double flattery;
    /** How many numbers of blocks in a row were no better than {@link #highest}. */
    private int since;

    private @Nullable Found highest;
    private @Nullable MixtureState solved;

    private MixtureSearch(
            Dataset data, double rival, GrowingMixtures whole, UnseenRows unseen, Progress progress, Workers workers) {
        this.data = data;
        this.rival = rival;
        this.simplest = rival;
        this.progress = progress;
        this.workers = workers;
        this.whole = whole;
        this.unseen = unseen;
    }

    /**
     * A mixture and what rows that it never saw say of it.
     *
     * @param state from all rows that mixtures are found in
     * @param logLikelihoods of each row by a mixture that never saw it, in nats; higher is better
     */
    public record Found(MixtureState state, double[] logLikelihoods) {
        /** K. */
        public int blocks() {
            return state.blocks();
        }

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
        GrowingMixtures whole = new GrowingMixtures(
                MixtureFitter.of(data, order, progress), Seeds.child(seed, "mixtures of all rows"), false);
        return new MixtureSearch(data, rival, whole, new NestedCrossFit(data, order, seed, progress), progress, workers)
                .search(maxBlocks);
    }

    /**
     * Searches where rows are many: mixtures are found in some, and judged by others.
     *
     * @param data as the experts see it, to find mixtures in
     * @param judged the rows that they are judged by, which stay together with none of the former
     * @param rival nats per row of one expert that may bend, of {@code judged}
     */
    public static Result search(
            Dataset data,
            ContentOrder order,
            Dataset judged,
            int maxBlocks,
            double rival,
            long seed,
            Progress progress,
            Workers workers) {
        MixtureFitter fitter = MixtureFitter.of(data, order, progress);
        GrowingMixtures whole = new GrowingMixtures(fitter, Seeds.child(seed, "mixtures of many rows"), true);
        return new MixtureSearch(data, rival, whole, new OtherRows(fitter, judged), progress, workers)
                .search(maxBlocks);
    }

    private Result search(int maxBlocks) {
        MixtureState smaller = null;
        int starts = 0;
        int dropped = 0;
        boolean goesOn = true;
        for (int k = 1; k <= maxBlocks && goesOn; k++) {
            progress.phase(k == 1 ? "one block" : k + " blocks", NestedCrossFit.PARTS + 1);
            GrowingMixtures.Started started = whole.start(k, workers);
            starts += started.tried();
            dropped += started.dropped();
            double before = reached;
            reached = k == 1 || unseen.areOthers() ? reached : Math.max(reached, evidence(started.state()));
            since++;
            if (smaller == null || isWorthSolving(started.state(), smaller)) {
                solve(started);
            }
            smaller = started.state();
            goesOn = goesOn(k, before);
        }
        return new Result(found, starts, dropped);
    }

    private double evidence(MixtureState state) {
        return state.evidence(data.weights());
    }

    /** Finds the mixtures of one number of blocks, and judges them unless all rows alone rule them out. */
    private void solve(GrowingMixtures.Started started) {
        int k = started.blocks();
        List<MixtureState> mixtures = whole.solve(started, workers);
        progress.step(1);
        MixtureState best = mixtures.stream()
                .max(Comparator.comparingDouble(this::evidence))
                .orElseThrow();
        if (!unseen.areOthers()) {
            reached = Math.max(reached, evidence(best));
        }
        MixtureState before = solved;
        solved = best;
        if (k > 2
                && before != null
                && !isBetter(best.logLikelihoods(), before.logLikelihoods(), data.samplingUnits())) {
            return;
        }
        for (Found next : judge(started, mixtures)) {
            double evidence = next.evidence(unseen.data().weights());
            found.add(next);
            if (unseen.areOthers()) {
                reached = Math.max(reached, evidence);
            }
            flattery = Math.max(flattery, evidence(next.state()) - evidence);
            if (highest == null
                    || isBetter(
                            next.logLikelihoods(),
                            highest.logLikelihoods(),
                            unseen.data().samplingUnits())) {
                highest = next;
                since = 0;
            }
            simplest = k == 1 ? Math.max(simplest, evidence) : simplest;
            progress.measured(EVIDENCE, k, evidence);
        }
    }

    /**
     * Whether so many blocks may be followed by more.
     *
     * @param before what the mixtures of one block less reached
     */
    private boolean goesOn(int blocks, double before) {
        boolean reachable = blocks == 1 || reached + REACH * (reached - before) > rival;
        return since < patience(blocks + 1) && reachable && hasRoom(blocks == 1 || since == 0 ? ROOM : ROOM_FOR_MORE);
    }

    /** Whether labels cost enough, in nats per row, for a further block to be paid for; a density has no such bound. */
    private boolean hasRoom(double room) {
        return !(data.targets() instanceof ClassTargets) || -simplest > room;
    }

    /**
     * Whether several blocks may yet win, over one and over one block less: all rows flatter them, and more so the more they are.
     */
    private boolean isWorthSolving(MixtureState state, MixtureState smaller) {
        if (smaller.blocks() > 1 && !isBetter(state.logLikelihoods(), smaller.logLikelihoods(), data.samplingUnits())) {
            return false;
        }
        if (unseen.areOthers()) {
            return true;
        }
        double missing = simplest + flattery + NATS / data.totalWeight() - evidence(state) - PATH_GAIN;
        // with shares that depend on x, experts find their rows more easily: that may bring as much again
        return missing < 0 || missing < GATE_FACTOR * whole.gateGain(state, workers);
    }

    /** The best mixture of each kind, by rows that it never saw; those only that all rows do not rule out. */
    private List<Found> judge(GrowingMixtures.Started started, List<MixtureState> mixtures) {
        double toBeat = simplest;
        List<Found> judged = new ArrayList<>();
        List<MixtureState> open = new ArrayList<>();
        for (MixtureState mixture : mixtures) {
            if (mixture.blocks() == 1 && !mixture.unexplained() && !unseen.areOthers()) {
                // no responsibilities, so nothing travels from part to part: its own parts never saw the row
                judged.add(new Found(mixture, mixture.logLikelihoods()));
                toBeat = Math.max(toBeat, evidence(mixture));
            } else if (mixture.blocks() == 1
                    || BlockGain.least(mixture.responsibilities(), mixture.expertLogLikelihoods(), data)
                            >= SMALLEST_GAIN) {
                open.add(mixture);
            }
        }
        double bar = toBeat + flattery;
        boolean asked = !open.isEmpty() && unseen.areOthers();
        if (asked || open.stream().anyMatch(one -> (evidence(one) - bar) * data.totalWeight() > NATS)) {
            List<double[]> said = unseen.logLikelihoods(started, open, progress, workers);
            for (int s = 0; s < open.size(); s++) {
                judged.add(new Found(open.get(s), said.get(s)));
            }
        }
        return bestOfEachKind(judged);
    }

    private List<Found> bestOfEachKind(List<Found> judged) {
        List<Found> result = new ArrayList<>();
        for (boolean gated : new boolean[] {false, true}) {
            for (boolean unexplained : new boolean[] {false, true}) {
                judged.stream()
                        .filter(one ->
                                one.state().isGated() == gated && one.state().unexplained() == unexplained)
                        .max(Comparator.comparingDouble(
                                one -> one.evidence(unseen.data().weights())))
                        .ifPresent(result::add);
            }
        }
        return result;
    }

    /** How many numbers of blocks in a row may be no better before this one: two blocks are sometimes no better, three are. */
    private static int patience(int blocks) {
        return blocks <= 3 ? 2 : 1;
    }

    /** By more than chance: tiny gains would lead on and on. */
    private static boolean isBetter(double[] next, double[] best, SamplingUnits units) {
        return PairedGain.of(next, best, units).isBetter(1, NATS);
    }
}
