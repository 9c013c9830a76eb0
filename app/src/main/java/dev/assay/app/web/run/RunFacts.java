package dev.assay.app.web.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.app.web.http.ApiError;
import dev.assay.data.InvalidInputException;
import dev.assay.io.file.SourceContent;
import dev.assay.io.read.DataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What run.json and report.json say of a whole run, as far as a list of runs and the review need it.
 *
 * @param sha256 of the data file and, if there is one, the file of its labels; none where they could not be read twice
 * @param ended when run.json was written, in milliseconds since 1970
 */
public record RunFacts(
        String command,
        List<String> commandLine,
        Path dataPath,
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
    private static final Set<String> TASKS = Set.of("classification", "regression");
    private static final double LONGEST_SECONDS = 1e9;

    private record Stamp(FileTime written, long size) {
        static Stamp of(Path file) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(attributes.lastModifiedTime(), attributes.size());
        }
    }

    private record Cached(Stamp record, @Nullable Stamp report, RunFacts facts) {}

    /**
     * The facts of a run, or null if it is not whole; read again only if a file changed.
     *
     * @throws ApiError 409 if they are not what Assay writes
     */
    public static @Nullable RunFacts of(RunFolder run) {
        if (!run.has(RunFolder.RECORD)) {
            return null;
        }
        try {
            Stamp record = Stamp.of(run.file(RunFolder.RECORD));
            Stamp report = run.has(RunFolder.REPORT_DATA) ? Stamp.of(run.file(RunFolder.REPORT_DATA)) : null;
            Cached cached = CACHE.get(run.path());
            if (cached != null && cached.record().equals(record) && Objects.equals(cached.report(), report)) {
                return cached.facts();
            }
            RunFacts facts = read(run, record.written().toMillis());
            if (CACHE.size() >= MOST_CACHED) {
                CACHE.clear();
            }
            CACHE.put(run.path(), new Cached(record, report, facts));
            return facts;
        } catch (IOException gone) {
            throw ApiError.damaged("its files cannot be read: " + gone.getMessage());
        }
    }

    /**
     * Checks that the data is what the run was made of, to the byte.
     *
     * @throws InvalidInputException if it is not
     */
    public void requireSame(DataSource source) {
        List<String> now = source.content().files().stream()
                .map(SourceContent.Digest::sha256)
                .toList();
        if (!now.equals(sha256)) {
            throw new InvalidInputException(source.path()
                    + " was changed since the run: what was found holds for the file as it was; run again");
        }
    }

    private static RunFacts read(RunFolder run, long ended) {
        JsonNode tree = run.json(RunFolder.RECORD);
        JsonNode data = tree.path("data");
        JsonNode headline = (run.has(RunFolder.REPORT_DATA) ? run.json(RunFolder.REPORT_DATA) : tree).path("headline");
        String verdict = headline.path("verdict").asText(tree.path("verdict").asText(""));
        String sentence = headline.path("sentence").asText("");
        String task = text(data, "task");
        if (!TASKS.contains(task)) {
            throw ApiError.damaged("task in run.json is '" + task + "', expected classification or regression");
        }
        double seconds = tree.path("timings").path("totalSeconds").asDouble(Double.NaN);
        if (!(seconds >= 0 && seconds <= LONGEST_SECONDS)) {
            throw ApiError.damaged("run.json does not say how long it took");
        }
        return new RunFacts(
                text(tree, "command"),
                texts(tree, "commandLine"),
                path(text(data, "path")),
                text(data, "label"),
                task,
                data.has("classes") ? texts(data, "classes") : List.of(),
                text(data, "fingerprint"),
                digests(data.path("files")),
                verdict.isEmpty() ? null : verdict,
                sentence.isEmpty() ? null : sentence,
                seconds,
                ended,
                texts(tree, "files"));
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException odd) {
            throw ApiError.damaged("the path of the data in run.json is no path: " + odd.getReason());
        }
    }

    private static String text(JsonNode object, String key) {
        JsonNode value = object.path(key);
        if (!value.isTextual()) {
            throw ApiError.damaged(key + " in run.json is "
                    + (value.isMissingNode() ? "missing" : "a " + kind(value) + ", expected a text"));
        }
        return value.asText();
    }

    private static List<String> digests(JsonNode files) {
        List<String> result = new ArrayList<>();
        files.forEach(file -> result.add(text(file, "sha256")));
        return List.copyOf(result);
    }

    private static List<String> texts(JsonNode object, String key) {
        List<String> result = new ArrayList<>();
        JsonNode list = object.path(key);
        boolean fits = list.isArray();
        for (JsonNode item : list) {
            fits &= item.isTextual();
            result.add(item.asText());
        }
        if (!fits) {
            throw ApiError.damaged(key + " in run.json is no list of texts");
        }
        return List.copyOf(result);
    }

    private static String kind(JsonNode value) {
        return value.getNodeType().name().toLowerCase(Locale.ROOT);
    }
}
