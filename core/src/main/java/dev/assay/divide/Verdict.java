package dev.assay.divide;

/** What a data set is made of. */
public enum Verdict {
    /** One function explains the labels as well as they can be explained. */
    HOMOGENEOUS,
    /** One function, and labels that nothing explains. */
    NOISY,
    /** Several functions: more than one block earns its place. */
    MIXED,
    /** Too few rows to tell, see {@link dev.assay.purify.MinimumSampleSize}; what is said of blocks then says nothing of the data. */
    TOO_FEW_ROWS
}
