package dev.assay.app.cli;

import dev.assay.app.result.ProgressEstimate;
import dev.assay.app.screen.TerminalText;
import dev.assay.work.Progress;
import dev.assay.work.Stage;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Says on the standard error stream how far a run is: on a terminal one bar for the whole of it, with the time that has passed
 * and about how much is left; elsewhere a plain line now and then; nothing where silence is asked for.
 */
final class ConsoleProgress implements Progress, AutoCloseable {
    /** Between two lines; a new phase may speak sooner. A short run says nothing. */
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    private static final Duration BEFORE_NEW_PHASE = Duration.ofSeconds(2);
    private static final int BETWEEN_FRAMES_MILLISECONDS = 250;
    private static final String ERASE_LINE = "\r\u001b[K";
    private static final int USUAL_WIDTH = 80;

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
    private final int width = Integer.getInteger("assay.columns", USUAL_WIDTH);
    private final ProgressEstimate course = new ProgressEstimate();
    private final long begun = System.nanoTime();
    private final @Nullable Timer clock;
    private long lastLine = begun;
    private boolean closed;

    /**
     * Begins.
     *
     * @param err where it is said; a bar's commands to the terminal must get there
     */
    ConsoleProgress(Style style, PrintWriter err, BooleanSupplier cancelled) {
        this.style = style;
        this.err = err;
        this.cancelled = cancelled;
        this.clock = style == Style.SILENT ? null : new Timer("assay-progress", true);
        if (clock != null) {
            // time passes whether or not the computation has something to say
            clock.schedule(
                    new TimerTask() {
                        @Override
                        public void run() {
                            tick();
                        }
                    },
                    BETWEEN_FRAMES_MILLISECONDS,
                    BETWEEN_FRAMES_MILLISECONDS);
        }
    }

    @Override
    public synchronized void expect(List<Stage> stages) {
        course.expect(stages, now());
    }

    @Override
    public synchronized void phase(String name, long steps) {
        course.phase(name, steps, now());
        sayIfDue(BEFORE_NEW_PHASE);
    }

    @Override
    public synchronized void step(long done) {
        course.step(done, now());
    }

    @Override
    public boolean isCancelled() {
        return cancelled.getAsBoolean();
    }

    private synchronized void tick() {
        if (closed) {
            return;
        }
        if (style == Style.BAR) {
            err.print(ERASE_LINE + bar(course, now(), width));
            err.flush();
        }
        sayIfDue(BETWEEN_LINES);
    }

    /** Takes the bar off the terminal. */
    @Override
    public void close() {
        if (clock != null) {
            clock.cancel();
        }
        synchronized (this) {
            closed = true;
            if (style == Style.BAR) {
                err.print(ERASE_LINE);
                err.flush();
            }
        }
    }

    private void sayIfDue(Duration silence) {
        if (style == Style.LINES && System.nanoTime() - lastLine >= silence.toNanos()) {
            err.println("  " + line(course, now()));
            lastLine = System.nanoTime();
        }
    }

    private double now() {
        return (System.nanoTime() - begun) / 1e9;
    }

    /** "12 s, 34 % done, about 25 s left: look for wrong labels". */
    static String line(ProgressEstimate course, double now) {
        double left = course.secondsLeft(now);
        return duration(now)
                + (Double.isNaN(left) ? "" : ", " + percent(course, now) + " done, about " + roughly(left) + " left")
                + ": " + TerminalText.line(course.words());
    }

    /** "  34 % [=====>          ]  12 s, about 25 s left: look for wrong labels", in a line of the terminal. */
    static String bar(ProgressEstimate course, double now, int width) {
        double left = course.secondsLeft(now);
        int cells = Math.max(10, Math.min(30, width / 4));
        int full = (int) (course.share(now) * cells);
        String line = "  " + String.format(Locale.ROOT, "%4s", percent(course, now)) + " [" + "=".repeat(full)
                + (full < cells ? ">" + " ".repeat(cells - full - 1) : "") + "] " + duration(now)
                + (Double.isNaN(left) ? "" : ", about " + roughly(left) + " left")
                + (course.words().isEmpty() ? "" : ": " + TerminalText.line(course.words()));
        return line.length() < width ? line : line.substring(0, Math.max(0, width - 1));
    }

    private static String percent(ProgressEstimate course, double now) {
        return (int) (100 * course.share(now)) + " %";
    }

    private static String duration(double seconds) {
        long whole = (long) seconds;
        return whole < 60 ? whole + " s" : String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60);
    }

    /** No more exact than it is known. */
    private static String roughly(double seconds) {
        if (seconds < 10) {
            return Math.max(1, Math.round(seconds)) + " s";
        }
        return seconds < 100 ? 5 * Math.round(seconds / 5) + " s" : Math.round(seconds / 60) + " min";
    }
}
