package dev.assay.io.file;

import dev.assay.data.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What came through a pipe, in a file that can be read more than once. A pipe gives its bytes once only, so they are kept until
 * this process ends.
 */
final class SpooledInput {
    private static final Map<Path, Path> COPIES = new ConcurrentHashMap<>();

    private SpooledInput() {}

    /**
     * The file that holds the content: the path itself unless it is a pipe or a device.
     *
     * @throws InvalidInputException if a pipe cannot be read or kept
     */
    static Path of(Path path) {
        if (Files.isRegularFile(path) || Files.isDirectory(path) || !Files.exists(path)) {
            return path;
        }
        return COPIES.computeIfAbsent(path.toAbsolutePath(), SpooledInput::copy);
    }

    private static Path copy(Path pipe) {
        try (InputStream in = Files.newInputStream(pipe)) {
            Path copy = Files.createTempFile("assay-input-", null);
            copy.toFile().deleteOnExit();
            Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
            return copy;
        } catch (IOException problem) {
            throw new InvalidInputException(
                    pipe + " cannot be read and kept in a temporary file: " + problem.getMessage()
                            + "; check the free space of " + System.getProperty("java.io.tmpdir"),
                    problem);
        }
    }
}
