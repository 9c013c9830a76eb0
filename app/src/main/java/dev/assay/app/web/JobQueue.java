package dev.assay.app.web;

import dev.assay.app.web.http.ApiError;
import dev.assay.app.web.run.JobProgress;
import dev.assay.app.web.run.JobState;
import dev.assay.app.web.run.RunFolder;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs one job after the other, in the order in which they were asked for. */
final class JobQueue implements AutoCloseable {
    private static final int INTERRUPTED = 130;
    private static final int FAULT = 1;
    private static final long PATIENCE = TimeUnit.SECONDS.toMillis(60);

    private final Commands commands;
    private final PrintWriter errors;
    private final Map<String, Job> jobs = new LinkedHashMap<>();
    private final List<Job> waiting = new ArrayList<>();
    private final Thread thread = new Thread(this::work, "assay-jobs");
    private @Nullable Job running;
    private boolean closing;

    /**
     * A queue that works from now on.
     *
     * @param errors where faults are told in full
     */
    JobQueue(Commands commands, PrintWriter errors) {
        this.commands = commands;
        this.errors = errors;
        thread.setDaemon(true);
        thread.start();
    }

    /** Puts a job at the end. */
    synchronized void add(Job job) {
        if (closing) {
            throw ApiError.conflict("the server is ending; start it again");
        }
        jobs.put(job.id(), job);
        job.put(job.record());
        waiting.add(job);
        notifyAll();
    }

    /** The job of that run, or null if this server was not asked for it. */
    synchronized @Nullable Job find(String id) {
        return jobs.get(id);
    }

    /** The place of a job in the queue, from 1; null if it does not wait. */
    synchronized @Nullable Integer place(String id) {
        for (int place = 0; place < waiting.size(); place++) {
            if (waiting.get(place).id().equals(id)) {
                return place + 1;
            }
        }
        return null;
    }

    /** Takes a waiting job out, or asks a running one to stop; one that has ended stays as it is. */
    void cancel(Job job) {
        List<Job> moved;
        synchronized (this) {
            if (job.equals(running)) {
                JobProgress progress = job.progress();
                if (progress != null) {
                    progress.cancel();
                }
                return;
            }
            if (!waiting.remove(job)) {
                throw ApiError.conflict("this run has ended already: it is "
                        + job.record().state().word());
            }
            moved = List.copyOf(waiting);
        }
        job.put(job.record().ended(JobState.CANCELLED, null, List.of(), RunFolder.now()));
        moved.forEach(Job::changed);
    }

    /** Forgets a job that has ended. */
    synchronized void forget(String id) {
        jobs.remove(id);
    }

    private void work() {
        while (true) {
            Job job = next();
            if (job == null) {
                return;
            }
            try {
                run(job);
            } catch (RuntimeException unwritable) {
                errors.println("assay serve: the run in " + job.folder() + " cannot be recorded");
                unwritable.printStackTrace(errors);
                errors.flush();
            } finally {
                synchronized (this) {
                    running = null;
                    notifyAll();
                }
            }
        }
    }

    private @Nullable Job next() {
        List<Job> moved;
        Job job;
        synchronized (this) {
            while (waiting.isEmpty() && !closing) {
                try {
                    wait();
                } catch (InterruptedException end) {
                    Thread.currentThread().interrupt();
                    return null;
                }
            }
            if (closing) {
                return null;
            }
            job = waiting.remove(0);
            job.begin(job.record().running(RunFolder.now()));
            running = job;
            moved = List.copyOf(waiting);
        }
        moved.forEach(Job::changed);
        return job;
    }

    private void run(Job job) {
        JobProgress progress = job.progress();
        if (progress == null) {
            throw new IllegalStateException("the job was not begun");
        }
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status;
        try (PrintWriter outWriter = new PrintWriter(out);
                PrintWriter errWriter = new PrintWriter(err)) {
            status = commands.run(job.record().arguments(), outWriter, errWriter, progress);
        } catch (OutOfMemoryError tooLarge) {
            status = FAULT;
            err.write("there is not enough memory for this run; give more with ASSAY_MEMORY, for example 12g\n");
        } catch (RuntimeException | Error fault) {
            status = FAULT;
            err.write("this is a fault of Assay: " + fault + "\n");
            fault.printStackTrace(errors);
            errors.flush();
        }
        progress.say(err.toString());
        progress.say(out.toString());
        boolean ending;
        synchronized (this) {
            ending = closing;
        }
        JobState state = switch (status) {
            case 0 -> JobState.FINISHED;
            case INTERRUPTED -> ending ? JobState.INTERRUPTED : JobState.CANCELLED;
            default -> JobState.FAILED;
        };
        String error = state == JobState.FAILED
                ? firstLine(err.toString(), job.record().command())
                : null;
        job.put(job.record().ended(state, error, progress.log(), RunFolder.now()));
    }

    private static String firstLine(String text, String command) {
        String line = text.lines().filter(one -> !one.isBlank()).findFirst().orElse("it ended without saying why");
        String prefix = "assay " + command + ": ";
        return line.startsWith(prefix) ? line.substring(prefix.length()) : line;
    }

    /** Stops what runs, and records it and what waits as interrupted. */
    @Override
    public void close() {
        Collection<Job> never;
        synchronized (this) {
            if (closing) {
                return;
            }
            closing = true;
            never = List.copyOf(waiting);
            waiting.clear();
            Job current = running;
            JobProgress progress = current == null ? null : current.progress();
            if (progress != null) {
                progress.cancel();
            }
            notifyAll();
        }
        for (Job job : never) {
            job.put(job.record().ended(JobState.INTERRUPTED, null, List.of(), null));
        }
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }
}
