package dev.assay.app.cli;

import dev.assay.work.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Says on the standard error stream how far a run is: a bar with the time left on a terminal, a plain line now and then
 * elsewhere, nothing where silence is asked for.
 */
final class ConsoleProgress implements Progress, AutoCloseable {
    /** Between two lines about the same phase; a new phase may speak sooner. A short run says nothing. */
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    private static final Duration BEFORE_NEW_PHASE = Duration.ofSeconds(2);
    private static final int BETWEEN_FRAMES_MILLISECONDS = 250;

    /** Where a run says how far it is. */
    enum Style {
        /** A bar that is drawn over and over, and goes away at the end. */
        BAR,
        /** Lines. */
        LINES,
        /** Nothing. */
        SILENT;

        /** The one for this run: the start script says whether a terminal is there. */
        static Style of(boolean quiet) {
            if (quiet) {
                return SILENT;
            }
            return Boolean.getBoolean("assay.terminal") ? BAR : LINES;
        }
    }

    private final Style style;
    private final PrintWriter err;
    private final BooleanSupplier cancelled;
    private @Nullable ProgressBar bar;
    private String phase = "";
    private long steps;
    private long lastLine = System.nanoTime();

    ConsoleProgress(Style style, PrintWriter err, BooleanSupplier cancelled) {
        this.style = style;
        this.err = err;
        this.cancelled = cancelled;
    }

    @Override
    public void phase(String name, long phaseSteps) {
        phase = name;
        steps = phaseSteps;
        if (style == Style.BAR) {
            close();
            bar = new ProgressBarBuilder()
                    .setTaskName(TerminalText.line(name))
                    .setInitialMax(phaseSteps > 0 ? phaseSteps : -1)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(BETWEEN_FRAMES_MILLISECONDS)
                    .setConsumer(new ConsoleProgressBarConsumer(System.err))
                    .clearDisplayOnFinish()
                    .build();
        }
        sayIfDue(name, BEFORE_NEW_PHASE);
    }

    @Override
    public void step(long done) {
        ProgressBar current = bar;
        if (current != null) {
            current.stepTo(done);
        }
        sayIfDue(phase + ": " + done + (steps > 0 ? " of " + steps : ""), BETWEEN_LINES);
    }

    @Override
    public boolean isCancelled() {
        return cancelled.getAsBoolean();
    }

    /** Takes the bar off the terminal. */
    @Override
    public void close() {
        ProgressBar current = bar;
        if (current != null) {
            current.close();
            bar = null;
        }
    }

    private void sayIfDue(String line, Duration silence) {
        if (style == Style.LINES && System.nanoTime() - lastLine >= silence.toNanos()) {
            err.println("  " + line);
            lastLine = System.nanoTime();
        }
    }
}
