package dev.assay.app.web.run;

import dev.assay.app.web.http.ApiError;
import dev.assay.app.web.http.Views;
import dev.assay.io.result.RunDirectory;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Runs as the API tells them: those of this server, those of an earlier one, and those of the command line. */
public final class Runs {
    private static final int SHOWN_LOG = 60;

    private final RunFolders folders;
    private final JobQueue queue;
    private final ToIntFunction<RunFolder> decisions;
    private final UnaryOperator<String> shownMessage;

    /**
     * The runs in the folders and in the queue.
     *
     * @param decisions how many rows of a run are decided about
     * @param shownMessage a message as people are to see it
     */
    public Runs(
            RunFolders folders,
            JobQueue queue,
            ToIntFunction<RunFolder> decisions,
            UnaryOperator<String> shownMessage) {
        this.folders = folders;
        this.queue = queue;
        this.decisions = decisions;
        this.shownMessage = shownMessage;
    }

    private record Dated(String created, Map<String, @Nullable Object> view) {}

    /** All of them, the newest first, without what they said. */
    public List<Map<String, @Nullable Object>> all() {
        List<Dated> runs = new ArrayList<>();
        for (RunFolder run : folders.all()) {
            Map<String, @Nullable Object> view;
            try {
                view = view(run);
            } catch (UncheckedIOException unreadable) {
                // this run alone
                view = view(run, Found.damaged(unreadable.getMessage()));
            }
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
    public RunFolder newestWithModel() {
        return folders.all().stream()
                .filter(run -> run.has(RunDirectory.MODEL) && found(run).facts() != null)
                .max(Comparator.comparingLong(
                        run -> run.file(RunFolder.RECORD).toFile().lastModified()))
                .orElseThrow(() -> ApiError.missing("there is no run with a model yet; make one with assay run"));
    }

    /**
     * What the folder of a run holds.
     *
     * @param record what the web page was asked for, or null
     * @param facts of a whole run, else null
     * @param damage what cannot be understood, or null
     */
    private record Found(
            JobState state,
            @Nullable JobRecord record,
            @Nullable RunFacts facts,
            @Nullable String damage) {
        static Found damaged(@Nullable String damage) {
            return new Found(JobState.DAMAGED, null, null, damage);
        }
    }

    private Found found(RunFolder run) {
        if (run.isClosed()) {
            return Found.damaged("Assay has no right to look into this folder");
        }
        Job job = queue.find(run.id());
        JobRecord record = null;
        try {
            record = job == null ? JobRecord.read(run) : job.record();
            // what a server that died left queued or running; run.json comes last, so a run that has it is whole
            JobState state = record != null && (job != null || record.state().isLast())
                    ? record.state()
                    : run.has(RunFolder.RECORD) ? JobState.FINISHED : JobState.INTERRUPTED;
            RunFacts facts = state == JobState.FINISHED ? RunFacts.of(run) : null;
            if (state == JobState.FINISHED && facts == null) {
                throw ApiError.damaged(RunFolder.RECORD + " is missing");
            }
            return new Found(state, record, facts, null);
        } catch (ApiError damaged) {
            return new Found(JobState.DAMAGED, record, null, damaged.getMessage());
        }
    }

    /** How far a run is. */
    public JobState state(RunFolder run) {
        return found(run).state();
    }

    /** One of them. */
    public Map<String, @Nullable Object> view(RunFolder run) {
        return view(run, found(run));
    }

    private Map<String, @Nullable Object> view(RunFolder run, Found found) {
        Job job = queue.find(run.id());
        JobRecord record = found.record();
        JobState state = found.state();
        RunFacts facts = found.facts();
        JobProgress progress = job == null || state != JobState.RUNNING ? null : job.progress();
        String error = record == null ? null : record.error();
        List<String> log = progress == null ? record == null ? List.of() : record.log() : progress.log();
        return Views.entry(
                "id", run.id(),
                "name", record == null ? String.valueOf(run.path().getFileName()) : record.name(),
                "command", record == null ? facts == null ? "" : facts.command() : record.command(),
                "state", state.word(),
                "data",
                        record == null
                                ? facts == null
                                        ? ""
                                        : String.valueOf(facts.dataPath().getFileName())
                                : record.data(),
                "label", facts == null ? record == null ? null : record.label() : facts.label(),
                "created", created(record, facts),
                "started", record == null ? started(facts) : record.started(),
                "ended", record == null ? ended(facts) : record.ended(),
                "verdict", facts == null ? null : facts.verdict(),
                "sentence", facts == null ? null : facts.sentence(),
                "error", found.damage() != null ? found.damage() : error == null ? null : shownMessage.apply(error),
                "place", queue.place(run.id()),
                "decisionsOf", record == null ? null : record.decisionsOf(),
                "hasModel", facts != null && run.has(RunDirectory.MODEL),
                "hasReport", facts != null && ReportPage.isThere(run),
                "hasReview", facts != null && (run.has(RunFolder.REPORT_DATA) || run.has(RunFolder.ROWS)),
                "decisions", facts == null ? 0 : decisions.applyAsInt(run),
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
}
