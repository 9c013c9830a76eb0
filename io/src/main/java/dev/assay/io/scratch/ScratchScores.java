package dev.assay.io.scratch;

import dev.assay.engine.RowStore;
import dev.assay.linalg.Matrix;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Scores of rows in a scratch file. */
public final class ScratchScores implements RowStore, AutoCloseable {
    private final BlockFile file;
    private final List<int[]> shapes = new ArrayList<>();

    /**
     * A new file in a folder.
     *
     * @throws dev.assay.data.InvalidInputException if it cannot be made
     */
    public ScratchScores(Path folder) {
        this.file = BlockFile.create(folder.resolve("scores"));
    }

    @Override
    public void put(int block, Matrix scores) {
        if (block != shapes.size()) {
            throw new IllegalArgumentException("block " + block + " came after " + shapes.size() + " blocks");
        }
        ByteBuffer buffer = BlockFile.room(scores.values().length * Double.BYTES);
        buffer.asDoubleBuffer().put(scores.values());
        file.append(buffer);
        shapes.add(new int[] {scores.rows(), scores.columns()});
    }

    @Override
    public Matrix get(int block) {
        int[] shape = shapes.get(block);
        Matrix result = new Matrix(shape[0], shape[1]);
        file.read(block).asDoubleBuffer().get(result.values());
        return result;
    }

    @Override
    public void close() {
        file.close();
    }
}
