package dev.assay.app.result;

import dev.assay.io.read.LoadedData;
import dev.assay.io.result.ResultColumn;
import dev.assay.job.DataQuality;
import dev.assay.quality.FeatureOutliers;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows far out in their features, in words. */
final class OutlierWords {
    static final String WHAT = "Rows far out in their features";
    private static final String ASKED = "Mistakes, other units, cases of another kind?";
    private static final int NAMED = 3;

    private final LoadedData data;
    private final @Nullable FeatureOutliers found;
    private final @Nullable String note;

    OutlierWords(LoadedData data, DataQuality.Check<FeatureOutliers> check) {
        this.data = data;
        this.found = check.found();
        this.note = check.obstacle() == null ? null : QualityWords.note(data, WHAT, check.obstacle());
    }

    /** Null where no more rows are far out than chance gives, or no line can be drawn. */
    @Nullable
    String question() {
        return found == null || !found.areMoreThanChance()
                ? null
                : beyond(found) + "; the farthest: " + named(found) + ". " + ASKED;
    }

    /** The same to somebody who sees the sentence and the rows. */
    @Nullable
    String advice() {
        return found == null || !found.areMoreThanChance() ? null : "Look at the rows far out. " + ASKED;
    }

    @Nullable
    String sentence() {
        if (found == null) {
            return note;
        }
        if (!found.divides()) {
            return beyond(found) + ": the columns go together, so that the score ranks rows but no line can be drawn"
                    + " between outliers and others; the farthest: " + named(found) + ".";
        }
        return beyond(found)
                + (found.areMoreThanChance()
                        ? "; the farthest: " + named(found) + "."
                        : ": no more than chance gives.");
    }

    private String beyond(FeatureOutliers outliers) {
        return Numbers.rows(outliers.beyond()) + " of "
                + Numbers.count(data.dataset().size())
                + (outliers.beyond() == 1 ? " is" : " are")
                + " farther out in the features than 999 of 1,000 rows whose columns were shuffled ("
                + Numbers.tenth(outliers.expected()) + " expected by chance)";
    }

    private String named(FeatureOutliers outliers) {
        return Numbers.list(outliers.farthest().stream()
                .limit(NAMED)
                .map(row -> name(row.example())
                        + (row.columns().isEmpty()
                                ? ""
                                : " ("
                                        + String.join(
                                                ", ",
                                                row.columns().stream()
                                                        .map(FeatureOutliers.Term::column)
                                                        .toList())
                                        + ")"))
                .toList());
    }

    private String name(int example) {
        return data.ids() == null ? "row " + data.id(example) : data.id(example);
    }

    List<ResultColumn> columns() {
        return List.of(
                new ResultColumn.Reals("outlier", found == null ? QualityWords.nothing(data) : found.scores()),
                new ResultColumn.Reals("outlierChance", found == null ? QualityWords.nothing(data) : found.chances()));
    }

    /** Null where nobody asked. */
    @Nullable
    Map<String, @Nullable Object> facts() {
        if (found == null) {
            return note == null ? null : RunRecord.entry("note", note);
        }
        FeatureOutliers outliers = found;
        return RunRecord.entry(
                "sentence", sentence(),
                "beyond", outliers.beyond(),
                "expected", outliers.expected(),
                "fence", outliers.fence(),
                "shuffledRows", outliers.shuffledRows(),
                "divides", outliers.divides(),
                "rows",
                        outliers.farthest().stream()
                                .map(row -> RunRecord.entry(
                                        "row", data.dataset().rows()[row.example()],
                                        "id", data.id(row.example()),
                                        "score", outliers.scores()[row.example()],
                                        "chance", outliers.chances()[row.example()],
                                        "columns", row.columns()))
                                .toList());
    }
}
