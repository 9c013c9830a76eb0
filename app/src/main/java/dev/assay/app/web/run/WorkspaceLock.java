package dev.assay.app.web.run;

import dev.assay.data.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second server off the folder of new runs: it would take the runs that this one is at work on for interrupted. The
 * operating system lets go of it when the process ends, however it ends.
 */
public final class WorkspaceLock implements AutoCloseable {
    private static final String FILE = ".assay-serve.lock";

    private final Path workspace;
    private @Nullable FileChannel channel;

    public WorkspaceLock(Path workspace) {
        this.workspace = workspace;
    }

    /** Takes the folder if it is there already. */
    public void holdIfThere() {
        if (Files.isDirectory(workspace)) {
            hold();
        }
    }

    /**
     * Makes the folder if need be and takes it; nothing the second time.
     *
     * @throws InvalidInputException if another server has it
     */
    public synchronized void hold() {
        if (channel != null) {
            return;
        }
        FileChannel opened = null;
        FileLock lock = null;
        try {
            Files.createDirectories(workspace);
            opened = FileChannel.open(workspace.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            lock = opened.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            lock = null;
        } catch (IOException problem) {
            throw new UncheckedIOException(workspace + " cannot be written to: " + problem.getMessage(), problem);
        } finally {
            if (lock == null) {
                close(opened);
            }
        }
        if (lock == null) {
            throw new InvalidInputException(
                    workspace + " is served by another assay serve: use its page, stop it, or name another folder");
        }
        channel = opened;
    }

    @Override
    public synchronized void close() {
        close(channel);
        channel = null;
    }

    private static void close(@Nullable FileChannel channel) {
        if (channel == null) {
            return;
        }
        try {
            channel.close();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
