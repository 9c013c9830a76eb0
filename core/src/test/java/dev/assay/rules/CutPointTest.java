package dev.assay.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class CutPointTest {

    @Test
    void theRoundestNumberInTheGapIsTaken() {
        assertThat(inGap(2.98, 3.02)).isEqualTo(3);
        assertThat(inGap(17, 18)).isEqualTo(17);
        assertThat(inGap(0.1231, 4.2)).isEqualTo(2);
        assertThat(inGap(-0.3, 0.4)).isEqualTo(0);
        assertThat(inGap(1234.561, 1234.569)).isEqualTo(1234.56500);
        assertThat(inGap(1, Math.nextUp(1.0))).isEqualTo(1);
    }

    @Test
    void aRounderNumberOutsideTheGapIsTakenWhereItGainsAlmostAsMuch() {
        assertThat(CutPoint.readable(2.981, 2.989, 10, false, 100, cut -> cut == 3 ? 98.5 : 0))
                .isEqualTo(3);
        assertThat(CutPoint.readable(2.981, 2.989, 10, false, 100, cut -> cut == 3 ? 97 : 0))
                .isEqualTo(2.985);
    }

    @Test
    void timesAreCutWhereCalendarUnitsBegin() {
        assertThat(between("2021-03-05T10:00:00", "2021-03-07T09:00:00")).isEqualTo("2021-03-06");
        assertThat(between("2020-12-31T22:00:00", "2021-01-01T03:00:00")).isEqualTo("2021-01-01");
        assertThat(between("2021-03-05T10:17:00", "2021-03-05T13:20:00")).isEqualTo("2021-03-05 11:00");
    }

    private static double inGap(double low, double high) {
        return CutPoint.readable(low, high, 10, false, 1, cut -> 0);
    }

    private static String between(String low, String high) {
        double cut = CutPoint.readable(microseconds(low), microseconds(high), 1e12, true, 1, threshold -> 0);
        return new Condition.Range("t", cut, Double.POSITIVE_INFINITY, false, true)
                .text()
                .substring("t > ".length());
    }

    private static double microseconds(String moment) {
        return LocalDateTime.parse(moment).toEpochSecond(ZoneOffset.UTC) * 1e6;
    }
}
