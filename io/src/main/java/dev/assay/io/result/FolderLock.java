package dev.assay.io.result;

import dev.assay.data.InvalidInputException;
import dev.assay.io.file.AtomicFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps all other runs off a folder. The operating system lets go of it when the process ends, however it ends. What was made
 * for it goes with it: the lock file, and the folder if nothing was put into it.
 */
final class FolderLock implements AutoCloseable {
    private static final String FILE = ".assay-lock";
    /** A holder that lets go takes the lock file with it; whoever opened it meanwhile tries again. */
    private static final int ATTEMPTS = 100;
    /** Opening and closing a file that this process has locked would unlock it, so that is not even tried. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final List<Path> made;
    private final FileChannel channel;

    private FolderLock(Path folder, List<Path> made, FileChannel channel) {
        this.folder = folder;
        this.made = made;
        this.channel = channel;
    }

    /**
     * Takes the folder, which is made if need be.
     *
     * @throws InvalidInputException if another run has it, or it cannot be written to
     */
    static FolderLock take(Path folder) {
        List<Path> made = new ArrayList<>();
        FolderLock lock = null;
        try {
            for (int attempt = 0; attempt < ATTEMPTS && lock == null; attempt++) {
                make(folder, made);
                lock = attempt(folder.toRealPath(), made);
            }
        } catch (IOException problem) {
            throw AtomicFile.unwritable(folder, problem);
        } finally {
            if (lock == null) {
                deleteEmpty(made);
            }
        }
        if (lock == null) {
            throw taken(folder);
        }
        return lock;
    }

    private static InvalidInputException taken(Path folder) {
        return new InvalidInputException(
                folder + " is being written to by another run: wait until it has ended, or name another folder");
    }

    /** Null where the lock file was gone before it was locked. */
    private static @Nullable FolderLock attempt(Path folder, List<Path> made) throws IOException {
        Path file = folder.resolve(FILE);
        if (!HELD.add(folder)) {
            throw taken(folder);
        }
        FileChannel channel = null;
        boolean holds = false;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            Object before =
                    Files.readAttributes(file, BasicFileAttributes.class).fileKey();
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw taken(folder);
            }
            Object after = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
            holds = before == null || before.equals(after);
            return holds ? new FolderLock(folder, List.copyOf(made), channel) : null;
        } catch (NoSuchFileException gone) {
            return null;
        } finally {
            if (!holds) {
                HELD.remove(folder);
                if (channel != null) {
                    channel.close();
                }
            }
        }
    }

    /** Makes the folder and those above it, the outermost first. */
    static void make(Path folder, List<Path> made) throws IOException {
        List<Path> missing = new ArrayList<>();
        for (Path part = folder.toAbsolutePath(); part != null && !Files.isDirectory(part); part = part.getParent()) {
            missing.add(0, part);
        }
        Files.createDirectories(folder);
        made.removeAll(missing);
        made.addAll(missing);
    }

    @Override
    public void close() {
        try {
            // before it is unlocked: the next holder makes a file of its own
            Files.deleteIfExists(folder.resolve(FILE));
        } catch (IOException stays) {
            // an empty lock file that nobody holds is no obstacle
        }
        try {
            channel.close();
        } catch (IOException ended) {
            // it is unlocked when the process ends
        }
        HELD.remove(folder);
        deleteEmpty(made);
    }

    /** Deletes folders that {@link #make} made, as far as they are empty. */
    static void deleteEmpty(List<Path> made) {
        try {
            for (int place = made.size() - 1; place >= 0; place--) {
                Files.deleteIfExists(made.get(place));
            }
        } catch (IOException holdsSomething) {
            // then it is of use to somebody, and so are those above it
        }
    }
}
