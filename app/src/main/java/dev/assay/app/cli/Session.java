package dev.assay.app.cli;

import dev.assay.app.result.RunRecord;
import dev.assay.app.run.FileRun;
import dev.assay.app.run.PurifyRun;
import dev.assay.io.result.RunDirectory;
import dev.assay.work.CancelledException;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** What surrounds every computation of the command line: threads, progress, Ctrl-C, and the report at the end. */
final class Session {
    private Session() {}

    /** A computation, and the screen that tells what came of it. */
    @FunctionalInterface
    interface Computation {
        String run(Workers workers, Progress progress);
    }

    /** Runs what a command describes, from files to files. */
    static int run(@Nullable CommandSpec spec, RunOptions options, RunningCommand described, String ifInterrupted) {
        CommandSpec command = Objects.requireNonNull(spec, "set by picocli");
        AtomicBoolean holds = new AtomicBoolean();
        int status = run(command, options, ifInterrupted, (workers, progress) -> {
            FileRun run = described.described();
            Path out = described.out();
            boolean resume = run instanceof PurifyRun purify && purify.resume();
            FileRun.Finished finished;
            try (RunDirectory directory = out == null ? null : options.directory(out, resume)) {
                finished = run.execute(
                        directory,
                        new RunRecord(run.command(), commandLine(command), run.seed(), workers.threads()),
                        workers,
                        progress);
            }
            holds.set(finished.holds());
            return finished.screen(options.explain);
        });
        return status == 0 && !holds.get() ? Failures.BROKEN : status;
    }

    /**
     * Computes, then prints the screen unless silence is asked for.
     *
     * @param ifInterrupted what someone who presses Ctrl-C is told
     * @return the exit status
     */
    static int run(CommandSpec command, CommonOptions options, String ifInterrupted, Computation computation) {
        PrintWriter err = command.commandLine().getErr();
        try (Workers workers = options.workers();
                Interruption interruption = new Interruption()) {
            String screen;
            ConsoleProgress.Style style = ConsoleProgress.Style.of(options.quiet);
            // the bar escapes what comes from files itself, and is drawn by commands to the terminal that the writer
            // would show
            PrintWriter terminal = style == ConsoleProgress.Style.BAR ? Assay.writer(System.err) : err;
            try (ConsoleProgress progress = new ConsoleProgress(style, terminal, interruption::isWished)) {
                screen = computation.run(workers, progress);
            } catch (CancelledException interrupted) {
                // said before the interruption is let go on, which ends the virtual machine
                err.println(command.qualifiedName() + ": interrupted; " + ifInterrupted);
                return Failures.INTERRUPTED;
            }
            print(screen, command, options);
            return 0;
        }
    }

    private static void print(String screen, CommandSpec command, CommonOptions options) {
        if (!options.quiet) {
            PrintWriter out = command.commandLine().getOut();
            out.print(screen);
            out.flush();
        }
    }

    /** The words of the command line that is being run, as they were typed. */
    static List<String> commandLine(CommandSpec command) {
        CommandSpec root = command.root();
        List<String> words = new ArrayList<>();
        words.add(root.name());
        words.addAll(root.commandLine().getParseResult().originalArgs());
        return words;
    }
}
