package dev.assay.io.cell;

import dev.assay.data.Column;
import dev.assay.data.InvalidInputException;
import dev.assay.data.Note;
import dev.assay.data.Remedy;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Sees from the training data what the texts in its cells mean: what may be read in two ways is decided by the other values of
 * the column, then by the other columns of the file, then by the user.
 */
public final class FormFinder {
    /** Of so few values a category can be made whatever they mean. */
    private static final int FEW_VALUES = 10;

    private final CellSettings wanted;
    private final boolean refusing;
    private final List<Note> notes = new ArrayList<>();
    private final List<String> decimalCommas = new ArrayList<>();
    private final Map<String, DateOrder> dates = new LinkedHashMap<>();

    /**
     * For one file.
     *
     * @param refusing whether what nobody can decide is an error, not a note
     */
    public FormFinder(CellSettings wanted, boolean refusing) {
        this.wanted = wanted;
        this.refusing = refusing;
    }

    /**
     * A column as it was read.
     *
     * @param values texts, unless the file or its reader said that they are something else
     * @param whole whether they are numbers without decimals
     * @param asText whether texts are to stay texts
     */
    public record Found(Column values, boolean whole, boolean asText) {}

    /**
     * What the texts mean.
     *
     * @param columns the columns that were given, texts that mean numbers, dates or truth values turned into these
     */
    public record Forms(List<Column> columns, CellForms cells, List<Note> notes) {}

    /**
     * Looks at all columns together.
     *
     * @param labels the labels, which stay texts, or null
     * @throws InvalidInputException if a column may be read in two ways, neither is likelier and it matters, or the user asked
     *     for a reading that is not possible
     */
    public Forms find(List<Found> columns, Column.@Nullable Texts labels) {
        findMarks(columns, labels);
        findOrders(columns);
        CellForms cells = new CellForms(decimalCommas, dates, wanted.keepLabelMarkers());
        List<Column> result =
                columns.stream().map(column -> converted(column, cells)).toList();
        return new Forms(result, cells, notes);
    }

    private static Column converted(Found column, CellForms cells) {
        if (!(column.values() instanceof Column.Texts texts) || column.asText()) {
            return column.values();
        }
        List<String> values = present(texts);
        if (isNumbers(values, cells.decimalMark(texts.name()))) {
            return TextColumns.numbers(texts, cells);
        }
        if (values.stream().allMatch(value -> CellForms.truth(value) != null)) {
            return TextColumns.truths(texts);
        }
        return cells.dates().containsKey(texts.name()) ? TextColumns.moments(texts, cells) : texts;
    }

    /** The values that are no words for missing ones. */
    private static List<String> present(Column.Texts texts) {
        return texts.dictionary().stream()
                .filter(value -> !Numerals.isAbsent(value))
                .toList();
    }

    private static boolean isNumbers(List<String> values, DecimalMark mark) {
        return values.stream().allMatch(value -> Numerals.parse(value, mark).isPresent() && !Numerals.isPadded(value));
    }

    /** Numbers if, and only if, a comma stands before decimals, or between thousands. */
    private static boolean hasCommas(List<String> values) {
        return !isNumbers(values, DecimalMark.POINT) && isNumbers(values, DecimalMark.COMMA);
    }

    private static boolean mayBeThousands(List<String> values) {
        return values.stream().allMatch(value -> value.indexOf(',') < 0 || Numerals.mayBeThousands(value));
    }

    private void findMarks(List<Found> columns, Column.@Nullable Texts labels) {
        List<Column.Texts> undecided = new ArrayList<>();
        List<String> whole = new ArrayList<>();
        boolean points = false;
        for (Found column : columns) {
            if (column.values() instanceof Column.Texts texts && !column.asText()) {
                points |= findMark(texts, undecided, whole);
            } else if (column.values() instanceof Column.Numbers numbers) {
                points |= !column.whole();
                if (column.whole()) {
                    whole.add(numbers.name());
                }
            }
        }
        if (labels != null) {
            points |= findMark(labels, undecided, whole);
        }
        boolean fileOfCommas = wanted.decimalMark() == DecimalMark.COMMA || (!decimalCommas.isEmpty() && !points);
        for (Column.Texts column : undecided) {
            if (fileOfCommas) {
                decimalCommas.add(column.name());
            } else if (wanted.decimalMark() == null) {
                sayUndecided(column);
            }
        }
        if (fileOfCommas) {
            decimalCommas.addAll(whole);
        }
    }

    /** Says whether decimals follow a point; a comma that may be either is left undecided. */
    private boolean findMark(Column.Texts texts, List<Column.Texts> undecided, List<String> whole) {
        List<String> values = present(texts);
        if (!hasCommas(values)) {
            boolean numbers = isNumbers(values, DecimalMark.POINT);
            boolean points = numbers && values.stream().anyMatch(value -> value.indexOf('.') >= 0);
            if (numbers && !points) {
                whole.add(texts.name());
            }
            return points;
        }
        if (wanted.decimalMark() == DecimalMark.POINT) {
            return false;
        }
        if (mayBeThousands(values)) {
            undecided.add(texts);
        } else {
            decimalCommas.add(texts.name());
        }
        return false;
    }

    private void sayUndecided(Column.Texts column) {
        String example = first(column, value -> value.indexOf(',') >= 0);
        String both = "column '" + column.name() + "': each value, such as " + example
                + ", may be written with a decimal comma or with a comma between thousands";
        if (refusing
                && column.dictionary().size() > FEW_VALUES
                && 2 * column.dictionary().size() > column.size()) {
            throw new InvalidInputException(
                    both,
                    List.of(
                            Remedy.by("say so if they are decimals", "decimal", "comma"),
                            Remedy.of("take the commas out of the file")));
        }
        notes.add(new Note(
                both + "; it is taken as text",
                List.of(Remedy.by("take it as numbers if they are decimals", "decimal", "comma"))));
    }

    private static String first(Column.Texts column, Predicate<String> wanted) {
        return column.dictionary().stream().filter(wanted).findFirst().orElse("");
    }

    private void findOrders(List<Found> columns) {
        Map<Column.Texts, Set<DateOrder>> undecided = new LinkedHashMap<>();
        Set<DateOrder> others = EnumSet.noneOf(DateOrder.class);
        for (Found column : columns) {
            if (!(column.values() instanceof Column.Texts texts) || column.asText()) {
                continue;
            }
            Set<DateOrder> possible = Dates.possible(present(texts));
            boolean certain = possible.contains(DateOrder.YEAR_FIRST) || possible.contains(DateOrder.TIME_OF_DAY);
            if (certain) {
                dates.put(
                        texts.name(),
                        possible.contains(DateOrder.YEAR_FIRST) ? DateOrder.YEAR_FIRST : DateOrder.TIME_OF_DAY);
            } else if (possible.size() == 1) {
                DateOrder only = possible.iterator().next();
                requireAskedFor(texts, possible);
                dates.put(texts.name(), only);
                others.add(only);
            } else if (!possible.isEmpty()) {
                undecided.put(texts, possible);
            }
        }
        undecided.forEach((texts, possible) -> dates.put(texts.name(), order(texts, possible, others)));
    }

    private void requireAskedFor(Column.Texts texts, Set<DateOrder> possible) {
        DateOrder asked = wanted.dates();
        boolean eitherFirst = possible.contains(DateOrder.DAY_FIRST) || possible.contains(DateOrder.MONTH_FIRST);
        if (asked != null && eitherFirst && !possible.contains(asked)) {
            String example = first(
                    texts,
                    value -> !Numerals.isAbsent(value)
                            && Dates.parse(value, asked).isEmpty());
            throw new InvalidInputException(
                    "column '" + texts.name() + "' holds \"" + example + "\", expected " + asked.words()
                            + ", as asked for",
                    List.of(Remedy.of("correct it"), Remedy.by("let the dates tell their order", "dates", "auto")));
        }
    }

    private DateOrder order(Column.Texts texts, Set<DateOrder> possible, Set<DateOrder> others) {
        requireAskedFor(texts, possible);
        DateOrder asked = wanted.dates();
        if (asked != null && possible.contains(asked)) {
            return asked;
        }
        EnumSet<DateOrder> likely = EnumSet.copyOf(possible);
        likely.retainAll(others);
        if (likely.size() == 1) {
            return likely.iterator().next();
        }
        DateOrder taken = possible.contains(DateOrder.DAY_FIRST) ? DateOrder.DAY_FIRST : DateOrder.MONTH_FIRST;
        boolean either = possible.contains(DateOrder.MONTH_FIRST) && taken == DateOrder.DAY_FIRST;
        String example =
                first(texts, value -> Dates.parse(value, DateOrder.YEAR_FIRST).isEmpty() && !Numerals.isAbsent(value));
        notes.add(new Note(
                "column '" + texts.name() + "': each date, such as " + example + ", may be read in "
                        + (either ? "two ways" : "several ways") + "; the "
                        + (taken == DateOrder.DAY_FIRST ? "day" : "month") + " is taken to come first",
                either ? List.of(Remedy.by("say if it is the month", "dates", "month-first")) : List.of()));
        return taken;
    }
}
