package dev.assay.onnx;

import dev.assay.data.ColumnEncoding;
import dev.assay.onnx.graph.ElementType;
import dev.assay.onnx.graph.Graph;
import dev.assay.onnx.graph.Value;
import java.util.ArrayList;
import java.util.List;

/** The calendar on microseconds since 1970-01-01 00:00, in whole numbers until an angle is made of them. */
final class MomentFeatures {
    /** What stands for a missing value; NumPy stores NaT so. */
    static final long MISSING = Long.MIN_VALUE;

    private static final long DAY = 86_400_000_000L;
    private static final long DAYS_OF_WEEK = 7;
    /** 1970-01-01 was a Thursday. */
    private static final long FIRST_WEEKDAY = 3;
    /** From 0000-03-01, with which a year of the calculation begins, to 1970-01-01. */
    private static final long DAYS_BEFORE = 719_468;
    /** Days of 400 years, after which the calendar repeats. */
    private static final long ERA = 146_097;

    private MomentFeatures() {}

    /** Days, then the cosine and the sine of each cycle, then the indicator; zeros where the value is missing. */
    static List<Value> of(ColumnEncoding.Moment rule, Value column) {
        Graph graph = column.graph();
        Value missing = column.isEqualTo(graph.whole(MISSING));
        Value moment = missing.choose(graph.whole(0), column);
        List<Value> features = new ArrayList<>();
        features.add(moment.as(ElementType.DOUBLE)
                .over(graph.number(DAY))
                .minus(graph.number(rule.center()))
                .over(graph.number(rule.scale())));
        for (ColumnEncoding.Cycle cycle : rule.cycles()) {
            Value angle = angle(cycle, moment);
            // the cosine, of which ONNX Runtime 1.23 has none for 64 bits
            features.add(angle.plus(graph.number(Math.PI / 2)).sine());
            features.add(angle.sine());
        }
        features.replaceAll(feature -> missing.choose(graph.number(0), feature));
        return TableInputs.withIndicator(features, rule.missingIndicator(), missing);
    }

    private static Value angle(ColumnEncoding.Cycle cycle, Value moment) {
        Value timeOfDay = moment.remainder(DAY);
        Value day = moment.minus(timeOfDay).over(moment.graph().whole(DAY));
        return switch (cycle) {
            case MONTH -> angle(month(day), 12);
            case WEEKDAY -> angle(day.plus(moment.graph().whole(FIRST_WEEKDAY)).remainder(DAYS_OF_WEEK), DAYS_OF_WEEK);
            case HOUR -> angle(timeOfDay, DAY);
        };
    }

    private static Value angle(Value place, long period) {
        return place.as(ElementType.DOUBLE).times(place.graph().number(2 * Math.PI / period));
    }

    /**
     * January is 0. As in Howard Hinnant's days_from_civil: years begin in March, so that the leap day is the last, and the day of
     * the year tells the month by a straight line.
     */
    private static Value month(Value day) {
        Graph graph = day.graph();
        Value dayOfEra = day.plus(graph.whole(DAYS_BEFORE)).remainder(ERA);
        Value yearOfEra = dayOfEra.minus(dayOfEra.over(graph.whole(1460)))
                .plus(dayOfEra.over(graph.whole(36_524)))
                .minus(dayOfEra.over(graph.whole(146_096)))
                .over(graph.whole(365));
        Value dayOfYear = dayOfEra.minus(yearOfEra.times(graph.whole(365)))
                .minus(yearOfEra.over(graph.whole(4)))
                .plus(yearOfEra.over(graph.whole(100)));
        Value fromMarch = dayOfYear.times(graph.whole(5)).plus(graph.whole(2)).over(graph.whole(153));
        return fromMarch.plus(graph.whole(2)).remainder(12);
    }
}
