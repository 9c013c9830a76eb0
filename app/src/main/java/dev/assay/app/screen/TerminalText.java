package dev.assay.app.screen;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/**
 * Text for a terminal. Names, labels and values come from files, and a terminal obeys what is hidden in them: so every character
 * that is not there to be seen is written as its number, such as {@code \u001b} for the one that begins an escape sequence.
 */
public final class TerminalText {
    private TerminalText() {}

    /** A writer to the terminal that lets no command of a text through; lines and tabs stay. */
    public static PrintWriter writer(PrintWriter out) {
        return new PrintWriter(new Escaping(out), true);
    }

    /** A text that is to stay in one line. */
    public static String line(String text) {
        StringBuilder result = new StringBuilder();
        for (int at = 0; at < text.length(); at++) {
            appendTo(result, text.charAt(at), false);
        }
        return result.toString();
    }

    /** A text of several lines. */
    public static String lines(String text) {
        StringBuilder result = new StringBuilder();
        for (int at = 0; at < text.length(); at++) {
            appendTo(result, text.charAt(at), true);
        }
        return result.toString();
    }

    /** A value as a shell takes it. */
    public static String quoted(String value) {
        return value.matches("[\\p{L}\\p{N}_./,%+-]*") ? value : "'" + value.replace("'", "'\\''") + "'";
    }

    private static void appendTo(StringBuilder result, char character, boolean lines) {
        if (isSeen(character) || (lines && isLayout(character))) {
            result.append(character);
        } else {
            result.append("\\u");
            for (int shift = 12; shift >= 0; shift -= 4) {
                result.append(Character.forDigit(character >> shift & 15, 16));
            }
        }
    }

    private static boolean isLayout(char character) {
        return character == '\t' || System.lineSeparator().indexOf(character) >= 0 || character == '\n';
    }

    /** Neither a control character nor one that turns the direction of writing around or breaks the line. */
    private static boolean isSeen(char character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            // joiners are parts of words in some languages
            case Character.FORMAT -> character == '\u200c' || character == '\u200d';
            default -> true;
        };
    }

    private static final class Escaping extends FilterWriter {
        Escaping(Writer out) {
            super(out);
        }

        @Override
        public void write(int character) throws IOException {
            out.write(lines(String.valueOf((char) character)));
        }

        @Override
        public void write(char[] characters, int offset, int length) throws IOException {
            write(new String(characters, offset, length), 0, length);
        }

        @Override
        public void write(String characters, int offset, int length) throws IOException {
            out.write(lines(characters.substring(offset, offset + length)));
        }
    }
}
