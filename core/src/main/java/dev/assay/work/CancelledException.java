package dev.assay.work;

/** A computation ended early because its {@link Progress} was cancelled. */
public final class CancelledException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With a message that says so. */
    public CancelledException() {
        super("cancelled");
    }
}
