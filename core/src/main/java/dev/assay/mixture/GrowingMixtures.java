package dev.assay.mixture;

import dev.assay.linalg.Matrix;
import dev.assay.mixture.MixtureStart.Kind;
import dev.assay.work.Seeds;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Mixtures of growing size on one set of rows: for each number of blocks, the best of several {@link MixtureStart starts} goes down a path
 * of strengths of the prior. On all rows all starts and strengths are tried; on the rows of an outer training part those that did
 * best there ({@link #follow}).
 *
 * <p>Where rows are many, optima that are much alike are as many nats apart as others where they are few. Starts are then climbed from until
 * they move no more, by rounds that are doubled for the better half of them again and again.
 */
final class GrowingMixtures {
    /** Strengths for one block: there, nothing has to be found before it can be judged. */
    private static final List<Double> SINGLE_STRENGTHS = List.of(30., 10., 3., 1., 0.3, 0.1, 0.03);
    /** The same where one block was not judged, and only tells what it does not explain. */
    private static final List<Double> UNJUDGED_STRENGTHS = List.of(3., 1., 0.3);
    /** Strengths for several blocks. */
    private static final List<Double> STRENGTHS = List.of(1., 0.3, 0.1);

    private static final double FIRST_STRENGTH = 3;
    private static final double SECOND_STRENGTH = 1;
    private static final double JUDGED_STRENGTH = 0.3;
    private static final double UNEXPLAINED_AT_FIRST = 0.1;
    private static final double ANNEAL_FROM = 0.5;
    private static final int FIRST_ROUNDS = 20;
    private static final int SECOND_ROUNDS = 8;
    private static final int JUDGED_ROUNDS = 3;
    private static final int PATH_ROUNDS = 4;
    private static final int GATE_ROUNDS = 3;
    /** Nats per row that a gate must bring out of fold to be followed. */
    private static final double SMALLEST_GAIN = 0.003;
    /** Starts that are nearer than this to each other in sample, in nats per row, ended in the same optimum. */
    private static final double SAME_OPTIMUM = 0.005;
    /** The same where rows are many, and starts go on until they move no more. */
    private static final double SAME_OF_MANY = 1e-4;
    /** How many different optima are cross-fitted. */
    private static final int CONTENDERS = 2;

    private static final int FALLS = 2;
    /** A path that follows another begins with a prior so many times stronger than the strongest that is judged. */
    private static final double AHEAD = 10.5;
    /** Nats per row that a stronger prior may be behind and still be looked at again: cross-fitted evidence favours weak ones. */
    private static final double KEPT = 0.02;

    /** Starts from few rows, and rounds before the worse half of all starts is given up, where rows are many. */
    private static final int STARTS_OF_FEW = 6;

    private static final int CLIMBED_ROUNDS = 10;
    private static final int LAST_ROUNDS = 200;

    private final MixtureFitter fitter;
    private final long seed;
    private final boolean many;
    /** Of the last number of blocks, with block 0, at the end of its path; and of one block. */
    private @Nullable MixtureState last;

    private @Nullable MixtureState single;

    /**
     * The best start of a number of blocks, cross-fitted.
     *
     * @param tried how many starts there were
     * @param dropped how many of them ended in poor optima
     */
    record Started(int blocks, MixtureStart start, MixtureState state, int tried, int dropped) {}

    /**
     * None yet.
     *
     * @param many whether rows are many
     */
    GrowingMixtures(MixtureFitter fitter, long seed, boolean many) {
        this.fitter = fitter;
        this.seed = seed;
        this.many = many;
    }

    MixtureFitter fitter() {
        return fitter;
    }

    private double evidence(MixtureState state) {
        return state.evidence(fitter.data().weights());
    }

    /** The best of all starts with so many blocks. */
    Started start(int blocks, Workers workers) {
        if (blocks == 1) {
            return new Started(1, MixtureStart.RANDOM, one(workers), 1, 0);
        }
        List<MixtureStart> starts = new ArrayList<>();
        if (many) {
            for (int number = 0; number < STARTS_OF_FEW; number++) {
                starts.add(new MixtureStart(Kind.FEW_ROWS, number));
            }
        } else {
            starts.add(MixtureStart.RANDOM);
            starts.add(MixtureStart.RANDOM_AGAIN);
        }
        starts.add(MixtureStart.PURIFIED);
        if (blocks > 2 && !many) {
            starts.add(MixtureStart.PURIFIED_AGAIN);
        }
        if (blocks > 2 && isGrownFrom(blocks - 1)) {
            starts.add(MixtureStart.GROWN);
        }
        starts.add(MixtureStart.CLUSTERS);
        return best(blocks, starts, CONTENDERS, workers);
    }

    /** By how much shares that depend on x explain the labels better than constant ones, out of fold, in nats per row. */
    double gateGain(MixtureState state, Workers workers) {
        return Math.max(
                0,
                GateFit.of(fitter.data(), state, fitter.order(), Seeds.child(seed, "gate"), workers)
                        .gain());
    }

    /** In-sample rounds from each start; then cross-fitted ones from the best of those that ended in different optima. */
    private Started best(int blocks, List<MixtureStart> starts, int contenders, Workers workers) {
        List<MixtureState> ends = ends(blocks, starts, workers);
        List<Integer> order = IntStream.range(0, ends.size())
                .boxed()
                .sorted(Comparator.comparingDouble(s -> -evidence(ends.get(s))))
                .toList();
        double highest = evidence(ends.get(order.get(0)));
        int dropped = (int) ends.stream()
                .filter(state -> evidence(state) < highest - (many ? SAME_OF_MANY : SAME_OPTIMUM))
                .count();
        Started best = null;
        double before = Double.POSITIVE_INFINITY;
        int tried = 0;
        for (int s : order) {
            double evidence = evidence(ends.get(s));
            if (tried == contenders || before - evidence < (many ? SAME_OF_MANY : SAME_OPTIMUM)) {
                continue;
            }
            before = evidence;
            tried++;
            MixtureState state =
                    ends.get(s).withUnexplained(UNEXPLAINED_AT_FIRST).withStrength(JUDGED_STRENGTH);
            state = fitter.crossFitted(state, JUDGED_ROUNDS, 2, true, Seeds.child(seed, "start judged", s), workers);
            if (best == null || evidence(state) > evidence(best.state())) {
                best = new Started(blocks, starts.get(s), state, starts.size(), dropped);
            }
        }
        if (best == null) {
            throw new IllegalStateException("no start was tried");
        }
        return best;
    }

    private List<MixtureState> ends(int blocks, List<MixtureStart> starts, Workers workers) {
        MixtureState one = single(workers);
        MixtureState largest = last == null ? one : last;
        MixtureStart.Known known = new MixtureStart.Known(fitter.data().features(), fitter.order(), one, largest, seed);
        if (many) {
            return climbed(
                    starts.stream()
                            .map(start -> start.responsibilities(blocks, known, workers))
                            .toList(),
                    workers);
        }
        List<MixtureState> ends = new ArrayList<>();
        for (MixtureStart start : starts) {
            double annealFrom = start.kind() == Kind.RANDOM ? ANNEAL_FROM : 1;
            MixtureState state = fitter.start(start.responsibilities(blocks, known, workers), FIRST_STRENGTH);
            state = fitter.inSample(state, FIRST_ROUNDS, annealFrom, workers);
            ends.add(fitter.inSample(state.withStrength(SECOND_STRENGTH), SECOND_ROUNDS, 1, workers));
        }
        return ends;
    }

    /** Where starts end: the better half goes on for twice as long, until as few are left as are cross-fitted; the others where they are given up. */
    private List<MixtureState> climbed(List<Matrix> starts, Workers workers) {
        MixtureState[] states = starts.stream()
                .map(start -> fitter.start(start, SECOND_STRENGTH))
                .toArray(MixtureState[]::new);
        List<Integer> still = IntStream.range(0, states.length).boxed().toList();
        int rounds = CLIMBED_ROUNDS;
        while (!still.isEmpty()) {
            boolean end = still.size() <= CONTENDERS;
            for (int s : still) {
                states[s] = fitter.climb(states[s], end ? LAST_ROUNDS : rounds, false, workers);
            }
            still = end
                    ? List.of()
                    : still.stream()
                            .sorted(Comparator.comparingDouble(s -> -evidence(states[s])))
                            .limit(Math.max(CONTENDERS, still.size() / 2))
                            .toList();
            rounds *= 2;
        }
        return List.of(states);
    }

    /** Down the path of strengths, and the mixtures that are worth judging by rows that had no part in them. */
    List<MixtureState> solve(Started started, Workers workers) {
        List<MixtureState> list =
                path(started, started.blocks() == 1 ? SINGLE_STRENGTHS : STRENGTHS, ignored -> true, FALLS, workers);
        List<MixtureState> kept = new ArrayList<>();
        for (boolean unexplained : new boolean[] {false, true}) {
            List<MixtureState> its = list.stream()
                    .filter(one -> one.unexplained() == unexplained)
                    .toList();
            MixtureState best = best(its);
            its.stream()
                    .filter(one -> one.strength() >= best.strength())
                    .filter(one -> evidence(one) > evidence(best) - KEPT)
                    .forEach(kept::add);
        }
        if (started.blocks() > 1) {
            MixtureState gated = gated(best(list), workers);
            if (gated != null) {
                kept.add(gated);
            }
        }
        return kept;
    }

    /**
     * What was done with so many blocks on all rows, on these rows: from the start that won there and one other, with the strengths that did
     * best there.
     *
     * @param leader the best start on all rows
     * @param solved mixtures of all rows
     * @return one for each of them, in their order
     */
    List<MixtureState> follow(Started leader, List<MixtureState> solved, Workers workers) {
        boolean one = leader.blocks() == 1;
        Started started = one ? start(1, workers) : best(leader.blocks(), followed(leader), 1, workers);
        double weakest =
                solved.stream().mapToDouble(MixtureState::strength).min().orElseThrow();
        double strongest =
                solved.stream().mapToDouble(MixtureState::strength).max().orElseThrow();
        List<Double> strengths = (one ? SINGLE_STRENGTHS : STRENGTHS)
                .stream()
                        .filter(strength -> strength >= weakest && strength <= AHEAD * strongest)
                        .toList();
        DoublePredicate wanted =
                strength -> solved.stream().anyMatch(its -> !its.unexplained() && its.strength() == strength);
        List<MixtureState> list = path(started, strengths, wanted, strengths.size(), workers);
        List<MixtureState> result = new ArrayList<>();
        for (MixtureState its : solved) {
            MixtureState plain = list.stream()
                    .filter(own -> own.unexplained() == its.unexplained() && own.strength() == its.strength())
                    .findFirst()
                    .orElseThrow();
            MixtureState gated = its.isGated() ? gated(plain, workers) : null;
            result.add(gated == null ? plain : gated);
        }
        return result;
    }

    /** One block with block 0, at the end of its path. */
    private MixtureState single(Workers workers) {
        MixtureState known = single;
        return known != null
                ? known
                : best(path(start(1, workers), UNJUDGED_STRENGTHS, ignored -> false, FALLS, workers));
    }

    /** Whether the last path was that of so many blocks: numbers of blocks that are not worth solving are left out. */
    private boolean isGrownFrom(int blocks) {
        MixtureState before = last;
        return before != null && before.blocks() == blocks;
    }

    private List<MixtureStart> followed(Started leader) {
        MixtureStart start = leader.start();
        if (start.kind() == Kind.GROWN && !isGrownFrom(leader.blocks() - 1)) {
            start = MixtureStart.PURIFIED_AGAIN;
        }
        return List.of(start, start.equals(MixtureStart.PURIFIED) ? MixtureStart.RANDOM : MixtureStart.PURIFIED);
    }

    /**
     * Mixtures with block 0 for each strength, and without it for those that are wanted.
     *
     * @param patience of one block: its path ends when neither kind has risen so often
     */
    private List<MixtureState> path(
            Started started, List<Double> strengths, DoublePredicate wanted, int patience, Workers workers) {
        boolean one = started.blocks() == 1;
        List<MixtureState> list = new ArrayList<>();
        MixtureState without = started.state();
        MixtureState with = one ? without.withUnexplained(UNEXPLAINED_AT_FIRST) : without;
        double highestWith = Double.NEGATIVE_INFINITY;
        double highestWithout = Double.NEGATIVE_INFINITY;
        MixtureState best = with;
        int falls = 0;
        for (double strength : strengths) {
            with = fitter.crossFitted(
                    with.withStrength(strength), PATH_ROUNDS, 3, true, Seeds.child(seed, "path with block 0"), workers);
            list.add(with);
            falls++;
            if (wanted.test(strength)) {
                MixtureState from = one ? without.withStrength(strength) : with.withoutUnexplained();
                without = fitter.crossFitted(from, 2, 1, false, Seeds.child(seed, "path without block 0"), workers);
                list.add(without);
            }
            if (evidence(with) > highestWith) {
                highestWith = evidence(with);
                best = with;
                falls = 0;
            }
            if (evidence(without) > highestWithout) {
                highestWithout = evidence(without);
                falls = 0;
            }
            if (one && falls == patience) {
                break;
            }
        }
        last = one ? best : with;
        single = one ? best : single;
        return list;
    }

    private MixtureState best(List<MixtureState> list) {
        return list.stream()
                .max(Comparator.comparingDouble(this::evidence))
                .orElseThrow(() -> new IllegalStateException("nothing was tried"));
    }

    /** The same with shares that depend on x; null where x says nothing of them. */
    private @Nullable MixtureState gated(MixtureState from, Workers workers) {
        MixtureState state = from;
        for (int round = 0; round < GATE_ROUNDS; round++) {
            GateFit fit = GateFit.of(fitter.data(), state, fitter.order(), Seeds.child(seed, "gate", round), workers);
            if (round == 0 && fit.gain() < SMALLEST_GAIN) {
                return null;
            }
            state = state.withGate(new MixtureState.Shares(fit.gate(), fit.heldOut()));
            state = fitter.crossFitted(state, 2, 2, from.unexplained(), Seeds.child(seed, "gated", round), workers);
        }
        return state;
    }

    /** One block of all rows, before its path. */
    private MixtureState one(Workers workers) {
        Matrix everything = new Matrix(fitter.data().size(), 2);
        for (int i = 0; i < everything.rows(); i++) {
            everything.set(i, 1, 1);
        }
        return fitter.inSample(fitter.start(everything, SINGLE_STRENGTHS.get(0)), 2, 1, workers);
    }
}
