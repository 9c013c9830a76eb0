package dev.assay.io.read;

import dev.assay.data.FeatureEncoding;
import dev.assay.data.FittedArrayEncoder;
import dev.assay.data.Targets;
import dev.assay.io.cell.CellForms;
import dev.assay.io.network.Embedding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What must be known of training data to read further data like it: plain values that can be stored.
 *
 * @param encoding how the input became features
 * @param labels targets without an example: the names of the classes, or the mean and scale of the numbers
 * @param label the column or key of the labels
 * @param featureColumns the columns (or the one key) that the features come from
 * @param id the column or key of the user's own names of the rows, or null
 * @param weight the column or key of the weights, or null
 * @param group the column or key of the groups that stay together, or null
 * @param header whether the first line of a text table names the columns
 * @param cells what the texts of cells mean
 * @param embedding the network between the arrays and the encoding, or null
 */
public record InputSchema(
        FeatureEncoding encoding,
        Targets labels,
        String label,
        List<String> featureColumns,
        @Nullable String id,
        @Nullable String weight,
        @Nullable String group,
        ReadSettings.Header header,
        CellForms cells,
        @Nullable Embedding embedding) {

    /** Copies the list. */
    public InputSchema {
        featureColumns = List.copyOf(featureColumns);
    }

    /** The shape of one example of arrays, as it stands in the file. */
    public List<Integer> exampleShape() {
        return embedding != null ? embedding.shape() : ((FittedArrayEncoder) encoding).shape();
    }

    /** The form of data that has been read. */
    public static InputSchema of(LoadedData data) {
        return new InputSchema(
                data.encoding(),
                data.dataset().targets().select(new int[0]),
                data.source().label(),
                data.source().featureColumns(),
                data.source().id(),
                data.source().weight(),
                data.settings().group(),
                data.source().header(),
                data.cells(),
                data.embedding());
    }
}
