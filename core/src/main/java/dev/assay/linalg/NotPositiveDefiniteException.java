package dev.assay.linalg;

/** A matrix that was to be factored as R R' is not positive definite. */
public final class NotPositiveDefiniteException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotPositiveDefiniteException(int order, int pivot) {
        super("the " + order + " x " + order + " matrix is not positive definite: pivot " + pivot
                + " is not above zero; a larger ridge makes it so");
    }
}
