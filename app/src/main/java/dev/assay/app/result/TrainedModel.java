package dev.assay.app.result;

import dev.assay.compare.SourceComparison;
import dev.assay.data.Dataset;
import dev.assay.divide.Division;
import dev.assay.io.model.SavedModel;
import dev.assay.io.read.DataForm;
import dev.assay.predict.Baselines;
import dev.assay.predict.RoutedModel;
import dev.assay.predict.RoutedModels;
import dev.assay.predict.SourceShares;
import dev.assay.route.RouterChoice;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model made of a division, the models that it is compared with, and how its router was chosen.
 *
 * @param saved to be stored
 * @param choice of the router
 * @param sources what the sources say about the block, and whether it helps; null where the user named none, or one block was found
 */
public record TrainedModel(SavedModel saved, RouterChoice choice, SourceShares.@Nullable Fitted sources) {
    /** A source that sends so large a share of its rows to one block decides the block. */
    private static final double DECIDES = 0.95;

    private static final int SHOWN_SOURCES = 6;

    /**
     * Trains router and rivals; the experts are those of the division.
     *
     * @param sources where each row comes from, or null
     * @param sourceColumn the column that says so, or null
     * @param blockSources the source that each block was matched with, or none
     */
    public static TrainedModel of(
            DataForm form,
            Division division,
            @Nullable List<String> sources,
            @Nullable String sourceColumn,
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
        if (!Baselines.isWhole(division)) {
            rivals.put(Comparison.STRONG, Baselines.strongSingle(division, List.of(), seed, progress, workers));
            progress.checkCancelled();
        }
        rivals.put(Comparison.ONE, Baselines.oneModel(data, seed, workers));
        progress.checkCancelled();
        rivals.put(Comparison.PURIFIED, Baselines.purified(division, seed, workers));
        progress.checkCancelled();
        if (trained.model().blocks() > 1) {
            rivals.put(Comparison.BEST, Baselines.bestExpert(trained.model(), division));
        }
        List<String> names = sources == null ? List.of() : Divided.names(sources);
        RoutedModel oracle = null;
        SourceShares.Fitted fitted = null;
        if (sources != null && names.size() <= SourceComparison.MOST_SOURCES) {
            int[] codes = Divided.codes(sources, names);
            if (sourceColumn != null && trained.model().blocks() > 1) {
                fitted = SourceShares.fit(
                        division,
                        trained.model().shares(),
                        trained.choice().heldOutLogShares(),
                        sourceColumn,
                        codes,
                        names,
                        seed,
                        workers);
            }
            for (int i = 0; i < codes.length; i++) {
                codes[i]++;
            }
            oracle = Baselines.perSource(data, codes, names.size(), seed, workers);
        }
        Map<String, String> origin = new LinkedHashMap<>();
        origin.put("assayVersion", Version.text());
        origin.put("verdict", Choice.key(division.verdict()));
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
                        fitted != null && fitted.helps() ? fitted.shares() : null,
                        origin),
                trained.choice(),
                fitted);
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
                "informationShare", choice.information().share(),
                "source", sourceFacts());
    }

    /** What the sources say about the block, or null. */
    private @Nullable Map<String, @Nullable Object> sourceFacts() {
        if (sources == null) {
            return null;
        }
        List<Object> shares = new ArrayList<>();
        for (int s = 0; s < sources.shares().names().size(); s++) {
            shares.add(RunRecord.entry(
                    "source",
                    sources.shares().names().get(s),
                    "shares",
                    sources.shares().shares().row(s)));
        }
        return RunRecord.entry(
                "column", sources.shares().column(),
                "gainNats", sources.gain(),
                "gainStandardError", sources.standardError(),
                "used", sources.helps(),
                "shares", shares);
    }

    /** What knowing the source of a row says about its block. */
    static String sentence(SourceShares.Fitted sources) {
        SourceShares shares = sources.shares();
        String gain = String.format(
                Locale.ROOT,
                "%+.3f nats per row (standard error %.3f) on labels that had no part in it",
                sources.gain(),
                sources.standardError());
        if (!sources.helps()) {
            return "Knowing column " + shares.column() + " does not help to find the block: " + gain + ".";
        }
        List<String> decided = new ArrayList<>();
        for (int s = 0; s < shares.names().size(); s++) {
            int block = shares.block(s, DECIDES);
            if (block > 0) {
                decided.add(shares.names().get(s) + " is block " + block);
            }
        }
        boolean all = decided.size() == shares.names().size();
        return (all
                        ? "Column " + shares.column() + " decides the block"
                                + (decided.size() <= SHOWN_SOURCES ? " (" + String.join(", ", decided) + ")" : "")
                        : "Knowing column " + shares.column() + " helps to find the block")
                + ": " + gain + ".";
    }

    /** How the router chose, and what the sources add; one sentence each. */
    public List<String> explanation() {
        List<String> words = new ArrayList<>(choice.explanation());
        if (sources != null) {
            words.add(sentence(sources)
                    + (sources.helps()
                            ? " Rows to be predicted are routed by it where their file has it."
                            : " It is not used to predict."));
        }
        return words;
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
