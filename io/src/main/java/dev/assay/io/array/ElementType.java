package dev.assay.io.array;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What one entry of an array is. */
public enum ElementType {
    TRUTH(1),
    SIGNED_8(1),
    SIGNED_16(2),
    SIGNED_32(4),
    SIGNED_64(8),
    UNSIGNED_8(1),
    UNSIGNED_16(2),
    UNSIGNED_32(4),
    UNSIGNED_64(8),
    FLOAT_16(2),
    FLOAT_32(4),
    FLOAT_64(8),
    /** Text of a fixed number of bytes. */
    BYTES(1),
    /** Text of a fixed number of Unicode code points, four bytes each. */
    CODE_POINTS(4);

    private final int size;

    ElementType(int size) {
        this.size = size;
    }

    /** Bytes of an entry, or of one character of a text. */
    int size() {
        return size;
    }

    public boolean isText() {
        return this == BYTES || this == CODE_POINTS;
    }

    boolean isWhole() {
        return !isText() && this != FLOAT_16 && this != FLOAT_32 && this != FLOAT_64;
    }

    /** The entry at the position of the buffer as a double. */
    public double number(ByteBuffer buffer) {
        return switch (this) {
            case TRUTH -> buffer.get() == 0 ? 0 : 1;
            case SIGNED_8 -> buffer.get();
            case SIGNED_16 -> buffer.getShort();
            case SIGNED_32 -> buffer.getInt();
            case SIGNED_64 -> buffer.getLong();
            case UNSIGNED_8 -> buffer.get() & 0xff;
            case UNSIGNED_16 -> buffer.getShort() & 0xffff;
            case UNSIGNED_32 -> buffer.getInt() & 0xffff_ffffL;
            case UNSIGNED_64 -> unsigned(buffer.getLong());
            case FLOAT_16 -> half(buffer.getShort());
            case FLOAT_32 -> buffer.getFloat();
            case FLOAT_64 -> buffer.getDouble();
            case BYTES, CODE_POINTS -> throw new IllegalStateException("text is no number");
        };
    }

    /**
     * The entry at the position of the buffer as a person would write it: whole numbers exactly, texts without the zeros
     * that pad them.
     *
     * @param length the number of characters of a text
     */
    public String text(ByteBuffer buffer, int length) {
        return switch (this) {
            case TRUTH -> buffer.get() == 0 ? "False" : "True";
            case SIGNED_64 -> Long.toString(buffer.getLong());
            case UNSIGNED_64 -> Long.toUnsignedString(buffer.getLong());
            case SIGNED_8, SIGNED_16, SIGNED_32, UNSIGNED_8, UNSIGNED_16, UNSIGNED_32 ->
                Long.toString((long) number(buffer));
            case FLOAT_32 -> Float.toString(buffer.getFloat());
            case FLOAT_16, FLOAT_64 -> Double.toString(number(buffer));
            case BYTES -> bytes(buffer, length);
            case CODE_POINTS -> codePoints(buffer, length);
        };
    }

    private static String bytes(ByteBuffer buffer, int length) {
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        int end = length;
        while (end > 0 && bytes[end - 1] == 0) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    private static String codePoints(ByteBuffer buffer, int length) {
        StringBuilder text = new StringBuilder();
        int end = 0;
        for (int index = 0; index < length; index++) {
            int codePoint = buffer.getInt();
            text.appendCodePoint(Character.isValidCodePoint(codePoint) ? codePoint : 0xfffd);
            if (codePoint != 0) {
                end = text.length();
            }
        }
        text.setLength(end);
        return text.toString();
    }

    private static double unsigned(long value) {
        if (value >= 0) {
            return value;
        }
        // halve, keeping the lost bit for the rounding, and double
        return ((value >>> 1) | (value & 1)) * 2.0;
    }

    /** IEEE 754 binary16: 1 sign bit, 5 exponent bits, 10 fraction bits. */
    private static double half(short bits) {
        int exponent = (bits >> 10) & 0x1f;
        int fraction = bits & 0x3ff;
        double magnitude;
        if (exponent == 0) {
            magnitude = fraction * 0x1p-24;
        } else if (exponent == 31) {
            magnitude = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
        } else {
            magnitude = (1 + fraction * 0x1p-10) * Math.scalb(1.0, exponent - 15);
        }
        return bits < 0 ? -magnitude : magnitude;
    }
}
