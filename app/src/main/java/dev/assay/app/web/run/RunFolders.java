package dev.assay.app.web.run;

import dev.assay.app.web.http.ApiError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The run folders that are served, looked for anew each time: the command line may add some. */
public final class RunFolders {
    private static final int LONGEST_STEM = 40;

    private final List<Path> roots;
    private final Path workspace;
    private final WorkspaceLock lock;
    private final Map<String, RunFolder> seen = new ConcurrentHashMap<>();

    /**
     * Of some folders.
     *
     * @param folders run folders, or folders that hold some
     * @param workspace where new ones are made
     * @param lock of the workspace, taken when the first one is made
     */
    public RunFolders(List<Path> folders, Path workspace, WorkspaceLock lock) {
        this.lock = lock;
        this.roots = new ArrayList<>(folders);
        this.workspace = workspace;
        if (!folders.contains(workspace)) {
            roots.add(workspace);
        }
    }

    /** All of them. */
    public List<RunFolder> all() {
        Map<String, RunFolder> found = new LinkedHashMap<>();
        for (Path root : roots) {
            for (Path folder : candidates(root)) {
                RunFolder run = RunFolder.isRun(folder) ? stillThere(folder) : null;
                if (run != null) {
                    found.putIfAbsent(run.id(), run);
                    seen.put(run.id(), run);
                }
            }
        }
        return List.copyOf(found.values());
    }

    /**
     * The one with that id.
     *
     * @throws ApiError 404 if there is none
     */
    public RunFolder find(String id) {
        RunFolder known = seen.get(id);
        if (known != null && RunFolder.isRun(known.path())) {
            return known;
        }
        return all().stream()
                .filter(run -> run.id().equals(id))
                .findFirst()
                .orElseThrow(() -> ApiError.missing("there is no run with this id; GET /api/runs lists them"));
    }

    private static @Nullable RunFolder stillThere(Path folder) {
        try {
            return RunFolder.at(folder);
        } catch (UncheckedIOException gone) {
            return null;
        }
    }

    private static List<Path> candidates(Path root) {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        if (RunFolder.isRun(root)) {
            return List.of(root);
        }
        try (Stream<Path> children = Files.list(root)) {
            return children.filter(child -> Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException unreadable) {
            return List.of();
        }
    }

    /** Makes a folder for a run on a file of that name. */
    public RunFolder create(String dataName) {
        String stem = stem(dataName)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]+", "-")
                .replaceAll("^-|-$", "");
        stem = stem.substring(0, Math.min(LONGEST_STEM, stem.length()));
        String name = LocalDateTime.now(ZoneId.systemDefault())
                        .format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT))
                + (stem.isEmpty() ? "" : "-" + stem);
        try {
            lock.hold();
            Path made = createIfFree(workspace.resolve(name));
            for (int attempt = 2; made == null; attempt++) {
                made = createIfFree(workspace.resolve(name + "-" + attempt));
            }
            return RunFolder.at(made);
        } catch (IOException problem) {
            throw new UncheckedIOException(workspace + " cannot be written to: " + problem.getMessage(), problem);
        }
    }

    /** Null where something of that name is there, be it since this moment. */
    private static @Nullable Path createIfFree(Path folder) throws IOException {
        try {
            return Files.createDirectory(folder);
        } catch (FileAlreadyExistsException taken) {
            return null;
        }
    }

    /** The name of a data file without what says its format. */
    public static String stem(String dataName) {
        return dataName.replaceAll("(?i)(\\.(gz|csv|tsv|tab|jsonl?|ndjson|parquet|np[yz]|idx\\d?(-ubyte)?))+$", "");
    }

    /** Deletes a folder with all that it holds; links in it are deleted, not followed. */
    public static void delete(RunFolder run) {
        try (Stream<Path> files = Files.walk(run.path())) {
            for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(file);
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(run.path() + " cannot be deleted: " + problem.getMessage(), problem);
        }
    }
}
