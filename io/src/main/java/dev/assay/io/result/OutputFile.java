package dev.assay.io.result;

import dev.assay.data.InvalidInputException;
import dev.assay.io.file.AtomicFile;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One file where the user wants it, whatever is written into it.
 *
 * @param path of the file
 */
public record OutputFile(Path path) {
    private static final int MOST_LINKS = 40;

    /**
     * Checks the place; creates nothing.
     *
     * @param example what such a file may be called
     * @throws InvalidInputException if the path is a folder, or its folder cannot be written to
     */
    public static OutputFile at(Path path, String example) {
        if (Files.isDirectory(path)) {
            throw new InvalidInputException(
                    path + " is a folder, expected the name of a file such as " + path.resolve(example));
        }
        if (Files.exists(path) && !Files.isWritable(path)) {
            throw new InvalidInputException(path + " cannot be written to; check its permissions");
        }
        if (isStream(path)) {
            return new OutputFile(path);
        }
        for (Path parent = target(path).toAbsolutePath().getParent(); parent != null; parent = parent.getParent()) {
            if (Files.exists(parent)) {
                if (!Files.isDirectory(parent) || !Files.isWritable(parent)) {
                    throw new InvalidInputException(
                            path + " cannot be written to: " + parent + " is no folder, or not writable");
                }
                break;
            }
        }
        return new OutputFile(path);
    }

    /**
     * The same where no input is written over.
     *
     * @param inputs files that are read
     * @throws InvalidInputException if the path is one of them
     */
    public OutputFile apartFrom(List<Path> inputs) {
        for (Path input : inputs) {
            if (isSame(input)) {
                throw new InvalidInputException(
                        path + " is read by this run, and would be written over: name another file to write");
            }
        }
        return this;
    }

    /**
     * The same where no file of a run is written over.
     *
     * @throws InvalidInputException if the path is a place that a run in this folder uses
     */
    public OutputFile apartFrom(RunDirectory directory) {
        if (directory.isOwn(path)) {
            throw new InvalidInputException(
                    path + " is the place of a file of the run in " + directory.path() + ": give it another name");
        }
        return this;
    }

    private boolean isSame(Path input) {
        try {
            return Files.exists(path) && Files.exists(input) && Files.isSameFile(path, input);
        } catch (IOException problem) {
            throw new InvalidInputException(input + " cannot be read: " + problem.getMessage(), problem);
        }
    }

    /**
     * Writes it, over what is there; makes the folder if need be. A link stays and what it points to is replaced; a device or a
     * pipe is written to.
     */
    public void write(AtomicFile.Content content) {
        if (isStream(path)) {
            stream(content);
        } else {
            replace(content);
        }
    }

    private void replace(AtomicFile.Content content) {
        Path target = target(path);
        List<Path> made = new ArrayList<>();
        boolean written = false;
        try {
            FolderLock.make(Objects.requireNonNull(target.toAbsolutePath().getParent(), "a file is in a folder"), made);
            AtomicFile.write(target, content);
            written = true;
        } catch (IOException problem) {
            throw AtomicFile.unwritable(path, problem);
        } finally {
            if (!written) {
                FolderLock.deleteEmpty(made);
            }
        }
    }

    private void stream(AtomicFile.Content content) {
        try {
            Path whole = Files.createTempFile("assay-", ".output");
            try {
                content.write(whole);
                try (OutputStream out = open()) {
                    Files.copy(whole, out);
                }
            } finally {
                Files.deleteIfExists(whole);
            }
        } catch (IOException problem) {
            throw AtomicFile.unwritable(path, problem);
        }
    }

    /** The standard streams as they are, so that a file that they lead to is gone on with, not written over. */
    private OutputStream open() throws IOException {
        return switch (path.toString()) {
            case "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1" -> new FileOutputStream(FileDescriptor.out);
            case "/dev/stderr", "/dev/fd/2", "/proc/self/fd/2" -> new FileOutputStream(FileDescriptor.err);
            default -> Files.newOutputStream(path, StandardOpenOption.WRITE);
        };
    }

    /** Whether what is there cannot be replaced, only written to: a device, a pipe, an open file by its number. */
    private static boolean isStream(Path path) {
        return (Files.exists(path) && !Files.isRegularFile(path))
                || path.startsWith("/dev")
                || path.startsWith("/proc");
    }

    /** What a path means after all symbolic links, whether there is such a file or not. */
    private static Path target(Path path) {
        Path target = path;
        for (int links = 0; Files.isSymbolicLink(target); links++) {
            if (links == MOST_LINKS) {
                throw new InvalidInputException(path + " is a symbolic link that leads back to itself");
            }
            try {
                target = target.resolveSibling(Files.readSymbolicLink(target));
            } catch (IOException problem) {
                throw new InvalidInputException(
                        path + " is a symbolic link that cannot be followed: " + problem.getMessage(), problem);
            }
        }
        return target;
    }
}
