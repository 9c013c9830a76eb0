package dev.assay.io.table;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.assay.data.InvalidInputException;
import dev.assay.io.file.InputFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The keys of the objects of a JSON file, which DuckDB does not tell apart where they differ in case only. */
public final class JsonKeys {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();
    /** What DuckDB makes of the second of two such keys. */
    private static final Pattern NUMBERED = Pattern.compile("(.*)_\\d+", Pattern.DOTALL);

    private JsonKeys() {}

    /** Whether DuckDB may have given a key another name. */
    static boolean mayCollide(List<String> described) {
        Set<String> known = new HashSet<>();
        described.forEach(name -> known.add(folded(name)));
        return described.stream().anyMatch(name -> {
            Matcher numbered = NUMBERED.matcher(name);
            return numbered.matches() && known.contains(folded(numbered.group(1)));
        });
    }

    /** Whether some names differ in case only. */
    public static boolean collide(Collection<String> names) {
        return names.stream().map(JsonKeys::folded).distinct().count() < names.size();
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** All keys in the order of their first appearance, each with a short name of its own. */
    static Map<String, String> of(InputFile file) throws IOException {
        Map<String, String> names = new LinkedHashMap<>();
        try (JsonRecords records = new JsonRecords(file)) {
            while (records.next()) {
                edit(file, records, (key, from, to) -> names.computeIfAbsent(key, other -> "k" + names.size()));
            }
        }
        return names;
    }

    /** Writes the same objects with other keys, one after the other; every other byte stays. */
    static void rename(InputFile file, Map<String, String> names, Path copy) throws IOException {
        try (JsonRecords records = new JsonRecords(file);
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(copy))) {
            while (records.next()) {
                int[] done = {0};
                edit(file, records, (key, from, to) -> {
                    out.write(records.buffer(), done[0], from - done[0]);
                    out.write(('"' + names.getOrDefault(key, key) + '"').getBytes(StandardCharsets.UTF_8));
                    done[0] = to;
                });
                out.write(records.buffer(), done[0], records.length() - done[0]);
                out.write('\n');
            }
        }
    }

    /** Takes a key and where it stands, its quotes included. */
    @FunctionalInterface
    private interface KeyVisitor {
        void visit(String key, int from, int to) throws IOException;
    }

    private static void edit(InputFile file, JsonRecords records, KeyVisitor visitor) throws IOException {
        try (JsonParser parser = FACTORY.createParser(records.buffer(), 0, records.length())) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                int from = (int) parser.currentTokenLocation().getByteOffset();
                visitor.visit(key, from, end(records.buffer(), from));
                parser.nextToken();
                parser.skipChildren();
            }
        } catch (JsonParseException malformed) {
            throw new InvalidInputException(
                    file.path() + " cannot be read: malformed JSON: " + malformed.getOriginalMessage(), malformed);
        }
    }

    private static int end(byte[] record, int from) {
        int at = from + 1;
        while (record[at] != '"') {
            at += record[at] == '\\' ? 2 : 1;
        }
        return at + 1;
    }
}
