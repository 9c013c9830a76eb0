package dev.assay.app.result;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.divide.Verdict;
import dev.assay.io.read.LoadedData;
import dev.assay.io.result.ResultColumn;
import dev.assay.io.table.RowTexts;
import dev.assay.job.Finding;
import dev.assay.job.PurifyOutcome;
import dev.assay.purify.RowScores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Labels that look wrong, as tools for labelling take them. A label looks wrong where another one is suggested; in mixed data
 * rows of another kind than most are right by their own rule, and no issue.
 */
public final class LabelIssues {
    /** The name of the tag of a Label Studio configuration that the label is chosen in. */
    public static final String CONTROL = "label";

    /** The name of the tag of a Label Studio configuration that shows the row. */
    public static final String OBJECT = "row";

    private final LoadedData data;
    private final Dataset dataset;
    private final RowScores scores;
    /** 0 to 1 for classes, lower = more suspicious. */
    private final double[] quality;

    public LabelIssues(LoadedData data, PurifyOutcome found) {
        this.data = data;
        this.dataset = data.dataset();
        this.scores = found.purification().scores();
        this.quality = isOneKind(found.finding()) ? scores.trust() : scores.outOfFoldProbability();
    }

    /** Of data of one kind trust is the probability that the label is right; of mixed data it is something else. */
    private static boolean isOneKind(@Nullable Finding finding) {
        return finding != null && (finding.verdict() == Verdict.HOMOGENEOUS || finding.verdict() == Verdict.NOISY);
    }

    /**
     * A line for each record of the file, in its order, those without a label included, as cleanlab's table of label issues has
     * them: {@code is_label_issue}, {@code label_quality} (lower = more suspicious), {@code given_label}, {@code predicted_label}.
     */
    public List<ResultColumn> table() {
        int records = data.source().records();
        List<@Nullable String> issue = new ArrayList<>(Collections.nCopies(records, truth(false)));
        double[] qualities = new double[records];
        Arrays.fill(qualities, Double.NaN);
        List<@Nullable String> given = new ArrayList<>(Collections.nCopies(records, null));
        List<@Nullable String> predicted = new ArrayList<>(Collections.nCopies(records, null));
        for (int i = 0; i < dataset.size(); i++) {
            int record = dataset.rows()[i];
            issue.set(record, truth(scores.suggested()[i]));
            qualities[record] = quality[i];
            given.set(record, data.labelText(i));
            predicted.set(record, predicted(i));
        }
        return List.of(
                new ResultColumn.Texts("is_label_issue", issue),
                new ResultColumn.Reals("label_quality", qualities),
                new ResultColumn.Texts("given_label", given),
                new ResultColumn.Texts("predicted_label", predicted));
    }

    /** As Python writes it, which is what reads such tables. */
    private static String truth(boolean value) {
        return value ? "True" : "False";
    }

    private @Nullable String predicted(int example) {
        return Double.isNaN(scores.suggestion()[example])
                ? null
                : PurificationTables.label(dataset.targets(), scores.suggestion()[example]);
    }

    /** A task of Label Studio for each label that looks wrong, the most suspicious first. */
    public List<Map<String, @Nullable Object>> tasks() {
        int[] examples = IntStream.range(0, dataset.size())
                .filter(i -> scores.suggested()[i])
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> quality[i]).thenComparingInt(i -> dataset.rows()[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        List<String> columns = data.source().format().isTable() ? data.source().featureColumns() : List.of();
        List<List<String>> texts = RowTexts.of(
                data.source(),
                columns,
                Arrays.stream(examples).map(i -> dataset.rows()[i]).toArray());
        List<Map<String, @Nullable Object>> tasks = new ArrayList<>();
        for (int k = 0; k < examples.length; k++) {
            tasks.add(task(examples[k], columns, texts.get(k)));
        }
        return tasks;
    }

    private Map<String, @Nullable Object> task(int example, List<String> columns, List<String> texts) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("row", dataset.rows()[example]);
        if (data.ids() != null) {
            row.put(data.source().id() == null ? "id" : data.source().id(), data.id(example));
        }
        // a column of the user's that is called row is what the user means by it
        for (int column = 0; column < columns.size(); column++) {
            row.put(columns.get(column), texts.get(column));
        }
        row.put(data.source().label(), data.labelText(example));
        boolean classes = dataset.targets() instanceof ClassTargets;
        Object value = classes
                ? RunRecord.entry("choices", List.of(String.valueOf(predicted(example))))
                : RunRecord.entry("number", Double.valueOf(String.valueOf(predicted(example))));
        return RunRecord.entry(
                "data",
                row,
                "predictions",
                List.of(RunRecord.entry(
                        "model_version",
                        "assay " + Version.text(),
                        "score",
                        classes ? scores.suggestedProbability()[example] : 1 - quality[example],
                        "result",
                        List.of(RunRecord.entry(
                                "from_name",
                                CONTROL,
                                "to_name",
                                OBJECT,
                                "type",
                                classes ? "choices" : "number",
                                "value",
                                value)))));
    }
}
