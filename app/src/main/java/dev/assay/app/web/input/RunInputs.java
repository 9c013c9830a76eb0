package dev.assay.app.web.input;

import dev.assay.app.run.RunInput;
import dev.assay.app.web.run.Commands;
import dev.assay.app.web.run.JobRecord;
import dev.assay.app.web.run.RunFacts;
import dev.assay.app.web.run.RunFolder;
import dev.assay.data.InvalidInputException;
import java.util.List;

/** The command lines of runs, of the page and of the command line alike. */
public final class RunInputs {
    private RunInputs() {}

    /** The words of the command line that made a run, without {@code assay}. */
    public static List<String> arguments(RunFolder run, RunFacts facts) {
        JobRecord record = JobRecord.read(run);
        if (record != null) {
            return record.arguments();
        }
        List<String> words = facts.commandLine();
        if (words.size() < 2) {
            throw new InvalidInputException("run.json of this run has no command line");
        }
        return words.subList(1, words.size());
    }

    /**
     * What that command line reads.
     *
     * @throws InvalidInputException if it cannot be understood
     */
    public static RunInput of(RunFolder run, RunFacts facts, Commands commands) {
        return commands.understood(arguments(run, facts)).input();
    }
}
