package dev.assay.mixture;

import dev.assay.data.ContentOrder;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Mixtures of one training set, one number of blocks after the other: each is begun from several starts, the best of which goes
 * down a path of strengths of the prior. The line of all rows tries all starts and strengths; lines of outer training parts
 * {@link #follow} it and try those that did best there.
 */
public final class MixtureLine {
    /** Strengths for one block: there, nothing has to be found before it can be judged. */
    static final List<Double> SINGLE_STRENGTHS = List.of(30., 10., 3., 1., 0.3, 0.1, 0.03);
    /** The same where one block was not judged, and only tells what it does not explain. */
    private static final List<Double> UNJUDGED_STRENGTHS = List.of(3., 1., 0.3);
    /** Strengths for several blocks. */
    static final List<Double> STRENGTHS = List.of(1., 0.3, 0.1);

    private static final double FIRST_STRENGTH = 3;
    private static final double SECOND_STRENGTH = 1;
    private static final double JUDGED_STRENGTH = 0.3;
    private static final double UNEXPLAINED_AT_FIRST = 0.1;
    private static final double ANNEAL_FROM = 0.5;
    private static final int FIRST_ROUNDS = 20;
    private static final int SECOND_ROUNDS = 8;
    private static final int JUDGED_ROUNDS = 3;
    private static final int PATH_ROUNDS = 4;
    private static final int RANDOM_STARTS = 2;
    private static final int GATE_ROUNDS = 3;
    /** Nats per row that a gate must bring out of fold to be followed. */
    private static final double SMALLEST_GAIN = 0.003;
    /** Starts that are nearer than this to each other in sample, in nats per row, ended in the same optimum. */
    private static final double SAME_OPTIMUM = 0.005;
    /** How many different optima are cross-fitted. */
    private static final int CONTENDERS = 2;

    private static final int FALLS = 2;
    /** A path that follows another begins with a prior so many times stronger than the strongest that is judged. */
    private static final double AHEAD = 10.5;
    /** Nats per row that a stronger prior may be behind and still be looked at again: cross-fitted evidence favours weak ones. */
    private static final double KEPT = 0.02;

    private final MixtureFitter fitter;
    private final long seed;
    /** Of the last number of blocks, with block 0, at the end of its path; and of one block. */
    private @Nullable MixtureState last;

    private @Nullable MixtureState single;

    /**
     * A solution.
     *
     * @param unexplained whether block 0 is in it
     * @param strength of the prior
     */
    public record Solution(boolean unexplained, double strength, MixtureState state) {
        private double evidence(double[] weights) {
            return state.evidence(weights);
        }
    }

    /** Where a mixture begins. */
    private enum Kind {
        RANDOM,
        PURIFIED,
        GROWN,
        CLUSTERS
    }

    /** One of several starts of a kind. */
    private record Start(Kind kind, int number) {}

    /**
     * The best start of a number of blocks, cross-fitted.
     *
     * @param tried how many starts there were
     * @param dropped how many of them ended in poor optima
     */
    record Started(int blocks, Start start, MixtureState state, int tried, int dropped) {}

    /** The solutions of one number of blocks that are worth judging. */
    record Solutions(Started started, List<Solution> list) {}

    MixtureLine(MixtureFitter fitter, long seed) {
        this.fitter = fitter;
        this.seed = seed;
    }

    MixtureFitter fitter() {
        return fitter;
    }

    private double[] weights() {
        return fitter.data().weights();
    }

    /** The best of all starts with so many blocks. */
    Started start(int blocks, Workers workers) {
        if (blocks == 1) {
            return new Started(1, new Start(Kind.RANDOM, 0), one(workers), 1, 0);
        }
        List<Start> starts = new ArrayList<>();
        for (int s = 0; s < RANDOM_STARTS; s++) {
            starts.add(new Start(Kind.RANDOM, s));
        }
        starts.add(new Start(Kind.PURIFIED, 0));
        if (blocks > 2) {
            starts.add(new Start(Kind.PURIFIED, 1));
        }
        if (blocks > 2 && isGrownFrom(blocks - 1)) {
            starts.add(new Start(Kind.GROWN, 0));
        }
        starts.add(new Start(Kind.CLUSTERS, 0));
        return best(blocks, single(workers), starts, CONTENDERS, workers);
    }

    /** By how much shares that depend on x explain the labels better than constant ones, out of fold, in nats per row. */
    double gateGain(MixtureState state, Workers workers) {
        Gate.Fitted fitted = Gate.fit(fitter.data().features(), weights(), state, fitter.order(), seed, workers);
        return Math.max(0, fitted.gain());
    }

    /** In-sample rounds from each start; then cross-fitted ones from the best of those that ended in different optima. */
    private Started best(int blocks, MixtureState one, List<Start> starts, int contenders, Workers workers) {
        List<MixtureState> ends = new ArrayList<>();
        for (Start start : starts) {
            double annealFrom = start.kind() == Kind.RANDOM ? ANNEAL_FROM : 1;
            MixtureState state = fitter.start(responsibilities(start, blocks, one, workers), FIRST_STRENGTH);
            state = fitter.inSample(state, FIRST_ROUNDS, annealFrom, workers);
            ends.add(fitter.inSample(state.withStrength(SECOND_STRENGTH), SECOND_ROUNDS, 1, workers));
        }
        List<Integer> order = new ArrayList<>();
        for (int s = 0; s < ends.size(); s++) {
            order.add(s);
        }
        order.sort(Comparator.comparingDouble((Integer s) -> -ends.get(s).evidence(weights())));
        double highest = ends.get(order.get(0)).evidence(weights());
        int dropped = (int) ends.stream()
                .filter(state -> state.evidence(weights()) < highest - SAME_OPTIMUM)
                .count();
        Started best = null;
        double before = Double.POSITIVE_INFINITY;
        int tried = 0;
        for (int s : order) {
            double evidence = ends.get(s).evidence(weights());
            if (tried == contenders || before - evidence < SAME_OPTIMUM) {
                continue;
            }
            before = evidence;
            tried++;
            MixtureState state = ends.get(s).withUnexplained(UNEXPLAINED_AT_FIRST).withStrength(JUDGED_STRENGTH);
            state = fitter.crossFitted(state, JUDGED_ROUNDS, 2, true, seed + 31L * s, workers);
            if (best == null || state.evidence(weights()) > best.state().evidence(weights())) {
                best = new Started(blocks, starts.get(s), state, starts.size(), dropped);
            }
        }
        if (best == null) {
            throw new IllegalStateException("no start was tried");
        }
        return best;
    }

    /** Down the path of strengths, and the solutions that are worth judging by rows that had no part in them. */
    Solutions solve(Started started, Workers workers) {
        List<Solution> list =
                path(started, started.blocks() == 1 ? SINGLE_STRENGTHS : STRENGTHS, ignored -> true, FALLS, workers);
        List<Solution> kept = new ArrayList<>();
        for (boolean unexplained : new boolean[] {false, true}) {
            Solution best = best(list.stream()
                    .filter(one -> one.unexplained() == unexplained)
                    .toList());
            list.stream()
                    .filter(one -> one.unexplained() == unexplained && one.strength() >= best.strength())
                    .filter(one -> one.evidence(weights()) > best.evidence(weights()) - KEPT)
                    .forEach(kept::add);
        }
        if (started.blocks() > 1) {
            Solution gated = gated(best(list), workers);
            if (gated != null) {
                kept.add(gated);
            }
        }
        return new Solutions(started, kept);
    }

    /**
     * What the line of all rows did with so many blocks, on this line's rows: from the start that won there and one other, with the
     * strengths that did best there. A solution for each of the leader's, in its order.
     */
    List<Solution> follow(Solutions leader, Workers workers) {
        Started first = leader.started();
        Started started = first.blocks() == 1
                ? start(1, workers)
                : best(first.blocks(), single(workers), followed(first), 1, workers);
        double weakest =
                leader.list().stream().mapToDouble(Solution::strength).min().orElseThrow();
        double strongest =
                leader.list().stream().mapToDouble(Solution::strength).max().orElseThrow();
        List<Double> strengths = (first.blocks() == 1 ? SINGLE_STRENGTHS : STRENGTHS)
                .stream()
                        .filter(strength -> strength >= weakest && strength <= AHEAD * strongest)
                        .toList();
        Predicate<Double> wanted = strength ->
                leader.list().stream().anyMatch(solution -> !solution.unexplained() && solution.strength() == strength);
        List<Solution> list = path(started, strengths, wanted, strengths.size(), workers);
        List<Solution> result = new ArrayList<>();
        for (Solution its : leader.list()) {
            Solution plain = list.stream()
                    .filter(own -> own.unexplained() == its.unexplained() && own.strength() == its.strength())
                    .findFirst()
                    .orElseThrow();
            Solution gated = its.state().gate() == null ? null : gated(plain, workers);
            result.add(gated == null ? plain : gated);
        }
        return result;
    }

    /** One block with block 0, at the end of its path. */
    private MixtureState single(Workers workers) {
        MixtureState known = single;
        if (known != null) {
            return known;
        }
        Solution end = best(path(start(1, workers), UNJUDGED_STRENGTHS, ignored -> false, FALLS, workers));
        return end.state();
    }

    /** Whether the last path was that of so many blocks: a line leaves out what is not worth solving. */
    private boolean isGrownFrom(int blocks) {
        MixtureState before = last;
        return before != null && before.blocks() == blocks;
    }

    private List<Start> followed(Started leader) {
        Start start = leader.start();
        if (start.kind() == Kind.GROWN && !isGrownFrom(leader.blocks() - 1)) {
            start = new Start(Kind.PURIFIED, 1);
        }
        Start purified = new Start(Kind.PURIFIED, 0);
        return List.of(start, start.equals(purified) ? new Start(Kind.RANDOM, 0) : purified);
    }

    /**
     * Solutions with block 0 for each strength, and without it for those that are wanted.
     *
     * @param patience of one block: its path ends when neither kind has risen so often
     */
    private List<Solution> path(
            Started started, List<Double> strengths, Predicate<Double> wanted, int patience, Workers workers) {
        boolean one = started.blocks() == 1;
        List<Solution> list = new ArrayList<>();
        MixtureState with = one ? started.state().withUnexplained(UNEXPLAINED_AT_FIRST) : started.state();
        MixtureState without = started.state();
        double[] highest = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
        MixtureState best = with;
        int falls = 0;
        for (double strength : strengths) {
            with = fitter.crossFitted(with.withStrength(strength), PATH_ROUNDS, 3, true, seed + 7, workers);
            list.add(new Solution(true, strength, with));
            falls++;
            if (wanted.test(strength)) {
                MixtureState from = one ? without.withStrength(strength) : with.withoutUnexplained();
                without = fitter.crossFitted(from, 2, 1, false, seed + 8, workers);
                list.add(new Solution(false, strength, without));
            }
            if (with.evidence(weights()) > highest[1]) {
                highest[1] = with.evidence(weights());
                best = with;
                falls = 0;
            }
            if (without.evidence(weights()) > highest[0]) {
                highest[0] = without.evidence(weights());
                falls = 0;
            }
            if (one && falls == patience) {
                break;
            }
        }
        last = one ? best : with;
        if (one) {
            single = best;
        }
        return list;
    }

    private Solution best(List<Solution> list) {
        return list.stream()
                .max(Comparator.comparingDouble(one -> one.evidence(weights())))
                .orElseThrow(() -> new IllegalStateException("nothing was tried"));
    }

    /** A solution with shares that depend on x; null where x says nothing of them. */
    private @Nullable Solution gated(Solution from, Workers workers) {
        MixtureState state = from.state();
        for (int round = 0; round < GATE_ROUNDS; round++) {
            Gate.Fitted fitted =
                    Gate.fit(fitter.data().features(), weights(), state, fitter.order(), seed + 41L * round, workers);
            if (round == 0 && fitted.gain() < SMALLEST_GAIN) {
                return null;
            }
            state = state.withGate(new MixtureState.Shares(fitted.gate(), fitted.heldOut()));
            state = fitter.crossFitted(state, 2, 2, from.unexplained(), seed + 9 + round, workers);
        }
        return new Solution(from.unexplained(), from.strength(), state);
    }

    /** One block of all rows, before its path. */
    private MixtureState one(Workers workers) {
        int n = fitter.data().size();
        Matrix everything = new Matrix(n, 2);
        for (int i = 0; i < n; i++) {
            everything.set(i, 1, 1);
        }
        return fitter.inSample(fitter.start(everything, SINGLE_STRENGTHS.get(0)), 2, 1, workers);
    }

    /**
     * At random; what one expert does not explain, split at random; the last number of blocks and what it does not explain; or
     * clusters.
     */
    private Matrix responsibilities(Start start, int k, MixtureState one, Workers workers) {
        ContentOrder order = fitter.order();
        int n = fitter.data().size();
        Matrix result = new Matrix(n, k + 1);
        switch (start.kind()) {
            case RANDOM -> fillAtRandom(result, 1, null, order, seed + 101L * start.number());
            case PURIFIED -> {
                double[] rest = new double[n];
                for (int i = 0; i < n; i++) {
                    result.set(i, 1, one.responsibilities().get(i, 1));
                    rest[i] = one.responsibilities().get(i, 0);
                }
                fillAtRandom(result, 2, rest, order, seed + 1009L * (start.number() + 1));
            }
            case GROWN -> {
                MixtureState before = last == null ? one : last;
                for (int i = 0; i < n; i++) {
                    for (int b = 1; b <= before.blocks(); b++) {
                        result.set(i, b, before.responsibilities().get(i, b));
                    }
                    result.set(i, k, before.responsibilities().get(i, 0));
                }
            }
            case CLUSTERS -> {
                int[] nearest = KMeans.assign(fitter.data().features(), order, k, seed, workers);
                for (int i = 0; i < n; i++) {
                    for (int b = 1; b <= k; b++) {
                        result.set(i, b, nearest[i] == b - 1 ? 0.9 : 0.1 / (k - 1));
                    }
                }
            }
        }
        return result;
    }

    /** Shares the rest of each row out among the columns from {@code first} on, uniformly on the simplex. */
    private static void fillAtRandom(
            Matrix result, int first, double @Nullable [] rest, ContentOrder order, long seed) {
        int n = result.rows();
        int columns = result.columns();
        double[][] drawn = new double[columns][];
        for (int b = first; b < columns; b++) {
            drawn[b] = order.uniform(seed + 7919L * b);
        }
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int b = first; b < columns; b++) {
                sum -= Math.log(drawn[b][i]);
            }
            for (int b = first; b < columns; b++) {
                result.set(i, b, (rest == null ? 1 : rest[i]) * -Math.log(drawn[b][i]) / sum);
            }
        }
    }
}
