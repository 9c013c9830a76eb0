package dev.assay.app.web.run;

import dev.assay.app.run.RunOrder;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A run that this server was asked for: what is on disk about it, and how far it is right now. */
final class Job {
    private final Path folder;
    private final RunOrder order;
    private volatile JobRecord record;
    private volatile @Nullable JobProgress progress;
    private long version;

    Job(Path folder, RunOrder order, JobRecord record) {
        this.folder = folder;
        this.order = order;
        this.record = record;
    }

    Path folder() {
        return folder;
    }

    RunOrder order() {
        return order;
    }

    JobRecord record() {
        return record;
    }

    @Nullable
    JobProgress progress() {
        return progress;
    }

    /** Begins. */
    JobProgress begin(JobRecord running) {
        JobProgress begun = new JobProgress(this::changed);
        progress = begun;
        put(running);
        return begun;
    }

    /** Writes what is known now to disk, then tells those who wait. */
    void put(JobRecord next) {
        next.write(folder);
        record = next;
        changed();
    }

    /** Something about it is not as it was. */
    synchronized void changed() {
        version++;
        notifyAll();
    }

    /** Rises with each change. */
    synchronized long version() {
        return version;
    }

    /** Waits until something is not as it was at that version; gives up after a while. */
    synchronized void awaitChange(long seen, long milliseconds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
        while (version == seen) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                return;
            }
            wait(left);
        }
    }
}
