package dev.assay.app.result;

import dev.assay.divide.BlockInfluence;
import dev.assay.divide.BlockMeasures;
import dev.assay.divide.DivideSettings;
import dev.assay.divide.Divider;
import dev.assay.divide.Division;
import dev.assay.divide.SourceComparison;
import dev.assay.io.LoadedData;
import dev.assay.potential.LinearPotential;
import dev.assay.potential.PotentialScale;
import dev.assay.purify.PrevailingRule;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Data, its blocks, and how mixed it is without and with them.
 *
 * @param data what was read
 * @param division its blocks
 * @param measures how mixed the whole and the blocks are
 * @param sources blocks beside the sources that the user named, or null
 * @param influence of rows on each other, without and with the blocks; null where there is no pair of rows
 * @param influenceDirections along how many principal directions of the features they are, or null for all features as they are
 */
public record Divided(
        LoadedData data,
        Division division,
        BlockMeasures measures,
        @Nullable SourceComparison sources,
        @Nullable BlockInfluence influence,
        @Nullable Integer influenceDirections) {
    /** Less than this is 0.0 %. */
    public static final double SHOWN_SHARE = 5e-4;

    /** Divides and measures. */
    public static Divided of(
            LoadedData data, DivideSettings settings, RunRecord record, Workers workers, Progress progress) {
        progress.phase("divide", 0);
        Division division = Divider.divide(data.dataset(), settings, workers, progress);
        record.lap("divide");
        LinearPotential potential = LinearPotential.of(data.dataset(), workers);
        PotentialScale scale = PotentialScale.of(
                potential, PrevailingRule.of(potential, settings.seed(), workers), settings.seed(), workers, progress);
        BlockMeasures measures = BlockMeasures.of(division, potential, scale, workers, progress);
        SourceComparison sources = null;
        if (data.sources() != null) {
            List<String> names = names(data.sources());
            sources = SourceComparison.of(
                    division, codes(data.sources(), names), names, settings.seed(), workers, progress);
        }
        BlockInfluence influence = BlockInfluence.of(division, potential, settings.seed(), workers, progress);
        record.lap("measure");
        return new Divided(data, division, measures, sources, influence, PotentialWords.directions(potential));
    }

    /** The different sources, in order. */
    public static List<String> names(List<String> sources) {
        return List.copyOf(new TreeSet<>(sources));
    }

    /** The place of each row's source among the names, -1 where it is not among them. */
    public static int[] codes(List<String> sources, List<String> names) {
        Map<String, Integer> places = new HashMap<>();
        for (String name : names) {
            places.put(name, places.size());
        }
        return sources.stream()
                .mapToInt(source -> places.getOrDefault(source, -1))
                .toArray();
    }

    /** The source that each block was matched with, empty where there is none; no entry without sources. */
    public List<String> blockSources() {
        SourceComparison comparison = sources;
        if (comparison == null) {
            return List.of();
        }
        return comparison.matches().stream()
                .map(match -> match.source() < 0 ? "" : comparison.names().get(match.source()))
                .toList();
    }

    /** In plain words: what the data is made of. */
    public String sentence() {
        int blocks = division.blocks().size();
        String unexplained = Numbers.percent(division.unexplainedShare());
        return switch (division.verdict()) {
            case HOMOGENEOUS ->
                "Your data is of one kind: one function explains the labels, and nothing speaks for more";
            case NOISY -> "Your data is of one kind, but noisy: nothing explains " + unexplained + " of the labels";
            case MIXED ->
                "Your data is mixed: " + blocks + " blocks of "
                        + Numbers.list(division.blocks().stream()
                                .map(block -> Numbers.percent(block.share()))
                                .toList())
                        + (division.unexplainedShare() >= SHOWN_SHARE
                                ? ", and " + unexplained + " of the labels that nothing explains"
                                : "");
        };
    }

    /** Whether a division that sets no labels apart as unexplained would have predicted labels best by doing so. */
    public boolean mayHaveWrongLabels() {
        return division.unexplainedShare() < SHOWN_SHARE
                && division.candidates().stream()
                        .anyMatch(candidate -> candidate.unexplained() && candidate.behind() <= 0);
    }

    /** What to do next, most important first. */
    public List<String> advice() {
        return switch (division.verdict()) {
            case HOMOGENEOUS ->
                mayHaveWrongLabels()
                        ? List.of(
                                "Nothing to take apart. Some evidence speaks for wrong labels, too little to set them apart:"
                                        + " assay purify looks for them row by row.")
                        : List.of("Nothing to take apart: train one model on your data as it is.");
            case NOISY ->
                List.of("Look at the suspicious rows, and put labels right by suggestedLabel in rows.csv; assay purify"
                        + " writes your file without them.");
            case MIXED ->
                List.of("Look at what tells the blocks apart: different sources, conventions, times, devices?");
        };
    }
}
