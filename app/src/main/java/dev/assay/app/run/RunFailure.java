package dev.assay.app.run;

import dev.assay.app.result.Version;
import dev.assay.app.screen.TerminalText;
import dev.assay.data.InvalidInputException;
import dev.assay.data.Remedy;
import java.util.function.Predicate;

/** What is said of a run that ended early, on the terminal and by the server alike. */
public final class RunFailure {
    /** What the start script takes the size of the heap from. */
    private static final String MEMORY = "ASSAY_MEMORY";

    private RunFailure() {}

    /**
     * One line of what cannot be worked with, and what to do about it.
     *
     * @param hasOption whether the command has an option of this name; remedies by others are left out
     */
    public static String message(InvalidInputException invalid, Predicate<String> hasOption) {
        return oneLine(invalid.message(remedy -> asOption(remedy, hasOption)));
    }

    private static String asOption(Remedy remedy, Predicate<String> hasOption) {
        String parameter = remedy.parameter();
        if (parameter == null) {
            return remedy.words();
        }
        if (parameter.equals("memory")) {
            return remedy.words() + " with " + MEMORY + "=" + remedy.value();
        }
        String option = "--" + parameter;
        return hasOption.test(option)
                ? (remedy.words() + " with " + option + " " + TerminalText.quoted(remedy.value())).strip()
                : "";
    }

    /** A failure of Assay itself, before what is known of it. */
    public static String ofFault() {
        return "this is a fault of Assay " + Version.text() + ", please report it with the lines below";
    }

    /** What is said where memory runs out in spite of all estimates. */
    public static String ofMemory() {
        long megabytes = Runtime.getRuntime().maxMemory() >> 20;
        return "memory ran out, this process may use " + megabytes
                + " MB; take fewer rows or columns, or allow more memory with " + MEMORY + "=" + 2 * megabytes + "m";
    }

    /** Words without breaks of the line. */
    public static String oneLine(String words) {
        return words.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
