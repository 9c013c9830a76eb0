package dev.assay.app.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.data.InvalidInputException;
import dev.assay.io.DataSource;
import dev.assay.io.SourceContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What run.json and report.json say of a whole run, as far as a list of runs and the review need it.
 *
 * @param sha256 of the data file and, if there is one, the file of its labels; none where they could not be read twice
 * @param ended when run.json was written, in milliseconds since 1970
 */
record RunFacts(
        String command,
        List<String> commandLine,
        String dataPath,
        String label,
        String task,
        List<String> classes,
        String fingerprint,
        List<String> sha256,
        @Nullable String verdict,
        @Nullable String sentence,
        double seconds,
        long ended,
        List<String> files) {
    private static final int MOST_CACHED = 10_000;
    private static final Map<Path, Cached> CACHE = new ConcurrentHashMap<>();

    private record Cached(FileTime record, @Nullable FileTime report, RunFacts facts) {}

    /** The facts of a run, or null if it is not whole; read again only if a file changed. */
    static @Nullable RunFacts of(RunFolder run) {
        if (!run.has(RunFolder.RECORD)) {
            return null;
        }
        try {
            FileTime record = Files.getLastModifiedTime(run.file(RunFolder.RECORD));
            FileTime report =
                    run.has(RunFolder.REPORT_DATA) ? Files.getLastModifiedTime(run.file(RunFolder.REPORT_DATA)) : null;
            Cached cached = CACHE.get(run.path());
            if (cached != null && cached.record().equals(record) && java.util.Objects.equals(cached.report(), report)) {
                return cached.facts();
            }
            RunFacts facts = read(run, record.toMillis());
            if (CACHE.size() >= MOST_CACHED) {
                CACHE.clear();
            }
            CACHE.put(run.path(), new Cached(record, report, facts));
            return facts;
        } catch (IOException damaged) {
            return null;
        }
    }

    /**
     * Checks that the data is what the run was made of, to the byte.
     *
     * @throws InvalidInputException if it is not
     */
    void requireSame(DataSource source) {
        List<String> now = source.content().files().stream()
                .map(SourceContent.Digest::sha256)
                .toList();
        if (!now.equals(sha256)) {
            throw new InvalidInputException(source.path()
                    + " was changed since the run: what was found holds for the file as it was; run again");
        }
    }

    private static RunFacts read(RunFolder run, long ended) throws IOException {
        JsonNode tree = Json.tree(Files.readAllBytes(run.file(RunFolder.RECORD)));
        JsonNode data = tree.path("data");
        JsonNode headline = run.has(RunFolder.REPORT_DATA)
                ? Json.tree(Files.readAllBytes(run.file(RunFolder.REPORT_DATA))).path("headline")
                : tree.path("headline");
        String verdict = headline.path("verdict").asText(tree.path("verdict").asText(""));
        String sentence = headline.path("sentence").asText("");
        return new RunFacts(
                tree.path("command").asText(),
                texts(tree.path("commandLine")),
                data.path("path").asText(),
                data.path("label").asText(),
                data.path("task").asText(),
                texts(data.path("classes")),
                data.path("fingerprint").asText(),
                digests(data.path("files")),
                verdict.isEmpty() ? null : verdict,
                sentence.isEmpty() ? null : sentence,
                tree.path("timings").path("totalSeconds").asDouble(),
                ended,
                texts(tree.path("files")));
    }

    private static List<String> digests(JsonNode files) {
        List<String> result = new ArrayList<>();
        files.forEach(file -> result.add(file.path("sha256").asText()));
        return List.copyOf(result);
    }

    private static List<String> texts(JsonNode list) {
        List<String> result = new ArrayList<>();
        list.forEach(item -> result.add(item.asText()));
        return List.copyOf(result);
    }
}
