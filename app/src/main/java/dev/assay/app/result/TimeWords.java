package dev.assay.app.result;

import dev.assay.compare.BlocksOverTime;
import dev.assay.job.Times;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether blocks follow time, in words. */
public final class TimeWords {
    private TimeWords() {}

    /** The same for run.json, with dates where times are dates. */
    static Map<String, @Nullable Object> facts(BlocksOverTime found, @Nullable Times times) {
        boolean moments = times != null && times.moments();
        List<Map<String, @Nullable Object>> periods = new ArrayList<>();
        for (BlocksOverTime.Period period : found.periods()) {
            periods.add(RunRecord.entry(
                    "from",
                    moments ? text(period.from(), times) : period.from(),
                    "to",
                    moments ? text(period.to(), times) : period.to(),
                    "rows",
                    period.rows(),
                    "shares",
                    period.shares()));
        }
        return RunRecord.entry(
                "column", found.column(), "follows", found.follows(), "chance", found.chance(), "periods", periods);
    }

    /** A time as a person reads it: a date where times are dates. */
    public static String text(double time, @Nullable Times times) {
        return times != null && times.moments()
                ? Instant.EPOCH.plus((long) time, ChronoUnit.MICROS).toString()
                : Numbers.number(time);
    }

    /** The block whose share changes most from the first period to the last. */
    public static String sentence(BlocksOverTime found) {
        double[] first = found.periods().get(0).shares();
        double[] last = found.periods().get(found.periods().size() - 1).shares();
        int most = 0;
        for (int k = 1; k < first.length; k++) {
            most = Math.abs(last[k] - first[k]) > Math.abs(last[most] - first[most]) ? k : most;
        }
        if (!found.follows()) {
            return String.format(
                    Locale.ROOT,
                    "The blocks do not follow %s: their shares differ from period to period no more than by chance"
                            + " (p = %.3f).",
                    found.column(),
                    found.chance());
        }
        return String.format(
                Locale.ROOT,
                "The blocks follow %s: block %d holds %s of the earliest rows and %s of the latest (p %s %.3f).",
                found.column(),
                most + 1,
                Numbers.percent(first[most]),
                Numbers.percent(last[most]),
                found.chance() <= 0.001 ? "<=" : "=",
                found.chance());
    }
}
