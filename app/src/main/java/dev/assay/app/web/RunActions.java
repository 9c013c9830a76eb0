package dev.assay.app.web;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Begins, cancels and deletes runs. */
final class RunActions {
    private final RunFolders folders;
    private final JobQueue queue;
    private final Runs runs;
    private final Inputs inputs;
    private final Commands commands;
    private final @Nullable Integer threads;

    RunActions(
            RunFolders folders,
            JobQueue queue,
            Runs runs,
            Inputs inputs,
            Commands commands,
            @Nullable Integer threads) {
        this.folders = folders;
        this.queue = queue;
        this.runs = runs;
        this.inputs = inputs;
        this.commands = commands;
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
                        JobQueue.now())));
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
                    + "; only runs that are queued, failed, cancelled or interrupted are deleted here");
        }
        queue.forget(run.id());
        RunFolders.delete(run);
    }
}
