package dev.assay.app.screen;

import dev.assay.io.result.RunDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Text for one screen: titled paragraphs and tables, at most {@link #WIDTH} columns wide where words can be broken. */
public final class Screen {
    static final int WIDTH = 100;
    private static final int INDENT = 2;

    private final StringBuilder text = new StringBuilder();

    /** A title, after an empty line unless it comes first. */
    public Screen title(String title) {
        if (text.length() > 0) {
            text.append('\n');
        }
        text.append(title).append('\n');
        return this;
    }

    /** An indented paragraph, broken between words. */
    public Screen line(String paragraph) {
        StringBuilder line = new StringBuilder();
        for (String word : paragraph.split(" ", -1)) {
            if (line.length() > 0 && INDENT + line.length() + 1 + word.length() > WIDTH) {
                append(line.toString());
                // what goes on is set in further than what begins
                line.setLength(0);
                line.append("  ");
            }
            if (line.length() > 0 && !line.toString().isBlank()) {
                line.append(' ');
            }
            line.append(word);
        }
        append(line.toString());
        return this;
    }

    /** Rows of cells in columns, each as wide as its widest cell; numbers to the right, empty columns left out. */
    Screen table(List<List<String>> rows) {
        List<Integer> widths = new ArrayList<>();
        for (List<String> row : rows) {
            for (int column = 0; column < row.size(); column++) {
                int width = row.get(column).codePointCount(0, row.get(column).length());
                if (column == widths.size()) {
                    widths.add(width);
                }
                widths.set(column, Math.max(widths.get(column), width));
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                if (widths.get(column) == 0) {
                    continue;
                }
                String cell = row.get(column);
                String space = " ".repeat(widths.get(column) - cell.codePointCount(0, cell.length()));
                line.append(column == 0 ? "" : "  ");
                line.append(isNumber(cell) ? space + cell : cell + space);
            }
            append(line.toString());
        }
        return this;
    }

    /** The names of files that were written into one folder; nothing where there are none. */
    public Screen files(List<Path> files) {
        if (!files.isEmpty()) {
            title("Files in " + files.get(0).toAbsolutePath().getParent());
            line(files.stream().map(file -> String.valueOf(file.getFileName())).collect(Collectors.joining("  ")));
            files.stream()
                    .filter(file -> file.endsWith(RunDirectory.REPORT))
                    .forEach(file -> line("Look at all of it in a browser: " + file.toAbsolutePath()));
        }
        return this;
    }

    /** That there is more to know. */
    Screen more() {
        return title("Why, and how sure? Add --explain, or see report.html of a run with --out.");
    }

    private void append(String line) {
        text.append(" ".repeat(INDENT))
                .append(TerminalText.line(line.stripTrailing()))
                .append('\n');
    }

    private static boolean isNumber(String cell) {
        return !cell.isEmpty() && cell.chars().allMatch(c -> "0123456789.,-+eE%<> ".indexOf(c) >= 0);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
