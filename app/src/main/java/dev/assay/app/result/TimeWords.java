package dev.assay.app.result;

import dev.assay.compare.BlocksOverTime;
import dev.assay.job.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether blocks follow time, in words. */
final class TimeWords {
    private TimeWords() {}

    /** The same for run.json, with dates where times are dates. */
    static Map<String, @Nullable Object> facts(BlocksOverTime found, @Nullable Times times) {
        boolean moments = times != null && times.moments();
        List<Map<String, @Nullable Object>> periods = new ArrayList<>();
        for (BlocksOverTime.Period period : found.periods()) {
            periods.add(RunRecord.entry(
                    "from", shown(period.from(), moments),
                    "to", shown(period.to(), moments),
                    "rows", period.rows(),
                    "shares", period.shares()));
        }
        return RunRecord.entry(
                "column", found.column(), "follows", found.follows(), "chance", found.chance(), "periods", periods);
    }

    private static Object shown(double time, boolean moment) {
        return moment ? Instant.ofEpochSecond(0, ((long) time) * 1000).toString() : (Object) time;
    }

    /** The block whose share changes most from the first period to the last. */
    static String sentence(BlocksOverTime found) {
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
