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

/** A table of two sites that label by opposite rules; feature where says something about the site. */
final class TwoRules {
    private static final double SOUTH = 0.4;

    private TwoRules() {}

    /** Columns name, a, b, where, colour, site, y; labels Yes and no. */
    static Path write(Path file, int rows, long seed) throws IOException {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder("name,a,b,where,colour,site,y\n");
        for (int i = 0; i < rows; i++) {
            boolean south = random.nextDouble() < SOUTH;
            double a = random.nextGaussian();
            double b = random.nextGaussian();
            double where = random.nextGaussian() + (south ? 4 : 0);
            boolean label = (south ? -1 : 1) * (3 * a - 2 * b) + 0.3 * random.nextGaussian() > 0;
            text.append(String.format(
                    Locale.ROOT,
                    "n%d,%.5f,%.5f,%.5f,%s,%s,%s%n",
                    i,
                    a,
                    b,
                    where,
                    List.of("red", "blue", "green").get(random.nextInt(3)),
                    south ? "south" : "north",
                    label ? "Yes" : "no"));
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
