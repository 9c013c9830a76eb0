package dev.assay.app.web.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.app.web.http.ApiError;
import dev.assay.app.web.http.Json;
import dev.assay.io.result.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/**
 * A folder that holds a run. It may come from anybody: what is read from it is checked.
 *
 * @param id what the API calls it: it tells nothing of the path, and is the same after a restart
 * @param path where it is
 */
public record RunFolder(String id, Path path) {
    /** What the web page was asked for. */
    public static final String JOB = "job.json";

    public static final String RECORD = "run.json";
    public static final String REPORT = RunDirectory.REPORT;
    public static final String REPORT_DATA = RunDirectory.REPORT_DATA;
    public static final String ROWS = "rows.csv";

    private static final int ID_BYTES = 10;
    public static final long LARGEST_JSON = 256L << 20;

    /** The run in a folder that is there. */
    public static RunFolder at(Path folder) {
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

    /** The time as job.json and review.csv have it. */
    public static String now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /** Whether a folder holds a run, or one that was begun; one that nobody may look into may hold one. */
    static boolean isRun(Path folder) {
        return has(folder, RECORD) || has(folder, JOB) || isClosed(folder);
    }

    /** Whether there is such a folder that this process has no right to look into. */
    public boolean isClosed() {
        return isClosed(path);
    }

    private static boolean isClosed(Path folder) {
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                && !(Files.isReadable(folder) && Files.isExecutable(folder));
    }

    /** Whether there is such a file; links do not count, as they may lead elsewhere. */
    public boolean has(String name) {
        return has(path, name);
    }

    private static boolean has(Path folder, String name) {
        return Files.isRegularFile(folder.resolve(name), LinkOption.NOFOLLOW_LINKS);
    }

    /** The place of a file. */
    public Path file(String name) {
        return path.resolve(name);
    }

    /**
     * The object in a file.
     *
     * @throws ApiError 409 if it is damaged
     */
    public JsonNode json(String name) {
        JsonNode tree;
        try {
            tree = Json.tree(bytes(name, LARGEST_JSON));
        } catch (JsonProcessingException damaged) {
            throw ApiError.damaged(name + " is no JSON: " + Json.firstLine(damaged));
        } catch (IOException unreadable) {
            throw ApiError.damaged(name + " cannot be read: " + unreadable.getMessage());
        }
        if (!tree.isObject()) {
            throw ApiError.damaged(name + " holds no object");
        }
        return tree;
    }

    /**
     * All of a file.
     *
     * @throws ApiError 409 if it is larger than that, or cannot be read
     */
    public byte[] bytes(String name, long most) {
        requireSize(name, most);
        try {
            return Files.readAllBytes(file(name));
        } catch (IOException unreadable) {
            throw ApiError.damaged(name + " cannot be read: " + unreadable.getMessage());
        }
    }

    /**
     * Nothing, unless a file is too large.
     *
     * @throws ApiError 409 if it is
     */
    public void requireSize(String name, long most) {
        long size;
        try {
            size = Files.size(file(name));
        } catch (IOException unreadable) {
            throw ApiError.damaged(name + " cannot be read: " + unreadable.getMessage());
        }
        if (size > most) {
            throw ApiError.damaged(name + " has " + size + " bytes, expected at most " + most);
        }
    }
}
