package dev.assay.app.cli;

import picocli.CommandLine.ITypeConverter;

/** One name in a list of columns: after a backslash a comma, or another backslash, belongs to the name. */
final class ColumnName implements ITypeConverter<String> {
    /** What separates two names. */
    static final String COMMA = "(?<!\\\\),";

    @Override
    public String convert(String text) {
        return text.replaceAll("\\\\([\\\\,])", "$1");
    }
}
