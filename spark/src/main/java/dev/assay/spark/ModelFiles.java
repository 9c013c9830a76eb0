package dev.assay.spark;

import dev.assay.Model;
import dev.assay.data.InvalidInputException;
import dev.assay.io.model.ModelFolder;
import dev.assay.io.model.SavedModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/** The folder of a model as bytes that travel, and on the file systems of a cluster. The folder itself is Assay's own, checksums and all. */
final class ModelFiles {
    private ModelFiles() {}

    /** The files of the folder: their number, then of each its name, its length and its bytes. */
    static byte[] bytes(SavedModel model) {
        return inFolder(folder -> {
            new Model(model).save(folder);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            List<Path> files = files(folder);
            try (DataOutputStream out = new DataOutputStream(bytes)) {
                out.writeInt(files.size());
                for (Path file : files) {
                    byte[] content = Files.readAllBytes(file);
                    out.writeUTF(file.getFileName().toString());
                    out.writeInt(content.length);
                    out.write(content);
                }
            }
            return bytes.toByteArray();
        });
    }

    /** The model again. */
    static SavedModel read(byte[] bytes) {
        return inFolder(folder -> {
            Files.createDirectories(folder);
            try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
                for (int left = in.readInt(); left > 0; left--) {
                    Path file = folder.resolve(in.readUTF());
                    if (!folder.equals(file.getParent())) {
                        throw new InvalidInputException(
                                "the model holds a file outside of its folder; it is damaged: train again");
                    }
                    Files.write(file, in.readNBytes(in.readInt()));
                }
            }
            return ModelFolder.read(folder);
        });
    }

    /** Writes the folder to a file system of the cluster. */
    static void write(SavedModel model, org.apache.hadoop.fs.Path to, Configuration configuration) {
        inFolder(folder -> {
            new Model(model).save(folder);
            FileSystem system = to.getFileSystem(configuration);
            system.mkdirs(to);
            for (Path file : files(folder)) {
                system.copyFromLocalFile(
                        false,
                        true,
                        new org.apache.hadoop.fs.Path(file.toUri()),
                        new org.apache.hadoop.fs.Path(to, file.getFileName().toString()));
            }
            return folder;
        });
    }

    /**
     * Reads a folder from a file system of the cluster.
     *
     * @throws InvalidInputException with one clear line if it holds no whole model
     */
    static SavedModel read(org.apache.hadoop.fs.Path from, Configuration configuration) {
        return inFolder(folder -> {
            Files.createDirectories(folder);
            FileSystem system = from.getFileSystem(configuration);
            if (!system.exists(from)) {
                throw new InvalidInputException("there is no folder " + from + ", expected the folder of a model");
            }
            for (var file : system.listStatus(from)) {
                Path to = folder.resolve(file.getPath().getName());
                if (file.isFile()) {
                    try (var in = system.open(file.getPath())) {
                        Files.copy(in, to);
                    }
                }
            }
            return ModelFolder.read(folder);
        });
    }

    /** Writes one file. */
    static void write(byte[] bytes, org.apache.hadoop.fs.Path to, Configuration configuration) {
        try (var out = to.getFileSystem(configuration).create(to)) {
            out.write(bytes);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** Reads one file. */
    static byte[] readBytes(org.apache.hadoop.fs.Path from, Configuration configuration) {
        try (var in = from.getFileSystem(configuration).open(from)) {
            return in.readAllBytes();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    /** What is done with a folder that is not there yet. */
    @FunctionalInterface
    private interface Work<R> {
        R in(Path folder) throws IOException;
    }

    private static <R> R inFolder(Work<R> work) {
        try {
            Path parent = Files.createTempDirectory("assay-model");
            try {
                return work.in(parent.resolve("model"));
            } finally {
                try (Stream<Path> all = Files.walk(parent)) {
                    for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(path);
                    }
                }
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
