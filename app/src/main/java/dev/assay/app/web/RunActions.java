package dev.assay.app.web;

import dev.assay.app.run.LearningRun;
import dev.assay.app.run.RunInput;
import dev.assay.app.run.RunOrder;
import dev.assay.app.web.http.ApiError;
import dev.assay.app.web.input.Inputs;
import dev.assay.app.web.input.NewRun;
import dev.assay.app.web.input.RunInputs;
import dev.assay.app.web.review.CleanedDataExport;
import dev.assay.app.web.run.Commands;
import dev.assay.app.web.run.JobQueue;
import dev.assay.app.web.run.JobRecord;
import dev.assay.app.web.run.JobState;
import dev.assay.app.web.run.RunFacts;
import dev.assay.app.web.run.RunFolder;
import dev.assay.app.web.run.RunFolders;
import dev.assay.app.web.run.Runs;
import dev.assay.io.corrected.CleanedData;
import dev.assay.io.read.ReadSettings;
import java.nio.file.Files;
import java.nio.file.Path;
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
    private final CleanedDataExport cleaning;
    private final @Nullable Integer threads;

    RunActions(
            RunFolders folders,
            JobQueue queue,
            Runs runs,
            Inputs inputs,
            Commands commands,
            CleanedDataExport cleaning,
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
    RunFolder start(NewRun request) {
        Path data = request.data(inputs);
        LearningRun run = request.described(data, inputs);
        RunFolder folder = folders.create(String.valueOf(data.getFileName()));
        add(run, folder, request.shownName(data), String.valueOf(data.getFileName()), null);
        return folder;
    }

    private void add(LearningRun run, RunFolder folder, String name, String data, @Nullable String decisionsOf) {
        queue.add(folder, new RunOrder(run, folder.path(), threads), name, data, decisionsOf);
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
        LearningRun made = commands.understood(words);
        Path data = made.input().data();
        if (!Files.isRegularFile(data)) {
            throw ApiError.conflict("the data file " + data + " is not there any more");
        }
        CleanedData cleaned = decided ? cleaning.of(before) : null;
        String name = record == null ? String.valueOf(before.path().getFileName()) : record.name();
        RunFolder folder = folders.create(String.valueOf(data.getFileName()));
        ReadSettings reading = made.input().reading();
        RunInput input = cleaned == null
                ? made.input().withData(data.toAbsolutePath().normalize(), reading)
                : made.input()
                        .withData(
                                written(cleaned, folder),
                                reading.labelsFile() == null
                                        ? reading
                                        : reading.withLabelsFile(null)
                                                .withLabel(cleaned.labelsKey())
                                                .withFeatures(List.of(cleaned.featuresKey())));
        add(
                made.of(input),
                folder,
                decided ? name + ", decided" : name,
                String.valueOf(data.getFileName()),
                decided ? before.id() : null);
        return folder;
    }

    private static Path written(CleanedData cleaned, RunFolder run) {
        try {
            return CleanedDataExport.write(cleaned, run.path());
        } catch (RuntimeException unwritable) {
            RunFolders.delete(run);
            throw unwritable;
        }
    }

    /** Takes a run out of the queue, or asks it to stop. */
    void cancel(RunFolder run) {
        if (!queue.cancel(run.id())) {
            throw ApiError.conflict(
                    "this run has ended already: it is " + runs.state(run).word());
        }
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
