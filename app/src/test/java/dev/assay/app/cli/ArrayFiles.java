package dev.assay.app.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Arrays as NumPy writes them, for tests. */
final class ArrayFiles {
    private ArrayFiles() {}

    /** A .npz file of the given entries, compressed. */
    static Path npz(Path file, Map<String, byte[]> arrays) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> array : arrays.entrySet()) {
                out.putNextEntry(new ZipEntry(array.getKey() + ".npy"));
                out.write(array.getValue());
                out.closeEntry();
            }
        }
        return file;
    }

    /** Double values in row order. */
    static byte[] doubles(int rows, int columns, double... values) {
        ByteBuffer data = ByteBuffer.allocate(Double.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            data.putDouble(value);
        }
        return npy("<f8", "(" + rows + ", " + columns + ")", data.array());
    }

    /** Long values. */
    static byte[] longs(long... values) {
        ByteBuffer data = ByteBuffer.allocate(Long.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            data.putLong(value);
        }
        return npy("<i8", "(" + values.length + ",)", data.array());
    }

    /** Header and data of any kind. */
    static byte[] npy(String type, String shape, byte[] data) {
        byte[] start = start(type, shape);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(start);
        out.writeBytes(data);
        return out.toByteArray();
    }

    /** An .npz file whose one array of zeros unpacks to many times its size. */
    static Path bomb(Path file, String key, long zeros) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            out.putNextEntry(new ZipEntry(key + ".npy"));
            out.write(start("|u1", "(" + zeros / 1000 + ", 1000)"));
            writeZeros(out, zeros);
            out.closeEntry();
        }
        return file;
    }

    private static void writeZeros(OutputStream out, long zeros) throws IOException {
        byte[] block = new byte[1 << 16];
        for (long left = zeros; left > 0; left -= block.length) {
            out.write(block, 0, (int) Math.min(left, block.length));
        }
    }

    private static byte[] start(String type, String shape) {
        String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }";
        int fixed = 10;
        int padded = (fixed + header.length() + 1 + 63) / 64 * 64;
        String text = header + " ".repeat(padded - fixed - header.length() - 1) + "\n";
        ByteBuffer start = ByteBuffer.allocate(padded).order(ByteOrder.LITTLE_ENDIAN);
        start.put((byte) 0x93)
                .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 1)
                .put((byte) 0);
        start.putShort((short) text.length()).put(text.getBytes(StandardCharsets.US_ASCII));
        return start.array();
    }
}
