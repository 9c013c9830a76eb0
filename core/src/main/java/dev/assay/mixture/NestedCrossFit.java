package dev.assay.mixture;

import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.data.Folds;
import dev.assay.work.Progress;
import dev.assay.work.Seeds;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * What is said of rows by mixtures that never saw them: for each outer part, everything - starts, the choice among them, responsibilities,
 * experts - is done again on the other rows.
 */
final class NestedCrossFit implements UnseenRows {
    static final int PARTS = 5;

    private final Dataset data;
    private final Folds parts;
    private final List<GrowingMixtures> outside;

    /** For rows of which nothing is fitted yet. */
    NestedCrossFit(Dataset data, ContentOrder order, long seed, Progress progress) {
        this.data = data;
        this.parts = Folds.of(order, PARTS, Seeds.child(seed, "outer parts"));
        this.outside = new ArrayList<>();
        for (int part = 0; part < PARTS; part++) {
            int[] others = parts.outside(part);
            MixtureFitter fitter = MixtureFitter.of(data.select(others), order.select(others), progress);
            outside.add(new GrowingMixtures(fitter, Seeds.child(seed, "mixtures without part", part), false));
        }
    }

    @Override
    public Dataset data() {
        return data;
    }

    @Override
    public boolean areOthers() {
        return false;
    }

    /** As long as it takes to fit {@value #PARTS} mixtures of each. */
    @Override
    public List<double[]> logLikelihoods(
            GrowingMixtures.Started started, List<MixtureState> solved, Progress progress, Workers workers) {
        AtomicInteger done = new AtomicInteger(1);
        List<List<double[]>> said = workers.mapBlocks(PARTS, 1, (part, ignored) -> {
            GrowingMixtures mixtures = outside.get(part);
            Dataset own = data.select(parts.inside(part));
            List<double[]> its = mixtures.follow(started, solved, workers).stream()
                    .map(state -> mixtures.fitter()
                            .finish(state, workers)
                            .on(own, workers)
                            .logLikelihoods())
                    .toList();
            // parts end on several threads; progress is told by one at a time
            synchronized (done) {
                progress.step(done.incrementAndGet());
            }
            return its;
        });
        List<double[]> result = Stream.generate(() -> new double[data.size()])
                .limit(solved.size())
                .toList();
        for (int part = 0; part < PARTS; part++) {
            int[] own = parts.inside(part);
            for (int s = 0; s < result.size(); s++) {
                for (int i = 0; i < own.length; i++) {
                    result.get(s)[own[i]] = said.get(part).get(s)[i];
                }
            }
        }
        return result;
    }
}
