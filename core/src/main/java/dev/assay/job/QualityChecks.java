package dev.assay.job;

/**
 * What is looked for beside wrong labels.
 *
 * @param outliers rows far out in their features
 * @param nearDuplicates rows that are next to equal
 * @param orderDrift what changes along the file
 */
public record QualityChecks(boolean outliers, boolean nearDuplicates, boolean orderDrift) {
    /** Everything. */
    public static final QualityChecks ALL = new QualityChecks(true, true, true);
}
