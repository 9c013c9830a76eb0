package dev.assay.app.result;

import dev.assay.divide.BlockMeasures;
import dev.assay.divide.DivideSettings;
import dev.assay.divide.Divider;
import dev.assay.divide.Division;
import dev.assay.divide.SourceComparison;
import dev.assay.io.LoadedData;
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
 */
public record Divided(
        LoadedData data,
        Division division,
        BlockMeasures measures,
        @Nullable SourceComparison sources) {

    /** Divides and measures. */
    public static Divided of(
            LoadedData data, DivideSettings settings, RunRecord record, Workers workers, Progress progress) {
        progress.phase("divide", 0);
        Division division = Divider.divide(data.dataset(), settings, workers, progress);
        record.lap("divide");
        BlockMeasures measures = BlockMeasures.of(division, settings.seed(), workers, progress);
        SourceComparison sources = null;
        if (data.sources() != null) {
            List<String> names = names(data.sources());
            sources = SourceComparison.of(
                    division, codes(data.sources(), names), names, settings.seed(), workers, progress);
        }
        record.lap("measure");
        return new Divided(data, division, measures, sources);
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
}
