package dev.assay.data;

import java.time.Month;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Texts that stand for numbers or dates but are not written as such: what most values of a column have in common. */
enum WrittenValues {
    PERCENT("numbers with a percent sign", "write them without it, 12.5 % as 12.5", "[-+]?[\\d.,'’\\s]*\\d\\s*%"),
    CURRENCY(
            "numbers with a currency",
            "write them without it, $1,200.50 as 1200.50",
            "\\(?[-+]?\\s*(?:<sign>\\s*[-+]?[\\d.,'’\\s]*\\d|\\d[\\d.,'’\\s]*<sign>)\\)?"
                    .replace(
                            "<sign>",
                            "(?:[A-Z]{0,2}\\p{Sc}|EUR|USD|GBP|CHF|JPY|CNY|INR|CAD|AUD|SEK|NOK|DKK|PLN|CZK|HUF|BRL|kr\\.?|zł|Kč|Ft|Rs\\.?)")),
    THOUSANDS(
            "numbers with separated thousands",
            "write them without the separators, 1,234,567 as 1234567",
            "[-+]?\\d{1,3}(?:[,.'’\\u00a0\\u202f ]\\d{3})+(?:[.,]\\d+)?"),
    DATE(
            "dates with the name of a month",
            "write them by numbers, 3 March 2021 as 2021-03-03",
            "(?=.*\\d)(?:.*\\P{L})?(?:<month>)(?:\\P{L}.*)?".replace("<month>", months()));

    /** No number and no date is longer. */
    private static final int LONGEST = 40;

    private final String what;
    private final String remedy;
    private final Pattern pattern;

    WrittenValues(String what, String remedy, String pattern) {
        this.what = what;
        this.remedy = remedy;
        this.pattern = Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /** Names and short names of the months in several languages, as alternatives. */
    private static String months() {
        Set<String> names = new TreeSet<>();
        for (String language : List.of("en", "de", "fr", "es", "it", "pt", "nl")) {
            for (Month month : Month.values()) {
                for (TextStyle style : List.of(TextStyle.FULL, TextStyle.SHORT)) {
                    names.add(month.getDisplayName(style, Locale.forLanguageTag(language))
                            .replace(".", ""));
                }
            }
        }
        return String.join("|", names);
    }

    /** What the values are. */
    String what() {
        return what;
    }

    /** What to do about it. */
    String remedy() {
        return remedy;
    }

    /**
     * What more than half of the values are; null where that is nothing known.
     *
     * @param counts how often each value comes
     */
    static @Nullable WrittenValues of(Map<String, Integer> counts) {
        long rows = counts.values().stream().mapToLong(count -> count).sum();
        for (WrittenValues kind : values()) {
            long fitting = counts.entrySet().stream()
                    .filter(entry -> entry.getKey().length() <= LONGEST
                            && kind.pattern.matcher(entry.getKey().strip()).matches())
                    .mapToLong(Map.Entry::getValue)
                    .sum();
            if (2 * fitting > rows) {
                return kind;
            }
        }
        return null;
    }
}
