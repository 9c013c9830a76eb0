package dev.assay.io.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.data.InvalidInputException;
import dev.assay.io.file.InputFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArrayFileTest {

    @TempDir
    Path folder;

    @Test
    void everyNumberTypeIsRead() throws IOException {
        assertNumbers("|b1", 1, buffer -> buffer.put((byte) 0).put((byte) 1), 0, 1);
        assertNumbers("|i1", 1, buffer -> buffer.put((byte) -128).put((byte) 127), -128, 127);
        assertNumbers("|u1", 1, buffer -> buffer.put((byte) 200).put((byte) 255), 200, 255);
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            assertNumbers(order, "i2", 2, buffer -> buffer.putShort((short) -2).putShort((short) 258), -2, 258);
            assertNumbers(order, "u2", 2, buffer -> buffer.putShort((short) -2).putShort((short) 258), 65534, 258);
            assertNumbers(order, "i4", 4, buffer -> buffer.putInt(-2).putInt(1 << 20), -2, 1 << 20);
            assertNumbers(order, "u4", 4, buffer -> buffer.putInt(-2).putInt(7), 4294967294.0, 7);
            assertNumbers(order, "i8", 8, buffer -> buffer.putLong(-3).putLong(1L << 53), -3, 0x1p53);
            assertNumbers(order, "u8", 8, buffer -> buffer.putLong(-1).putLong(7), 0x1p64, 7);
            assertNumbers(order, "f4", 4, buffer -> buffer.putFloat(0.1f).putFloat(-2.5f), 0.1f, -2.5);
            assertNumbers(order, "f8", 8, buffer -> buffer.putDouble(0.1).putDouble(-2.5), 0.1, -2.5);
        }
    }

    /** Values from the tables of IEEE 754: one, the largest, the smallest normal and subnormal, minus two. */
    @Test
    void halfPrecisionIsExact() throws IOException {
        assertNumbers(ByteOrder.LITTLE_ENDIAN, "f2", 2, shorts(0x3c00, 0x7bff), 1, 65504);
        assertNumbers(ByteOrder.BIG_ENDIAN, "f2", 2, shorts(0x0400, 0x0001), 0x1p-14, 0x1p-24);
        assertNumbers(ByteOrder.LITTLE_ENDIAN, "f2", 2, shorts(0xc000, 0x3555), -2, 0.333251953125);
        assertNumbers(ByteOrder.LITTLE_ENDIAN, "f2", 2, shorts(0x7c00, 0xfc00), 1 / 0.0, -1 / 0.0);
        assertNumbers(ByteOrder.LITTLE_ENDIAN, "f2", 2, shorts(0x7e00, 0x8000), Double.NaN, -0.0);
    }

    @Test
    void bothOrdersOfTheAxesGiveTheSameExamples() throws IOException {
        int[] shape = {2, 3, 4};
        byte[] rowMajor = new byte[24];
        byte[] columnMajor = new byte[24];
        for (int example = 0; example < 2; example++) {
            for (int row = 0; row < 3; row++) {
                for (int column = 0; column < 4; column++) {
                    byte value = (byte) (100 * example + 10 * row + column);
                    rowMajor[(example * 3 + row) * 4 + column] = value;
                    columnMajor[example + 2 * (row + 3 * column)] = value;
                }
            }
        }
        double[][] first = read(TestArrays.npy(1, TestArrays.header("|u1", false, "(2, 3, 4)"), rowMajor));
        double[][] second = read(TestArrays.npy(1, TestArrays.header("|u1", true, "(2, 3, 4)"), columnMajor));

        assertThat(first).isEqualTo(second);
        assertThat(first[1][1 * shape[2] + 2]).isEqualTo(112);
    }

    @Test
    void allVersionsOfTheFormatAreRead() throws IOException {
        for (int version = 1; version <= 3; version++) {
            byte[] array = TestArrays.npy(version, TestArrays.header("<f8", false, "(2, 1)"), TestArrays.doubles(5, 6));

            assertThat(read(array)).isEqualTo(new double[][] {{5}, {6}});
        }
    }

    @Test
    void fixedTextsLoseTheirPaddingOnly() throws IOException {
        byte[] codePoints = TestArrays.bytes(
                ByteOrder.BIG_ENDIAN,
                24,
                buffer -> buffer.putInt('0')
                        .putInt('1')
                        .putInt(0)
                        .putInt(0x1f600)
                        .putInt(' ')
                        .putInt('x'));
        byte[] bytes = "ab\0cde".getBytes(StandardCharsets.US_ASCII);

        assertThat(texts(TestArrays.npy(">U3", "(2,)", codePoints))).containsExactly("01", "\ud83d\ude00 x");
        assertThat(texts(TestArrays.npy("|S3", "(2,)", bytes))).containsExactly("ab", "cde");
    }

    @Test
    void wholeNumbersKeepAllTheirDigitsAsTexts() throws IOException {
        byte[] large = TestArrays.bytes(
                ByteOrder.LITTLE_ENDIAN,
                16,
                buffer -> buffer.putLong(Long.MAX_VALUE).putLong(-1));

        assertThat(texts(TestArrays.npy("<i8", "(2,)", large))).containsExactly("9223372036854775807", "-1");
        assertThat(texts(TestArrays.npy("<u8", "(2,)", large)))
                .containsExactly("9223372036854775807", "18446744073709551615");
    }

    @Test
    void theHeaderWrittenIsTheHeaderRead() throws IOException {
        for (String shape : new String[] {"(7,)", "(3, 4)", "(2, 3, 4, 5)", "()"}) {
            byte[] array = TestArrays.npy(1, TestArrays.header(">i2", true, shape), new byte[240]);
            ArrayHeader header = ArrayHeader.read(new java.io.ByteArrayInputStream(array), "array");
            var out = new java.io.ByteArrayOutputStream();
            header.write(out);

            assertThat(ArrayHeader.read(new java.io.ByteArrayInputStream(out.toByteArray()), "copy"))
                    .isEqualTo(header);
            assertThat(out.size() % 64).isZero();
        }
    }

    @Test
    void whatIsNoPlainArrayIsRefused() {
        assertRefused(TestArrays.npy("|O", "(2,)", new byte[64]), "pickled");
        assertRefused(TestArrays.npy("<c16", "(2,)", new byte[32]), "c16");
        assertRefused(TestArrays.npy("<M8[ns]", "(2,)", new byte[16]), "header");
        assertRefused(
                TestArrays.npy(1, "{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (2,), }", new byte[16]),
                "records of several fields");
        assertRefused(TestArrays.npy(4, TestArrays.header("<f8", false, "(1,)"), new byte[8]), "version 4");
    }

    @Test
    void hostileHeadersAreRefused() {
        assertRefused(
                TestArrays.npy("<f8", "(2000000000, 2000000000, 2000000000)", new byte[8]), "more than can exist");
        assertRefused(TestArrays.npy("<f8", "(99999999999,)", new byte[8]), "99999999999");
        assertRefused(TestArrays.npy("<f8", "(-1,)", new byte[8]), "damaged header");
        assertRefused(TestArrays.npy(1, "{'descr': '<f8', 'shape': (1,), }", new byte[8]), "damaged header");
        assertRefused(TestArrays.npy(1, "__import__('os')", new byte[8]), "damaged header");
        assertRefused(
                TestArrays.npy(1, "{'descr': '<f8', 'fortran_order': False, 'shape': (1,), 'x': 1}", new byte[8]),
                "damaged header");
        assertRefused(Arrays.copyOf(TestArrays.npy("<f8", "(1,)", new byte[8]), 20), "truncated");
    }

    @Test
    void tooFewAndTooManyBytesAreRefused() {
        assertRefused(TestArrays.npy("<f8", "(3,)", new byte[23]), "truncated");
        assertRefused(TestArrays.npy("<f8", "(3,)", new byte[25]), "more bytes than its shape");
    }

    @Test
    void aZipBombIsRefusedBeforeItGrows() throws IOException {
        Path file = folder.resolve("bomb.npz");
        byte[] header = TestArrays.npy("|u1", "(300, 1000000)", new byte[0]);
        byte[] zeros = new byte[1_000_000];
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("X.npy"));
            zip.write(header);
            for (int example = 0; example < 300; example++) {
                zip.write(zeros);
            }
        }
        assertThatThrownBy(() -> ArrayFile.open(InputFile.at(file)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("zip bomb");
    }

    @Test
    void aTruncatedArchiveIsRefused() throws IOException {
        Path file = TestArrays.npz(
                folder.resolve("whole.npz"), Map.of("X", TestArrays.npy("<f8", "(2,)", TestArrays.doubles(1, 2))));
        byte[] whole = Files.readAllBytes(file);
        for (int length = 4; length < whole.length; length += 7) {
            Path cut = Files.write(folder.resolve("cut.npz"), Arrays.copyOf(whole, length));

            assertThatThrownBy(() -> ArrayFile.open(InputFile.at(cut)))
                    .as("first %d bytes", length)
                    .isInstanceOf(InvalidInputException.class);
        }
    }

    @Test
    void anArchiveOfOtherFilesIsRefused() throws IOException {
        Path file =
                TestArrays.npz(folder.resolve("other.npz"), Map.of("X", "no array".getBytes(StandardCharsets.UTF_8)));

        assertThatThrownBy(() -> ArrayFile.open(InputFile.at(file)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("X.npy");
    }

    @Test
    void idxImagesAreRead() throws IOException {
        byte[] idx = {0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, (byte) 250};

        assertThat(readFile(Files.write(folder.resolve("images-ubyte"), idx)))
                .isEqualTo(new double[][] {{1, 2, 3}, {4, 5, 250}});
    }

    @Test
    void damagedIdxIsRefused() throws IOException {
        byte[] idx = {0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5};
        assertThatThrownBy(() -> readFile(Files.write(folder.resolve("short.idx"), idx)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("truncated");
        byte[] unknown = {0, 0, 7, 1, 0, 0, 0, 1, 1};
        assertThatThrownBy(() -> readFile(Files.write(folder.resolve("unknown.idx"), unknown)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("0x7");
        byte[] negative = {0, 0, 8, 1, -1, -1, -1, -1, 1};
        assertThatThrownBy(() -> readFile(Files.write(folder.resolve("negative.idx"), negative)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("4294967295");
    }

    private void assertNumbers(String descriptor, int size, Consumer<ByteBuffer> content, double... expected)
            throws IOException {
        byte[] entries = TestArrays.bytes(ByteOrder.LITTLE_ENDIAN, 2 * size, content);
        double[][] numbers = read(TestArrays.npy(descriptor, "(2,)", entries));

        assertThat(new double[] {numbers[0][0], numbers[1][0]}).as(descriptor).containsExactly(expected);
    }

    private void assertNumbers(ByteOrder order, String type, int size, Consumer<ByteBuffer> content, double... expected)
            throws IOException {
        byte[] entries = TestArrays.bytes(order, 2 * size, content);
        String descriptor = (order == ByteOrder.BIG_ENDIAN ? ">" : "<") + type;
        double[][] numbers = read(TestArrays.npy(descriptor, "(2,)", entries));

        assertThat(new double[] {numbers[0][0], numbers[1][0]}).as(descriptor).containsExactly(expected);
    }

    private static Consumer<ByteBuffer> shorts(int... values) {
        return buffer -> {
            for (int value : values) {
                buffer.putShort((short) value);
            }
        };
    }

    private void assertRefused(byte[] array, String message) {
        assertThatThrownBy(() -> read(array))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message);
    }

    private double[][] read(byte[] array) throws IOException {
        return readFile(Files.write(folder.resolve("array.npy"), array));
    }

    private static double[][] readFile(Path file) {
        try (ArrayFile arrays = ArrayFile.open(InputFile.at(file))) {
            ArrayEntry entry = arrays.arrays().get(0);
            ArrayHeader header = entry.header();
            double[][] values = new double[header.examples()][(int) header.entriesPerExample()];
            entry.forEach((example, place, bytes) ->
                    values[example][place] = header.type().number(bytes));
            return values;
        }
    }

    private String[] texts(byte[] array) throws IOException {
        Path file = Files.write(folder.resolve("texts.npy"), array);
        try (ArrayFile arrays = ArrayFile.open(InputFile.at(file))) {
            ArrayEntry entry = arrays.arrays().get(0);
            ArrayHeader header = entry.header();
            String[] texts = new String[header.examples()];
            entry.forEach(
                    (example, place, bytes) -> texts[example] = header.type().text(bytes, header.characters()));
            return texts;
        }
    }
}
