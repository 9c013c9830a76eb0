package dev.assay.data;

import java.util.List;

/**
 * How the raw input became the features of a {@link Dataset}: fitted once, a tree of plain values that can be stored, and
 * applied unchanged to further data.
 */
public sealed interface FeatureEncoding permits FittedEncoder, FittedArrayEncoder {

    /** The names of the features in order, "bias" last. */
    List<String> featureNames();
}
