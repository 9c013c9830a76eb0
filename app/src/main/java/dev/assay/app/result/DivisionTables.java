package dev.assay.app.result;

import dev.assay.divide.Division;
import dev.assay.io.read.LoadedData;
import dev.assay.io.result.ResultColumn;
import dev.assay.purify.RowScores;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a division found, as the columns of its files. */
public final class DivisionTables {
    private DivisionTables() {}

    /** rows.csv and rows.parquet: one row per example, in the order of the input. */
    public static List<ResultColumn> rows(Divided divided) {
        LoadedData data = divided.data();
        Division division = divided.outcome().division();
        int n = data.dataset().size();
        List<@Nullable String> ids = new ArrayList<>(n);
        List<@Nullable String> labels = new ArrayList<>(n);
        List<@Nullable String> suggestions = new ArrayList<>(n);
        double[] probabilities = new double[n];
        for (int i = 0; i < n; i++) {
            ids.add(data.id(i));
            labels.add(data.labelText(i));
            suggestions.add(suggestion(division, i));
            probabilities[i] = suggestedProbability(division, i);
        }
        List<ResultColumn> columns = new ArrayList<>(
                List.of(new ResultColumn.Integers("row", data.dataset().rows()), new ResultColumn.Texts("id", ids)));
        if (data.sources() != null) {
            columns.add(new ResultColumn.Texts("source", new ArrayList<@Nullable String>(data.sources())));
        }
        columns.add(new ResultColumn.Texts("label", labels));
        columns.add(new ResultColumn.Integers("block", division.assigned()));
        for (int k = 0; k < division.posteriors().columns(); k++) {
            columns.add(new ResultColumn.Reals("b_" + k, PredictionTable.column(division.posteriors(), k)));
        }
        columns.add(new ResultColumn.Reals(RowScores.TRUST, divided.outcome().trust()));
        columns.add(new ResultColumn.Reals(RowScores.OUT_OF_FOLD_PROBABILITY, division.outOfFoldProbability()));
        columns.add(new ResultColumn.Reals(
                "vContribution", divided.outcome().measures().contributions()));
        columns.add(new ResultColumn.Texts("suggestedLabel", suggestions));
        columns.add(new ResultColumn.Reals("suggestedProbability", probabilities));
        return columns;
    }

    /** Of the suggested label; NaN where none is suggested, or it is a number. */
    public static double suggestedProbability(Division division, int example) {
        return division.isSuggested(example) ? division.suggestedProbability()[example] : Double.NaN;
    }

    /**
     * The label that a row should have: the exact text of a class, or a number in the user's units; null where nothing speaks
     * for another one.
     */
    public static @Nullable String suggestion(Division division, int example) {
        if (!division.isSuggested(example)) {
            return null;
        }
        return PurificationTables.label(division.data().targets(), division.suggestion()[example]);
    }
}
