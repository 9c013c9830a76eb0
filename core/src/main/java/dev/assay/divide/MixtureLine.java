package dev.assay.divide;

import dev.assay.data.ContentOrder;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Mixtures of one training set, one number of blocks after the other: each is begun from several starts, the best of which goes
 * down a path of strengths of the prior.
 */
final class MixtureLine {
    /** Strengths for one block: there, nothing has to be found before it can be judged. */
    static final List<Double> SINGLE_STRENGTHS = List.of(30., 10., 3., 1., 0.3, 0.1, 0.03);
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
    record Solution(boolean unexplained, double strength, MixtureState state) {}

    /**
     * All solutions of one number of blocks.
     *
     * @param starts how many were tried
     * @param dropped how many of them ended in poor optima
     */
    record Solutions(int blocks, List<Solution> list, int starts, int dropped) {}

    MixtureLine(MixtureFitter fitter, long seed) {
        this.fitter = fitter;
        this.seed = seed;
    }

    MixtureFitter fitter() {
        return fitter;
    }

    /** Solutions with the next number of blocks. */
    Solutions next(Workers workers) {
        MixtureState one = single;
        MixtureState before = last;
        if (one == null || before == null) {
            return single(workers);
        }
        int k = before.blocks() + 1;
        List<Matrix> starts = starts(k, one, before, workers);
        List<MixtureState> ends = new ArrayList<>();
        MixtureState best = null;
        double[] weights = fitter.data().weights();
        for (int s = 0; s < starts.size(); s++) {
            boolean random = s < RANDOM_STARTS;
            MixtureState state = fitter.start(starts.get(s), FIRST_STRENGTH);
            state = fitter.inSample(state, FIRST_ROUNDS, random ? ANNEAL_FROM : 1, workers);
            state = fitter.inSample(strengths(state, SECOND_STRENGTH), SECOND_ROUNDS, 1, workers);
            state = strengths(withUnexplained(state), JUDGED_STRENGTH);
            state = fitter.crossFitted(state, JUDGED_ROUNDS, 2, true, seed + 31L * s, workers);
            ends.add(state);
            if (best == null || state.evidence(weights) > best.evidence(weights)) {
                best = state;
            }
        }
        if (best == null) {
            throw new IllegalStateException("no start was tried");
        }
        double highest = best.evidence(weights);
        // what a start must reach to count as the same optimum: half a nat in a hundred rows
        int dropped = (int) ends.stream()
                .filter(state -> state.evidence(weights) < highest - 0.005)
                .count();
        List<Solution> list = new ArrayList<>();
        MixtureState state = best;
        for (double strength : STRENGTHS) {
            state = fitter.crossFitted(strengths(state, strength), PATH_ROUNDS, 3, true, seed + 7, workers);
            list.add(new Solution(true, strength, state));
            MixtureState without = fitter.crossFitted(state.withoutUnexplained(), 2, 1, false, seed + 8, workers);
            list.add(new Solution(false, strength, without));
        }
        last = state;
        list.add(gated(list, workers));
        return new Solutions(k, list, starts.size(), dropped);
    }

    /** The solution that explains most, with shares that depend on x; the same again where x says nothing of them. */
    private Solution gated(List<Solution> list, Workers workers) {
        double[] weights = fitter.data().weights();
        Solution best = list.get(0);
        for (Solution next : list) {
            if (next.state().evidence(weights) > best.state().evidence(weights)) {
                best = next;
            }
        }
        MixtureState state = best.state();
        for (int round = 0; round < GATE_ROUNDS; round++) {
            Gate.Fitted fitted =
                    Gate.fit(fitter.data().features(), weights, state, fitter.order(), seed + 41L * round, workers);
            if (round == 0 && fitted.gain() < SMALLEST_GAIN) {
                return best;
            }
            state = state.withGate(new MixtureState.Shares(fitted.gate(), fitted.heldOut()));
            state = fitter.crossFitted(state, 2, 2, best.unexplained(), seed + 9 + round, workers);
        }
        return new Solution(best.unexplained(), best.strength(), state);
    }

    private Solutions single(Workers workers) {
        int n = fitter.data().size();
        Matrix everything = new Matrix(n, 2);
        for (int i = 0; i < n; i++) {
            everything.set(i, 1, 1);
        }
        MixtureState plain = fitter.inSample(fitter.start(everything, 30), 2, 1, workers);
        MixtureState noisy = withUnexplained(plain);
        List<Solution> list = new ArrayList<>();
        MixtureState best = null;
        double[] weights = fitter.data().weights();
        for (double strength : SINGLE_STRENGTHS) {
            plain = fitter.crossFitted(strengths(plain, strength), 2, 1, false, seed + 1, workers);
            noisy = fitter.crossFitted(strengths(noisy, strength), PATH_ROUNDS, 3, true, seed + 2, workers);
            list.add(new Solution(false, strength, plain));
            list.add(new Solution(true, strength, noisy));
            if (best == null || noisy.evidence(weights) > best.evidence(weights)) {
                best = noisy;
            }
        }
        single = best;
        last = best;
        return new Solutions(1, list, 1, 0);
    }

    private static MixtureState strengths(MixtureState state, double strength) {
        double[] all = new double[state.blocks()];
        Arrays.fill(all, strength);
        return state.withStrengths(all);
    }

    private static MixtureState withUnexplained(MixtureState state) {
        Matrix responsibilities = state.responsibilities().copy();
        for (int i = 0; i < responsibilities.rows(); i++) {
            responsibilities.set(i, 0, UNEXPLAINED_AT_FIRST);
            for (int b = 1; b < responsibilities.columns(); b++) {
                responsibilities.set(i, b, (1 - UNEXPLAINED_AT_FIRST) * responsibilities.get(i, b));
            }
        }
        return state.withResponsibilities(responsibilities);
    }

    /** Random ones first; then what one expert does not explain, split at random; what the last number of blocks does not. */
    private List<Matrix> starts(int k, MixtureState one, MixtureState before, Workers workers) {
        ContentOrder order = fitter.order();
        int n = fitter.data().size();
        List<Matrix> result = new ArrayList<>();
        for (int s = 0; s < RANDOM_STARTS; s++) {
            Matrix random = new Matrix(n, k + 1);
            fillAtRandom(random, 1, null, order, seed + 101L * s);
            result.add(random);
        }
        for (int s = 0; s < (k == 2 ? 1 : 2); s++) {
            Matrix purified = new Matrix(n, k + 1);
            double[] rest = new double[n];
            for (int i = 0; i < n; i++) {
                purified.set(i, 1, one.responsibilities().get(i, 1));
                rest[i] = one.responsibilities().get(i, 0);
            }
            fillAtRandom(purified, 2, rest, order, seed + 1009L * (s + 1));
            result.add(purified);
        }
        if (k > 2) {
            Matrix grown = new Matrix(n, k + 1);
            for (int i = 0; i < n; i++) {
                for (int b = 1; b < k; b++) {
                    grown.set(i, b, before.responsibilities().get(i, b));
                }
                grown.set(i, k, before.responsibilities().get(i, 0));
            }
            result.add(grown);
        }
        Matrix clusters = new Matrix(n, k + 1);
        int[] nearest = KMeans.assign(fitter.data().features(), order, k, seed, workers);
        for (int i = 0; i < n; i++) {
            for (int b = 1; b <= k; b++) {
                clusters.set(i, b, nearest[i] == b - 1 ? 0.9 : 0.1 / (k - 1));
            }
        }
        result.add(clusters);
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
