package dev.assay.app.cli;

import dev.assay.app.result.Version;
import dev.assay.app.web.Commands;
import dev.assay.data.InvalidInputException;
import dev.assay.work.Progress;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The command line for the server of the web page: it runs what a user could type. */
public final class ServedCommands implements Commands {
    @Override
    public int run(List<String> arguments, PrintWriter out, PrintWriter err, Progress progress) {
        return Assay.run(progress, out, err, arguments.toArray(String[]::new));
    }

    @Override
    public Input input(List<String> arguments) {
        CommandSpec command;
        try {
            ParseResult parsed = Assay.commandLine(Progress.NONE).parseArgs(arguments.toArray(String[]::new));
            command = Objects.requireNonNullElse(parsed.subcommand(), parsed).commandSpec();
        } catch (ParameterException misuse) {
            throw new InvalidInputException(
                    Objects.requireNonNullElse(misuse.getMessage(), "this command line cannot be understood"), misuse);
        }
        if (!(command.userObject() instanceof RunningCommand running)) {
            throw new InvalidInputException("assay " + command.name() + " reads no data to learn from");
        }
        RunInput input = running.described().input();
        return new Input(input.data(), input.reading());
    }

    @Override
    public String version() {
        return Version.text();
    }
}
