package dev.assay.app.run;

import dev.assay.data.InvalidInputException;
import dev.assay.io.result.RunDirectory;
import dev.assay.purify.PurifyJournal;
import dev.assay.work.Progress;
import dev.assay.work.Series;
import dev.assay.work.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;

/**
 * The journal of a purification on disk: written now and then while it runs, and when it is interrupted, so that it can be
 * continued; gone once the run is whole.
 */
public final class Checkpoint implements Progress {
    private static final Duration BETWEEN_SAVES = Duration.ofSeconds(30);

    private final Path file;
    private final PurifyJournal journal;
    private final Progress progress;
    private long lastSave = System.nanoTime();

    private Checkpoint(Path file, PurifyJournal journal, Progress progress) {
        this.file = file;
        this.journal = journal;
        this.progress = progress;
    }

    /**
     * The checkpoint of a run in a directory.
     *
     * @param resume whether to go on from what is on disk
     * @param progress what is told of the steps
     * @throws InvalidInputException if there is nothing to go on from
     */
    static Checkpoint open(RunDirectory directory, boolean resume, Progress progress) {
        Path file = directory.file(RunDirectory.CHECKPOINT);
        if (!resume) {
            return new Checkpoint(file, new PurifyJournal(), progress);
        }
        if (!Files.exists(file) && Files.exists(directory.file("run.json"))) {
            throw new InvalidInputException(
                    directory.path() + " holds a whole run: there is nothing to go on with, it is done");
        }
        if (!Files.exists(file)) {
            throw new InvalidInputException(
                    directory.path() + " holds no interrupted run to go on with: leave out --resume");
        }
        try {
            return new Checkpoint(file, PurifyJournal.ofLines(Files.readAllLines(file)), progress);
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidInputException(
                    file + " cannot be gone on from (" + e.getMessage() + "): start anew with --force", e);
        }
    }

    /** What the purification writes to. */
    PurifyJournal journal() {
        return journal;
    }

    /** Writes it down as it is now. */
    void save() {
        Path beside = file.resolveSibling(RunDirectory.CHECKPOINT + ".new");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(beside, journal.toLines());
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new InvalidInputException(
                    file + " cannot be written: " + e.getMessage() + "; check the free space and the permissions", e);
        }
        lastSave = System.nanoTime();
    }

    /** What was done so far is of no use: the data is not what it was. */
    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be deleted", e);
        }
    }

    @Override
    public void expect(List<Stage> stages) {
        progress.expect(stages);
    }

    @Override
    public void phase(String name, long steps) {
        progress.phase(name, steps);
        saveNowAndThen();
    }

    @Override
    public void step(long done) {
        progress.step(done);
        saveNowAndThen();
    }

    @Override
    public void measured(Series series, double x, double y) {
        progress.measured(series, x, y);
    }

    @Override
    public boolean isCancelled() {
        return progress.isCancelled();
    }

    private void saveNowAndThen() {
        if (System.nanoTime() - lastSave >= BETWEEN_SAVES.toNanos()) {
            save();
        }
    }
}
