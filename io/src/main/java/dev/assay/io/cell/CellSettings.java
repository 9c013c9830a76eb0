package dev.assay.io.cell;

import org.jspecify.annotations.Nullable;

/**
 * What the user says about the texts of cells, where they may be taken in several ways.
 *
 * @param decimalMark what stands before decimals, or null to see it from the file
 * @param dates whether the day or the month comes first, or null to see it from the file
 * @param keepLabelMarkers whether labels such as NA and None are names of classes; blank ones are missing all the same
 */
public record CellSettings(
        @Nullable DecimalMark decimalMark, @Nullable DateOrder dates, boolean keepLabelMarkers) {

    /** Nothing said: everything is seen from the file. */
    public static CellSettings automatic() {
        return new CellSettings(null, null, false);
    }
}
