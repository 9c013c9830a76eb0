package dev.assay.data;

/** What is to be predicted, one value per example. Immutable by convention: nobody writes to the arrays. */
public sealed interface Targets permits ClassTargets, RealTargets {
    /** Number of examples. */
    int size();

    /** The value that a loss sees: the class code, or the standardised real target. */
    double value(int index);

    /** The targets of the given examples, in that order. */
    Targets select(int[] indices);
}
