package dev.assay.io.file;

import dev.assay.data.InvalidInputException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A file that is there and can be read, with what its first bytes say about it.
 *
 * @param path the file
 * @param format what it holds
 * @param gzipped whether it is compressed as a whole
 */
public record InputFile(Path path, FileFormat format, boolean gzipped) {

    private static final int BUFFER = 1 << 16;
    private static final int PEEKED = 4096;

    /**
     * Looks at a file.
     *
     * @throws InvalidInputException if it is missing, empty, unreadable or of no known format
     */
    public static InputFile at(Path path) {
        if (Files.isDirectory(path)) {
            throw new InvalidInputException(path + " is a folder, expected a file");
        }
        if (!Files.exists(path)) {
            throw new InvalidInputException("there is no file " + path + neighbour(path));
        }
        if (!Files.isReadable(path)) {
            throw new InvalidInputException(path + " cannot be read; check its permissions");
        }
        boolean gzipped = startsWith(peek(path, false), 0x1f, 0x8b);
        byte[] start = peek(path, gzipped);
        if (start.length == 0) {
            throw new InvalidInputException(path + " is empty");
        }
        return new InputFile(path, format(path, start), gzipped);
    }

    /** The file that holds the content: a copy of what came through a pipe. */
    public Path content() {
        return SpooledInput.of(path);
    }

    /** The content, decompressed. */
    public InputStream open() {
        try {
            return open(path, gzipped);
        } catch (IOException problem) {
            throw unreadable(problem);
        }
    }

    /** What to say if reading fails half-way. */
    public InvalidInputException unreadable(IOException problem) {
        if (problem instanceof EOFException || problem instanceof ZipException) {
            return new InvalidInputException(
                    path + " is truncated or damaged (" + problem.getMessage() + "); get a whole copy", problem);
        }
        return new InvalidInputException(path + " cannot be read: " + problem.getMessage(), problem);
    }

    private static InputStream open(Path path, boolean gzipped) throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(SpooledInput.of(path)), BUFFER);
        if (!gzipped) {
            return raw;
        }
        try {
            return new GZIPInputStream(raw, BUFFER);
        } catch (IOException problem) {
            raw.close();
            throw problem;
        }
    }

    private static byte[] peek(Path path, boolean gzipped) {
        try (InputStream in = open(path, gzipped)) {
            return in.readNBytes(PEEKED);
        } catch (EOFException | ZipException problem) {
            throw new InvalidInputException(path + " is truncated or damaged (" + problem.getMessage() + ")", problem);
        } catch (IOException problem) {
            throw new InvalidInputException(path + " cannot be read: " + problem.getMessage(), problem);
        }
    }

    private static FileFormat format(Path path, byte[] start) {
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        String stem = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        if (startsWith(start, 'P', 'A', 'R', '1')) {
            return FileFormat.PARQUET;
        }
        if (startsWith(start, 0x93, 'N', 'U', 'M', 'P', 'Y')) {
            return FileFormat.NPY;
        }
        if (startsWith(start, 'P', 'K', 3, 4) || startsWith(start, 'P', 'K', 5, 6)) {
            return FileFormat.NPZ;
        }
        if (start.length >= 4 && start[0] == 0 && start[1] == 0 && start[2] != 0 && start[3] > 0) {
            return FileFormat.IDX;
        }
        for (FileFormat binary : List.of(FileFormat.PARQUET, FileFormat.NPY, FileFormat.NPZ)) {
            if (stem.endsWith("." + binary.extension())) {
                throw new InvalidInputException(path + " is called ." + binary.extension()
                        + " but does not begin like such a file; it is damaged or of another kind");
            }
        }
        if (stem.contains("-ubyte") || stem.endsWith(".idx")) {
            throw new InvalidInputException(
                    path + " is called an IDX file but does not begin like one; it is damaged or of another kind");
        }
        rejectOtherKinds(path, start);
        int first = firstCharacter(start);
        if (stem.endsWith(".csv")) {
            return FileFormat.CSV;
        }
        if (stem.endsWith(".tsv") || stem.endsWith(".tab")) {
            return FileFormat.TSV;
        }
        boolean calledJson = stem.endsWith(".json") || stem.endsWith(".jsonl") || stem.endsWith(".ndjson");
        if (first == '{') {
            return FileFormat.JSON_LINES;
        }
        if (first == '[' || calledJson) {
            return FileFormat.JSON;
        }
        return FileFormat.CSV;
    }

    private static void rejectOtherKinds(Path path, byte[] start) {
        if (startsWith(start, 0xff, 0xfe) || startsWith(start, 0xfe, 0xff)) {
            throw new InvalidInputException(
                    path + " is UTF-16 text, expected UTF-8; convert it with: iconv -f UTF-16 -t UTF-8");
        }
        if (startsWith(start, 0xd0, 0xcf, 0x11, 0xe0)) {
            throw new InvalidInputException(path + " is a spreadsheet file; save it as CSV and read that");
        }
        for (byte character : start) {
            if (character == 0) {
                throw new InvalidInputException(path + " is a binary file of unknown kind; expected CSV, TSV, JSON,"
                        + " JSON lines, Parquet, .npy, .npz or IDX");
            }
        }
    }

    private static int firstCharacter(byte[] start) {
        for (byte character : start) {
            // byte order mark or space
            if (character > ' ') {
                return character;
            }
        }
        return ' ';
    }

    private static boolean startsWith(byte[] bytes, int... expected) {
        if (bytes.length < expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if ((bytes[i] & 0xff) != expected[i]) {
                return false;
            }
        }
        return true;
    }

    private static String neighbour(Path path) {
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return folder == null ? "" : "; nor is there a folder " + folder;
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .sorted()
                    .limit(10_000)
                    .toList();
            return SpellingSuggestion.suggestion(path.getFileName().toString(), names);
        } catch (IOException | UncheckedIOException unreadable) {
            return "";
        }
    }
}
