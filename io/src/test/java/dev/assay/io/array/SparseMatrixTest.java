package dev.assay.io.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.data.EncodingStyle;
import dev.assay.data.InvalidInputException;
import dev.assay.io.DataReader;
import dev.assay.io.read.InputSchema;
import dev.assay.io.read.LoadedData;
import dev.assay.io.read.ReadSettings;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sparse matrices are read as SciPy writes them. */
class SparseMatrixTest {
    private static final ReadSettings PLAIN = ReadSettings.automatic().withStyle(EncodingStyle.paper());
    /** Four rows, three columns: 5 0 -1 | 0 0 0 | 0 2.5 0 | 1 0 4. */
    private static final double[] DENSE = {5, 0, -1, 1, 0, 0, 0, 1, 0, 2.5, 0, 1, 1, 0, 4, 1};

    @TempDir
    Path folder;

    @Test
    void byRowsAndByColumns() throws IOException {
        Path rows = write("csr", new int[] {0, 2, 1, 0, 2}, new int[] {0, 2, 2, 3, 5}, 5, -1, 2.5, 1, 4);
        Path columns = write("csc", new int[] {0, 3, 2, 0, 3}, new int[] {0, 2, 3, 5}, 5, 1, 2.5, -1, 4);

        for (Path file : new Path[] {rows, columns}) {
            LoadedData data = new DataReader(1).read(file, PLAIN.withLabelsFile(labels()));
            assertThat(data.dataset().features().values()).containsExactly(DENSE);
            assertThat(new DataReader(1)
                            .readNew(file, InputSchema.of(data), null)
                            .encoded()
                            .values())
                    .containsExactly(DENSE);
        }
    }

    @Test
    void labelsInTheSameFileAreFound() throws IOException {
        Map<String, byte[]> arrays =
                parts("csr", new int[] {0, 2, 1, 0, 2}, new int[] {0, 2, 2, 3, 5}, 5, -1, 2.5, 1, 4);
        arrays.put("y", TestArrays.npy("<i4", "(4,)", ints(0, 1, 0, 1)));

        assertThat(new DataReader(1)
                        .read(TestArrays.npz(folder.resolve("all.npz"), arrays), PLAIN)
                        .dataset()
                        .features()
                        .values())
                .containsExactly(DENSE);
    }

    @Test
    void otherFormatsAndDamageAreNamed() throws IOException {
        assertRefused(write("coo", new int[] {0}, new int[] {0}, 5), "sparse", "coo", "tocsr");
        assertRefused(write("csr", new int[] {0, 3}, new int[] {0, 2, 2, 2, 2}, 5, 1), "index 3");
        assertRefused(write("csr", new int[] {0, 1}, new int[] {0, 2, 1, 2, 2}, 5, 1), "indptr");
        assertRefused(write("csr", new int[] {0, 1}, new int[] {0, 2}, 5, 1), "differ in length");
    }

    private void assertRefused(Path file, String... parts) throws IOException {
        Path labels = labels();
        assertThatThrownBy(() -> new DataReader(1).read(file, PLAIN.withLabelsFile(labels)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll(parts);
    }

    private Path labels() throws IOException {
        return TestArrays.npz(
                folder.resolve("labels.npz"), Map.of("y", TestArrays.npy("<i4", "(4,)", ints(0, 1, 0, 1))));
    }

    private Path write(String format, int[] indices, int[] pointers, double... data) throws IOException {
        return TestArrays.npz(folder.resolve(format + ".npz"), parts(format, indices, pointers, data));
    }

    private static Map<String, byte[]> parts(String format, int[] indices, int[] pointers, double... data) {
        Map<String, byte[]> arrays = new LinkedHashMap<>();
        arrays.put("indices", TestArrays.npy("<i4", "(" + indices.length + ",)", ints(indices)));
        arrays.put("indptr", TestArrays.npy("<i4", "(" + pointers.length + ",)", ints(pointers)));
        arrays.put("format", TestArrays.npy("|S3", "()", format.getBytes(StandardCharsets.US_ASCII)));
        arrays.put(
                "shape",
                TestArrays.npy(
                        "<i8",
                        "(2,)",
                        TestArrays.bytes(
                                ByteOrder.LITTLE_ENDIAN,
                                16,
                                buffer -> buffer.putLong(4).putLong(3))));
        arrays.put("data", TestArrays.npy("<f8", "(" + data.length + ",)", TestArrays.doubles(data)));
        return arrays;
    }

    private static byte[] ints(int... values) {
        return TestArrays.bytes(ByteOrder.LITTLE_ENDIAN, 4 * values.length, buffer -> {
            for (int value : values) {
                buffer.putInt(value);
            }
        });
    }
}
