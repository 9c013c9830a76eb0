package dev.assay.app.web.http;

import java.util.regex.Pattern;

/**
 * Texts of users in tables that are made to be opened in a spreadsheet: one that would be taken for a formula gets an
 * apostrophe in front. Numbers stay as they are.
 */
public final class SpreadsheetText {
    /** What spreadsheets take for the beginning of a formula; the apostrophe itself, so that it can be taken off again. */
    private static final String FORMULA = "=+-@\t\r\n'";

    /** The place between what some spreadsheets take for the end of a cell and the beginning of a formula. */
    private static final Pattern AFTER_SEPARATOR = Pattern.compile("(?<=[;\\t\\r\\n])(?=[=+@-])");

    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

    private SpreadsheetText() {}

    /** The text as no spreadsheet takes it for a formula. */
    public static String safe(String text) {
        boolean formula = !text.isEmpty()
                && FORMULA.indexOf(text.charAt(0)) >= 0
                && !NUMBER.matcher(text).matches();
        return formula ? "'" + text : text;
    }

    /** A cell of a file, within: where a semicolon or a tab ends a cell in the reader's country, more than one is safe. */
    static String safeCell(String text) {
        return safeInside(safe(text));
    }

    /** What follows the beginning of a cell. */
    static String safeInside(String text) {
        return AFTER_SEPARATOR.matcher(text).replaceAll("'");
    }

    /** The text that was made safe. */
    public static String plain(String safe) {
        return safe.startsWith("'") ? safe.substring(1) : safe;
    }
}
