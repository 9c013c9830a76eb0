package dev.assay.app.web.run;

import dev.assay.app.result.ProgressEstimate;
import dev.assay.app.web.http.Views;
import dev.assay.work.Progress;
import dev.assay.work.Series;
import dev.assay.work.Stage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a running computation says, kept for those who look at it, whenever they come; and the wish that it should stop. */
final class JobProgress implements Progress {
    private static final int LARGEST_SERIES = 512;
    private static final int LOG_LINES = 200;

    private final Runnable changed;
    private final long begun = System.nanoTime();
    private final Map<String, Points> series = new LinkedHashMap<>();
    private final Map<String, Integer> times = new LinkedHashMap<>();
    private final Deque<String> log = new ArrayDeque<>();
    private String phase = "";
    private long steps;
    private long done;
    private final ProgressEstimate course = new ProgressEstimate();
    private volatile boolean cancelled;

    /** Calls {@code changed} after each change. */
    JobProgress(Runnable changed) {
        this.changed = changed;
    }

    /** Points of a chart; of many every other one is forgotten. */
    private record Points(Series meaning, String name, List<List<Double>> points) {}

    @Override
    public synchronized void expect(List<Stage> stages) {
        course.expect(stages, now());
    }

    @Override
    public void phase(String name, long phaseSteps) {
        synchronized (this) {
            course.phase(name, phaseSteps, now());
            phase = course.words();
            steps = phaseSteps;
            done = 0;
            addLine(String.format(Locale.ROOT, "%,.1f s: %s", now(), phase));
        }
        changed.run();
    }

    @Override
    public void step(long stepsDone) {
        synchronized (this) {
            done = stepsDone;
            course.step(stepsDone, now());
        }
        changed.run();
    }

    @Override
    public void measured(Series meaning, double x, double y) {
        if (!Double.isFinite(x) || !Double.isFinite(y)) {
            return;
        }
        synchronized (this) {
            Points current = series.get(key(meaning));
            boolean anew = current != null
                    && !current.points().isEmpty()
                    && current.points().get(current.points().size() - 1).get(0) > x;
            if (anew) {
                times.merge(meaning.name(), 1, Integer::sum);
            }
            int time = times.getOrDefault(meaning.name(), 0);
            Points points = series.computeIfAbsent(
                    key(meaning),
                    key -> new Points(
                            meaning,
                            time == 0 ? meaning.name() : meaning.name() + " (" + (time + 1) + ")",
                            new ArrayList<>()));
            points.points().add(List.of(x, y));
            thin(points.points());
        }
        changed.run();
    }

    private String key(Series meaning) {
        return meaning.name() + " " + times.getOrDefault(meaning.name(), 0);
    }

    private static void thin(List<List<Double>> points) {
        if (points.size() <= LARGEST_SERIES) {
            return;
        }
        for (int place = points.size() - 2; place > 0; place -= 2) {
            points.remove(place);
        }
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    /** The computation should stop at the next point where it can. */
    void cancel() {
        cancelled = true;
        changed.run();
    }

    /** Adds what was printed. */
    synchronized void say(String text) {
        text.lines().forEach(this::addLine);
    }

    private void addLine(String line) {
        log.addLast(line);
        if (log.size() > LOG_LINES) {
            log.removeFirst();
        }
    }

    /** The last lines. */
    synchronized List<String> log() {
        return List.copyOf(log);
    }

    private double now() {
        return (System.nanoTime() - begun) / 1e9;
    }

    /** As the API tells it. */
    synchronized Map<String, @Nullable Object> view() {
        double now = now();
        double left = course.secondsLeft(now);
        List<Object> charts = new ArrayList<>();
        for (Points points : series.values()) {
            charts.add(Views.entry(
                    "name", points.name(),
                    "xName", points.meaning().xName(),
                    "yName", points.meaning().yName(),
                    "points", List.copyOf(points.points())));
        }
        return Views.entry(
                "phase", phase,
                "done", done,
                "steps", steps,
                "share", Double.isNaN(left) ? null : course.share(now),
                "secondsElapsed", now,
                "secondsLeft", Double.isNaN(left) ? null : left,
                "series", charts);
    }
}
