package dev.assay.data;

import dev.assay.data.text.TextFeatures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides how each column of a table becomes features, and fits what the decision needs.
 *
 * <ul>
 *   <li>Numbers are centred by their weighted mean and divided by their weighted (population) standard deviation. Numbers
 *       with two different values become 0 and 1. At least 16 whole-number columns of one family and one range, such as
 *       pixels, are divided by one common standard deviation instead.
 *   <li>Truth values become 0 and 1 and are not standardised, like the features of a category.
 *   <li>Categories become one feature of 0 and 1 for each level, two-level ones too: the ridge makes that well-posed, and an
 *       unseen level is then 0 everywhere. Levels with fewer than 5 rows (fewer in small tables), and those beyond the
 *       100 most frequent, share one feature.
 *   <li>Whole numbers with 3 to 12 levels that lie close together, at least 25 rows per level, are taken as coded
 *       categories. Columns whose names differ only in a number (V1, V2, ...) are one family and decide by majority, so
 *       that the dark pixels of an image are not taken for categories among the others.
 *   <li>Dates and times become days, standardised, and the cosine and sine of month, weekday and hour where they vary.
 *   <li>Missing values are imputed by the mean and marked by a feature of their own.
 *   <li>Free text, where it is said to be that, becomes {@link TextFeatures}; otherwise it is refused.
 *   <li>Columns that never vary are left out with a note.
 * </ul>
 */
public final class TableEncoder {

    private static final int MAXIMUM_CODED_LEVELS = 12;
    private static final int ROWS_PER_CODED_LEVEL = 25;
    private static final int MAXIMUM_LEVELS = 100;
    private static final int RARE = 5;
    private static final int FAMILY_OF_ONE_SCALE = 16;
    /** Text whose levels are all this few is a category however few rows there are. */
    private static final int ALWAYS_A_CATEGORY = 10;

    private final EncodingStyle style;
    private final Set<String> numeric;
    private final Set<String> categorical;
    private final Set<String> text;

    /** An encoder with the user's wishes, none of them for free text. */
    public TableEncoder(EncodingStyle style, Set<String> numeric, Set<String> categorical) {
        this(style, numeric, categorical, Set.of());
    }

    /**
     * An encoder with the user's wishes.
     *
     * @param numeric columns to be taken as numbers
     * @param categorical columns to be taken as categories
     * @param text columns to be taken as free text
     */
    public TableEncoder(EncodingStyle style, Set<String> numeric, Set<String> categorical, Set<String> text) {
        this.style = style;
        this.numeric = Set.copyOf(numeric);
        this.categorical = Set.copyOf(categorical);
        this.text = Set.copyOf(text);
        requireApart(numeric, "numeric", categorical, "categorical");
        requireApart(numeric, "numeric", text, "text");
        requireApart(categorical, "categorical", text, "text");
    }

    private static void requireApart(Set<String> first, String firstKind, Set<String> second, String secondKind) {
        for (String name : first) {
            if (second.contains(name)) {
                throw new InvalidInputException("column '" + name + "' is named both as " + firstKind + " and as "
                        + secondKind + "; name it once");
            }
        }
    }

    /**
     * Decides and fits.
     *
     * @param weights the weight of each row, or null for equal weights
     * @throws InvalidInputException if a value is NaN or infinite, a column is free text, or no column varies
     */
    public FittedEncoder fit(Table table, double @Nullable [] weights) {
        Set<String> coded = codedCategories(table);
        List<String> finite = table.columns().stream().map(Column::name).toList();
        table.nonFinite(finite).requireNone(true);
        List<ColumnEncoding> encodings = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (Column column : table.columns()) {
            encodings.add(encoding(column, table, weights, coded, notes));
        }
        noteCoded(encodings, coded, notes);
        if (style.standardiseNumbers()) {
            shareScales(table, encodings, notes);
        }
        noteIgnored(encodings, notes);
        if (!encodings.isEmpty()
                && encodings.stream()
                        .allMatch(encoding -> encoding.featureNames().isEmpty())) {
            throw new InvalidInputException(
                    "no feature is left: each of the " + encodings.size() + " columns is empty or has one value only");
        }
        return new FittedEncoder(encodings, notes);
    }

    private ColumnEncoding encoding(
            Column column, Table table, double @Nullable [] weights, Set<String> coded, List<String> notes) {
        String name = column.name();
        if (column.missingCount() == column.size()) {
            return new ColumnEncoding.Ignored(name, "no values");
        }
        if (numeric.contains(name) && !(column instanceof Column.Numbers)) {
            throw notNumeric(column, table);
        }
        if (categorical.contains(name) || coded.contains(name)) {
            return category(column, table, true, notes);
        }
        if (text.contains(name) && column instanceof Column.Texts texts) {
            return text(texts, notes);
        }
        if (column instanceof Column.Numbers numbers) {
            return number(numbers, weights);
        }
        if (column instanceof Column.Booleans booleans) {
            return flag(booleans, weights);
        }
        if (column instanceof Column.Timestamps timestamps) {
            return moment(timestamps, weights);
        }
        return category(column, table, false, notes);
    }

    private static double weight(double @Nullable [] weights, int row) {
        return weights == null ? 1 : weights[row];
    }

    private static double mean(PreciseSum sum, PreciseSum weightSum) {
        return weightSum.value() > 0 ? sum.value() / weightSum.value() : 0;
    }

    private ColumnEncoding number(Column.Numbers column, double @Nullable [] weights) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        PreciseSum weightSum = new PreciseSum();
        PreciseSum sum = new PreciseSum();
        boolean missing = column.missingCount() > 0;
        for (int row = 0; row < column.size(); row++) {
            if (column.isMissing(row)) {
                continue;
            }
            double value = column.get(row);
            low = Math.min(low, value);
            high = Math.max(high, value);
            weightSum.add(weight(weights, row));
            sum.add(weight(weights, row) * value);
        }
        if (low == high && style.dropConstantFeatures()) {
            return constant(column, missing);
        }
        double mean = mean(sum, weightSum);
        if (!style.standardiseNumbers() || low == high) {
            return new ColumnEncoding.Numeric(column.name(), 0, 1, mean, missing);
        }
        if (hasTwoValues(column, low, high)) {
            return new ColumnEncoding.Numeric(column.name(), low, high - low, mean, missing);
        }
        PreciseSum squares = new PreciseSum();
        for (int row = 0; row < column.size(); row++) {
            if (!column.isMissing(row)) {
                double difference = column.get(row) - mean;
                squares.add(weight(weights, row) * difference * difference);
            }
        }
        double deviation = Math.sqrt(squares.value() / weightSum.value());
        if (!(deviation > 0) || Double.isInfinite(deviation)) {
            throw new InvalidInputException(
                    "column '" + column.name() + "' cannot be standardised: its values reach from " + low + " to "
                            + high,
                    List.of(Remedy.of("rescale it"), Remedy.by("leave it out", "drop", column.name())));
        }
        return new ColumnEncoding.Numeric(column.name(), mean, deviation, mean, missing);
    }

    private static boolean hasTwoValues(Column.Numbers column, double low, double high) {
        for (int row = 0; row < column.size(); row++) {
            if (!column.isMissing(row) && column.get(row) != low && column.get(row) != high) {
                return false;
            }
        }
        return true;
    }

    /**
     * Gives one scale to columns that measure the same thing in many places, such as the pixels of an image: a pixel that is
     * dark in all images but one would become an enormous value by a scale of its own. Such columns are at least 16 of one
     * family, hold whole numbers of at least 0, and most of them reach the largest value of all.
     */
    private static void shareScales(Table table, List<ColumnEncoding> encodings, List<String> notes) {
        Map<String, List<Integer>> families = new TreeMap<>();
        for (int index = 0; index < encodings.size(); index++) {
            if (encodings.get(index) instanceof ColumnEncoding.Numeric
                    && table.columns().get(index) instanceof Column.Numbers numbers
                    && wholeLevels(numbers) > 0) {
                families.computeIfAbsent(family(numbers.name()), name -> new ArrayList<>())
                        .add(index);
            }
        }
        families.values().forEach(family -> shareScale(table, family, encodings, notes));
    }

    private static void shareScale(
            Table table, List<Integer> family, List<ColumnEncoding> encodings, List<String> notes) {
        if (family.size() < FAMILY_OF_ONE_SCALE) {
            return;
        }
        double[] highs = new double[family.size()];
        double squares = 0;
        for (int member = 0; member < highs.length; member++) {
            Column.Numbers column = (Column.Numbers) table.columns().get(family.get(member));
            ColumnEncoding.Numeric encoding = (ColumnEncoding.Numeric) encodings.get(family.get(member));
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (int row = 0; row < column.size(); row++) {
                if (!column.isMissing(row)) {
                    low = Math.min(low, column.get(row));
                    high = Math.max(high, column.get(row));
                }
            }
            if (low < 0) {
                return;
            }
            highs[member] = high;
            // a column of two values is not divided by its standard deviation: p (1 - p) (high - low)^2
            boolean twoValues = encoding.center() != encoding.imputed();
            squares += twoValues
                    ? (encoding.imputed() - low) * (high - encoding.imputed())
                    : encoding.scale() * encoding.scale();
        }
        Arrays.sort(highs);
        if (highs[highs.length / 2] < 0.9 * highs[highs.length - 1]) {
            return;
        }
        double scale = Math.sqrt(squares / family.size());
        for (int index : family) {
            ColumnEncoding.Numeric encoding = (ColumnEncoding.Numeric) encodings.get(index);
            encodings.set(
                    index,
                    new ColumnEncoding.Numeric(
                            encoding.column(),
                            encoding.imputed(),
                            scale,
                            encoding.imputed(),
                            encoding.missingIndicator()));
        }
        List<String> names =
                family.stream().map(index -> encodings.get(index).column()).toList();
        notes.add("whole numbers of one range, divided by one scale: " + listed(names));
    }

    private static ColumnEncoding constant(Column column, boolean missing) {
        if (missing) {
            return new ColumnEncoding.Presence(column.name());
        }
        return new ColumnEncoding.Ignored(column.name(), "one value only");
    }

    private ColumnEncoding flag(Column.Booleans column, double @Nullable [] weights) {
        boolean anyTrue = false;
        boolean anyFalse = false;
        PreciseSum weightSum = new PreciseSum();
        PreciseSum trueSum = new PreciseSum();
        for (int row = 0; row < column.size(); row++) {
            if (column.isMissing(row)) {
                continue;
            }
            boolean value = column.get(row);
            anyTrue |= value;
            anyFalse |= !value;
            weightSum.add(weight(weights, row));
            trueSum.add(value ? weight(weights, row) : 0);
        }
        boolean missing = column.missingCount() > 0;
        if (!(anyTrue && anyFalse) && style.dropConstantFeatures()) {
            return constant(column, missing);
        }
        return new ColumnEncoding.Flag(column.name(), mean(trueSum, weightSum), missing);
    }

    private ColumnEncoding moment(Column.Timestamps column, double @Nullable [] weights) {
        Map<ColumnEncoding.Cycle, Set<Double>> angles = new TreeMap<>();
        for (ColumnEncoding.Cycle cycle : ColumnEncoding.Cycle.values()) {
            angles.put(cycle, new LinkedHashSet<>());
        }
        boolean varies = false;
        long first = 0;
        boolean any = false;
        PreciseSum weightSum = new PreciseSum();
        PreciseSum sum = new PreciseSum();
        for (int row = 0; row < column.size(); row++) {
            if (column.isMissing(row)) {
                continue;
            }
            long value = column.get(row);
            varies |= any && value != first;
            first = any ? first : value;
            any = true;
            weightSum.add(weight(weights, row));
            sum.add(weight(weights, row) * (value / CalendarFields.MICROSECONDS_PER_DAY));
            angles.forEach((cycle, seen) -> {
                if (seen.size() < 2) {
                    seen.add(cycle.angle(value));
                }
            });
        }
        boolean missing = column.missingCount() > 0;
        if (!varies && style.dropConstantFeatures()) {
            return constant(column, missing);
        }
        double mean = mean(sum, weightSum);
        PreciseSum squares = new PreciseSum();
        for (int row = 0; row < column.size(); row++) {
            if (!column.isMissing(row)) {
                double difference = column.get(row) / CalendarFields.MICROSECONDS_PER_DAY - mean;
                squares.add(weight(weights, row) * difference * difference);
            }
        }
        double deviation = weightSum.value() > 0 ? Math.sqrt(squares.value() / weightSum.value()) : 0;
        List<ColumnEncoding.Cycle> cycles = angles.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(Map.Entry::getKey)
                .toList();
        return new ColumnEncoding.Moment(column.name(), mean, deviation > 0 ? deviation : 1, cycles, missing);
    }

    private static ColumnEncoding text(Column.Texts column, List<String> notes) {
        TextFeatures features = TextFeatures.of(column.dictionary());
        if (features.size() == 0) {
            return constant(column, column.missingCount() > 0);
        }
        notes.add("column '" + column.name() + "' is free text: the n-grams of "
                + column.dictionary().size()
                + " different texts, in " + features.frequencies().length + " places, as " + features.size()
                + " principal directions");
        return new ColumnEncoding.Text(column.name(), features, column.missingCount() > 0);
    }

    private ColumnEncoding category(Column column, Table table, boolean asked, List<String> notes) {
        Map<String, Integer> counts = levelCounts(column);
        boolean missing = column.missingCount() > 0;
        if (counts.size() == 1 && style.dropConstantFeatures()) {
            return constant(column, missing);
        }
        boolean ofNumbers = column instanceof Column.Numbers;
        Comparator<String> order =
                ofNumbers ? Comparator.comparingDouble(Double::parseDouble) : Comparator.naturalOrder();
        int rows = column.size() - column.missingCount();
        int rare = Math.min(RARE, Math.max(2, rows / 20));
        List<String> frequent = counts.entrySet().stream()
                .filter(entry -> entry.getValue() >= rare)
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MAXIMUM_LEVELS)
                .map(Map.Entry::getKey)
                .toList();
        long covered = frequent.stream().mapToLong(counts::get).sum();
        if (!asked && counts.size() > ALWAYS_A_CATEGORY && 2 * covered < rows) {
            throw freeText(column, table, counts, rows);
        }
        WrittenValues kind = asked || ofNumbers ? null : WrittenValues.of(counts);
        if (kind != null) {
            notes.add("column '" + column.name() + "' is taken as a category of " + counts.size()
                    + " levels, although it holds " + kind.what() + "; " + kind.remedy());
        }
        boolean onlyOneRare = counts.size() - frequent.size() == 1;
        boolean keepAll = !style.poolRareLevels() || onlyOneRare || frequent.isEmpty();
        Set<String> kept = keepAll ? counts.keySet() : Set.copyOf(frequent);
        if (kept.size() > 10 * MAXIMUM_LEVELS) {
            throw freeText(column, table, counts, rows);
        }
        List<String> levels = kept.stream().sorted(order).toList();
        List<String> rareLevels = counts.keySet().stream()
                .filter(level -> !kept.contains(level))
                .sorted(order)
                .toList();
        if (!rareLevels.isEmpty()) {
            long share = rows - covered;
            notes.add("column '" + column.name() + "': " + rareLevels.size() + " rare levels (" + share
                    + " rows) share one feature");
        }
        return new ColumnEncoding.Category(column.name(), levels, rareLevels, missing, ofNumbers);
    }

    private static Map<String, Integer> levelCounts(Column column) {
        Map<String, Integer> counts = new HashMap<>();
        if (column instanceof Column.Texts texts) {
            int[] countOfCode = new int[texts.dictionary().size()];
            for (int row = 0; row < texts.size(); row++) {
                if (!texts.isMissing(row)) {
                    countOfCode[texts.code(row)]++;
                }
            }
            for (int code = 0; code < countOfCode.length; code++) {
                counts.put(texts.dictionary().get(code), countOfCode[code]);
            }
            return counts;
        }
        if (column instanceof Column.Numbers numbers) {
            Map<Double, Integer> countOfNumber = new HashMap<>();
            for (int row = 0; row < numbers.size(); row++) {
                if (!numbers.isMissing(row)) {
                    countOfNumber.merge(numbers.get(row) + 0.0, 1, Integer::sum);
                }
            }
            countOfNumber.forEach((value, count) -> counts.put(Column.Numbers.text(value), count));
            return counts;
        }
        for (int row = 0; row < column.size(); row++) {
            if (!column.isMissing(row)) {
                counts.merge(column.text(row), 1, Integer::sum);
            }
        }
        return counts;
    }

    private static InvalidInputException freeText(Column column, Table table, Map<String, Integer> counts, int rows) {
        String name = column.name();
        if (column instanceof Column.Texts) {
            long numbers = counts.entrySet().stream()
                    .filter(entry -> isNumber(entry.getKey()))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
            if (2 * numbers > rows) {
                return new InvalidInputException(
                        "column '" + name + "' is text because " + (rows - numbers) + " of its " + rows
                                + " values are no numbers, the first is " + firstNonNumber(column, table),
                        List.of(
                                Remedy.of("correct them"),
                                Remedy.of("leave the cells empty if the values are missing"),
                                Remedy.by("leave the column out", "drop", name)));
            }
        }
        int row = 0;
        while (column.isMissing(row)) {
            row++;
        }
        String example = "\"" + shortened(column.text(row)) + "\"";
        WrittenValues kind = WrittenValues.of(counts);
        if (kind != null) {
            return new InvalidInputException(
                    "column '" + name + "' holds " + kind.what() + ", such as " + example,
                    List.of(Remedy.of(kind.remedy()), Remedy.by("leave it out", "drop", name)));
        }
        return new InvalidInputException(
                "column '" + name + "' looks like free text or an identifier: " + counts.size()
                        + " different values in " + rows + " rows, such as " + example,
                List.of(
                        Remedy.by("learn from its words", "text", name),
                        Remedy.by("leave it out", "drop", name),
                        Remedy.by("one-hot its frequent values", "categorical", name)));
    }

    private static InvalidInputException notNumeric(Column column, Table table) {
        return new InvalidInputException(
                "column '" + column.name() + "' cannot be numeric: it holds " + column.kind()
                        + ", the first value that is no number is " + firstNonNumber(column, table),
                List.of(Remedy.of("correct it"), Remedy.of("do not ask for " + column.name() + " to be numeric")));
    }

    private static String firstNonNumber(Column column, Table table) {
        for (int row = 0; row < column.size(); row++) {
            if (!column.isMissing(row) && !isNumber(column.text(row))) {
                return "\"" + shortened(column.text(row)) + "\" in row " + (table.fileRow(row) + 1);
            }
        }
        return "none";
    }

    private static boolean isNumber(String text) {
        try {
            return Double.isFinite(Double.parseDouble(text.strip()));
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= 40 ? line : line.substring(0, 40) + "...";
    }

    /** The number columns that hold codes of categories. */
    private Set<String> codedCategories(Table table) {
        if (!style.integersMayBeCategories()) {
            return Set.of();
        }
        Map<String, int[]> votesOfFamily = new HashMap<>();
        Set<String> candidates = new LinkedHashSet<>();
        for (Column column : table.columns()) {
            if (!(column instanceof Column.Numbers numbers)
                    || numeric.contains(column.name())
                    || text.contains(column.name())
                    || categorical.contains(column.name())) {
                continue;
            }
            int levels = wholeLevels(numbers);
            if (levels < 3) {
                continue;
            }
            int[] votes = votesOfFamily.computeIfAbsent(family(column.name()), name -> new int[2]);
            boolean coded = levels <= MAXIMUM_CODED_LEVELS
                    && (long) levels * ROWS_PER_CODED_LEVEL <= numbers.size() - numbers.missingCount();
            votes[coded ? 1 : 0]++;
            if (coded) {
                candidates.add(column.name());
            }
        }
        candidates.removeIf(name -> {
            int[] votes = votesOfFamily.getOrDefault(family(name), new int[2]);
            return votes[1] <= votes[0];
        });
        return candidates;
    }

    /**
     * The number of different values, or one more than {@link #MAXIMUM_CODED_LEVELS} if there are more, or if they lie further
     * apart than codes do; 0 if not all are whole numbers.
     */
    private static int wholeLevels(Column.Numbers column) {
        double[] seen = new double[MAXIMUM_CODED_LEVELS];
        int count = 0;
        boolean many = false;
        for (int row = 0; row < column.size(); row++) {
            if (column.isMissing(row)) {
                continue;
            }
            double value = column.get(row);
            if (!Column.Numbers.isWhole(value)) {
                return 0;
            }
            if (many || contains(seen, count, value)) {
                continue;
            }
            if (count == MAXIMUM_CODED_LEVELS) {
                many = true;
                continue;
            }
            seen[count++] = value;
        }
        if (many) {
            return MAXIMUM_CODED_LEVELS + 1;
        }
        double[] sorted = Arrays.copyOf(seen, count);
        Arrays.sort(sorted);
        boolean close = count > 0 && sorted[count - 1] - sorted[0] < 2 * count;
        return close || count < 3 ? count : MAXIMUM_CODED_LEVELS + 1;
    }

    private static boolean contains(double[] seen, int count, double value) {
        for (int index = 0; index < count; index++) {
            if (seen[index] == value) {
                return true;
            }
        }
        return false;
    }

    private static String family(String name) {
        return name.replaceAll("\\d+", "#");
    }

    private static void noteCoded(List<ColumnEncoding> encodings, Set<String> coded, List<String> notes) {
        List<String> names = encodings.stream()
                .filter(encoding -> encoding instanceof ColumnEncoding.Category)
                .map(ColumnEncoding::column)
                .filter(coded::contains)
                .toList();
        if (!names.isEmpty()) {
            notes.add("taken as categories coded by whole numbers: " + listed(names)
                    + " (name them numeric to have them taken as numbers)");
        }
    }

    private static void noteIgnored(List<ColumnEncoding> encodings, List<String> notes) {
        Map<String, List<String>> namesOfReason = new TreeMap<>();
        for (ColumnEncoding encoding : encodings) {
            if (encoding instanceof ColumnEncoding.Ignored ignored) {
                namesOfReason
                        .computeIfAbsent(ignored.reason(), reason -> new ArrayList<>())
                        .add(ignored.column());
            }
        }
        namesOfReason.forEach((reason, names) -> notes.add("left out, " + reason + ": " + listed(names)));
    }

    private static String listed(List<String> names) {
        if (names.size() <= 8) {
            return String.join(", ", names);
        }
        return String.join(", ", names.subList(0, 8)) + " and " + (names.size() - 8) + " more";
    }
}
