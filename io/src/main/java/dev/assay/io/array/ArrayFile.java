package dev.assay.io.array;

import dev.assay.data.InvalidInputException;
import dev.assay.io.file.InputFile;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The arrays of a .npy, .npz or IDX file. Nothing of a file is believed before it is checked against the number of bytes
 * that are there.
 */
public final class ArrayFile implements AutoCloseable {

    private static final int ARRAYS_AT_MOST = 10_000;
    /** Below this size nobody is harmed. */
    private static final long HARMLESS = 256L << 20;
    /** Real data rarely compresses better than this, zeros compress a thousandfold. */
    private static final long BELIEVABLE_RATIO = 500;

    private static final String SUFFIX = ".npy";

    private final List<ArrayEntry> arrays;
    private final Map<String, InvalidInputException> unreadable;
    private final @Nullable ZipFile zip;

    private ArrayFile(List<ArrayEntry> arrays, Map<String, InvalidInputException> unreadable, @Nullable ZipFile zip) {
        this.arrays = List.copyOf(arrays);
        this.unreadable = Map.copyOf(unreadable);
        this.zip = zip;
    }

    /** The arrays that can be read, in the order of the file. */
    public List<ArrayEntry> arrays() {
        return arrays;
    }

    /** What is wrong with the others, by their keys: it matters only to those who ask for them. */
    public Map<String, InvalidInputException> unreadable() {
        return unreadable;
    }

    /** Takes the bytes of one of the other arrays as they are, its header included. */
    public void copyUnreadable(String key, OutputStream out) throws IOException {
        ZipFile archive = Objects.requireNonNull(zip, "only archives have unreadable arrays");
        try (InputStream in = stream(archive, archive.getEntry(key + SUFFIX))) {
            in.transferTo(out);
        }
    }

    @Override
    public void close() {
        if (zip == null) {
            return;
        }
        try {
            zip.close();
        } catch (IOException problem) {
            throw new IllegalStateException("the file does not close: " + problem.getMessage(), problem);
        }
    }

    /** Reads the headers of all arrays. */
    public static ArrayFile open(InputFile file) {
        try {
            return switch (file.format()) {
                case NPY -> new ArrayFile(List.of(single(file)), Map.of(), null);
                case IDX -> new ArrayFile(List.of(images(file)), Map.of(), null);
                case NPZ -> archive(file);
                case CSV, TSV, JSON, JSON_LINES, PARQUET ->
                    throw new InvalidInputException(file.path() + " is a table, expected a .npy, .npz or IDX file");
            };
        } catch (IOException problem) {
            throw file.unreadable(problem);
        }
    }

    private static ArrayEntry single(InputFile file) throws IOException {
        ArrayHeader header;
        try (InputStream in = file.open()) {
            header = ArrayHeader.read(in, file.path().toString());
        }
        requireSize(file, header, headerSize(file));
        return new ArrayEntry("", file.path().toString(), header, () -> {
            InputStream in = file.open();
            ArrayHeader.read(in, file.path().toString());
            return in;
        });
    }

    private static long headerSize(InputFile file) throws IOException {
        try (InputStream in = file.open()) {
            byte[] start = in.readNBytes(12);
            ByteBuffer bytes = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
            return start[6] == 1 ? 10 + (bytes.getShort(8) & 0xffff) : 12 + (bytes.getInt(8) & 0xffff_ffffL);
        }
    }

    /** Before memory is reserved: a file that is not compressed must be as long as its header says. */
    private static void requireSize(InputFile file, ArrayHeader header, long before) throws IOException {
        if (file.gzipped()) {
            requireBelievable(file.path().toString(), header.dataSize(), Files.size(file.content()));
            return;
        }
        long there = Files.size(file.content()) - before;
        if (there < header.dataSize()) {
            throw new InvalidInputException(file.path() + " is truncated: its shape " + header.shapeText() + " needs "
                    + header.dataSize() + " bytes, " + there + " are there; get a whole copy");
        }
    }

    private static void requireBelievable(String name, long inflated, long compressed) {
        if (inflated > HARMLESS && inflated / BELIEVABLE_RATIO > compressed) {
            throw new InvalidInputException(name + " would grow from " + compressed + " to " + inflated
                    + " bytes when decompressed; that looks like a zip bomb and is not read;"
                    + " if it is real, save it uncompressed");
        }
    }

    /** The IDX format: two zeros, the type, the number of axes, their lengths, then the entries, all big-endian. */
    private static ArrayEntry images(InputFile file) throws IOException {
        String name = file.path().toString();
        ArrayHeader header;
        int axes;
        try (InputStream in = file.open()) {
            byte[] start = in.readNBytes(4);
            axes = start[3];
            byte[] lengths = in.readNBytes(4 * axes);
            if (lengths.length < 4 * axes) {
                throw new EOFException("ends within its header");
            }
            List<Integer> shape = new ArrayList<>();
            ByteBuffer bytes = ByteBuffer.wrap(lengths);
            for (int axis = 0; axis < axes; axis++) {
                int length = bytes.getInt();
                if (length < 0) {
                    throw new InvalidInputException(name + " claims an axis of " + Integer.toUnsignedString(length)
                            + " entries; the file is damaged");
                }
                shape.add(length);
            }
            header = idxHeader(start[2], shape, name);
        }
        int before = 4 + 4 * axes;
        requireSize(file, header, before);
        return new ArrayEntry("", name, header, () -> {
            InputStream in = file.open();
            in.skipNBytes(before);
            return in;
        });
    }

    private static ArrayHeader idxHeader(int code, List<Integer> shape, String name) {
        ElementType type = switch (code) {
            case 0x08 -> ElementType.UNSIGNED_8;
            case 0x09 -> ElementType.SIGNED_8;
            case 0x0b -> ElementType.SIGNED_16;
            case 0x0c -> ElementType.SIGNED_32;
            case 0x0d -> ElementType.FLOAT_32;
            case 0x0e -> ElementType.FLOAT_64;
            default ->
                throw new InvalidInputException(name + " has entries of type 0x" + Integer.toHexString(code)
                        + ", which the IDX format does not know; the file is damaged or of another kind");
        };
        String letter = switch (type) {
            case UNSIGNED_8 -> "|u";
            case SIGNED_8 -> "|i";
            case FLOAT_32, FLOAT_64 -> ">f";
            default -> ">i";
        };
        ArrayHeader header = new ArrayHeader(type, 1, ByteOrder.BIG_ENDIAN, false, shape, letter + type.size());
        try {
            header.dataSize();
        } catch (ArithmeticException overflow) {
            throw new InvalidInputException(
                    name + " claims the shape " + header.shapeText() + ", more than can exist", overflow);
        }
        return header;
    }

    private static ArrayFile archive(InputFile file) throws IOException {
        if (file.gzipped()) {
            throw new InvalidInputException(file.path() + " is a gzipped .npz; gunzip it first");
        }
        ZipFile zip;
        try {
            zip = new ZipFile(file.content().toFile());
        } catch (ZipException problem) {
            throw new InvalidInputException(
                    file.path() + " is truncated or damaged (" + problem.getMessage() + "); get a whole copy", problem);
        }
        try {
            return archive(zip, file.path());
        } catch (IOException | RuntimeException problem) {
            zip.close();
            throw problem;
        }
    }

    private static ArrayFile archive(ZipFile zip, Path path) throws IOException {
        if (zip.size() > ARRAYS_AT_MOST) {
            throw new InvalidInputException(
                    path + " holds " + zip.size() + " files, at most " + ARRAYS_AT_MOST + " are read");
        }
        List<ArrayEntry> arrays = new ArrayList<>();
        Map<String, InvalidInputException> unreadable = new LinkedHashMap<>();
        Enumeration<? extends ZipEntry> entries = zip.entries();
        while (entries.hasMoreElements()) {
            ZipEntry entry = entries.nextElement();
            if (!entry.getName().endsWith(SUFFIX)) {
                continue;
            }
            try {
                arrays.add(array(zip, entry, path + " (" + entry.getName() + ")"));
            } catch (InvalidInputException problem) {
                unreadable.put(key(entry), problem);
            }
        }
        if (arrays.isEmpty()) {
            throw unreadable.isEmpty()
                    ? new InvalidInputException(path + " holds no array; a .npz file is a zip of .npy files")
                    : unreadable.values().iterator().next();
        }
        return new ArrayFile(SparseMatrix.joined(arrays, unreadable, path), unreadable, zip);
    }

    private static String key(ZipEntry entry) {
        return entry.getName().substring(0, entry.getName().length() - SUFFIX.length());
    }

    private static ArrayEntry array(ZipFile zip, ZipEntry entry, String name) throws IOException {
        ArrayHeader header;
        try (InputStream in = stream(zip, entry)) {
            header = ArrayHeader.read(in, name);
        } catch (EOFException | ZipException problem) {
            throw new InvalidInputException(name + " is truncated or damaged: " + problem.getMessage(), problem);
        }
        if (entry.getSize() >= 0 && entry.getSize() < header.dataSize()) {
            throw new InvalidInputException(name + " is truncated: its shape " + header.shapeText() + " needs "
                    + header.dataSize() + " bytes, " + entry.getSize() + " are there; get a whole copy");
        }
        requireBelievable(name, Math.max(header.dataSize(), entry.getSize()), entry.getCompressedSize());
        return new ArrayEntry(key(entry), name, header, () -> {
            InputStream in = stream(zip, entry);
            ArrayHeader.read(in, name);
            return in;
        });
    }

    private static InputStream stream(ZipFile zip, ZipEntry entry) throws IOException {
        return new BufferedInputStream(zip.getInputStream(entry), 1 << 16);
    }
}
