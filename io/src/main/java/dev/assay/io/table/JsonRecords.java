package dev.assay.io.table;

import dev.assay.data.InvalidInputException;
import dev.assay.io.file.InputFile;
import java.io.IOException;

/** The objects of a JSON file: the elements of one array, or objects one after the other, each on its line or not. */
public final class JsonRecords extends RecordSplitter {

    private boolean first = true;
    private boolean inArray;

    public JsonRecords(InputFile file) {
        super(file);
    }

    @Override
    public boolean next() throws IOException {
        length = 0;
        int value = bytes.next();
        while (value >= 0) {
            if (first && value == '[') {
                inArray = true;
            } else if (value == '{') {
                first = false;
                object();
                return true;
            } else if (inArray && value == ']') {
                inArray = false;
            } else if (!isBetween(value)) {
                throw new InvalidInputException(
                        file.path() + ", line " + bytes.line() + ": '" + (char) value
                                + "' where a JSON object was expected; the file must be an array of objects, or one object per line");
            }
            if (value == '[' || value == '{') {
                first = false;
            }
            value = bytes.next();
        }
        if (inArray) {
            throw new InvalidInputException(file.path() + " is truncated: its JSON array is never closed");
        }
        return false;
    }

    /** Spaces, commas and the byte order mark. */
    private static boolean isBetween(int value) {
        return value <= ' ' || value == ',' || value == 0xef || value == 0xbb || value == 0xbf;
    }

    private void object() throws IOException {
        line = bytes.line();
        append('{');
        int depth = 1;
        boolean inText = false;
        while (depth > 0) {
            int value = bytes.next();
            if (value < 0) {
                throw new InvalidInputException(file.path() + " is truncated: the JSON object that begins in line "
                        + line + " is never closed");
            }
            append(value);
            if (inText && value == '\\') {
                append(bytes.next());
            } else if (value == '"') {
                inText = !inText;
            } else if (!inText && value == '{') {
                depth++;
            } else if (!inText && value == '}') {
                depth--;
            }
        }
    }
}
