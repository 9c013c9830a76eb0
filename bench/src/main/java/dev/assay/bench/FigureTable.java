package dev.assay.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The numbers of a figure: named columns, NaN where there is nothing to say. */
final class FigureTable {
    private final List<String> columns;
    private final List<double[]> rows = new ArrayList<>();

    FigureTable(String... columns) {
        this.columns = List.of(columns);
    }

    void add(double... row) {
        if (row.length != columns.size()) {
            throw new IllegalArgumentException(row.length + " values for " + columns.size() + " columns");
        }
        rows.add(row);
    }

    int size() {
        return rows.size();
    }

    double[] column(String name) {
        int index = columns.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException("no column " + name + " among " + columns);
        }
        return rows.stream().mapToDouble(row -> row[index]).toArray();
    }

    /** Whether a column has a number anywhere. */
    boolean hasNumbers(String name) {
        return Arrays.stream(column(name)).anyMatch(value -> !Double.isNaN(value));
    }

    /** Of the rows in which both columns have a number, the share in which they differ by at most that many of a third. */
    double shareWithin(String ours, String theirs, String deviation, double deviations) {
        double[] a = column(ours);
        double[] b = column(theirs);
        double[] unit = column(deviation);
        int known = 0;
        int within = 0;
        for (int i = 0; i < a.length; i++) {
            double distance = Math.abs(a[i] - b[i]) / unit[i];
            known += Double.isNaN(distance) ? 0 : 1;
            within += distance <= deviations ? 1 : 0;
        }
        return within / (double) known;
    }

    /** As CSV with a header line; NaN becomes an empty field. */
    void write(Path file) throws IOException {
        StringBuilder text = new StringBuilder(String.join(",", columns)).append('\n');
        for (double[] row : rows) {
            text.append(String.join(
                            ",", Arrays.stream(row).mapToObj(FigureTable::field).toList()))
                    .append('\n');
        }
        Files.writeString(file, text.toString(), StandardCharsets.UTF_8);
    }

    /** A number as CSV has it; empty for NaN. */
    static String field(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        return String.format(Locale.ROOT, "%.7g", value);
    }
}
