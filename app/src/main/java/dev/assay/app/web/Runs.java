package dev.assay.app.web;

import dev.assay.io.ModelFolder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs as the API tells them: those of this server, those of an earlier one, and those of the command line. */
final class Runs {
    private static final int SHOWN_LOG = 60;

    private final RunFolders folders;
    private final JobQueue queue;
    private final Reviews reviews;
    private final Uploads uploads;

    Runs(RunFolders folders, JobQueue queue, Reviews reviews, Uploads uploads) {
        this.folders = folders;
        this.queue = queue;
        this.reviews = reviews;
        this.uploads = uploads;
    }

    private record Dated(String created, Map<String, @Nullable Object> view) {}

    /** All of them, the newest first, without what they said. */
    List<Map<String, @Nullable Object>> all() {
        List<Dated> runs = new ArrayList<>();
        for (RunFolder run : folders.all()) {
            Map<String, @Nullable Object> view = view(run);
            view.put("log", List.of());
            runs.add(new Dated(String.valueOf(view.get("created")), view));
        }
        runs.sort(Comparator.comparing(Dated::created).reversed());
        return runs.stream().map(Dated::view).toList();
    }

    /**
     * The run with a model that was finished last.
     *
     * @throws ApiError 404 if there is none
     */
    RunFolder newestWithModel() {
        return folders.all().stream()
                .filter(run -> run.has(ModelFolder.FILE) && run.has(RunFolder.RECORD))
                .max(Comparator.comparingLong(
                        run -> run.file(RunFolder.RECORD).toFile().lastModified()))
                .orElseThrow(() -> ApiError.missing("there is no run with a model yet; make one with assay run"));
    }

    /** How far a run is. */
    JobState state(RunFolder run) {
        Job job = queue.find(run.id());
        if (job != null) {
            return job.record().state();
        }
        JobRecord record = JobRecord.read(run.path());
        if (record != null && record.state().isLast()) {
            return record.state();
        }
        // what a server that died left queued or running; run.json comes last, so a run that has it is whole
        return run.has(RunFolder.RECORD) ? JobState.FINISHED : JobState.INTERRUPTED;
    }

    /** One of them. */
    Map<String, @Nullable Object> view(RunFolder run) {
        Job job = queue.find(run.id());
        JobRecord record = job == null ? JobRecord.read(run.path()) : job.record();
        JobState state = state(run);
        RunFacts facts = state == JobState.FINISHED ? RunFacts.of(run) : null;
        JobProgress progress = job == null || state != JobState.RUNNING ? null : job.progress();
        List<String> log = progress == null ? record == null ? List.of() : record.log() : progress.log();
        return Views.entry(
                "id", run.id(),
                "name", record == null ? String.valueOf(run.path().getFileName()) : record.name(),
                "command", record == null ? facts == null ? "" : facts.command() : record.command(),
                "state", state.word(),
                "data", record == null ? facts == null ? "" : fileName(facts.dataPath()) : record.data(),
                "label", facts == null ? record == null ? null : record.label() : facts.label(),
                "created", created(record, facts),
                "started", record == null ? started(facts) : record.started(),
                "ended", record == null ? ended(facts) : record.ended(),
                "verdict", facts == null ? null : facts.verdict(),
                "sentence", facts == null ? null : facts.sentence(),
                "error", record == null ? null : uploads.withoutPlaces(record.error()),
                "place", queue.place(run.id()),
                "decisionsOf", record == null ? null : record.decisionsOf(),
                "hasModel", facts != null && run.has(ModelFolder.FILE),
                "hasReport", facts != null && run.has(RunFolder.REPORT),
                "hasReview", facts != null && (run.has(RunFolder.REPORT_DATA) || run.has(RunFolder.ROWS)),
                "decisions", facts == null ? 0 : reviews.decisions(run),
                "progress", progress == null ? null : progress.view(),
                "log", log.subList(Math.max(0, log.size() - SHOWN_LOG), log.size()));
    }

    private static String created(@Nullable JobRecord record, @Nullable RunFacts facts) {
        if (record != null) {
            return record.created();
        }
        String started = started(facts);
        return started == null ? "" : started;
    }

    private static @Nullable String started(@Nullable RunFacts facts) {
        return facts == null
                ? null
                : Instant.ofEpochMilli(facts.ended() - (long) (1000 * facts.seconds()))
                        .toString();
    }

    private static @Nullable String ended(@Nullable RunFacts facts) {
        return facts == null ? null : Instant.ofEpochMilli(facts.ended()).toString();
    }

    private static String fileName(String path) {
        return String.valueOf(Path.of(path).getFileName());
    }
}
