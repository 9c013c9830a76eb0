package dev.assay.data;

import java.util.List;
import java.util.function.Function;

/**
 * What the user gave cannot be worked with. The message is one line that names the thing, what came, what was expected
 * and what to do.
 */
public final class InvalidInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Note note;

    public InvalidInputException(String message) {
        this(Note.of(message));
    }

    public InvalidInputException(String message, Throwable cause) {
        super(message, cause);
        this.note = Note.of(message);
    }

    /** A problem and what can be done about it, the most likely first. */
    public InvalidInputException(String problem, List<Remedy> remedies) {
        this(new Note(problem, remedies));
    }

    private InvalidInputException(Note note) {
        super(note.toString());
        this.note = note;
    }

    /** The message as somebody says it who sets parameters in another way. */
    public String message(Function<Remedy, String> saying) {
        return note.message(saying);
    }
}
