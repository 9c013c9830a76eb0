package dev.assay.data;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What the user gave cannot be worked with. The message is one line that names the thing, what came, what was expected
 * and what to do.
 */
public final class InvalidInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String problem;
    private final transient List<Remedy> remedies;

    public InvalidInputException(String message) {
        this(message, List.of());
    }

    public InvalidInputException(String message, Throwable cause) {
        super(message, cause);
        this.problem = message;
        this.remedies = List.of();
    }

    /** A problem and what can be done about it, the most likely first. */
    public InvalidInputException(String problem, List<Remedy> remedies) {
        super(sentence(problem, remedies, Remedy::toString));
        this.problem = problem;
        this.remedies = List.copyOf(remedies);
    }

    /** The message as somebody says it who sets parameters in another way. */
    public String message(Function<Remedy, String> saying) {
        return sentence(problem, remedies, saying);
    }

    /** Remedies that are empty texts are not there for the reader. */
    private static String sentence(String problem, List<Remedy> remedies, Function<Remedy, String> saying) {
        List<String> said = new ArrayList<>();
        for (Remedy remedy : remedies) {
            String words = saying.apply(remedy);
            if (!words.isEmpty()) {
                said.add(words);
            }
        }
        if (said.isEmpty()) {
            return problem;
        }
        int last = said.size() - 1;
        return problem + "; "
                + (last == 0 ? said.get(0) : String.join(", ", said.subList(0, last)) + ", or " + said.get(last));
    }
}
