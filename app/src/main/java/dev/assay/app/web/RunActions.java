package dev.assay.app.web;

import dev.assay.app.web.http.ApiError;
import dev.assay.app.web.input.Inputs;
import dev.assay.app.web.run.JobState;
import dev.assay.app.web.run.RunFacts;
import dev.assay.app.web.run.RunFolder;
import dev.assay.app.web.run.RunFolders;
import dev.assay.io.corrected.CleanedData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Begins, cancels and deletes runs. */
final class RunActions {
    private final RunFolders folders;
    private final JobQueue queue;
    private final Runs runs;
    private final Inputs inputs;
    private final Commands commands;
    private final Cleaning cleaning;
    private final @Nullable Integer threads;

    RunActions(
            RunFolders folders,
            JobQueue queue,
            Runs runs,
            Inputs inputs,
            Commands commands,
            Cleaning cleaning,
            @Nullable Integer threads) {
        this.folders = folders;
        this.queue = queue;
        this.runs = runs;
        this.inputs = inputs;
        this.commands = commands;
        this.cleaning = cleaning;
        this.threads = threads;
    }

    /** Puts a run into the queue. */
    RunFolder start(RunRequest request) {
        Path data = request.data(inputs);
        List<String> arguments = request.arguments(data, inputs);
        // what cannot be understood is to be known now, not when its turn comes
        commands.input(complete(arguments, Path.of("out")));
        RunFolder run = folders.create(String.valueOf(data.getFileName()));
        queue.add(new Job(
                run.id(),
                run.path(),
                JobRecord.queued(
                        request.shownName(data),
                        request.checkedCommand(),
                        complete(arguments, run.path()),
                        String.valueOf(data.getFileName()),
                        request.given().label(),
                        null,
                        RunFolder.now())));
        return run;
    }

    private List<String> complete(List<String> arguments, Path out) {
        List<String> result = new ArrayList<>(arguments);
        result.add("--out=" + out);
        if (threads != null) {
            result.add("--threads=" + threads);
        }
        return result;
    }

    /** The body of POST /api/runs/ID/again. */
    record Again(@Nullable Boolean decisions) {}

    /** Puts the same run into the queue once more, on the data as it is or as the decisions leave it. */
    RunFolder again(RunFolder before, Again request) {
        boolean decided = Boolean.TRUE.equals(request.decisions());
        JobRecord record = JobRecord.read(before);
        RunFacts facts = record == null ? RunFacts.of(before) : null;
        if (facts == null && record == null) {
            throw ApiError.conflict("nothing is known of how this run was made");
        }
        List<String> words = record != null
                ? record.arguments()
                : RunInputs.arguments(before, Objects.requireNonNull(facts, "checked above"));
        Commands.Input input = commands.input(words);
        Path data = input.data();
        if (!Files.isRegularFile(data)) {
            throw ApiError.conflict("the data file " + data + " is not there any more");
        }
        CommandWords changed = new CommandWords(words)
                .without("--out")
                .without("--threads")
                .withoutFlag("--force")
                .withoutFlag("--resume")
                .withoutFlag("--quiet");
        CleanedData cleaned = decided ? cleaning.of(before) : null;
        String name = record == null ? String.valueOf(before.path().getFileName()) : record.name();
        RunFolder run = folders.create(String.valueOf(data.getFileName()));
        if (cleaned == null) {
            changed = changed.withData(data, data.toAbsolutePath().normalize());
        } else {
            changed = changed.withData(data, written(cleaned, run));
            if (input.settings().labelsFile() != null) {
                changed = changed.without("--labels")
                        .without("--label")
                        .without("--features")
                        .with("--label", cleaned.labelsKey())
                        .with("--features", cleaned.featuresKey());
            }
        }
        queue.add(new Job(
                run.id(),
                run.path(),
                JobRecord.queued(
                        decided ? name + ", decided" : name,
                        words.get(0),
                        complete(changed.words(), run.path()),
                        String.valueOf(data.getFileName()),
                        input.settings().label(),
                        decided ? before.id() : null,
                        RunFolder.now())));
        return run;
    }

    private static Path written(CleanedData cleaned, RunFolder run) {
        try {
            return Cleaning.write(cleaned, run.path());
        } catch (RuntimeException unwritable) {
            RunFolders.delete(run);
            throw unwritable;
        }
    }

    /** Takes a run out of the queue, or asks it to stop. */
    void cancel(RunFolder run) {
        Job job = queue.find(run.id());
        if (job == null) {
            throw ApiError.conflict(
                    "this run has ended already: it is " + runs.state(run).word());
        }
        queue.cancel(job);
    }

    /** Deletes a run that came to nothing. */
    void delete(RunFolder run) {
        JobState state = runs.state(run);
        if (state == JobState.QUEUED) {
            cancel(run);
            state = runs.state(run);
        }
        if (state == JobState.RUNNING || state == JobState.FINISHED || run.has(RunFolder.RECORD)) {
            throw ApiError.conflict("this run is " + state.word()
                    + "; only runs that are queued, failed, cancelled or interrupted are deleted here"
                    + (state == JobState.DAMAGED ? ": delete its folder " + run.path() + " yourself" : ""));
        }
        queue.forget(run.id());
        RunFolders.delete(run);
    }
}
