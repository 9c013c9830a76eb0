package dev.assay.io.model;

import dev.assay.data.ColumnEncoding;
import dev.assay.data.FeatureEncoding;
import dev.assay.data.FittedArrayEncoder;
import dev.assay.data.FittedEncoder;
import java.util.HashSet;
import java.util.Set;

/** Whether an encoding that was read from a file can be one. */
final class EncodingValidator {
    private EncodingValidator() {}

    /**
     * Checks every rule.
     *
     * @throws IllegalArgumentException naming what cannot be
     */
    static void check(FeatureEncoding encoding) {
        if (encoding instanceof FittedEncoder table) {
            Set<String> names = new HashSet<>();
            for (ColumnEncoding column : table.columns()) {
                ComponentReader.require(
                        names.add(column.column()), "column '" + column.column() + "' is encoded twice");
                check(column);
            }
            return;
        }
        check((FittedArrayEncoder) encoding);
    }

    private static void check(ColumnEncoding column) {
        String name = "column '" + column.column() + "'";
        if (column instanceof ColumnEncoding.Numeric number) {
            checkScale(name, number.center(), number.scale());
            ComponentReader.require(Double.isFinite(number.imputed()), name + " is imputed by " + number.imputed());
        } else if (column instanceof ColumnEncoding.Flag flag) {
            ComponentReader.require(Double.isFinite(flag.imputed()), name + " is imputed by " + flag.imputed());
        } else if (column instanceof ColumnEncoding.Moment moment) {
            checkScale(name, moment.center(), moment.scale());
        } else if (column instanceof ColumnEncoding.Category category) {
            Set<String> levels = new HashSet<>(category.levels());
            levels.addAll(category.rareLevels());
            ComponentReader.require(
                    levels.size()
                            == category.levels().size() + category.rareLevels().size(),
                    name + " has a level twice");
        }
    }

    private static void check(FittedArrayEncoder arrays) {
        long size = 1;
        for (int length : arrays.shape()) {
            ComponentReader.require(length >= 1, "an example has an axis of " + length + " entries");
            size = Math.multiplyExact(size, (long) length);
        }
        ComponentReader.require(size <= Integer.MAX_VALUE - 8, "an example has " + size + " entries");
        int last = -1;
        for (int k = 0; k < arrays.kept().size(); k++) {
            int kept = arrays.kept().get(k);
            ComponentReader.require(
                    kept > last && kept < size,
                    "feature " + k + " is entry " + kept + " of " + size + ", expected rising numbers below that");
            last = kept;
            checkScale("entry " + kept, arrays.centers().get(k), arrays.scales().get(k));
        }
    }

    private static void checkScale(String name, double center, double scale) {
        ComponentReader.require(
                Double.isFinite(center) && scale > 0 && Double.isFinite(scale),
                name + " is centred by " + center + " and divided by " + scale
                        + ", expected finite numbers and a scale above 0");
    }
}
