package dev.assay.io.array;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes arrays as NumPy documents its format, independently of the writer under test. */
public final class TestArrays {

    private TestArrays() {}

    public static byte[] npy(int version, String header, byte[] entries) {
        int lengthSize = version == 1 ? 2 : 4;
        ByteBuffer bytes = ByteBuffer.allocate(8 + lengthSize + header.length() + 1 + entries.length)
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
        if (version == 1) {
            bytes.putShort((short) (header.length() + 1));
        } else {
            bytes.putInt(header.length() + 1);
        }
        bytes.put(header.getBytes(StandardCharsets.ISO_8859_1)).put((byte) '\n').put(entries);
        return bytes.array();
    }

    public static byte[] npy(String descriptor, String shape, byte[] entries) {
        return npy(1, header(descriptor, false, shape), entries);
    }

    public static String header(String descriptor, boolean columnMajor, String shape) {
        return "{'descr': '" + descriptor + "', 'fortran_order': " + (columnMajor ? "True" : "False") + ", 'shape': "
                + shape + ", }";
    }

    public static byte[] bytes(ByteOrder order, int size, Consumer<ByteBuffer> content) {
        ByteBuffer buffer = ByteBuffer.allocate(size).order(order);
        content.accept(buffer);
        return buffer.array();
    }

    public static byte[] doubles(double... values) {
        return bytes(ByteOrder.LITTLE_ENDIAN, 8 * values.length, buffer -> {
            for (double value : values) {
                buffer.putDouble(value);
            }
        });
    }

    public static Path npz(Path file, Map<String, byte[]> arrays) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> array : arrays.entrySet()) {
                zip.putNextEntry(new ZipEntry(array.getKey() + ".npy"));
                zip.write(array.getValue());
                zip.closeEntry();
            }
        }
        return Files.write(file, bytes.toByteArray());
    }
}
