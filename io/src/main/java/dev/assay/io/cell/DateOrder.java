package dev.assay.io.cell;

/** In which order the parts of a date stand in a text. */
public enum DateOrder {
    /** 31/12/2026, also 31.12.26. */
    DAY_FIRST,
    /** 12/31/2026, also 12-31-26. */
    MONTH_FIRST,
    /** 2026-12-31: it can mean nothing else, and is understood beside the others too. */
    YEAR_FIRST,
    /** 26-12-31. */
    SHORT_YEAR_FIRST,
    /** No date, a time of day: 13:45:00. */
    TIME_OF_DAY;

    /** For messages, with an example. */
    String words() {
        return switch (this) {
            case DAY_FIRST -> "a date, day first, such as 31/12/2026";
            case MONTH_FIRST -> "a date, month first, such as 12/31/2026";
            case YEAR_FIRST -> "a date, year first, such as 2026-12-31";
            case SHORT_YEAR_FIRST -> "a date, year first, such as 26-12-31";
            case TIME_OF_DAY -> "a time of day such as 13:45:00";
        };
    }
}
