package dev.assay.app.result;

import dev.assay.compare.PartitionAgreement;
import dev.assay.io.read.LoadedData;
import dev.assay.io.result.ResultColumn;
import dev.assay.io.table.RowTexts;
import dev.assay.job.DataQuality;
import dev.assay.quality.NearDuplicates;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Rows that are next to equal, in words. */
final class NearDuplicateWords {
    static final String WHAT = "Rows that are next to equal";
    /** Adjusted Rand index from which on the values of a column are taken for what the rows of a cluster share. */
    private static final double COINCIDES = 0.9;

    private static final int MOST_COLUMNS = 200;

    private final LoadedData data;
    private final @Nullable NearDuplicates found;
    private final @Nullable String note;
    private final @Nullable String shared;

    NearDuplicateWords(LoadedData data, DataQuality.Check<NearDuplicates> check) {
        this.data = data;
        this.found = check.found();
        this.note = check.obstacle() == null ? null : QualityWords.note(data, WHAT, check.obstacle());
        this.shared = found == null || !found.areMoreThanChance() ? null : sharedColumn(data, found.clusterOf());
    }

    /** Null where there are no more than chance gives. */
    @Nullable
    String question() {
        if (found == null || !found.areMoreThanChance()) {
            return null;
        }
        return counted(found)
                + (data.dataset().groups() != null ? " although they are of different groups: " : "; ")
                + asked();
    }

    /** The same to somebody who sees the sentence and the rows. */
    @Nullable
    String advice() {
        return found == null || !found.areMoreThanChance() ? null : asked();
    }

    private String asked() {
        if (data.dataset().groups() != null) {
            return "does the column of --group name all that belongs together?";
        }
        return "if the rows of a cluster belong together (visits of a patient, frames of a film), "
                + (shared == null
                        ? "name what they share with --group COLUMN."
                        : "say so with --group: the values of column " + shared + " are these clusters.");
    }

    @Nullable
    String sentence() {
        if (found == null) {
            return note;
        }
        return found.areMoreThanChance()
                ? counted(found) + "."
                : "No more rows are next to equal than chance gives: " + Numbers.count(found.rows()) + " of "
                        + Numbers.count(found.searched()) + ", " + chance(found) + ".";
    }

    private String counted(NearDuplicates near) {
        String among = near.searched() < data.dataset().size()
                ? " (of " + Numbers.count(near.searched()) + " sampled ones)"
                : "";
        return Numbers.rows(near.rows()) + among + " stand in " + Numbers.count(near.clusters())
                + (near.clusters() == 1 ? " cluster" : " clusters") + " of next to equal rows (" + chance(near) + ")";
    }

    private static String chance(NearDuplicates near) {
        return Numbers.tenth(near.expectedShuffled()) + " in shuffled columns, at most "
                + Numbers.tenth(near.expectedSmooth()) + " in smooth data of "
                + Numbers.tenth(near.dimension()) + " dimensions";
    }

    /** The column whose values are the clusters, among the rows that are in one; null where there is none, or no table. */
    private static @Nullable String sharedColumn(LoadedData data, int[] clusterOf) {
        int[] members = IntStream.range(0, clusterOf.length)
                .filter(i -> clusterOf[i] > 0)
                .toArray();
        Set<String> names = new LinkedHashSet<>(data.settings().drop());
        if (data.source().id() != null) {
            names.add(data.source().id());
        }
        names.addAll(data.source().featureColumns());
        if (!data.source().format().isTable() || names.size() > MOST_COLUMNS) {
            return null;
        }
        List<String> columns = List.copyOf(names);
        List<List<String>> texts = RowTexts.of(
                data.source(),
                columns,
                Arrays.stream(members).map(i -> data.dataset().rows()[i]).toArray());
        int[] clusters = Arrays.stream(members).map(i -> clusterOf[i] - 1).toArray();
        String best = null;
        double highest = COINCIDES;
        for (int c = 0; c < columns.size(); c++) {
            Map<String, Integer> codes = new HashMap<>();
            int[] values = new int[members.length];
            for (int k = 0; k < values.length; k++) {
                String text = texts.get(k).get(c);
                codes.putIfAbsent(text, codes.size());
                values[k] = codes.getOrDefault(text, 0);
            }
            // many small parts: the table of both partitions must stay small
            if (codes.size() > 2 * Arrays.stream(clusters).max().orElse(0) + 2) {
                continue;
            }
            double agreement = PartitionAgreement.of(clusters, values).adjustedRand();
            if (agreement >= highest) {
                highest = agreement;
                best = columns.get(c);
            }
        }
        return best;
    }

    List<ResultColumn> columns() {
        int[] numbers = new int[data.dataset().size()];
        Arrays.fill(numbers, ResultColumn.Integers.MISSING);
        if (found != null && found.areMoreThanChance()) {
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = found.clusterOf()[i] > 0 ? found.clusterOf()[i] : ResultColumn.Integers.MISSING;
            }
        }
        return List.of(new ResultColumn.Integers("nearDuplicateOf", numbers));
    }

    /** Null where nobody asked. */
    @Nullable
    Map<String, @Nullable Object> facts() {
        if (found == null) {
            return note == null ? null : RunRecord.entry("note", note);
        }
        return RunRecord.entry(
                "sentence", sentence(),
                "moreThanChance", found.areMoreThanChance(),
                "clusters", found.clusters(),
                "rows", found.rows(),
                "searchedRows", found.searched(),
                "expectedShuffled", found.expectedShuffled(),
                "expectedSmooth", found.expectedSmooth(),
                "disagreeingClusters", found.labels().disagreeing(),
                "expectedDisagreeing", found.labels().expected(),
                "labelDeviationWithin", found.labels().within(),
                "labelDeviation", found.labels().overall(),
                "dimension", Double.isInfinite(found.dimension()) ? null : found.dimension(),
                "column", shared);
    }
}
