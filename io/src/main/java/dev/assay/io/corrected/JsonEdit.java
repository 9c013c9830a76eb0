package dev.assay.io.corrected;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.assay.data.InvalidInputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Puts another value in the place of one of an object's, and leaves every other byte as it is. */
final class JsonEdit {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");

    private JsonEdit() {}

    /**
     * The object with another value.
     *
     * @param object its bytes
     * @param key of the value
     * @param text the new value: a number or a truth value where the old one was and it can be, else a text
     * @throws InvalidInputException if the object has no such key
     */
    static byte[] withValue(byte[] object, String key, String text) throws IOException {
        try (JsonParser parser = FACTORY.createParser(object)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean here = parser.currentName().equals(key);
                JsonToken value = parser.nextToken();
                int from = (int) parser.currentTokenLocation().getByteOffset();
                if (value.isStructStart()) {
                    parser.skipChildren();
                } else {
                    parser.finishToken();
                }
                if (here) {
                    int to = value.isScalarValue()
                            ? end(object, from)
                            : (int) parser.currentLocation().getByteOffset();
                    ByteArrayOutputStream out = new ByteArrayOutputStream();
                    out.write(object, 0, from);
                    out.writeBytes(literal(value, text).getBytes(StandardCharsets.UTF_8));
                    out.write(object, to, object.length - to);
                    return out.toByteArray();
                }
            }
        }
        throw new InvalidInputException("an object has no value '" + key + "': the file was changed since the run");
    }

    /** Where the text, number or word that begins there ends. */
    private static int end(byte[] object, int from) {
        int at = from;
        if (object[at] == '"') {
            at++;
            while (object[at] != '"') {
                at += object[at] == '\\' ? 2 : 1;
            }
            return at + 1;
        }
        while (at < object.length && ",}] \t\r\n".indexOf(object[at]) < 0) {
            at++;
        }
        return at;
    }

    private static String literal(JsonToken old, String text) {
        boolean number = old.isNumeric() && NUMBER.matcher(text).matches();
        boolean truth = old.isBoolean() && (text.equals("true") || text.equals("false"));
        return number || truth
                ? text
                : "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }
}
