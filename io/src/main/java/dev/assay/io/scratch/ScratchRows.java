package dev.assay.io.scratch;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.FeatureEncoding;
import dev.assay.data.RealTargets;
import dev.assay.data.Targets;
import dev.assay.engine.RowBlocks;
import dev.assay.linalg.Matrix;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Labelled, encoded rows in a scratch file: features as 32-bit numbers, categories as which of their features is 1. Rows come in blocks, in
 * the order in which they were added.
 */
public final class ScratchRows implements RowBlocks, AutoCloseable {
    private static final int NONE = -1;

    private final RowLayout layout;
    private final List<String> names;
    private final BlockFile file;
    private final List<Integer> sizes = new ArrayList<>();
    private final List<Boolean> named = new ArrayList<>();
    private long size;
    private @Nullable Targets like;

    /**
     * A new file in a folder.
     *
     * @param encoding of the rows
     * @throws dev.assay.data.InvalidInputException if it cannot be made
     */
    public ScratchRows(Path folder, FeatureEncoding encoding) {
        this.layout = RowLayout.of(encoding);
        this.names = encoding.featureNames();
        this.file = BlockFile.create(folder.resolve("rows"));
    }

    /** Bytes that so many rows will take, names aside. */
    public static long bytes(FeatureEncoding encoding, long rows) {
        return rows * (RowLayout.of(encoding).bytes() + 2L * Double.BYTES + Integer.BYTES);
    }

    /** Rows to a block for so many features: some megabytes as they are worked with. */
    public static int blockRows(int dimension) {
        return Math.max(256, Math.min(1 << 14, (1 << 22) / dimension));
    }

    /**
     * Adds a block.
     *
     * @param ids the user's names of the rows, or null
     */
    public void add(Dataset block, @Nullable List<String> ids) {
        like = block.targets();
        int n = block.size();
        byte[] names = ids == null ? new byte[0] : joined(ids);
        ByteBuffer buffer = BlockFile.room(n * (layout.bytes() + 2 * Double.BYTES + Integer.BYTES) + names.length);
        Matrix x = block.features();
        int[] numbers = layout.numbers();
        for (int i = 0; i < n; i++) {
            int at = x.offset(i);
            for (int j : numbers) {
                buffer.putFloat((float) x.values()[at + j]);
            }
        }
        for (int i = 0; i < n; i++) {
            for (int[] category : layout.categories()) {
                buffer.putInt(one(x, i, category));
            }
        }
        for (int i = 0; i < n; i++) {
            buffer.putDouble(block.targets().value(i));
        }
        for (double weight : block.weights()) {
            buffer.putDouble(weight);
        }
        for (int row : block.rows()) {
            buffer.putInt(row);
        }
        file.append(buffer.put(names).flip());
        sizes.add(n);
        named.add(ids != null);
        size += n;
    }

    /** Which feature of a category is 1, or {@link #NONE}. */
    private static int one(Matrix x, int row, int[] category) {
        int at = x.offset(row);
        for (int j = category[0]; j < category[1]; j++) {
            if (x.values()[at + j] != 0) {
                return j;
            }
        }
        return NONE;
    }

    @Override
    public int count() {
        return file.count();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public Dataset block(int index) {
        ByteBuffer buffer = file.read(index);
        int n = sizes.get(index);
        Matrix x = features(buffer, n);
        double[] targets = doubles(buffer, n);
        double[] weights = doubles(buffer, n);
        int[] rows = new int[n];
        buffer.asIntBuffer().get(rows);
        return new Dataset(x, targets(targets), weights, rows, names);
    }

    @Override
    public int[] rows(int index) {
        int n = sizes.get(index);
        int[] rows = new int[n];
        file.read(index)
                .position(n * (layout.bytes() + 2 * Double.BYTES))
                .asIntBuffer()
                .get(rows);
        return rows;
    }

    private Matrix features(ByteBuffer buffer, int n) {
        int d = layout.dimension();
        int[] numbers = layout.numbers();
        Matrix x = new Matrix(n, d);
        double[] values = x.values();
        FloatBuffer floats = buffer.asFloatBuffer();
        float[] row = new float[numbers.length];
        boolean inOrder = layout.categories().isEmpty();
        for (int i = 0; i < n; i++) {
            floats.get(row);
            int at = i * d;
            if (inOrder) {
                for (int k = 0; k < row.length; k++) {
                    values[at + k] = row[k];
                }
            } else {
                for (int k = 0; k < row.length; k++) {
                    values[at + numbers[k]] = row[k];
                }
            }
            values[at + d - 1] = 1;
        }
        buffer.position(buffer.position() + n * numbers.length * Float.BYTES);
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < layout.categories().size(); k++) {
                int one = buffer.getInt();
                if (one != NONE) {
                    values[i * d + one] = 1;
                }
            }
        }
        return x;
    }

    private static double[] doubles(ByteBuffer buffer, int n) {
        double[] result = new double[n];
        buffer.asDoubleBuffer().get(result);
        buffer.position(buffer.position() + n * Double.BYTES);
        return result;
    }

    private Targets targets(double[] values) {
        if (like instanceof ClassTargets classes) {
            return new ClassTargets(
                    Arrays.stream(values).mapToInt(value -> (int) value).toArray(), classes.names());
        }
        if (like instanceof RealTargets numbers) {
            return new RealTargets(values, numbers.mean(), numbers.scale());
        }
        throw new IllegalStateException("no block was added");
    }

    /** The user's names of a block's rows, or null. */
    public @Nullable List<String> ids(int index) {
        if (!named.get(index)) {
            return null;
        }
        ByteBuffer buffer = file.read(index);
        int n = sizes.get(index);
        buffer.position(n * (layout.bytes() + 2 * Double.BYTES + Integer.BYTES));
        List<String> ids = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            byte[] text = new byte[buffer.getInt()];
            buffer.get(text);
            ids.add(new String(text, StandardCharsets.UTF_8));
        }
        return ids;
    }

    private static byte[] joined(List<String> ids) {
        List<byte[]> texts =
                ids.stream().map(id -> id.getBytes(StandardCharsets.UTF_8)).toList();
        byte[] all = new byte
                [texts.stream().mapToInt(text -> Integer.BYTES + text.length).sum()];
        ByteBuffer buffer = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN);
        texts.forEach(text -> buffer.putInt(text.length).put(text));
        return all;
    }

    @Override
    public void close() {
        file.close();
    }
}
