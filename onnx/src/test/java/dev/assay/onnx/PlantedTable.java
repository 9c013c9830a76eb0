package dev.assay.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A table with every kind of column, whose labels follow one rule at site north and another one at site south.
 *
 * @param columns the cells of each column: numbers, texts, truth values, points in time, or null where one is missing
 */
record PlantedTable(Map<String, List<@Nullable Object>> columns) {
    private static final LocalDateTime START = LocalDateTime.of(2023, 11, 5, 6, 30);
    private static final int MINUTES = 500 * 24 * 60;

    static PlantedTable of(int rows, long seed) {
        Random random = new Random(seed);
        PlantedTable table = new PlantedTable(new LinkedHashMap<>());
        for (int row = 0; row < rows; row++) {
            boolean north = random.nextInt(5) > 1;
            double number = random.nextGaussian();
            double other = 1000 + 3 * random.nextGaussian();
            double score = (north ? 1 : -1) * (number + (other - 1000) / 3) + 0.1 * random.nextGaussian();
            table.add("number", random.nextInt(9) == 0 ? null : number);
            table.add("label", other);
            table.add("when", random.nextInt(11) == 0 ? null : START.plusMinutes(random.nextInt(MINUTES)));
            table.add("flag", random.nextInt(8) == 0 ? null : random.nextBoolean());
            table.add("sure", random.nextBoolean());
            table.add("colour", colour(random, north));
            table.add("code", random.nextInt(10) == 0 ? null : random.nextInt(4));
            table.add("only", random.nextInt(5) == 0 ? null : "always");
            table.add("site", north ? "north" : "south");
            table.add("two", score > 0 ? "yes" : "no");
            table.add("three", score > 0.8 ? "high" : score < -0.8 ? "low" : "so-so");
            table.add("amount", 250 + 40 * score);
        }
        return table;
    }

    private static @Nullable Object colour(Random random, boolean north) {
        return switch (random.nextInt(5)) {
            case 0 -> null;
            case 1 -> "rare" + random.nextInt(30);
            case 2 -> north ? "gr, \"een" : "blue";
            case 3 -> "red";
            default -> "blue";
        };
    }

    /** Rows as nobody saw them in training: gaps, levels and codes that are new, far dates, large numbers. */
    PlantedTable withOddRows() {
        List<LocalDateTime> dates = List.of(
                LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_999_000),
                LocalDateTime.of(1970, 1, 1, 0, 0),
                LocalDateTime.of(2000, 2, 29, 12, 0),
                LocalDateTime.of(2000, 3, 1, 0, 0),
                LocalDateTime.of(1900, 2, 28, 1, 2, 3),
                LocalDateTime.of(2100, 12, 31, 23, 0));
        for (LocalDateTime date : dates) {
            add(-2.5, 1e6, date, false, true, "never seen", 77, "always", "east");
        }
        add(null, null, null, null, null, null, null, null, null);
        add(1e3, 1003.0, START, true, null, "Blue", 2.5, "else", "north");
        add(0.0, 998.0, null, true, false, "red", 0, null, "south");
        return this;
    }

    private void add(@Nullable Object... cells) {
        List<String> names = List.copyOf(columns.keySet());
        for (int column = 0; column < cells.length; column++) {
            add(names.get(column), cells[column]);
        }
        for (String label : List.of("two", "three", "amount")) {
            add(label, null);
        }
    }

    private void add(String column, @Nullable Object cell) {
        columns.computeIfAbsent(column, name -> new ArrayList<>()).add(cell);
    }

    int rows() {
        return columns.values().iterator().next().size();
    }

    Path write(Path file) throws IOException {
        StringBuilder csv = new StringBuilder(String.join(",", columns.keySet())).append('\n');
        for (int row = 0; row < rows(); row++) {
            int at = row;
            csv.append(columns.values().stream()
                            .map(cells -> text(cells.get(at)))
                            .collect(Collectors.joining(",")))
                    .append('\n');
        }
        return Files.writeString(file, csv);
    }

    private static String text(@Nullable Object cell) {
        if (cell == null) {
            return "";
        }
        if (cell instanceof Double number) {
            return String.format(Locale.ROOT, "%.17g", number);
        }
        String text = cell.toString();
        return text.contains(",") ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
    }
}
