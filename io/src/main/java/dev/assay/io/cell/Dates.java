package dev.assay.io.cell;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Collection;
import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Dates and times as people write them in files. */
final class Dates {
    private static final String CLOCK =
            "(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2})(?:\\.(?<fraction>\\d{1,9}))?)?"
                    + "(?: ?(?<half>[AaPp])[Mm])?";
    private static final String ZONE = "(?: ?(?<zone>Z|[+-]\\d{2}(?::?\\d{2})?))?";
    private static final Pattern DATE = Pattern.compile("(?<first>\\d{1,4})(?<mark>[-/. ])(?<second0>\\d{1,2})\\k<mark>"
            + "(?<third>\\d{1,4})(?:[T ]" + CLOCK + ZONE + ")?");
    private static final Pattern TIME = Pattern.compile(CLOCK);

    private static final long MICROSECONDS_PER_SECOND = 1_000_000L;
    private static final long SECONDS_PER_DAY = 86_400L;
    /** Of two digits: 69 is 1969, 68 is 2068, as POSIX has it. */
    private static final int FIRST_SHORT_YEAR = 69;

    private Dates() {}

    /** Microseconds since 1970-01-01 00:00 UTC (a time of day: since midnight), or nothing if the text is of another form. */
    static OptionalLong parse(String text, DateOrder order) {
        String stripped = text.strip();
        if (order == DateOrder.TIME_OF_DAY) {
            Matcher time = TIME.matcher(stripped);
            return time.matches() ? clock(time) : OptionalLong.empty();
        }
        Matcher date = DATE.matcher(stripped);
        return date.matches() ? moment(date, order) : OptionalLong.empty();
    }

    /** The orders in which all of the texts are dates; none where there is no text. */
    static Set<DateOrder> possible(Collection<String> texts) {
        EnumSet<DateOrder> orders = texts.isEmpty() ? EnumSet.noneOf(DateOrder.class) : EnumSet.allOf(DateOrder.class);
        for (String text : texts) {
            orders.removeIf(order -> parse(text, order).isEmpty());
            if (orders.isEmpty()) {
                break;
            }
        }
        return orders;
    }

    private static OptionalLong moment(Matcher date, DateOrder order) {
        LocalDate day = day(date, order);
        if (day == null) {
            return OptionalLong.empty();
        }
        long seconds = day.toEpochDay() * SECONDS_PER_DAY;
        if (date.group("hour") == null) {
            return OptionalLong.of(seconds * MICROSECONDS_PER_SECOND);
        }
        OptionalLong clock = clock(date);
        if (clock.isEmpty()) {
            return clock;
        }
        seconds -= offset(date.group("zone"));
        return OptionalLong.of(seconds * MICROSECONDS_PER_SECOND + clock.getAsLong());
    }

    private static @Nullable LocalDate day(Matcher date, DateOrder order) {
        String first = date.group("first");
        String third = date.group("third");
        int middle = Integer.parseInt(date.group("second0"));
        if (first.length() == 4 && third.length() <= 2) {
            return day(Integer.parseInt(first), middle, Integer.parseInt(third));
        }
        if (first.length() > 2 || order == DateOrder.YEAR_FIRST || third.length() == 3 || third.length() == 1) {
            return null;
        }
        boolean shortYear = third.length() == 2;
        boolean padded = first.length() == 2 && date.group("second0").length() == 2;
        // 1.2.10 is a version, 1 2 10 are three numbers
        boolean slashed = date.group("mark").equals("/");
        if (shortYear && (date.group("mark").equals(" ") || (!padded && !slashed))) {
            return null;
        }
        int last = Integer.parseInt(third);
        if (order == DateOrder.SHORT_YEAR_FIRST) {
            return shortYear ? day(longYear(Integer.parseInt(first)), middle, last) : null;
        }
        int year = shortYear ? longYear(last) : last;
        int leading = Integer.parseInt(first);
        return order == DateOrder.DAY_FIRST ? day(year, middle, leading) : day(year, leading, middle);
    }

    private static int longYear(int year) {
        return year < FIRST_SHORT_YEAR ? 2000 + year : 1900 + year;
    }

    private static @Nullable LocalDate day(int year, int month, int day) {
        try {
            return LocalDate.of(year, month, day);
        } catch (DateTimeException noSuchDay) {
            return null;
        }
    }

    /** Microseconds since midnight. */
    private static OptionalLong clock(Matcher time) {
        int hour = Integer.parseInt(time.group("hour"));
        String half = time.group("half");
        if (half != null) {
            if (hour < 1 || hour > 12) {
                return OptionalLong.empty();
            }
            hour = hour % 12 + (half.equalsIgnoreCase("p") ? 12 : 0);
        }
        int second = time.group("second") == null ? 0 : Integer.parseInt(time.group("second"));
        String fraction = time.group("fraction") == null ? "" : time.group("fraction");
        int nanoseconds = Integer.parseInt((fraction + "000000000").substring(0, 9));
        try {
            return OptionalLong.of(LocalTime.of(hour, Integer.parseInt(time.group("minute")), second, nanoseconds)
                            .toNanoOfDay()
                    / 1000);
        } catch (DateTimeException noSuchTime) {
            return OptionalLong.empty();
        }
    }

    /** Seconds east of Greenwich. */
    private static long offset(@Nullable String zone) {
        if (zone == null || zone.equals("Z")) {
            return 0;
        }
        String digits = zone.substring(1).replace(":", "");
        long hours = Long.parseLong(digits.substring(0, 2));
        long minutes = digits.length() == 4 ? Long.parseLong(digits.substring(2)) : 0;
        return (zone.charAt(0) == '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
    }
}
