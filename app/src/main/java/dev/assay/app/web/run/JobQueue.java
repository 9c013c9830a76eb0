package dev.assay.app.web.run;

import dev.assay.app.run.PurifyRun;
import dev.assay.app.run.RunFailure;
import dev.assay.app.run.RunOrder;
import dev.assay.app.screen.TerminalText;
import dev.assay.app.web.http.ApiError;
import dev.assay.data.InvalidInputException;
import dev.assay.work.CancelledException;
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
public final class JobQueue implements AutoCloseable {
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
    public JobQueue(Commands commands, PrintWriter errors) {
        this.commands = commands;
        this.errors = errors;
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Puts a run at the end.
     *
     * @param name what it is called
     * @param data the name of the data file
     * @param decisionsOf the run whose decisions are taken into account, or null
     */
    public synchronized void add(
            RunFolder folder, RunOrder order, String name, String data, @Nullable String decisionsOf) {
        if (closing) {
            throw ApiError.conflict("the server is ending; start it again");
        }
        Job job = new Job(folder.path(), order, JobRecord.queued(name, order, data, decisionsOf, RunFolder.now()));
        jobs.put(folder.id(), job);
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
        int place = waiting.indexOf(jobs.get(id));
        return place < 0 ? null : place + 1;
    }

    /**
     * Takes a waiting job out, or asks a running one to stop; one that has ended stays as it is.
     *
     * @return whether this server was asked for that run
     */
    public boolean cancel(String id) {
        Job job;
        List<Job> moved;
        synchronized (this) {
            job = jobs.get(id);
            if (job == null) {
                return false;
            }
            if (job.equals(running)) {
                JobProgress progress = job.progress();
                if (progress != null) {
                    progress.cancel();
                }
                return true;
            }
            if (!waiting.remove(job)) {
                throw ApiError.conflict("this run has ended already: it is "
                        + job.record().state().word());
            }
            moved = List.copyOf(waiting);
        }
        job.put(job.record().ended(JobState.CANCELLED, null, List.of(), RunFolder.now()));
        moved.forEach(Job::changed);
        return true;
    }

    /** Forgets a job that has ended. */
    public synchronized void forget(String id) {
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
        JobState state = JobState.FINISHED;
        String error = null;
        try {
            progress.say(TerminalText.lines(commands.run(job.order(), progress)));
        } catch (CancelledException cancelled) {
            state = isClosing() ? JobState.INTERRUPTED : JobState.CANCELLED;
        } catch (InvalidInputException invalid) {
            error = failed(progress, job, RunFailure.message(invalid, option -> hasOption(job, option)));
        } catch (OutOfMemoryError tooLarge) {
            error = failed(progress, job, RunFailure.ofMemory());
        } catch (RuntimeException | Error fault) {
            error = failed(progress, job, RunFailure.ofFault());
            StringWriter trace = new StringWriter();
            fault.printStackTrace(new PrintWriter(trace, true));
            progress.say(TerminalText.lines(trace.toString()));
        }
        job.put(job.record().ended(error == null ? state : JobState.FAILED, error, progress.log(), RunFolder.now()));
    }

    private static String failed(JobProgress progress, Job job, String why) {
        String line = TerminalText.line(why);
        progress.say("assay " + job.record().command() + ": " + line);
        return line;
    }

    /** All four commands read in the same way; only a purification can be resumed. */
    private static boolean hasOption(Job job, String option) {
        return !option.equals("--resume") || job.order().run() instanceof PurifyRun;
    }

    private synchronized boolean isClosing() {
        return closing;
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
