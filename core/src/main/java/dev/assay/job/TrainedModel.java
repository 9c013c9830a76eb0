package dev.assay.job;

import dev.assay.compare.SourceComparison;
import dev.assay.data.Dataset;
import dev.assay.divide.DivideSettings;
import dev.assay.divide.Division;
import dev.assay.predict.Baselines;
import dev.assay.predict.RoutedModel;
import dev.assay.predict.RoutedModels;
import dev.assay.predict.SourceShares;
import dev.assay.route.RouterSelection;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model made of a division, the models that it is compared with, and how its router was chosen.
 *
 * @param models to be kept
 * @param choice of the router
 * @param sources what the sources say about the block, and whether it helps; null where the user named none, or one block was found
 */
public record TrainedModel(ModelSet models, RouterSelection choice, SourceShares.@Nullable Fitted sources) {
    /**
     * Trains router and rivals; the experts are those of the division.
     *
     * @param sources where each row comes from, or null
     * @param blockSources the source that each block was matched with, or none
     */
    static TrainedModel of(
            Division division,
            @Nullable Sources sources,
            List<String> blockSources,
            String router,
            DivideSettings settings,
            Workers workers,
            Progress progress) {
        long seed = settings.seed();
        progress.phase("train router", 0);
        RoutedModels.Trained trained = RoutedModels.train(division, router, seed, workers, progress);
        progress.phase("train what to compare with", 0);
        Map<String, RoutedModel> rivals = rivals(division, trained.model(), settings, workers, progress);
        List<String> names = sources == null ? List.of() : sources.names();
        RoutedModel oracle = null;
        SourceShares.Fitted fitted = null;
        if (sources != null && names.size() <= SourceComparison.MOST_SOURCES) {
            int[] codes = sources.codes();
            if (trained.model().blocks() > 1) {
                fitted = SourceShares.fit(
                        division,
                        trained.model().shares(),
                        trained.choice().heldOutLogShares(),
                        sources.column(),
                        codes,
                        names,
                        seed,
                        workers);
            }
            for (int i = 0; i < codes.length; i++) {
                codes[i]++;
            }
            oracle = Baselines.perSource(division.data(), codes, names.size(), seed, workers);
        }
        return new TrainedModel(
                new ModelSet(
                        trained.model(),
                        rivals,
                        oracle,
                        oracle == null ? List.of() : names,
                        blockSources,
                        fitted != null && fitted.helps() ? fitted.shares() : null),
                trained.choice(),
                fitted);
    }

    private static Map<String, RoutedModel> rivals(
            Division division, RoutedModel model, DivideSettings settings, Workers workers, Progress progress) {
        long seed = settings.seed();
        Dataset data = division.data();
        Map<String, RoutedModel> rivals = new LinkedHashMap<>();
        if (!Baselines.isWhole(division)) {
            rivals.put(ModelSet.STRONG, Baselines.strongSingle(division, settings.learners(), seed, progress, workers));
            progress.checkCancelled();
        }
        rivals.put(ModelSet.ONE, Baselines.oneModel(data, seed, workers));
        progress.checkCancelled();
        rivals.put(ModelSet.PURIFIED, Baselines.purified(division, seed, workers));
        progress.checkCancelled();
        if (model.blocks() > 1) {
            rivals.put(ModelSet.BEST, Baselines.bestExpert(model, division));
        }
        return rivals;
    }
}
