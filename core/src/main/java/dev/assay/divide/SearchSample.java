package dev.assay.divide;

import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.learn.FeatureMap;
import dev.assay.learn.IdentityMap;
import dev.assay.learn.Learner;
import dev.assay.learn.PrincipalMap;
import dev.assay.linalg.Matrix;
import dev.assay.mixture.LearnedMixture;
import dev.assay.mixture.LearnedMixtureSearch;
import dev.assay.mixture.MixtureFitter;
import dev.assay.mixture.MixtureSearch;
import dev.assay.mixture.MixtureState;
import dev.assay.model.Loss;
import dev.assay.work.Progress;
import dev.assay.work.Seeds;
import dev.assay.work.Workers;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where blocks are looked for: in a sample of the rows where there are many, and in few directions where there are many features.
 *
 * @param all every row
 * @param order of all rows by content
 * @param map what experts of the search see: fewer directions than experts use in the end, as the search only has to tell blocks apart
 * @param rows those of the sample, ascending, by which blocks are judged
 * @param searched those that linear mixtures are found in, ascending: the same ones, or where rows are many others, which stay together with none of them
 */
record SearchSample(Dataset all, ContentOrder order, FeatureMap map, int[] rows, int[] searched) {
    /** What one Newton step of the search may cost, n p^2 C; fewer rows are looked at where it would cost more. */
    private static final double STEP_WORK = 1.25e8;

    private static final int SMALLEST = 1000;
    private static final int LARGEST = 2000;
    /** Parameters of the experts of the search, about. */
    private static final int PARAMETERS = 250;

    private static final int FEWEST_DIRECTIONS = 16;
    private static final int MOST_DIRECTIONS = 64;
    /** Where rows are many and nothing is fitted again for outer parts, so many times that work ... */
    private static final double MORE_WORK = 5;
    /** ... on so much of the rows that judge: one function's experts learn from as many. */
    private static final double SEARCHED_SHARE = 0.8;
    /** From sample to sample, on the way to many rows. */
    private static final int GROWTH = 4;
    /** Rounds with each: what is wrong with the blocks only has to be halved. */
    private static final int GROWTH_ROUNDS = 20;

    /** Cross-fitted rounds with all rows, where the search saw a sample. */
    private static final int ROUNDS_WITH_ALL = 2;

    /**
     * Draws one.
     *
     * @param eligible rows, ascending
     */
    static SearchSample of(Dataset data, int[] eligible, long seed, Workers workers) {
        ContentOrder order = ContentOrder.of(data, workers);
        int logits = Math.max(1, Loss.forTargets(data.targets()).outputCount() - 1);
        FeatureMap map = map(data, order, logits, workers);
        double parameters = (double) logits * map.outputDimension();
        double rowWork = parameters * parameters * (logits + 1);
        int[] others = data.hasManyRows() ? order.apart(eligible) : new int[0];
        int enough =
                (int) Math.max(LARGEST, Math.min(SEARCHED_SHARE * eligible.length, MORE_WORK * STEP_WORK / rowWork));
        if (others.length >= enough) {
            return new SearchSample(data, order, map, eligible, sample(order, others, enough, seed));
        }
        int size = (int) Math.max(SMALLEST, Math.min(LARGEST, STEP_WORK / rowWork));
        int[] rows = sample(order, eligible, size, seed);
        return new SearchSample(data, order, map, rows, rows);
    }

    private static int[] sample(ContentOrder order, int[] from, int size, long seed) {
        return IntStream.of(order.select(from).sample(size, Seeds.child(seed, "search rows")))
                .map(k -> from[k])
                .toArray();
    }

    private static FeatureMap map(Dataset data, ContentOrder order, int logits, Workers workers) {
        if (data.dimension() <= MOST_DIRECTIONS) {
            return new IdentityMap(data.dimension());
        }
        int directions = Math.max(FEWEST_DIRECTIONS, Math.min(MOST_DIRECTIONS, PARAMETERS / logits));
        Matrix x = data.features();
        int[] rows = order.sample(LARGEST, 0);
        return PrincipalMap.of(rows.length == data.size() ? x : x.selectRows(rows), directions, workers);
    }

    /** Whether no row is left out. */
    boolean isWhole() {
        return rows.length == all.size();
    }

    /** The rows of the sample, with all features. */
    Dataset data() {
        return isWhole() ? all : all.select(rows);
    }

    /** Looks for blocks in the sample, at most so many; see {@link MixtureSearch#search}. */
    MixtureSearch.Result search(int maxBlocks, double rival, long seed, Progress progress, Workers workers) {
        if (searched != rows) {
            return MixtureSearch.search(
                    seen(all.select(searched), workers),
                    order.select(searched),
                    seen(data(), workers),
                    maxBlocks,
                    rival,
                    seed,
                    progress,
                    workers);
        }
        ContentOrder own = isWhole() ? order : order.select(rows);
        return MixtureSearch.search(seen(data(), workers), own, maxBlocks, rival, seed, progress, workers);
    }

    /** Looks for blocks of a learner's experts in the sample; see {@link LearnedMixtureSearch#search}. */
    LearnedMixtureSearch.Result search(
            Learner learner, List<double[]> known, long seed, Progress progress, Workers workers) {
        return LearnedMixtureSearch.search(data(), order.select(rows), learner, known, seed, progress, workers);
    }

    private Dataset seen(Dataset data, Workers workers) {
        if (map instanceof IdentityMap) {
            return data;
        }
        List<String> names = IntStream.range(0, map.outputDimension())
                .mapToObj(j -> "direction" + j)
                .toList();
        return data.withFeatures(map.apply(data.features(), workers), names);
    }

    /** Responsibilities for all rows of a mixture that was found in the sample, n x (K + 1). */
    Matrix responsibilities(MixtureState found, long seed, Progress progress, Workers workers) {
        if (isWhole()) {
            return found.responsibilities();
        }
        progress.phase("all rows", 0);
        Dataset seen = seen(all, workers);
        MixtureState finished = MixtureFitter.of(seen.select(searched), order.select(searched), progress)
                .finish(found, workers);
        if (searched != rows) {
            finished = grown(finished, seen, seed, progress, workers);
        }
        // a prior's strength is in rows: with more rows it counts for less by itself
        return MixtureFitter.of(seen, order, progress)
                .crossFitted(finished.on(seen, workers), ROUNDS_WITH_ALL, 1, found.unexplained(), seed, workers)
                .responsibilities();
    }

    /** A mixture that more and more rows have gone on fitting, in the end all of them. */
    private MixtureState grown(MixtureState found, Dataset seen, long seed, Progress progress, Workers workers) {
        MixtureState state = found;
        long size = searched.length;
        while (size < seen.size()) {
            size *= GROWTH;
            boolean whole = size >= seen.size();
            int[] some = whole ? new int[0] : order.sample((int) size, Seeds.child(seed, "more rows", (int) size));
            Dataset its = whole ? seen : seen.select(some);
            state = MixtureFitter.of(its, whole ? order : order.select(some), progress)
                    .climb(state.on(its, workers), GROWTH_ROUNDS, found.unexplained(), workers);
        }
        return state;
    }

    /** The same of a mixture of a learner's experts; rows that are not in the sample are asked of experts of those that are. */
    Matrix responsibilities(LearnedMixture found, Learner learner, long seed, Progress progress, Workers workers) {
        if (isWhole()) {
            return found.responsibilities();
        }
        progress.phase("all rows", 0);
        Matrix result = LearnedMixtureSearch.responsibilities(
                found, data(), order.select(rows), learner, all, seed, progress, workers);
        int columns = result.columns();
        for (int k = 0; k < rows.length; k++) {
            System.arraycopy(
                    found.responsibilities().values(), k * columns, result.values(), rows[k] * columns, columns);
        }
        return result;
    }
}
