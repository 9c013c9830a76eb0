package dev.assay.io.array;

import dev.assay.data.InvalidInputException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What stands before the entries of an array.
 *
 * @param type what an entry is
 * @param characters the number of characters of a text, 1 for numbers
 * @param order the order of the bytes of an entry
 * @param columnMajor whether the first axis runs fastest (Fortran order), not the last one
 * @param shape the lengths of the axes
 * @param descriptor the type as NumPy writes it
 */
public record ArrayHeader(
        ElementType type,
        int characters,
        ByteOrder order,
        boolean columnMajor,
        List<Integer> shape,
        String descriptor) {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LONGEST_HEADER = 1 << 16;
    private static final int ALIGNMENT = 64;
    private static final Pattern DICTIONARY = Pattern.compile("\\{(.*)}\\s*", Pattern.DOTALL);
    private static final Pattern DESCRIPTOR = Pattern.compile("([<>|=]?)([a-zA-Z?])(\\d{0,9})");
    private static final Pattern ITEM = Pattern.compile(
            "\\s*'(?<key>\\w+)'\\s*:\\s*(?<value>'[^']*'|True|False|\\([\\d\\sL,]*\\)|\\[.*])\\s*(?:,|$)",
            Pattern.DOTALL);

    /** Copies the list. */
    public ArrayHeader {
        shape = List.copyOf(shape);
    }

    /** Bytes of one entry. */
    public int entrySize() {
        return type.size() * characters;
    }

    /** The length of the first axis, 1 for a single number. */
    public int examples() {
        return shape.isEmpty() ? 1 : shape.get(0);
    }

    /** Entries of one example. */
    public long entriesPerExample() {
        long entries = 1;
        for (int axis = 1; axis < shape.size(); axis++) {
            entries = Math.multiplyExact(entries, (long) shape.get(axis));
        }
        return entries;
    }

    /** Bytes of all entries. */
    public long dataSize() {
        return Math.multiplyExact(Math.multiplyExact(entriesPerExample(), (long) examples()), (long) entrySize());
    }

    /** The same for another number of examples. */
    public ArrayHeader withExamples(int examples) {
        List<Integer> other = new ArrayList<>(shape);
        other.set(0, examples);
        return new ArrayHeader(type, characters, order, columnMajor, other, descriptor);
    }

    /** The shape as NumPy writes it. */
    public String shapeText() {
        return "(" + shape.stream().map(String::valueOf).collect(Collectors.joining(", "))
                + (shape.size() == 1 ? ",)" : ")");
    }

    /**
     * Reads the header of the .npy format, versions 1 to 3.
     *
     * @param name the array, for messages
     * @throws InvalidInputException if it is damaged, or the array holds something else than numbers or fixed texts
     */
    public static ArrayHeader read(InputStream in, String name) throws IOException {
        byte[] start = in.readNBytes(MAGIC.length + 2);
        if (start.length < MAGIC.length + 2) {
            throw new EOFException(name + " ends before its header");
        }
        for (int index = 0; index < MAGIC.length; index++) {
            if (start[index] != MAGIC[index]) {
                throw new InvalidInputException(name + " is no NumPy array: it does not begin like one");
            }
        }
        int version = start[MAGIC.length];
        if (version < 1 || version > 3) {
            throw new InvalidInputException(
                    name + " is in version " + version + " of the .npy format, expected 1, 2 or 3");
        }
        byte[] lengthBytes = in.readNBytes(version == 1 ? 2 : 4);
        long length = 0;
        for (int index = lengthBytes.length - 1; index >= 0; index--) {
            length = (length << 8) | (lengthBytes[index] & 0xff);
        }
        if (length > LONGEST_HEADER) {
            throw new InvalidInputException(name + " has a header of " + length + " bytes, more than any array needs");
        }
        byte[] text = in.readNBytes((int) length);
        if (lengthBytes.length < (version == 1 ? 2 : 4) || text.length < length) {
            throw new EOFException(name + " ends within its header");
        }
        return parse(new String(text, version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1), name);
    }

    private static ArrayHeader parse(String text, String name) {
        Matcher dictionary = DICTIONARY.matcher(text);
        if (!dictionary.matches()) {
            throw damaged(name, text);
        }
        String descriptor = null;
        Boolean columnMajor = null;
        List<Integer> shape = null;
        String rest = dictionary.group(1);
        Matcher item = ITEM.matcher(rest);
        int position = 0;
        while (position < rest.length() && item.find(position) && item.start() == position) {
            String value = item.group("value");
            switch (item.group("key")) {
                case "descr" -> descriptor = value;
                case "fortran_order" -> columnMajor = value.equals("True");
                case "shape" -> shape = shape(value, name);
                default -> throw damaged(name, text);
            }
            position = item.end();
        }
        if (descriptor == null
                || columnMajor == null
                || shape == null
                || !rest.substring(position).isBlank()) {
            throw damaged(name, text);
        }
        return of(descriptor, columnMajor, shape, name);
    }

    private static ArrayHeader of(String quoted, boolean columnMajor, List<Integer> shape, String name) {
        if (quoted.startsWith("[")) {
            throw new InvalidInputException(
                    name + " holds records of several fields, expected numbers or texts; save each field as an array");
        }
        String descriptor = quoted.replace("'", "");
        Matcher matcher = DESCRIPTOR.matcher(descriptor);
        if (!matcher.matches()) {
            throw damaged(name, descriptor);
        }
        String kind = matcher.group(2) + matcher.group(3);
        boolean text = kind.startsWith("S") || kind.startsWith("U") || kind.startsWith("a");
        ElementType type =
                text ? (kind.startsWith("U") ? ElementType.CODE_POINTS : ElementType.BYTES) : type(kind, name);
        int characters = 1;
        if (text) {
            characters = matcher.group(3).isEmpty() ? 0 : Integer.parseInt(matcher.group(3));
            if (characters == 0 || characters > 1 << 20) {
                throw new InvalidInputException(
                        name + " holds texts of " + characters + " characters, expected 1 or more");
            }
        }
        ByteOrder order = matcher.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        ArrayHeader header = new ArrayHeader(type, characters, order, columnMajor, shape, descriptor);
        try {
            header.dataSize();
        } catch (ArithmeticException overflow) {
            throw new InvalidInputException(
                    name + " claims the shape " + header.shapeText()
                            + ", more than can exist; the file is damaged or made to mislead",
                    overflow);
        }
        return header;
    }

    private static ElementType type(String kind, String name) {
        return switch (kind) {
            case "b1", "?" -> ElementType.TRUTH;
            case "i1" -> ElementType.SIGNED_8;
            case "i2" -> ElementType.SIGNED_16;
            case "i4" -> ElementType.SIGNED_32;
            case "i8" -> ElementType.SIGNED_64;
            case "u1" -> ElementType.UNSIGNED_8;
            case "u2" -> ElementType.UNSIGNED_16;
            case "u4" -> ElementType.UNSIGNED_32;
            case "u8" -> ElementType.UNSIGNED_64;
            case "f2" -> ElementType.FLOAT_16;
            case "f4" -> ElementType.FLOAT_32;
            case "f8" -> ElementType.FLOAT_64;
            default -> throw unsupported(kind, name);
        };
    }

    private static InvalidInputException unsupported(String kind, String name) {
        if (kind.startsWith("O")) {
            return new InvalidInputException(name + " holds pickled Python objects, which are never read;"
                    + " save it with a numeric or a fixed text type, such as array.astype(str)");
        }
        return new InvalidInputException(name + " holds entries of NumPy type '" + kind
                + "', expected integers, floats of 16 to 64 bits, truth values or fixed texts; convert it with astype");
    }

    private static List<Integer> shape(String text, String name) {
        List<Integer> shape = new ArrayList<>();
        for (String part : text.substring(1, text.length() - 1).split(",", -1)) {
            String digits = part.strip().replace("L", "");
            if (digits.isEmpty()) {
                continue;
            }
            try {
                shape.add(Integer.parseInt(digits));
            } catch (NumberFormatException tooLong) {
                throw new InvalidInputException(
                        name + " claims the shape " + text
                                + ", an axis of at most 2147483647 can be read; the file is damaged, or too large",
                        tooLong);
            }
        }
        return shape;
    }

    private static InvalidInputException damaged(String name, String text) {
        String shown = text.length() <= 60 ? text : text.substring(0, 60) + "...";
        return new InvalidInputException(
                name + " has a damaged header: " + shown.replaceAll("\\s+", " ").strip());
    }

    /** Writes the header in the .npy format, as NumPy does. */
    public void write(OutputStream out) throws IOException {
        String text = String.format(
                Locale.ROOT,
                "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }",
                descriptor,
                columnMajor ? "True" : "False",
                shapeText());
        int lengthSize = text.length() < 0xff00 ? 2 : 4;
        int before = MAGIC.length + 2 + lengthSize;
        int padding = Math.floorMod(-(before + text.length() + 1), ALIGNMENT);
        int length = text.length() + padding + 1;
        out.write(MAGIC);
        out.write(lengthSize == 2 ? 1 : 2);
        out.write(0);
        for (int index = 0; index < lengthSize; index++) {
            out.write(length >>> (8 * index));
        }
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.write(" ".repeat(padding).getBytes(StandardCharsets.ISO_8859_1));
        out.write('\n');
    }
}
