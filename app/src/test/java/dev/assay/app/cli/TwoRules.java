package dev.assay.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** A table of two sites that label by different rules; feature where tells the sites apart. */
final class TwoRules {
    private static final double SOUTH = 0.4;
    private static final int FEATURES = 10;

    private TwoRules() {}

    /** Columns name, x0 to x9, where, colour, site, y; labels Yes and no. */
    static Path write(Path file, int rows, long seed) throws IOException {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder("name,");
        for (int j = 0; j < FEATURES; j++) {
            text.append('x').append(j).append(',');
        }
        text.append("where,colour,site,y\n");
        for (int i = 0; i < rows; i++) {
            text.append('n').append(i).append(',');
            boolean south = random.nextDouble() < SOUTH;
            double sum = 0.3 * random.nextGaussian();
            for (int j = 0; j < FEATURES; j++) {
                double x = random.nextGaussian();
                // the sites weigh neighbouring features in opposite ways
                sum += (south && j % 2 == 0 ? -2 : 2) * x;
                text.append(String.format(Locale.ROOT, "%.5f,", x));
            }
            text.append(String.format(
                    Locale.ROOT,
                    "%.5f,%s,%s,%s%n",
                    random.nextGaussian() + (south ? 4 : 0),
                    List.of("red", "blue", "green").get(random.nextInt(3)),
                    south ? "south" : "north",
                    sum > 0 ? "Yes" : "no"));
        }
        return Files.writeString(file, text.toString().replace("\r\n", "\n"));
    }

    /** The same file without some of its columns. */
    static Path without(Path file, Path copy, String... columns) throws IOException {
        List<String> lines = Files.readAllLines(file);
        List<String> header = List.of(lines.get(0).split(",", -1));
        List<String> kept = new ArrayList<>();
        for (String line : lines) {
            String[] cells = line.split(",", -1);
            List<String> row = new ArrayList<>();
            for (int column = 0; column < cells.length; column++) {
                if (!Arrays.asList(columns).contains(header.get(column))) {
                    row.add(cells[column]);
                }
            }
            kept.add(String.join(",", row));
        }
        return Files.writeString(copy, String.join("\n", kept) + "\n");
    }

    /** The rows of a table of results, by the names of the columns. */
    static List<Map<String, String>> csv(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        String[] header = lines.get(0).split(",", -1);
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            Map<String, String> row = new LinkedHashMap<>();
            for (int column = 0; column < header.length; column++) {
                row.put(header[column], cells[column]);
            }
            rows.add(row);
        }
        return rows;
    }
}
