package dev.assay.job;

/**
 * What is looked for beside wrong labels.
 *
 * @param outliers rows far out in their features
 */
public record QualityChecks(boolean outliers) {
    /** Everything. */
    public static final QualityChecks ALL = new QualityChecks(true);
}
