package dev.assay.io.table;

import java.util.List;

/**
 * A column as a table file has it.
 *
 * @param name its exact name
 * @param key the name that DuckDB knows it by
 * @param type its DuckDB type
 * @param textType the type to read it as where its exact text is wanted
 */
public record TableColumn(String name, String key, String type, String textType) {

    private static final List<String> NUMBERS = List.of(
            "TINYINT",
            "SMALLINT",
            "INTEGER",
            "BIGINT",
            "HUGEINT",
            "UTINYINT",
            "USMALLINT",
            "UINTEGER",
            "UBIGINT",
            "UHUGEINT",
            "BIGNUM",
            "FLOAT",
            "DOUBLE");

    /** What the values are. */
    public enum Kind {
        NUMBER,
        TEXT,
        TRUTH,
        TIME,
        /** Lists, structures, bytes. */
        OTHER
    }

    public Kind kind() {
        if (type.endsWith("]") || type.startsWith("STRUCT") || type.startsWith("MAP")) {
            return Kind.OTHER;
        }
        if (NUMBERS.contains(type) || type.startsWith("DECIMAL")) {
            return Kind.NUMBER;
        }
        if (type.equals("BOOLEAN")) {
            return Kind.TRUTH;
        }
        if (type.startsWith("TIME") || type.equals("DATE")) {
            return Kind.TIME;
        }
        if (type.equals("VARCHAR") || type.equals("JSON") || type.equals("UUID") || type.startsWith("ENUM")) {
            return Kind.TEXT;
        }
        return Kind.OTHER;
    }

    /** Whether its numbers have no decimals, by their type. */
    public boolean isWhole() {
        return kind() == Kind.NUMBER && !type.equals("FLOAT") && !type.equals("DOUBLE") && !type.startsWith("DECIMAL");
    }

    /** The SQL for its values: doubles, texts, truth values or microseconds. */
    public String value() {
        String identifier = DuckDatabase.identifier(key);
        return switch (kind()) {
            case NUMBER -> "CAST(" + identifier + " AS DOUBLE)";
            case TRUTH -> identifier;
            case TIME -> "epoch_us(" + identifier + ")";
            case TEXT -> type.equals("JSON") ? identifier + "->>'$'" : "CAST(" + identifier + " AS VARCHAR)";
            case OTHER -> throw new IllegalStateException("column '" + name + "' of type " + type + " has no values");
        };
    }

    /** The SQL for its exact text. */
    public String text() {
        String identifier = DuckDatabase.identifier(key);
        return textType.equals("JSON") ? identifier + "->>'$'" : "CAST(" + identifier + " AS VARCHAR)";
    }
}
