package dev.assay.app.cli;

import dev.assay.app.run.LearningRun;
import dev.assay.app.web.run.Commands;
import dev.assay.data.InvalidInputException;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The command line for the server of the web page, which asks what recorded runs were. */
public final class ServedCommands implements Commands {
    @Override
    public LearningRun understood(List<String> arguments) {
        CommandSpec command;
        try {
            ParseResult parsed = Assay.commandLine(true).parseArgs(arguments.toArray(String[]::new));
            command = Objects.requireNonNullElse(parsed.subcommand(), parsed).commandSpec();
        } catch (ParameterException misuse) {
            throw new InvalidInputException(
                    Objects.requireNonNullElse(misuse.getMessage(), "this command line cannot be understood"), misuse);
        }
        if (command.userObject() instanceof RunningCommand running
                && running.described() instanceof LearningRun learning) {
            return learning;
        }
        throw new InvalidInputException("assay " + command.name() + " reads no data to learn from");
    }
}
