package dev.assay.work;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Native libraries that netlib, DuckDB and XGBoost unpack into the temporary folder, each process its own, and leave there when it is
 * killed. Where the system lets a file go while it is mapped, they go as soon as they are loaded, and with them what processes
 * that were killed while unpacking left.
 */
public final class UnpackedLibraries {
    private static final Pattern NAMES =
            Pattern.compile("lib(netlib(blas|lapack)jni|duckdb_java|xgboost4j).*\\.(so|dylib)");
    /** Nobody takes so long from unpacking to loading. */
    private static final Duration UNPACKING = Duration.ofMinutes(10);

    private static final Path MAPS = Path.of("/proc/self/maps");

    private UnpackedLibraries() {}

    /** Deletes those that this process has loaded, and those that the user's processes left long ago. */
    public static void clear() {
        if (System.getProperty("os.name", "").startsWith("Windows")) {
            return;
        }
        Path folder = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
        Instant unpacked = Instant.now().minus(UNPACKING);
        Set<String> loaded = loaded();
        String user = System.getProperty("user.name", "");
        for (Path file : files(folder)) {
            try {
                boolean old = Files.getLastModifiedTime(file).toInstant().isBefore(unpacked)
                        && Files.getOwner(file).getName().equals(user);
                if (old || loaded.contains(file.toAbsolutePath().toString())) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException | UnsupportedOperationException notOurs) {
                // it harms nobody where it is
            }
        }
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file ->
                            NAMES.matcher(String.valueOf(file.getFileName())).matches())
                    .toList();
        } catch (IOException | UncheckedIOException unreadable) {
            return List.of();
        }
    }

    /** What this process has mapped; nothing where the system does not tell. */
    private static Set<String> loaded() {
        Set<String> result = new HashSet<>();
        try {
            for (String line :
                    Files.readString(MAPS, StandardCharsets.ISO_8859_1).split("\n", -1)) {
                int path = line.indexOf('/');
                if (path >= 0) {
                    result.add(line.substring(path));
                }
            }
        } catch (IOException elsewhere) {
            return Set.of();
        }
        return result;
    }
}
