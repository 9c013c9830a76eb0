package dev.assay.app.result;

import dev.assay.data.Dataset;
import dev.assay.divide.DivisionJudge;
import dev.assay.io.result.ResultColumn;
import dev.assay.job.DividedRows;
import dev.assay.job.PurifiedRows;
import dev.assay.judge.FurtherRows;
import dev.assay.linalg.Matrix;
import dev.assay.purify.RowScores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What is said of all rows of data of which a sample was learned from: facts, sentences, and the columns of rows.csv block by block. */
public final class AllRowsWords {
    private AllRowsWords() {}

    /** One sentence on a purification. */
    public static String sentence(PurifiedRows found) {
        PurifiedRows.Totals totals = found.totals();
        PurifiedRows.Measures measures = found.measures();
        return "Learned from a sample of " + Numbers.rows(totals.sampled()) + " by content. Of all "
                + Numbers.count(totals.rows()) + " rows, the others judged by experts that did not see them, "
                + Numbers.count(totals.removed()) + " (" + Numbers.percent(totals.removedShare())
                + ") do not belong"
                + (Double.isNaN(measures.before())
                        ? "; V of all rows is not known, the model has " + measures.parameters() + " parameters."
                        : "; V of all rows is " + Numbers.number(measures.before()) + ", without them "
                                + Numbers.number(measures.after()) + ".");
    }

    /** One sentence on a division. */
    public static String sentence(DividedRows found) {
        DividedRows.Totals totals = found.totals();
        List<String> sizes = IntStream.range(1, totals.sizes().length)
                .mapToObj(block -> Numbers.count(totals.sizes()[block]) + " are in block " + block)
                .toList();
        return "Learned from a sample of " + Numbers.rows(totals.sampled()) + " by content. Of all "
                + Numbers.count(totals.rows()) + " rows, the others sorted by experts that did not see them, "
                + String.join(", ", sizes) + ", and nothing explains the labels of "
                + Numbers.count(totals.sizes()[0]) + ".";
    }

    /** What is to be said of the data, all rows first; the same where data is all of them. */
    public static DataRemarks about(DataRemarks sample, @Nullable DividedRows found) {
        return found == null ? sample : sample.withFacts(List.of(sentence(found)));
    }

    /** What run.json holds of a purification. */
    public static Map<String, @Nullable Object> facts(PurifiedRows found) {
        PurifiedRows.Totals totals = found.totals();
        PurifiedRows.Measures measures = found.measures();
        return RunRecord.entry(
                "rows", totals.rows(),
                "sampledRows", totals.sampled(),
                "totalWeight", totals.weight(),
                "removedRows", totals.removed(),
                "removedShare", totals.removedShare(),
                "potentialBefore", measures.before(),
                "potentialAfter", measures.after(),
                "ridge", measures.ridge(),
                "trainingLossBefore", measures.lossBefore(),
                "trainingLossAfter", measures.lossAfter(),
                "parameters", measures.parameters());
    }

    /** What run.json holds of a division. */
    public static Map<String, @Nullable Object> facts(DividedRows found) {
        DividedRows.Totals totals = found.totals();
        return RunRecord.entry(
                "rows", totals.rows(),
                "sampledRows", totals.sampled(),
                "blockRows", totals.sizes(),
                "shares", totals.shares(),
                "potentialBefore", found.measures().before(),
                "potentialWithin", found.measures().within(),
                "refitted", found.measures().refitted());
    }

    /**
     * The columns of rows.csv for a block of rows of a purification, those of {@link PurificationTables#rows}.
     *
     * @param ids the user's names of the rows, or null
     */
    public static List<ResultColumn> columns(Dataset block, @Nullable List<String> ids, Matrix judged, Matrix scores) {
        int n = block.size();
        boolean[] kept = new boolean[n];
        int[] removedAt = new int[n];
        List<@Nullable String> suggestions = new ArrayList<>(n);
        double[] probabilities = new double[n];
        for (int i = 0; i < n; i++) {
            kept[i] = judged.get(i, FurtherRows.REMOVED) == 0;
            removedAt[i] = kept[i] ? ResultColumn.Integers.MISSING : 1;
            boolean suggested = judged.get(i, FurtherRows.SUGGESTED) == 1;
            suggestions.add(
                    suggested
                            ? PurificationTables.label(block.targets(), judged.get(i, FurtherRows.SUGGESTION))
                            : null);
            probabilities[i] = suggested ? judged.get(i, FurtherRows.SUGGESTED_PROBABILITY) : Double.NaN;
        }
        boolean influences = scores.columns() > 1;
        return List.of(
                new ResultColumn.Integers("row", block.rows()),
                new ResultColumn.Texts("id", ids(block, ids)),
                new ResultColumn.Truths("kept", kept),
                new ResultColumn.Integers("removedAt", removedAt),
                new ResultColumn.Reals(RowScores.TRUST, column(judged, FurtherRows.TRUST)),
                new ResultColumn.Reals(RowScores.LOSS, column(scores, 0)),
                new ResultColumn.Reals(
                        RowScores.OUT_OF_FOLD_PROBABILITY, column(judged, FurtherRows.OUT_OF_FOLD_PROBABILITY)),
                new ResultColumn.Reals(RowScores.SELF_INFLUENCE, influences ? column(scores, 1) : unknown(n)),
                new ResultColumn.Reals(RowScores.DELTA_VARIANCE, influences ? column(scores, 2) : unknown(n)),
                new ResultColumn.Texts("suggestedLabel", suggestions),
                new ResultColumn.Reals("suggestedProbability", probabilities));
    }

    /**
     * The columns of rows.csv for a block of rows of a division, those of {@link DivisionTables#rows} but for a row's part in V of its block,
     * which is known of the sample alone.
     */
    public static List<ResultColumn> columns(Dataset block, @Nullable List<String> ids, Matrix judged) {
        int n = block.size();
        int[] blocks = new int[n];
        double[] trust = new double[n];
        List<@Nullable String> labels = new ArrayList<>(n);
        List<@Nullable String> suggestions = new ArrayList<>(n);
        double[] probabilities = new double[n];
        for (int i = 0; i < n; i++) {
            blocks[i] = (int) judged.get(i, DivisionJudge.ASSIGNED);
            trust[i] = 1 - judged.get(i, DivisionJudge.POSTERIORS);
            labels.add(PurificationTables.label(block.targets(), block.targets().value(i)));
            suggestions.add(
                    blocks[i] == 0
                            ? PurificationTables.label(block.targets(), judged.get(i, DivisionJudge.SUGGESTION))
                            : null);
            probabilities[i] = blocks[i] == 0 ? judged.get(i, DivisionJudge.SUGGESTED_PROBABILITY) : Double.NaN;
        }
        List<ResultColumn> columns = new ArrayList<>(List.of(
                new ResultColumn.Integers("row", block.rows()),
                new ResultColumn.Texts("id", ids(block, ids)),
                new ResultColumn.Texts("label", labels),
                new ResultColumn.Integers("block", blocks)));
        for (int k = DivisionJudge.POSTERIORS; k < judged.columns(); k++) {
            columns.add(new ResultColumn.Reals("b_" + (k - DivisionJudge.POSTERIORS), column(judged, k)));
        }
        columns.add(new ResultColumn.Reals(RowScores.TRUST, trust));
        columns.add(new ResultColumn.Reals(
                RowScores.OUT_OF_FOLD_PROBABILITY, column(judged, DivisionJudge.OUT_OF_FOLD_PROBABILITY)));
        columns.add(new ResultColumn.Texts("suggestedLabel", suggestions));
        columns.add(new ResultColumn.Reals("suggestedProbability", probabilities));
        return columns;
    }

    private static List<@Nullable String> ids(Dataset block, @Nullable List<String> ids) {
        if (ids != null) {
            return new ArrayList<@Nullable String>(ids);
        }
        List<@Nullable String> numbers = new ArrayList<>(block.size());
        for (int row : block.rows()) {
            numbers.add(Integer.toString(row));
        }
        return numbers;
    }

    private static double[] column(Matrix matrix, int column) {
        return PredictionTable.column(matrix, column);
    }

    private static double[] unknown(int n) {
        double[] result = new double[n];
        Arrays.fill(result, Double.NaN);
        return result;
    }
}
