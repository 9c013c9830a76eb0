package dev.assay.app.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** openapi.json, taken at its word: what it names as required is there, and what it does not name is not. */
final class ApiDescription {
    private static final String REFERENCE = "#/components/schemas/";
    private static final Pattern SENT_AS_IT_IS = Pattern.compile("/(record|report\\.json)$");
    private static final JsonNode TREE =
            Served.json(new String(StaticFiles.bytes("openapi.json"), StandardCharsets.UTF_8));

    private ApiDescription() {}

    static JsonNode schemas() {
        return TREE.at("/components/schemas");
    }

    /** The schema of this name. */
    static JsonNode schema(String name) {
        JsonNode schema = schemas().path(name);
        if (schema.isMissingNode()) {
            throw new AssertionError("openapi.json has no schema " + name);
        }
        return schema;
    }

    /** The name that a schema refers to, or nothing. */
    static String referred(JsonNode schema) {
        String reference = schema.path("$ref").asText();
        return reference.startsWith(REFERENCE) ? reference.substring(REFERENCE.length()) : "";
    }

    /** The kinds of value that a schema allows, by the words of JSON Schema. */
    static Set<String> kinds(JsonNode schema) {
        Set<String> kinds = new TreeSet<>();
        JsonNode type = schema.path("type");
        type.forEach(kind -> kinds.add(kind.asText()));
        if (type.isTextual()) {
            kinds.add(type.asText());
        }
        return kinds;
    }

    static List<String> required(JsonNode schema) {
        return StreamSupport.stream(schema.path("required").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /**
     * Checks an answer of the API: its status is described, and so is everything in it. Files that are sent as they lie in the
     * folder, damaged or not, are left out.
     */
    static void requireFit(String method, String path, int status, String contentType, String body) {
        JsonNode operation = operation(path).path(method.toLowerCase(Locale.ROOT));
        if (operation.isMissingNode()
                || (status == 200 && SENT_AS_IT_IS.matcher(path).find())) {
            return;
        }
        JsonNode answer = operation.path("responses").path(Integer.toString(status));
        String reference = answer.path("$ref").asText("#");
        JsonNode response = TREE.at(reference.substring(1)).isMissingNode() || reference.equals("#")
                ? answer
                : TREE.at(reference.substring(1));
        String type = contentType.split(";", 2)[0];
        List<String> misfits = new ArrayList<>();
        if (response.isMissingNode()) {
            misfits.add("the status is not described");
        } else if (type.equals("application/json") && response.path("content").has(type)) {
            check(Served.json(body), response.path("content").path(type).path("schema"), "", misfits);
        }
        require(misfits, method + " " + path + " answered " + status + " " + body);
    }

    /** Checks a value that a schema of this name describes. */
    static void requireFit(String schema, JsonNode value) {
        List<String> misfits = new ArrayList<>();
        check(value, schema(schema), "", misfits);
        require(misfits, schema);
    }

    private static void require(List<String> misfits, String what) {
        if (!misfits.isEmpty()) {
            throw new AssertionError("not as openapi.json describes it: "
                    + String.join("; ", misfits.subList(0, Math.min(10, misfits.size()))) + "; in "
                    + what.substring(0, Math.min(2000, what.length())));
        }
    }

    /** The path as it is described; one that is written out goes before one with a place to fill. */
    private static JsonNode operation(String path) {
        JsonNode filled = TREE.path("paths").path(path);
        for (Map.Entry<String, JsonNode> described : TREE.path("paths").properties()) {
            if (filled.isMissingNode()
                    && path.matches(described.getKey().replace(".", "\\.").replaceAll("\\{\\w+}", "[^/]+"))) {
                filled = described.getValue();
            }
        }
        return filled;
    }

    private static void check(JsonNode value, JsonNode schema, String place, List<String> misfits) {
        if (schema.has("$ref")) {
            check(value, schema(referred(schema)), place, misfits);
        } else if (schema.has("oneOf")) {
            oneOf(value, schema.path("oneOf"), place, misfits);
        } else if (schema.has("const") || schema.has("enum")) {
            boolean known = schema.path("const").equals(value);
            for (JsonNode allowed : schema.path("enum")) {
                known |= allowed.equals(value);
            }
            if (!known) {
                misfits.add(place + " is " + value);
            }
        } else if (schema.has("allOf") || schema.has("properties")) {
            object(value, schema, place, misfits);
        } else if (schema.has("type") && kinds(schema).stream().noneMatch(kind -> isOf(value, kind))) {
            misfits.add(place + " is " + value + ", expected " + kinds(schema));
        } else {
            parts(value, schema, place, misfits);
        }
    }

    private static void oneOf(JsonNode value, JsonNode choices, String place, List<String> misfits) {
        List<String> first = new ArrayList<>();
        for (JsonNode choice : choices) {
            List<String> found = new ArrayList<>();
            check(value, choice, place, found);
            if (found.isEmpty()) {
                return;
            }
            if (first.isEmpty()) {
                first.addAll(found);
            }
        }
        misfits.addAll(first);
    }

    private static void object(JsonNode value, JsonNode schema, String place, List<String> misfits) {
        if (!value.isObject()) {
            if (!(value.isNull() && kinds(schema).contains("null"))) {
                misfits.add(place + " is " + value + ", expected an object");
            }
            return;
        }
        List<JsonNode> layers = new ArrayList<>(List.of(schema));
        schema.path("allOf").forEach(part -> layers.add(part.has("$ref") ? schema(referred(part)) : part));
        Set<String> unknown = new TreeSet<>();
        value.fieldNames().forEachRemaining(unknown::add);
        for (JsonNode layer : layers) {
            for (String name : required(layer)) {
                if (!value.has(name)) {
                    misfits.add(place + "/" + name + " is missing");
                }
            }
            for (Map.Entry<String, JsonNode> property : layer.path("properties").properties()) {
                if (unknown.remove(property.getKey())) {
                    check(value.get(property.getKey()), property.getValue(), place + "/" + property.getKey(), misfits);
                }
            }
        }
        unknown.forEach(name -> misfits.add(place + "/" + name + " is not described"));
    }

    /** Entries of lists and of objects whose names are data. */
    private static void parts(JsonNode value, JsonNode schema, String place, List<String> misfits) {
        JsonNode entries = schema.path(value.isObject() ? "additionalProperties" : "items");
        if (value.isObject() && entries.isObject()) {
            value.properties()
                    .forEach(entry -> check(entry.getValue(), entries, place + "/" + entry.getKey(), misfits));
        }
        JsonNode places = schema.path("prefixItems");
        if (value.isArray() && places.isArray() && places.size() != value.size()) {
            misfits.add(place + " has " + value.size() + " entries, expected " + places.size());
        } else if (value.isArray() && (places.isArray() || entries.isObject())) {
            for (int i = 0; i < value.size(); i++) {
                check(value.get(i), places.isArray() ? places.get(i) : entries, place + "/" + i, misfits);
            }
        }
    }

    private static boolean isOf(JsonNode value, String kind) {
        return switch (kind) {
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "array" -> value.isArray();
            case "object" -> value.isObject();
            case "null" -> value.isNull();
            default -> throw new AssertionError("openapi.json has a type " + kind);
        };
    }
}
