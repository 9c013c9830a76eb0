package dev.assay.app.web;

import java.util.regex.Pattern;

/**
 * Texts of users in tables that are made to be opened in a spreadsheet: one that would be taken for a formula gets an
 * apostrophe in front. Numbers stay as they are.
 */
final class SpreadsheetText {
    /** What spreadsheets take for the beginning of a formula; the apostrophe itself, so that it can be taken off again. */
    private static final String FORMULA = "=+-@\t\r\n'";

    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

    private SpreadsheetText() {}

    /** The text as no spreadsheet takes it for a formula. */
    static String safe(String text) {
        boolean formula = !text.isEmpty()
                && FORMULA.indexOf(text.charAt(0)) >= 0
                && !NUMBER.matcher(text).matches();
        return formula ? "'" + text : text;
    }

    /** The text that was made safe. */
    static String plain(String safe) {
        return safe.startsWith("'") ? safe.substring(1) : safe;
    }
}
