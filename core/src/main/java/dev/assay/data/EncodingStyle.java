package dev.assay.data;

/**
 * How columns become features.
 *
 * @param standardiseNumbers whether numbers are centred by their weighted mean and divided by their weighted standard
 *     deviation; otherwise they are taken as they are
 * @param integersMayBeCategories whether whole-number columns with few levels are taken as coded categories
 * @param poolRareLevels whether the rare levels of a category share one column
 * @param dropConstantFeatures whether columns that never vary are left out
 */
public record EncodingStyle(
        boolean standardiseNumbers,
        boolean integersMayBeCategories,
        boolean poolRareLevels,
        boolean dropConstantFeatures) {

    /** What suits a table that nobody has looked at. */
    public static EncodingStyle automatic() {
        return new EncodingStyle(true, true, true, true);
    }

    /** What the paper did: every level of every category one-hot, numbers unscaled, every pixel kept. */
    public static EncodingStyle paper() {
        return new EncodingStyle(false, false, false, false);
    }
}
