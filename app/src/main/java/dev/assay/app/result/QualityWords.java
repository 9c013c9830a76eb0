package dev.assay.app.result;

import dev.assay.data.FittedArrayEncoder;
import dev.assay.io.read.LoadedData;
import dev.assay.io.result.ResultColumn;
import dev.assay.job.DataQuality;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is odd in the features and the order of the rows, in words and in numbers. */
public final class QualityWords {
    private final DataQuality quality;
    private final OutlierWords outliers;
    private final NearDuplicateWords nearDuplicates;
    private final DriftWords orderDrift;

    public QualityWords(LoadedData data, DataQuality quality) {
        this.quality = quality;
        this.outliers = new OutlierWords(data, quality.outliers());
        this.nearDuplicates = new NearDuplicateWords(data, quality.nearDuplicates());
        this.orderDrift = new DriftWords(data, quality.orderDrift());
    }

    /**
     * What is to be said of one of the checks.
     *
     * @param sentence what was seen, or why nothing was looked for
     * @param advice what the user should look into; null where there is nothing
     */
    public record Said(String sentence, @Nullable String advice) {
        static Said of(@Nullable String sentence, @Nullable String advice, String what, String option) {
            return new Said(sentence == null ? what + " were not looked for (" + option + ")." : sentence, advice);
        }
    }

    /** What was seen. */
    public DataQuality quality() {
        return quality;
    }

    /** Of rows far out in their features. */
    public Said outliers() {
        return Said.of(outliers.sentence(), outliers.advice(), OutlierWords.WHAT, "--no-outliers");
    }

    /** Of rows that are next to equal. */
    public Said nearDuplicates() {
        return Said.of(
                nearDuplicates.sentence(), nearDuplicates.advice(), NearDuplicateWords.WHAT, "--no-near-duplicates");
    }

    /** Of what changes along the file. */
    public Said orderDrift() {
        return Said.of(orderDrift.sentence(), orderDrift.advice(), DriftWords.WHAT, "--no-order-drift");
    }

    /** What the user should look into, one sentence each. */
    public List<String> questions() {
        return texts(nearDuplicates.question(), orderDrift.question(), outliers.question());
    }

    /** What was seen, whether it asks for something or not. */
    public List<String> explanation() {
        return texts(nearDuplicates.sentence(), orderDrift.sentence(), outliers.sentence());
    }

    /** Columns of rows.csv; empty where nothing was looked for. */
    public List<ResultColumn> columns() {
        List<ResultColumn> columns = new ArrayList<>(outliers.columns());
        columns.addAll(nearDuplicates.columns());
        return columns;
    }

    /** Entries of run.json. */
    public void put(RunRecord record) {
        record.put("outliers", outliers.facts())
                .put("nearDuplicates", nearDuplicates.facts())
                .put("orderDrift", orderDrift.facts());
    }

    private static List<String> texts(@Nullable String... sentences) {
        List<String> result = new ArrayList<>();
        for (@Nullable String sentence : sentences) {
            if (sentence != null) {
                result.add(sentence);
            }
        }
        return result;
    }

    /**
     * Why something was not looked for.
     *
     * @param what was to be looked for, in words
     */
    static String note(LoadedData data, String what, DataQuality.Obstacle obstacle) {
        return what + " are not looked for: "
                + switch (obstacle) {
                    case ARRAY_OF_DIMENSIONS ->
                        "single entries of an array of "
                                + (data.encoding() instanceof FittedArrayEncoder array
                                        ? array.shape().size()
                                        : 0)
                                + " dimensions say little.";
                    case TOO_MANY_FEATURES ->
                        Numbers.count(data.dataset().dimension() - 1) + " features are more than the "
                                + Numbers.count(DataQuality.MOST_FEATURES) + " that this is made for.";
                    case TOO_FEW_ROWS -> Numbers.rows(data.dataset().size()) + " say too little.";
                    case NO_FEATURES -> "there are no features.";
                };
    }

    /** A column of empty cells. */
    static double[] nothing(LoadedData data) {
        double[] result = new double[data.dataset().size()];
        Arrays.fill(result, Double.NaN);
        return result;
    }
}
