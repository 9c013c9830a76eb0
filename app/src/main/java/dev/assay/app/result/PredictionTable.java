package dev.assay.app.result;

import dev.assay.data.ClassTargets;
import dev.assay.data.RealTargets;
import dev.assay.data.Targets;
import dev.assay.io.result.ResultColumn;
import dev.assay.linalg.Matrix;
import dev.assay.predict.ClassPredictions;
import dev.assay.predict.Predictions;
import dev.assay.predict.RealPredictions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Predictions as the columns of a file: row, prediction, p_LABEL..., block, b_1... */
public final class PredictionTable {
    private PredictionTable() {}

    /**
     * The columns; a row that was abstained from has an empty prediction.
     *
     * @param rows 0-based records of the file
     * @param ids the user's names of the rows, or null
     * @param truth the labels, or null where they are not known
     */
    public static List<ResultColumn> columns(
            int[] rows,
            @Nullable List<String> ids,
            @Nullable Targets truth,
            Predictions predictions,
            boolean[] abstained) {
        List<ResultColumn> columns = new ArrayList<>();
        columns.add(new ResultColumn.Integers("row", rows));
        if (ids != null) {
            columns.add(new ResultColumn.Texts("id", new ArrayList<@Nullable String>(ids)));
        }
        if (truth instanceof ClassTargets classes) {
            List<@Nullable String> labels = new ArrayList<>();
            for (int code : classes.codes()) {
                labels.add(classes.names().get(code));
            }
            columns.add(new ResultColumn.Texts("label", labels));
        }
        if (truth instanceof RealTargets numbers) {
            double[] values = new double[numbers.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = numbers.original(numbers.values()[i]);
            }
            columns.add(new ResultColumn.Reals("label", values));
        }
        if (predictions instanceof ClassPredictions classes) {
            List<@Nullable String> names = new ArrayList<>();
            int[] codes = classes.codes();
            for (int i = 0; i < codes.length; i++) {
                names.add(abstained[i] ? null : classes.names().get(codes[i]));
            }
            columns.add(new ResultColumn.Texts("prediction", names));
            Matrix probabilities = classes.probabilities();
            for (int c = 0; c < probabilities.columns(); c++) {
                columns.add(new ResultColumn.Reals("p_" + classes.names().get(c), column(probabilities, c)));
            }
        }
        if (predictions instanceof RealPredictions numbers) {
            columns.add(new ResultColumn.Reals("prediction", numbers.means()));
            columns.add(new ResultColumn.Reals("deviation", numbers.deviations()));
        }
        columns.add(new ResultColumn.Integers("block", predictions.likeliestBlocks()));
        for (int k = 0; k < predictions.blocks().columns(); k++) {
            columns.add(new ResultColumn.Reals("b_" + (k + 1), column(predictions.blocks(), k)));
        }
        return columns;
    }

    /** One column of a matrix. */
    public static double[] column(Matrix matrix, int column) {
        double[] result = new double[matrix.rows()];
        for (int i = 0; i < result.length; i++) {
            result[i] = matrix.get(i, column);
        }
        return result;
    }
}
