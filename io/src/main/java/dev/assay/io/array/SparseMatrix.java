package dev.assay.io.array;

import dev.assay.data.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A sparse matrix as SciPy saves it: in the arrays data, indices and indptr of an .npz archive, beside its format (csr: by rows,
 * csc: by columns) and its shape. It is offered as one array of 64-bit numbers under no name, like that of an .npy file.
 */
final class SparseMatrix {
    private static final Set<String> PARTS = Set.of("data", "indices", "indptr", "format", "shape");
    private static final Set<String> OTHER_FORMATS = Set.of("coo", "bsr", "dia");

    private final String name;
    private final int rows;
    private final int columns;
    /** Row r has the entries starts[r] (included) to starts[r + 1] (excluded). */
    private final long[] starts;

    private final int[] places;
    private final double[] values;

    private SparseMatrix(String name, int rows, int columns, long[] starts, int[] places, double[] values) {
        this.name = name;
        this.rows = rows;
        this.columns = columns;
        this.starts = starts;
        this.places = places;
        this.values = values;
    }

    /**
     * The arrays of an archive, those that are parts of a sparse matrix joined to one.
     *
     * @param unreadable what is wrong with arrays that cannot be read, by their keys
     * @throws InvalidInputException if it is a sparse matrix of another kind, or a damaged one
     */
    static List<ArrayEntry> joined(List<ArrayEntry> arrays, Map<String, InvalidInputException> unreadable, Path path) {
        ArrayEntry format = find(arrays, "format");
        ArrayEntry shape = find(arrays, "shape");
        if (format == null
                || shape == null
                || find(arrays, "data") == null
                || !format.header().type().isText()
                || !format.header().shape().isEmpty()) {
            return arrays;
        }
        String[] kind = {""};
        format.forEach((example, entry, bytes) ->
                kind[0] = format.header().type().text(bytes, format.header().characters()));
        String name = path + " (sparse matrix)";
        if (OTHER_FORMATS.contains(kind[0])) {
            throw new InvalidInputException(path + " is a sparse matrix of SciPy in the format " + kind[0]
                    + ", expected csr or csc; save matrix.tocsr(), or matrix.toarray() if it is small");
        }
        if (!kind[0].equals("csr") && !kind[0].equals("csc")) {
            return arrays;
        }
        long[] sides = wholeNumbers(shape);
        if (sides.length != 2) {
            throw new InvalidInputException(name + " has " + sides.length + " axes, expected 2");
        }
        List<ArrayEntry> joined = new ArrayList<>();
        joined.add(entry(name, kind[0].equals("csr"), side(name, sides[0]), side(name, sides[1]), arrays, unreadable));
        arrays.stream().filter(array -> !PARTS.contains(array.key())).forEach(joined::add);
        return joined;
    }

    private static int side(String name, long length) {
        if (length < 0 || length > Integer.MAX_VALUE - 8) {
            throw new InvalidInputException(name + " claims an axis of " + length + " entries, more than can be read");
        }
        return (int) length;
    }

    private static ArrayEntry entry(
            String name,
            boolean byRows,
            int rows,
            int columns,
            List<ArrayEntry> arrays,
            Map<String, InvalidInputException> unreadable) {
        ArrayEntry data = part("data", name, arrays, unreadable);
        ArrayEntry indices = part("indices", name, arrays, unreadable);
        ArrayEntry pointers = part("indptr", name, arrays, unreadable);
        ArrayHeader header =
                new ArrayHeader(ElementType.FLOAT_64, 1, ByteOrder.LITTLE_ENDIAN, false, List.of(rows, columns), "<f8");
        return new ArrayEntry("", name, header, () -> {
            SparseMatrix matrix = byRows
                    ? read(name, rows, columns, data, indices, pointers)
                    : read(name, columns, rows, data, indices, pointers).transposed();
            return matrix.new Bytes();
        });
    }

    private static @Nullable ArrayEntry find(List<ArrayEntry> arrays, String key) {
        return arrays.stream()
                .filter(array -> array.key().equals(key))
                .findFirst()
                .orElse(null);
    }

    private static ArrayEntry part(
            String key, String name, List<ArrayEntry> arrays, Map<String, InvalidInputException> unreadable) {
        InvalidInputException problem = unreadable.get(key);
        if (problem != null) {
            throw problem;
        }
        ArrayEntry part = find(arrays, key);
        if (part == null
                || part.header().shape().size() != 1
                || part.header().type().isText()) {
            throw new InvalidInputException(name + " is damaged: it has no list of numbers '" + key + "'");
        }
        return part;
    }

    private static long[] wholeNumbers(ArrayEntry array) {
        if (!array.header().type().isWhole() || array.header().shape().size() > 1) {
            throw new InvalidInputException(array.name() + " holds no list of whole numbers");
        }
        long[] numbers = new long[array.header().examples()];
        array.forEach((example, entry, bytes) ->
                numbers[example] = (long) array.header().type().number(bytes));
        return numbers;
    }

    private static SparseMatrix read(
            String name, int rows, int columns, ArrayEntry data, ArrayEntry indices, ArrayEntry pointers) {
        long[] starts = wholeNumbers(pointers);
        int count = data.header().examples();
        if (starts.length != rows + 1 || indices.header().examples() != count || starts[rows] > count) {
            throw damaged(name, "its parts differ in length");
        }
        long before = 0;
        for (long start : starts) {
            if (start < before) {
                throw damaged(name, "indptr does not rise");
            }
            before = start;
        }
        int[] places = new int[count];
        ElementType whole = indices.header().type();
        if (!whole.isWhole()) {
            throw damaged(name, "indices are no whole numbers");
        }
        indices.forEach((example, entry, bytes) -> {
            double place = whole.number(bytes);
            if (!(place >= 0 && place < columns)) {
                throw damaged(name, "index " + (long) place + " is beyond its " + columns + " places");
            }
            places[example] = (int) place;
        });
        double[] values = new double[count];
        ElementType type = data.header().type();
        data.forEach((example, entry, bytes) -> values[example] = type.number(bytes));
        return new SparseMatrix(name, rows, columns, starts, places, values);
    }

    private static InvalidInputException damaged(String name, String how) {
        return new InvalidInputException(name + " is damaged: " + how + "; save it again");
    }

    private SparseMatrix transposed() {
        long[] counts = new long[columns + 1];
        for (int place : Arrays.copyOf(places, (int) starts[rows])) {
            counts[place + 1]++;
        }
        for (int column = 0; column < columns; column++) {
            counts[column + 1] += counts[column];
        }
        long[] next = counts.clone();
        int[] newPlaces = new int[places.length];
        double[] newValues = new double[values.length];
        for (int row = 0; row < rows; row++) {
            for (int at = (int) starts[row]; at < starts[row + 1]; at++) {
                int to = (int) next[places[at]]++;
                newPlaces[to] = row;
                newValues[to] = values[at];
            }
        }
        return new SparseMatrix(name, columns, rows, counts, newPlaces, newValues);
    }

    /** The bytes of the dense matrix, row by row; entries of one place add up. */
    private final class Bytes extends InputStream {
        private ByteBuffer row = ByteBuffer.allocate(0);
        private int next;

        private boolean fill() {
            while (!row.hasRemaining()) {
                if (next == rows) {
                    return false;
                }
                ByteBuffer filled = ByteBuffer.allocate(Math.multiplyExact(columns, Double.BYTES))
                        .order(ByteOrder.LITTLE_ENDIAN);
                for (int at = (int) starts[next]; at < starts[next + 1]; at++) {
                    int place = places[at] * Double.BYTES;
                    filled.putDouble(place, filled.getDouble(place) + values[at]);
                }
                next++;
                row = filled;
            }
            return true;
        }

        @Override
        public int read() {
            return fill() ? row.get() & 0xff : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, target.length);
            if (length == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            int count = Math.min(length, row.remaining());
            row.get(target, offset, count);
            return count;
        }
    }
}
