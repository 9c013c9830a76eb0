package dev.assay.data;

import java.util.ArrayList;
import java.util.List;

/**
 * The features that a column of the user's became.
 *
 * @param column its name in the file
 * @param from its first feature
 * @param to the one after its last feature
 */
public record ColumnFeatures(String column, int from, int to) {
    /** Those of all columns of a table that became features; of an array each entry by itself. The bias is left out. */
    public static List<ColumnFeatures> of(FeatureEncoding encoding) {
        List<ColumnFeatures> result = new ArrayList<>();
        if (encoding instanceof FittedEncoder table) {
            int from = 0;
            for (ColumnEncoding column : table.columns()) {
                int to = from + column.featureNames().size();
                if (to > from) {
                    result.add(new ColumnFeatures(column.column(), from, to));
                }
                from = to;
            }
            return result;
        }
        List<String> names = encoding.featureNames();
        for (int feature = 0; feature < names.size() - 1; feature++) {
            result.add(new ColumnFeatures(names.get(feature), feature, feature + 1));
        }
        return result;
    }
}
