package dev.assay.app.cli;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code assay}: starts here. */
@Command(
        name = "assay",
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Measures how mixed a labelled data set is, and takes out the rows that do not belong.",
            "",
            "Is this one data set or several in one file? How many labels are wrong, and which rows?"
        },
        footer = {
            "",
            "Examples:",
            "  assay demo",
            "      see it work, on data that comes along",
            "  assay diagnose mine.csv --label y",
            "      how mixed is it? which rows look foreign?",
            "  assay purify mine.csv --label y --out result/",
            "      the same, and the rest without them",
            "",
            "Each command explains itself: assay purify --help"
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            DiagnoseCommand.class,
            PurifyCommand.class,
            PredictCommand.class,
            DemoCommand.class,
            ReproduceCommand.class
        })
public final class Assay {
    /** Runs the command line and ends the virtual machine with its exit status. */
    public static void main(String[] arguments) {
        int status = run(writer(System.out), writer(System.err), arguments);
        System.exit(status);
    }

    /**
     * Runs a command line in this virtual machine.
     *
     * @return the exit status: 0 done, 1 a failure of Assay, 2 bad input or wrong use, 130 interrupted
     */
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine commandLine = new CommandLine(new Assay());
        commandLine.setOut(out);
        commandLine.setErr(err);
        commandLine.setUsageHelpAutoWidth(true);
        commandLine.setUsageHelpLongOptionsMaxWidth(26);
        commandLine.setAbbreviatedOptionsAllowed(false);
        commandLine.setParameterExceptionHandler(Failures::ofUse);
        commandLine.setExecutionExceptionHandler(Failures::ofRun);
        int status = commandLine.execute(arguments);
        out.flush();
        err.flush();
        return status;
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }
}
