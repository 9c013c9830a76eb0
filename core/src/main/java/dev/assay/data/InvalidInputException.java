package dev.assay.data;

/**
 * What the user gave cannot be worked with. The message is one line that names the thing, what came, what was expected
 * and what to do.
 */
public final class InvalidInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidInputException(String message) {
        super(message);
    }

    public InvalidInputException(String message, Throwable cause) {
        super(message, cause);
    }
}
