package dev.assay.app.web;

import dev.assay.io.read.ReadSettings;
import dev.assay.work.Progress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** The command line, as far as the server needs it: what it runs is what a user could type. */
public interface Commands {
    /**
     * Runs a command line in this virtual machine, on the thread of the caller.
     *
     * @param arguments what follows {@code assay}
     * @param out what the command would print
     * @param err what it would complain of
     * @param progress what is told how far it is, and says whether it is to stop
     * @return the exit status: 0 done, 130 interrupted, anything else failed
     */
    int run(List<String> arguments, PrintWriter out, PrintWriter err, Progress progress);

    /**
     * What a command line reads; nothing is run.
     *
     * @throws dev.assay.data.InvalidInputException if it is no command line of run, divide, purify or diagnose
     */
    Input input(List<String> arguments);

    /** The version of Assay. */
    String version();

    /**
     * The data of a command line.
     *
     * @param data the file as it is named there
     * @param settings how it is read
     */
    record Input(Path data, ReadSettings settings) {}
}
