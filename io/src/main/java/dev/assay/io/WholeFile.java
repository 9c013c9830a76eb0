package dev.assay.io;

import dev.assay.data.InvalidInputException;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a file beside its place and then renames it, so that it is either whole or not there. */
final class WholeFile {
    /** With what the name of a file ends that is not whole. */
    static final String UNFINISHED = ".unfinished";

    private WholeFile() {}

    /** Writes what a file is to hold. */
    @FunctionalInterface
    interface Content {
        void write(Path path) throws IOException;
    }

    /** Writes the file, over what is there. */
    static Path write(Path place, Content content) {
        Path unfinished = place.resolveSibling(place.getFileName() + UNFINISHED);
        try {
            content.write(unfinished);
            moveOver(unfinished, place);
        } catch (IOException problem) {
            throw unwritable(place, problem);
        } finally {
            deleteQuietly(unfinished);
        }
        return place;
    }

    /** What to say where writing fails. */
    static InvalidInputException unwritable(Path path, IOException problem) {
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

    private static void moveOver(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException notHere) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
