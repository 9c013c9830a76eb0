package dev.assay.io.table;

import dev.assay.data.Remedy;
import dev.assay.io.cell.Numerals;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What the names of columns say about how a text table is written.
 *
 * @param dataLike names that are numbers
 * @param spaced whether the only name is several words: spaces may separate the fields
 */
record HeaderHint(List<String> dataLike, boolean spaced) {
    private static final int SHOWN = 3;

    static HeaderHint of(List<String> names) {
        List<String> dataLike = names.stream().filter(HeaderHint::isNumber).toList();
        boolean spaced = names.size() == 1 && names.get(0).strip().split("\\s+").length > 1;
        // columns that were numbered by their place are no data
        return new HeaderHint(isNumbering(names) ? List.of() : dataLike, spaced);
    }

    /** What to do if a column is not there. */
    List<Remedy> remedies() {
        if (spaced) {
            return List.of(Remedy.of("if spaces separate its fields, write it again with commas or tabs"));
        }
        return dataLike.isEmpty() ? List.of() : List.of(noHeader());
    }

    /** Whether some name is a number that hardly anybody gives as a name, unlike 2 or 2021. */
    boolean looksLikeData() {
        return dataLike.stream().anyMatch(name -> name.chars().anyMatch(c -> c == '.' || c == ',' || c == '-'));
    }

    /** The first line in a few words. */
    String shown() {
        return String.join(", ", dataLike.subList(0, Math.min(SHOWN, dataLike.size())));
    }

    /** Reading the file without a header. */
    static Remedy noHeader() {
        return Remedy.by(
                "if the first line is data and not names, say so and name the columns 1, 2, ...", "header", "no");
    }

    static boolean isNumber(String name) {
        OptionalDouble number = Numerals.parse(name);
        return number.isPresent() && Double.isFinite(number.getAsDouble());
    }

    private static boolean isNumbering(List<String> names) {
        for (int column = 0; column < names.size(); column++) {
            if (!names.get(column).equals(Integer.toString(column + 1))) {
                return false;
            }
        }
        return true;
    }
}
