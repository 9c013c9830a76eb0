package dev.assay.app.result;

import dev.assay.compare.BlockInfluence;
import dev.assay.compare.BlockMeasures;
import dev.assay.compare.BlockProfile;
import dev.assay.compare.SourceComparison;
import dev.assay.data.ClassTargets;
import dev.assay.divide.Block;
import dev.assay.divide.DivideSettings;
import dev.assay.divide.Division;
import dev.assay.learn.Expert;
import dev.assay.learn.ExpertRival;
import dev.assay.learn.WeightedExpert;
import dev.assay.linalg.Matrix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What run.json says of a division. */
public final class DivisionFacts {
    private DivisionFacts() {}

    /** Settings, verdict, blocks, evidence, measures and sources. */
    public static void put(RunRecord record, Divided divided) {
        DivideSettings settings = divided.outcome().settings();
        Division division = divided.outcome().division();
        BlockMeasures measures = divided.outcome().measures();
        record.put(
                "settings",
                RunRecord.entry(
                        "method", Choice.name(settings.method()),
                        "maxBlocks", settings.maxBlocks(),
                        "models", settings.learners().names()));
        FindingWords.put(record, divided.outcome().finding());
        record.put(
                "classes",
                ClassWords.facts(division.data().targets(), divided.outcome().classes()));
        record.put("explanation", division.explanation());
        record.put("remarks", divided.remarks());
        record.put("blocks", blocks(divided));
        record.put("blockColumns", divided.outcome().columns());
        if (divided.outcome().overTime() != null) {
            record.put(
                    "blocksOverTime",
                    TimeWords.facts(divided.outcome().overTime(), divided.data().times()));
        }
        BlockProfile unexplained = measures.profiles().get(0);
        record.put(
                "unexplained",
                RunRecord.entry(
                        "share", divided.outcome().finding().wrongShare(),
                        "size", unexplained.rows(),
                        "classBalance", classBalance(division, unexplained),
                        "distinctions", unexplained.distinctions(),
                        "rules", RuleWords.facts(divided.outcome().rules().unexplained())));
        record.put("rulesNote", RuleWords.note(divided.outcome().rules()));
        record.put("gate", division.gate());
        BlockInfluence influence = divided.outcome().influence();
        Map<String, @Nullable Object> measured = PotentialWords.entries(
                PotentialWords.model(divided.outcome().layer()), measures.potential(), measures.scale());
        measured.put("potentialWithin", measures.within());
        measured.put(
                "influenceMoments", influence == null ? null : influence.whole().moments());
        measured.put("influenceDirections", divided.outcome().influenceDirections());
        measured.put("shareEntropy", division.shareEntropy());
        record.put("measures", measured);
        if (divided.outcome().sources() != null) {
            record.put("sources", sources(divided.outcome().sources()));
        }
    }

    private static List<Object> blocks(Divided divided) {
        Division division = divided.outcome().division();
        List<String> matched = divided.outcome().blockSources();
        List<Object> result = new ArrayList<>();
        for (int k = 0; k < division.blocks().size(); k++) {
            Block block = division.blocks().get(k);
            BlockProfile profile = divided.outcome().measures().profiles().get(k + 1);
            Map<String, @Nullable Object> entry = RunRecord.entry(
                    "block", k + 1,
                    "size", block.size(),
                    "share", block.share(),
                    "potential", profile.potential(),
                    "outOfFoldLogLoss", block.logLoss(),
                    "outOfFoldAccuracy", block.accuracy(),
                    "classBalance", classBalance(division, profile),
                    "meanTarget", profile.meanTarget(),
                    "distinctions", profile.distinctions(),
                    "rules", RuleWords.facts(divided.outcome().rules().blocks().get(k)),
                    "expert", expert(block),
                    "note", block.note());
            if (!matched.isEmpty()) {
                entry.put("source", matched.get(k).isEmpty() ? null : matched.get(k));
            }
            result.add(entry);
        }
        return result;
    }

    private static Map<String, @Nullable Object> expert(Block block) {
        Expert expert = block.expert();
        Map<String, @Nullable Object> result = RunRecord.entry("view", expert.name());
        result.putAll(expert.settings());
        result.put("deviation", expert.deviation());
        if (!expert.parts().isEmpty()) {
            result.put("parts", expert.parts().stream().map(DivisionFacts::part).toList());
        }
        result.put("rivals", rivals(block.rivals()));
        return result;
    }

    /** One of the experts that answer together. */
    private static Map<String, @Nullable Object> part(WeightedExpert part) {
        Map<String, @Nullable Object> result =
                RunRecord.entry("view", part.expert().name(), "weight", part.weight());
        result.putAll(part.expert().settings());
        return result;
    }

    /** What was tried besides, and how much more of unseen labels the chosen experts explain. */
    static List<Object> rivals(List<ExpertRival> rivals) {
        List<Object> result = new ArrayList<>();
        for (ExpertRival rival : rivals) {
            result.add(RunRecord.entry(
                    "view", rival.name(),
                    "gain", rival.gain().difference(),
                    "standardError", rival.gain().standardError()));
        }
        return result;
    }

    /** Share of each class by name; null for regression. */
    public static @Nullable Map<String, @Nullable Object> classBalance(Division division, BlockProfile profile) {
        if (!(division.data().targets() instanceof ClassTargets classes)) {
            return null;
        }
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        for (int c = 0; c < profile.classShares().length; c++) {
            result.put(classes.names().get(c), profile.classShares()[c]);
        }
        return result;
    }

    /** Blocks beside known sources. */
    public static Map<String, @Nullable Object> sources(SourceComparison comparison) {
        List<Object> matches = new ArrayList<>();
        for (int k = 0; k < comparison.matches().size(); k++) {
            SourceComparison.Match match = comparison.matches().get(k);
            matches.add(RunRecord.entry(
                    "block",
                    k + 1,
                    "source",
                    match.source() < 0 ? null : comparison.names().get(match.source()),
                    "precision",
                    match.precision(),
                    "recall",
                    match.recall()));
        }
        return RunRecord.entry(
                "names", comparison.names(),
                "sizes", comparison.sizes(),
                "potentials", comparison.potentials(),
                "adjustedRandIndex", comparison.agreement().adjustedRand(),
                "normalisedMutualInformation", comparison.agreement().normalisedMutualInformation(),
                "matches", matches,
                "rowsOfBlockFromSource", comparison.counts(),
                "influence", rows(comparison.influence()),
                "influenceChance", rows(comparison.chance()),
                "influenceDirection",
                        "row on column: the rate at which the mean loss of the column's source changes with the weight"
                                + " of the row's; negative = helps",
                "transfer", rows(comparison.transfer()),
                "transferDirection",
                        "mean loss on the column's source of a model of the row's alone, minus that of a model of all;"
                                + " negative = the row's alone serves it better");
    }

    /** A matrix as run.json has it. */
    static List<double[]> rows(Matrix matrix) {
        List<double[]> result = new ArrayList<>();
        for (int i = 0; i < matrix.rows(); i++) {
            result.add(matrix.row(i));
        }
        return result;
    }
}
