package dev.assay.app.result;

import dev.assay.data.Dataset;
import dev.assay.divide.Division;
import dev.assay.divide.SourceComparison;
import dev.assay.io.DataForm;
import dev.assay.io.SavedModel;
import dev.assay.predict.Baselines;
import dev.assay.predict.RoutedModel;
import dev.assay.predict.RoutedModels;
import dev.assay.route.RouterChoice;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model made of a division, the models that it is compared with, and how its router was chosen.
 *
 * @param saved to be stored
 * @param choice of the router
 */
public record TrainedModel(SavedModel saved, RouterChoice choice) {
    /**
     * Trains router and rivals; the experts are those of the division.
     *
     * @param sources where each row comes from, or null
     * @param blockSources the source that each block was matched with, or none
     */
    public static TrainedModel of(
            DataForm form,
            Division division,
            @Nullable List<String> sources,
            List<String> blockSources,
            String router,
            long seed,
            Workers workers,
            Progress progress) {
        progress.phase("train router", 0);
        RoutedModels.Trained trained = RoutedModels.train(division, router, seed, workers, progress);
        progress.phase("train what to compare with", 0);
        Dataset data = division.data();
        Map<String, RoutedModel> rivals = new LinkedHashMap<>();
        rivals.put(Comparison.ONE, Baselines.oneModel(data, seed, workers));
        progress.checkCancelled();
        rivals.put(Comparison.PURIFIED, Baselines.purified(division, seed, workers));
        progress.checkCancelled();
        if (trained.model().blocks() > 1) {
            rivals.put(Comparison.BEST, Baselines.bestExpert(trained.model(), division));
        }
        List<String> names = sources == null ? List.of() : Divided.names(sources);
        RoutedModel oracle = null;
        if (sources != null && names.size() <= SourceComparison.MOST_SOURCES) {
            int[] codes = Divided.codes(sources, names);
            for (int i = 0; i < codes.length; i++) {
                codes[i]++;
            }
            oracle = Baselines.perSource(data, codes, names.size(), seed, workers);
        }
        Map<String, String> origin = new LinkedHashMap<>();
        origin.put("assayVersion", Version.text());
        origin.put("verdict", Choice.name(division.verdict()));
        origin.put("trainingRows", Integer.toString(data.size()));
        origin.put("fingerprint", data.fingerprint());
        origin.put("seed", Long.toString(seed));
        return new TrainedModel(
                new SavedModel(
                        form,
                        trained.model(),
                        rivals,
                        oracle,
                        oracle == null ? List.of() : names,
                        blockSources,
                        origin),
                trained.choice());
    }

    /** What run.json says of the router. */
    public Map<String, @Nullable Object> routerFacts() {
        return RunRecord.entry(
                "chosen", choice.router().name(),
                "explanation", choice.explanation(),
                "contenders", contenders(),
                "informationNats", choice.information().nats(),
                "informationStandardError", choice.information().standardError(),
                "blockEntropyNats", choice.information().entropy(),
                "informationShare", choice.information().share());
    }

    /** The routers that were considered. */
    public List<Map<String, @Nullable Object>> contenders() {
        List<Map<String, @Nullable Object>> contenders = new ArrayList<>();
        for (RouterChoice.Contender contender : choice.contenders()) {
            contenders.add(RunRecord.entry(
                    "router", contender.name(),
                    "setting", contender.setting(),
                    "heldOutLogLikelihood", contender.nats(),
                    "behind", contender.behind(),
                    "standardError", contender.standardError()));
        }
        return contenders;
    }
}
