package dev.assay.io.read;

/** What is to be predicted. */
public enum Task {
    /** Decided from the labels. */
    AUTO,
    /** One of several classes. */
    CLASSIFICATION,
    /** A number. */
    REGRESSION
}
