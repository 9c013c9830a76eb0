package dev.assay.io.corrected;

import dev.assay.data.InvalidInputException;
import dev.assay.io.array.ArrayEntry;
import dev.assay.io.array.ArrayHeader;
import dev.assay.io.array.ElementType;
import dev.assay.io.cell.Numerals;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** An array of labels with some of them replaced: of the same type if they all fit, of a wider one if not. */
final class RelabelledArray {
    private RelabelledArray() {}

    /**
     * The array.
     *
     * @param labels the new text of some examples
     * @throws InvalidInputException if a label cannot be in an array of that kind
     */
    static ArrayEntry of(ArrayEntry array, Map<Integer, String> labels) {
        String[] texts = new String[array.header().examples()];
        ArrayHeader header = array.header();
        array.forEach((example, entry, bytes) -> texts[example] = header.type().text(bytes, header.characters()));
        labels.forEach((example, label) -> texts[example] = label);
        ArrayHeader wide = wideEnough(array.name(), header, labels);
        ByteBuffer buffer = ByteBuffer.allocate(texts.length * wide.entrySize()).order(wide.order());
        for (String text : texts) {
            put(buffer, wide, text);
        }
        byte[] bytes = buffer.array();
        return new ArrayEntry(array.key(), array.name(), wide, () -> new ByteArrayInputStream(bytes));
    }

    private static ArrayHeader wideEnough(String name, ArrayHeader header, Map<Integer, String> labels) {
        ElementType type = header.type();
        if (type.isText()) {
            int longest = labels.values().stream()
                    .mapToInt(label -> type == ElementType.BYTES
                            ? label.getBytes(StandardCharsets.UTF_8).length
                            : label.codePointCount(0, label.length()))
                    .max()
                    .orElse(0);
            int characters = Math.max(longest, header.characters());
            String order = header.order() == ByteOrder.BIG_ENDIAN ? ">" : "<";
            return new ArrayHeader(
                    type,
                    characters,
                    header.order(),
                    header.columnMajor(),
                    header.shape(),
                    type == ElementType.BYTES ? "|S" + characters : order + "U" + characters);
        }
        for (String label : labels.values()) {
            OptionalDouble number = number(type, label);
            if (number.isEmpty()) {
                throw new InvalidInputException(
                        name + " holds " + header.descriptor() + ", the label '" + label + "' cannot be among them");
            }
        }
        boolean fits = labels.values().stream().allMatch(label -> fits(type, label));
        return fits
                ? header
                : new ArrayHeader(
                        ElementType.FLOAT_64, 1, ByteOrder.LITTLE_ENDIAN, header.columnMajor(), header.shape(), "<f8");
    }

    private static OptionalDouble number(ElementType type, String label) {
        if (type == ElementType.TRUTH) {
            return label.equals("True")
                    ? OptionalDouble.of(1)
                    : label.equals("False") ? OptionalDouble.of(0) : Numerals.parse(label);
        }
        return Numerals.parse(label);
    }

    /** Whether the type holds exactly that label; a float is as exact as its type. */
    private static boolean fits(ElementType type, String label) {
        double value = number(type, label).orElse(Double.NaN);
        return switch (type) {
            case TRUTH -> value == 0 || value == 1;
            case SIGNED_8 -> value == (byte) value;
            case SIGNED_16 -> value == (short) value;
            case SIGNED_32 -> value == (int) value;
            case SIGNED_64, UNSIGNED_64 -> label.strip().matches(type == ElementType.SIGNED_64 ? "-?\\d+" : "\\d+");
            case UNSIGNED_8 -> value == ((int) value & 0xff);
            case UNSIGNED_16 -> value == ((int) value & 0xffff);
            case UNSIGNED_32 -> value == ((long) value & 0xffff_ffffL);
            case FLOAT_32, FLOAT_64 -> true;
            case FLOAT_16 -> false;
            case BYTES, CODE_POINTS -> throw new IllegalStateException("text is no number");
        };
    }

    private static void put(ByteBuffer buffer, ArrayHeader header, String text) {
        ElementType type = header.type();
        if (type == ElementType.BYTES) {
            buffer.put(Arrays.copyOf(text.getBytes(StandardCharsets.UTF_8), header.characters()));
            return;
        }
        if (type == ElementType.CODE_POINTS) {
            List<Integer> points = text.codePoints().boxed().toList();
            for (int place = 0; place < header.characters(); place++) {
                buffer.putInt(place < points.size() ? points.get(place) : 0);
            }
            return;
        }
        double value = number(type, text.equals("True") ? "1" : text.equals("False") ? "0" : text)
                .orElse(Double.NaN);
        switch (type) {
            case TRUTH, SIGNED_8, UNSIGNED_8 -> buffer.put((byte) (int) value);
            case SIGNED_16, UNSIGNED_16 -> buffer.putShort((short) (int) value);
            case SIGNED_32, UNSIGNED_32 -> buffer.putInt((int) (long) value);
            case SIGNED_64 -> buffer.putLong(Long.parseLong(text.strip()));
            case UNSIGNED_64 -> buffer.putLong(Long.parseUnsignedLong(text.strip()));
            case FLOAT_32 -> buffer.putFloat((float) value);
            case FLOAT_64 -> buffer.putDouble(value);
            case FLOAT_16, BYTES, CODE_POINTS -> throw new IllegalStateException(type + " is not written");
        }
    }
}
