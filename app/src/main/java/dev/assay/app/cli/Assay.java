package dev.assay.app.cli;

import dev.assay.app.result.Version;
import dev.assay.app.screen.TerminalText;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** The command {@code assay}: starts here. */
@Command(
        name = "assay",
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Measures how mixed a labelled data set is, takes it apart into blocks of one kind,"
                    + " trains an expert for each, and sends new rows to the right one.",
            "",
            "Is this one data set or several in one file? How many labels are wrong, and which rows?"
                    + " Would several simple models predict better than one?"
        },
        footer = {
            "",
            "Examples:",
            "  assay demo",
            "      see it work, on data that comes along",
            "  assay run mine.csv --label y --out result/",
            "      the main job: verdict, blocks, experts, and how well they predict",
            "  assay predict result/ new.csv --out predictions.csv",
            "      then: the labels of new rows",
            "  assay diagnose mine.csv --label y",
            "      a quick look: one kind, noisy or mixed? which labels look wrong?",
            "  assay purify mine.csv --label y --out pure/",
            "      your file without the rows that do not fit",
            "  assay check mine.csv --label y --max-noise 3%% --max-blocks 1",
            "      for a pipeline: exit status 3 where the data does not keep to it",
            "  assay serve",
            "      all of it in your browser",
            "",
            "Each command explains itself: assay run --help"
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class Assay {
    private static final List<Class<?>> COMMANDS = List.of(
            RunCommand.class,
            PredictCommand.class,
            EvaluateCommand.class,
            ExportCommand.class,
            DiagnoseCommand.class,
            DivideCommand.class,
            CheckCommand.class,
            PurifyCommand.class,
            DemoCommand.class,
            ServeCommand.class,
            ReproduceCommand.class);

    /** Runs the command line and ends the virtual machine with its exit status. */
    public static void main(String[] arguments) {
        int status = run(writer(System.out), writer(System.err), arguments);
        System.exit(status);
    }

    /**
     * Runs a command line in this virtual machine.
     *
     * @return the exit status: 0 done, 1 a failure of Assay, 2 bad input or wrong use, 3 a limit that
     *     does not hold, 130 interrupted
     */
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine commandLine = commandLine(false, Arrays.asList(arguments)::contains);
        commandLine.setOut(out);
        commandLine.setErr(err);
        commandLine.setParameterExceptionHandler(Failures::ofUse);
        commandLine.setExecutionExceptionHandler(Failures::ofRun);
        commandLine.setExecutionStrategy(parsed -> {
            // help brings bold letters of its own, and nothing that comes from a file
            Integer helped = CommandLine.executeHelpRequest(parsed);
            if (helped != null) {
                return helped;
            }
            commandLine.setOut(TerminalText.writer(out));
            commandLine.setErr(TerminalText.writer(err));
            return new CommandLine.RunLast().execute(parsed);
        });
        int status;
        try {
            status = commandLine.execute(arguments);
        } catch (OutOfMemoryError tooLarge) {
            status = Failures.ofMemory(name(commandLine, arguments), err);
        }
        out.flush();
        err.flush();
        return status;
    }

    /**
     * What understands command lines; it has run none yet.
     *
     * @param recorded whether a record says them: it ties each value to its option, whatever it looks like, while of those that a
     *     person types an option that seems to be the value of another one is a mistake
     */
    static CommandLine commandLine(boolean recorded) {
        return commandLine(recorded, name -> true);
    }

    /** The same where commands that are not called are known by name and description alone: their options take a third of a start. */
    private static CommandLine commandLine(boolean recorded, Predicate<String> called) {
        CommandLine commandLine = new CommandLine(new Assay());
        for (Class<?> type : COMMANDS) {
            Command command = type.getAnnotation(Command.class);
            if (called.test(command.name())) {
                commandLine.addSubcommand(type);
            } else {
                CommandSpec known = CommandSpec.create().name(command.name());
                known.usageMessage().description(command.description());
                commandLine.addSubcommand(command.name(), known);
            }
        }
        commandLine.setUsageHelpAutoWidth(true);
        commandLine.setUsageHelpLongOptionsMaxWidth(26);
        commandLine.setAbbreviatedOptionsAllowed(false);
        commandLine.setAllowOptionsAsOptionParameters(recorded);
        return commandLine;
    }

    private static String name(CommandLine commandLine, String[] arguments) {
        CommandLine command =
                arguments.length == 0 ? null : commandLine.getSubcommands().get(arguments[0]);
        return (command == null ? commandLine : command).getCommandSpec().qualifiedName();
    }

    static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }
}
