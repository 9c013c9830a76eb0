package dev.assay.app.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The schemas of openapi.json as types of TypeScript. */
final class TypeScript {
    private static final String HEAD = """
            // What the API of `assay serve` and report.json hold. Made from ../resources/dev/assay/app/web/openapi.json: change
            // that, and TypesOfTheApiTest says how to make this again.
            """;

    private TypeScript() {}

    static String of(JsonNode schemas) {
        return schemas.properties().stream()
                .map(schema -> "\n" + comment(schema.getValue(), "") + declaration(schema.getKey(), schema.getValue()))
                .collect(Collectors.joining("", HEAD, ""));
    }

    private static String declaration(String name, JsonNode schema) {
        if (schema.has("allOf")) {
            JsonNode parts = schema.path("allOf");
            return "export interface " + name + " extends " + ApiDescription.referred(parts.path(0)) + " "
                    + members(parts.path(1));
        }
        return schema.has("properties")
                ? "export interface " + name + " " + members(schema)
                : "export type " + name + " = " + type(schema) + ";\n";
    }

    private static String members(JsonNode schema) {
        List<String> required = ApiDescription.required(schema);
        StringBuilder text = new StringBuilder("{\n");
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            String name = property.getKey();
            text.append(comment(property.getValue(), "  "))
                    .append("  ")
                    .append(name)
                    .append(required.contains(name) ? ": " : "?: ")
                    .append(type(property.getValue()))
                    .append(";\n");
        }
        return text + "}\n";
    }

    private static String comment(JsonNode schema, String indent) {
        String description = schema.path("description").asText();
        return description.isEmpty() ? "" : indent + "/** " + description + " */\n";
    }

    private static String type(JsonNode schema) {
        if (schema.has("$ref")) {
            return ApiDescription.referred(schema);
        }
        if (schema.has("const")) {
            return literal(schema.path("const"));
        }
        List<String> choices = new ArrayList<>();
        if (schema.has("enum")) {
            schema.path("enum").forEach(value -> choices.add(literal(value)));
        } else if (schema.has("oneOf")) {
            schema.path("oneOf").forEach(choice -> choices.add(type(choice)));
        } else {
            Set<String> kinds = ApiDescription.kinds(schema);
            kinds.stream()
                    .filter(kind -> !kind.equals("null"))
                    .map(kind -> type(kind, schema))
                    .forEach(choices::add);
            if (kinds.contains("null")) {
                choices.add("null");
            }
        }
        return String.join(" | ", choices);
    }

    private static String type(String kind, JsonNode schema) {
        return switch (kind) {
            case "integer" -> "number";
            case "object" ->
                "Record<string, "
                        + (schema.path("additionalProperties").isObject()
                                ? type(schema.path("additionalProperties"))
                                : "any")
                        + ">";
            case "array" -> schema.has("prefixItems") ? tuple(schema.path("prefixItems")) : list(schema.path("items"));
            default -> kind;
        };
    }

    private static String list(JsonNode items) {
        String entry = type(items);
        return entry.contains(" | ") && !entry.endsWith("]") && !entry.endsWith(">")
                ? "(" + entry + ")[]"
                : entry + "[]";
    }

    private static String tuple(JsonNode items) {
        List<String> entries = new ArrayList<>();
        items.forEach(item -> entries.add(type(item)));
        return "[" + String.join(", ", entries) + "]";
    }

    private static String literal(JsonNode value) {
        return value.isTextual() ? "'" + value.asText() + "'" : value.toString();
    }
}
