package dev.assay.io.file;

import dev.assay.data.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the files of a data set hold, by SHA-256 of their bytes: taken before they are read and asked again after each reading,
 * so that several readings are of one and the same content. Costs a pass over the bytes each time.
 *
 * @param files each with its digest; none where nothing is known, and then nothing is checked
 */
public record SourceContent(List<Digest> files) {
    /** Of files of which nothing is known. */
    public static final SourceContent UNKNOWN = new SourceContent(List.of());

    private static final int BUFFER = 1 << 16;

    /**
     * A file and what it held.
     *
     * @param path the file
     * @param sha256 of its bytes, in hexadecimal digits
     */
    public record Digest(Path path, String sha256) {}

    /** Copies the list. */
    public SourceContent {
        files = List.copyOf(files);
    }

    /** What the files hold now; of a pipe, what came through it. */
    public static SourceContent of(List<Path> paths) {
        List<Digest> files = new ArrayList<>();
        for (Path path : paths) {
            if (Files.isRegularFile(SpooledInput.of(path))) {
                try {
                    files.add(new Digest(path, sha256(path)));
                } catch (IOException problem) {
                    throw new InvalidInputException(path + " cannot be read: " + problem.getMessage(), problem);
                }
            }
        }
        return new SourceContent(files);
    }

    /** Whether the files are there and hold what they held. */
    public boolean isUnchanged() {
        return changed() == null;
    }

    /**
     * Checks that they do.
     *
     * @throws InvalidInputException if one of them is gone, cannot be read any more or holds something else
     */
    public void requireUnchanged() {
        Path changed = changed();
        if (changed != null) {
            throw new InvalidInputException(changed
                    + (Files.exists(changed)
                            ? " was changed while it was being worked on"
                            : " was taken away while it was being worked on")
                    + ": its rows are not those that were read first, so nothing is written; run again with a file that"
                    + " stays as it is, a copy for example");
        }
    }

    /** A reading of the files. */
    @FunctionalInterface
    public interface Reading<T, E extends Exception> {
        T read() throws E;
    }

    /**
     * Reads the files and checks that they are what they were; whatever reading meets in a file that changed is told as that
     * change.
     *
     * @throws InvalidInputException if they are not
     */
    public <T, E extends Exception> T unchanged(Reading<T, E> reading) throws E {
        T result;
        try {
            result = reading.read();
        } catch (Exception problem) {
            requireUnchanged();
            throw problem;
        }
        requireUnchanged();
        return result;
    }

    private @Nullable Path changed() {
        for (Digest file : files) {
            try {
                if (!sha256(file.path()).equals(file.sha256())) {
                    return file.path();
                }
            } catch (IOException gone) {
                return file.path();
            }
        }
        return null;
    }

    private static String sha256(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(SpooledInput.of(path))) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
