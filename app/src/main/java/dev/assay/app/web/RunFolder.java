package dev.assay.app.web;

import dev.assay.io.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A folder that holds a run.
 *
 * @param id what the API calls it: it tells nothing of the path, and is the same after a restart
 * @param path where it is
 */
record RunFolder(String id, Path path) {
    static final String RECORD = "run.json";
    static final String REPORT = RunDirectory.REPORT;
    static final String REPORT_DATA = RunDirectory.REPORT_DATA;
    static final String ROWS = "rows.csv";

    private static final int ID_BYTES = 10;

    /** The run in a folder that is there. */
    static RunFolder at(Path folder) {
        try {
            Path real = folder.toRealPath();
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(real.toString().getBytes(StandardCharsets.UTF_8));
            return new RunFolder("r-" + HexFormat.of().formatHex(digest, 0, ID_BYTES), real);
        } catch (IOException problem) {
            throw new UncheckedIOException(folder + " cannot be looked into: " + problem.getMessage(), problem);
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException(never);
        }
    }

    /** Whether a folder holds a run, or one that was begun. */
    static boolean isRun(Path folder) {
        return has(folder, RECORD) || has(folder, JobRecord.FILE);
    }

    /** Whether there is such a file; links do not count, as they may lead elsewhere. */
    boolean has(String name) {
        return has(path, name);
    }

    private static boolean has(Path folder, String name) {
        return Files.isRegularFile(folder.resolve(name), LinkOption.NOFOLLOW_LINKS);
    }

    /** The place of a file. */
    Path file(String name) {
        return path.resolve(name);
    }
}
