package dev.assay.rules;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.function.DoubleUnaryOperator;

/** Thresholds as a person would choose them. The rule is the one with the rounded threshold, to the last row. */
final class CutPoint {
    /** A rounder threshold may lose this share of what the best one gains. */
    private static final double LOSS = 0.02;

    private static final int DIGITS = 17;

    private CutPoint() {}

    /**
     * The roundest number (or the beginning of the largest calendar unit) near the middle of the best gap that gains almost as
     * much as the best threshold; at the latest one inside the gap itself. Values up to the threshold are on its lower side.
     *
     * @param low the value below the gap, which the threshold may equal
     * @param high the value above it, which it may not
     * @param spread of all values
     * @param time whether they are microseconds since 1970
     * @param best what a threshold in the gap gains
     * @param gain what another threshold gains
     */
    static double readable(
            double low, double high, double spread, boolean time, double best, DoubleUnaryOperator gain) {
        double middle = low + (high - low) / 2;
        if (time) {
            return moment(low, middle, best, gain);
        }
        int first = (int) Math.floor(Math.log10(spread));
        BigDecimal exact = new BigDecimal(middle);
        for (int exponent = first; exponent > first - DIGITS; exponent--) {
            for (RoundingMode mode : new RoundingMode[] {RoundingMode.HALF_DOWN, RoundingMode.FLOOR}) {
                double threshold = exact.setScale(-exponent, mode).doubleValue() + 0.0;
                boolean inGap = threshold >= low && threshold < high;
                if (inGap || gain.applyAsDouble(threshold) >= (1 - LOSS) * best) {
                    return threshold;
                }
            }
        }
        return low;
    }

    private static double moment(double low, double middle, double best, DoubleUnaryOperator gain) {
        LocalDateTime moment = LocalDateTime.ofEpochSecond(
                Math.floorDiv((long) middle, 1_000_000L),
                (int) Math.floorMod((long) middle, 1_000_000L) * 1000,
                ZoneOffset.UTC);
        LocalDateTime day = moment.truncatedTo(ChronoUnit.DAYS);
        for (LocalDateTime candidate : new LocalDateTime[] {
            day.withDayOfYear(1),
            day.withDayOfMonth(1),
            day,
            moment.truncatedTo(ChronoUnit.HOURS),
            moment.truncatedTo(ChronoUnit.MINUTES),
            moment.truncatedTo(ChronoUnit.SECONDS),
            moment.truncatedTo(ChronoUnit.MILLIS)
        }) {
            double threshold = (double) ChronoUnit.MICROS.between(LocalDateTime.of(1970, 1, 1, 0, 0), candidate);
            if (threshold >= low || gain.applyAsDouble(threshold) >= (1 - LOSS) * best) {
                return threshold;
            }
        }
        return low;
    }
}
