package dev.assay.io.file;

import dev.assay.data.InvalidInputException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.UUID;

/** Writes a file beside its place and then renames it, so that it is either whole or not there. */
public final class AtomicFile {
    /** With what the name of a file ends that is not whole. */
    public static final String UNFINISHED = ".unfinished";

    private AtomicFile() {}

    /** Writes what a file is to hold. */
    @FunctionalInterface
    public interface Content {
        public void write(Path path) throws IOException;
    }

    /** Writes the file, over what is there, whose permissions it takes. */
    public static Path write(Path place, Content content) {
        // a name of its own: two processes may write to the same place, and one of them comes last
        Path unfinished = place.resolveSibling(place.getFileName() + "." + UUID.randomUUID() + UNFINISHED);
        try {
            content.write(unfinished);
            takePermissions(place, unfinished);
            force(unfinished);
            moveOver(unfinished, place);
        } catch (IOException problem) {
            throw unwritable(place, problem);
        } finally {
            deleteQuietly(unfinished);
        }
        return place;
    }

    private static void takePermissions(Path from, Path to) throws IOException {
        PosixFileAttributeView there = Files.getFileAttributeView(from, PosixFileAttributeView.class);
        if (there != null && Files.exists(from)) {
            Files.setPosixFilePermissions(to, there.readAttributes().permissions());
        }
    }

    /** Has the content on disk, so that a full disk is noticed before it takes the place of something. */
    public static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** What to say where writing fails. */
    public static InvalidInputException unwritable(Path path, IOException problem) {
        return new InvalidInputException(
                path + " cannot be written: " + problem.getMessage() + "; check the free space and the permissions",
                problem);
    }

    private static void deleteQuietly(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException problem) {
            // what stays behind is marked as unfinished by its name
            path.toFile().deleteOnExit();
        }
    }

    /** Renames a file, over what is there. */
    public static void moveOver(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException notHere) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
