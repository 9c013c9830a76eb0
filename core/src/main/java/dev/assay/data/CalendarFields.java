package dev.assay.data;

import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Calendar arithmetic on microseconds since 1970-01-01 00:00, without time zones. */
final class CalendarFields {

    static final double MICROSECONDS_PER_DAY = 86_400e6;
    private static final long MICROSECONDS_PER_DAY_EXACT = 86_400_000_000L;

    private CalendarFields() {}

    static LocalDateTime dateTime(long microseconds) {
        long second = Math.floorDiv(microseconds, 1_000_000L);
        int nanosecond = (int) Math.floorMod(microseconds, 1_000_000L) * 1000;
        return LocalDateTime.ofEpochSecond(second, nanosecond, ZoneOffset.UTC);
    }

    /** Microseconds since midnight. */
    static long timeOfDay(long microseconds) {
        return Math.floorMod(microseconds, MICROSECONDS_PER_DAY_EXACT);
    }

    /** Monday is 0, Sunday is 6; 1970-01-01 was a Thursday. */
    static int weekday(long microseconds) {
        return (int) Math.floorMod(Math.floorDiv(microseconds, MICROSECONDS_PER_DAY_EXACT) + 3, 7L);
    }

    /** January is 0, December is 11. */
    static int month(long microseconds) {
        return dateTime(microseconds).getMonthValue() - 1;
    }
}
