package dev.assay.app.cli;

import dev.assay.app.run.RunFailure;
import dev.assay.app.screen.TerminalText;
import dev.assay.data.InvalidInputException;
import dev.assay.work.CancelledException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What a failure says on the standard error stream, and the exit status it ends with. */
final class Failures {
    /** A failure of Assay itself. */
    static final int OURS = 1;

    /** The input or the way the command was called. */
    static final int YOURS = 2;

    /** The data does not keep to a limit that it was held against. */
    static final int BROKEN = 3;

    /** Stopped by the user, as a shell reports it for Ctrl-C. */
    static final int INTERRUPTED = 130;

    private Failures() {}

    /** A command line that cannot be understood: one line that says what is wrong and where help is. */
    static int ofUse(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        if (arguments.length == 0) {
            command.usage(command.getErr());
            return YOURS;
        }
        String name = command.getCommandSpec().qualifiedName();
        String problem = decapitalised(RunFailure.oneLine(words(failure)));
        if (failure instanceof UnmatchedArgumentException unmatched) {
            List<String> suggestions = unmatched.getSuggestions();
            problem = "unknown " + (unmatched.isUnknownOption() ? "option " : "argument ")
                    + unmatched.getUnmatched().get(0);
            if (!suggestions.isEmpty()) {
                problem += ", did you mean " + suggestions.get(0) + "?";
            }
        }
        return say(
                command.getErr(),
                name + ": " + problem + (problem.endsWith("?") ? " (" : "; see ") + name + " --help"
                        + (problem.endsWith("?") ? " lists them)" : ""));
    }

    /** A run that ended early. */
    static int ofRun(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        String name = command.getCommandSpec().qualifiedName();
        if (failure instanceof InvalidInputException invalid) {
            return say(
                    err,
                    name + ": "
                            + RunFailure.message(
                                    invalid, option -> command.getCommandSpec().findOption(option) != null));
        }
        if (failure instanceof CancelledException) {
            err.println(name + ": interrupted");
            return INTERRUPTED;
        }
        err.println(name + ": " + RunFailure.ofFault());
        failure.printStackTrace(err);
        return OURS;
    }

    /** What is said where memory runs out in spite of all estimates. */
    static int ofMemory(String name, PrintWriter err) {
        return say(err, name + ": " + RunFailure.ofMemory());
    }

    private static int say(PrintWriter err, String line) {
        err.println(TerminalText.line(line));
        return YOURS;
    }

    private static String decapitalised(String sentence) {
        return sentence.isEmpty() ? sentence : Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1);
    }

    private static String words(Exception failure) {
        return Objects.requireNonNullElse(
                failure.getMessage(), failure.getClass().getSimpleName());
    }
}
