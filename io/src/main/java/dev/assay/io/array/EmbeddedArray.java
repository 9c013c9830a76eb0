package dev.assay.io.array;

import dev.assay.io.file.Memory;
import dev.assay.io.network.Embedding;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a network makes of an array, as if it had been read. */
final class EmbeddedArray {
    private static final String DESCRIPTOR = "<f4";

    private EmbeddedArray() {}

    /** The array itself where there is no network. */
    static ArrayEntry of(ArrayEntry array, @Nullable Embedding embedding) {
        if (embedding == null) {
            return array;
        }
        ArrayHeader given = array.header();
        // all entries wait for the network, with 32 bits each
        long entries = given.entriesPerExample();
        Memory.require(array.name(), given.examples(), entries, (entries + 1) / 2);
        Embedding.Examples examples = embedding.examples(given.examples());
        array.forEach((example, entry, bytes) ->
                examples.put(example, entry, given.type().number(bytes)));
        float[][] rows = examples.run(0);
        int width = rows.length == 0 ? 0 : rows[0].length;
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(Float.BYTES * rows.length, width))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (float[] row : rows) {
            bytes.asFloatBuffer().put(row);
            bytes.position(bytes.position() + Float.BYTES * width);
        }
        ArrayHeader header = new ArrayHeader(
                ElementType.FLOAT_32, 1, ByteOrder.LITTLE_ENDIAN, false, List.of(rows.length, width), DESCRIPTOR);
        return new ArrayEntry(
                array.key(),
                array.name() + ", embedded by " + embedding.network(),
                header,
                () -> new ByteArrayInputStream(bytes.array()));
    }
}
