package dev.assay.app.result;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.drift.DataProfile;
import dev.assay.io.network.Embedding;
import dev.assay.io.read.LoadedData;
import dev.assay.job.PurifyMeasures;
import dev.assay.job.PurifyOutcome;
import dev.assay.purify.Purification;
import dev.assay.purify.PurifySettings;
import dev.assay.purify.RowScores;
import dev.assay.purify.TrajectoryPoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What run.json says, gathered while a run goes on. Keys are nouns in camel case and do not change between versions. */
public final class RunRecord {
    private final Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    private final Map<String, @Nullable Object> timings = new LinkedHashMap<>();
    private final long started = System.nanoTime();
    private long lapStarted = started;

    public RunRecord(String command, List<String> commandLine, long seed, int threads) {
        tree.put("assayVersion", Version.text());
        tree.put("command", command);
        tree.put("commandLine", commandLine);
        tree.put("seed", seed);
        tree.put("threads", threads);
    }

    /**
     * What was read, and what is to be said of it whatever comes out.
     *
     * @param labelled rows that have a label in all, of which data may be a sample
     */
    public RunRecord data(LoadedData data, int labelled, DataRemarks remarks, DataProfile profile) {
        Dataset dataset = data.dataset();
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("path", data.source().path().toString());
        entry.put("format", Choice.name(data.source().format()));
        entry.put("records", data.source().records());
        entry.put("rows", labelled);
        entry.put("sampledRows", dataset.size() == labelled ? null : dataset.size());
        entry.put("features", dataset.dimension() - 1);
        entry.put("label", data.source().label());
        entry.put("task", Choice.name(data.task()));
        entry.put("taskReason", data.taskReason());
        if (dataset.targets() instanceof ClassTargets classes) {
            entry.put("classes", classes.names());
        }
        int[] groups = dataset.groups();
        if (groups != null) {
            entry.put("group", data.settings().group());
            entry.put("groups", Arrays.stream(groups).distinct().count());
        }
        if (data.times() != null) {
            entry.put("time", data.settings().time());
        }
        entry.put("fingerprint", dataset.fingerprint());
        entry.put(
                "files",
                data.source().content().files().stream()
                        .map(file -> entry("path", file.path().toString(), "sha256", file.sha256()))
                        .toList());
        List<String> notes = new ArrayList<>(remarks.all());
        data.notes().forEach(note -> notes.add(note.toString()));
        entry.put("notes", notes);
        entry.put("copies", remarks.copies());
        entry.put("leaks", remarks.leaks());
        entry.put("tellingColumns", remarks.telling());
        entry.put("cells", data.cells());
        entry.put("encoding", data.encoding());
        Embedding embedding = data.embedding();
        if (embedding != null) {
            entry.put(
                    "embedding",
                    entry(
                            "network", embedding.network().toString(),
                            "sha256", embedding.sha256(),
                            "output", embedding.output(),
                            "shape", embedding.shape(),
                            "axes", Choice.name(embedding.order()),
                            "divisor", embedding.divisor()));
        }
        entry.put("profile", ProfileFacts.of(profile));
        tree.put("data", entry);
        tree.put("remarks", remarks.all());
        return this;
    }

    /** The probabilities that labels were judged by, if any, and all that is to be said of the data then. */
    public RunRecord given(LoadedData data, PurifyOutcome outcome, DataRemarks remarks) {
        tree.put("probabilities", GivenWords.entry(data, outcome.given()));
        tree.put("remarks", remarks.all());
        return this;
    }

    /** What was asked for, what was chosen, and what came out. */
    public RunRecord purification(PurifyOutcome outcome) {
        PurifySettings settings = outcome.settings();
        Purification purification = outcome.purification();
        PurifyMeasures measures = outcome.measures();
        tree.put("classes", ClassWords.facts(purification.data().targets(), outcome.classes()));
        tree.put("suspiciousRules", RuleWords.facts(outcome.rules().unexplained()));
        tree.put("rulesNote", RuleWords.note(outcome.rules()));
        FindingWords.put(this, outcome.finding());
        tree.put(
                "settings",
                entry(
                        "criterion", Choice.name(settings.criterion()),
                        "method", Choice.name(settings.method()),
                        "ridge", settings.ridge(),
                        "step", settings.step(),
                        "iterations", settings.iterations(),
                        "folds", settings.folds(),
                        "models", settings.learners().names(),
                        "preset", settings.paperPreset() ? "paper" : null));
        tree.put(
                "chosen",
                entry(
                        "criterion", Choice.name(purification.criterion()),
                        "ridge", purification.fit().ridge(),
                        "stop",
                                purification
                                        .trajectory()
                                        .get(purification.stop())
                                        .iteration(),
                        "explanation", purification.explanation()));
        int removed = purification.removed().length;
        TrajectoryPoint first = purification.trajectory().get(0);
        TrajectoryPoint last = purification.trajectory().get(purification.stop());
        Map<String, @Nullable Object> measured = PotentialWords.entries(
                measures.paper() ? PotentialWords.PAPER : PotentialWords.model(measures.layer()),
                measures.before(),
                measures.scale());
        measured.put("potentialBefore", measures.before());
        measured.put("potentialAfter", measures.after());
        measured.put(
                "potentialAtRidge",
                entry("ridge", purification.fit().ridge(), "before", first.potential(), "after", last.potential()));
        PurifyMeasures.Pictures pictures = measures.pictures();
        measured.put(
                "influenceMoments", pictures == null ? null : pictures.all().moments());
        measured.put("influenceDirections", pictures == null ? null : pictures.directions());
        measured.putAll(entry(
                "rows", purification.data().size(),
                "removedRows", removed,
                "removedShare", (double) removed / purification.data().size(),
                "wrongShare", purification.wrongShare(),
                "trainingLossBefore", first.trainingLoss(),
                "trainingLossAfter", last.trainingLoss(),
                "outOfFoldLossBefore", first.outOfFoldLoss(),
                "outOfFoldLossAfter", last.outOfFoldLoss(),
                "testAccuracyBefore", first.watchedAccuracy(),
                "testAccuracyAfter", last.watchedAccuracy()));
        tree.put("measures", measured);
        tree.put("recommendedScore", purification.recommendedScore());
        tree.put(
                "recommendedScoreDirection",
                RowScores.isLowSuspicious(purification.recommendedScore())
                        ? "low is suspicious"
                        : "high is suspicious");
        return this;
    }

    /** The files that were written. */
    public RunRecord files(List<Path> files) {
        tree.put(
                "files",
                files.stream().map(file -> String.valueOf(file.getFileName())).toList());
        return this;
    }

    /** Anything else. */
    public RunRecord put(String key, @Nullable Object value) {
        tree.put(key, value);
        return this;
    }

    /** The time since the last lap, or the beginning, belongs to this. */
    public RunRecord lap(String name) {
        long now = System.nanoTime();
        timings.put(name + "Seconds", (now - lapStarted) / 1e9);
        lapStarted = now;
        return this;
    }

    /** The tree, timings included. */
    public Map<String, @Nullable Object> finish() {
        timings.put("totalSeconds", (System.nanoTime() - started) / 1e9);
        Map<String, @Nullable Object> result = new LinkedHashMap<>(tree);
        result.put("timings", timings);
        return result;
    }

    /** Several facts as one entry, in order: key, value, key, value. */
    public static Map<String, @Nullable Object> entry(@Nullable Object... keysAndValues) {
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            result.put(String.valueOf(keysAndValues[i]), keysAndValues[i + 1]);
        }
        return result;
    }
}
