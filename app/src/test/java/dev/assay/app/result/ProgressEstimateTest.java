package dev.assay.app.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.job.RunRequest;
import dev.assay.work.Stage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How much of a run is left is told by what was expected and what it has taken so far. */
class ProgressEstimateTest {
    private final ProgressEstimate course = new ProgressEstimate();

    @Test
    void nothingIsSaidBeforeAnythingIsKnown() {
        course.phase("read", 0, 0);

        assertThat(course.secondsLeft(5)).isNaN();
        assertThat(course.share(5)).isZero();
        assertThat(course.words()).isEqualTo("read");
    }

    @Test
    void aRunThatTakesWhatWasExpectedIsToldRight() {
        course.expect(List.of(new Stage("a", 10), new Stage("b", 30)), 0);
        course.phase("a", 0, 0);
        assertThat(course.secondsLeft(4)).isEqualTo(36);
        assertThat(course.share(4)).isEqualTo(0.1);
        course.phase("b", 0, 10);
        assertThat(course.secondsLeft(25)).isEqualTo(15);
        assertThat(course.share(25)).isEqualTo(0.625);
    }

    @Test
    void aSlowMachineIsNoticed() {
        course.expect(List.of(new Stage("a", 10), new Stage("b", 30)), 0);
        course.phase("a", 0, 0);
        course.phase("b", 0, 40);

        assertThat(course.secondsLeft(40)).isCloseTo(105, within(1.0));
    }

    @Test
    void theSecondPassIsAsLongAsTheFirst() {
        course.expect(
                List.of(new Stage("a", 1), new Stage("b", 1), new Stage(RunRequest.AGAIN, 0), new Stage("a", 0.8)), 0);
        course.phase("a", 0, 0);
        course.phase("b", 0, 50);
        assertThat(course.words()).isEqualTo("b");
        course.phase(RunRequest.AGAIN, 0, 51);

        assertThat(course.secondsLeft(51)).isEqualTo(40);
        assertThat(course.words()).contains("once more without the test rows");
        course.phase("a", 0, 51);
        assertThat(course.words()).isEqualTo("without the test rows: a");
    }

    @Test
    void whatIsSkippedIsNotWaitedFor() {
        course.expect(List.of(new Stage("a", 10), new Stage("b", 100), new Stage("c", 10)), 0);
        course.phase("a", 0, 0);
        double before = course.share(9);
        course.phase("c", 0, 10);

        assertThat(course.secondsLeft(10)).isEqualTo(10);
        assertThat(course.share(10)).isEqualTo(0.5).isGreaterThan(before);
    }

    @Test
    void whatNobodyExpectedAndWhatTakesLongerNeverTurnsTheBarBack() {
        course.expect(List.of(new Stage("a", 10), new Stage("b", 10)), 0);
        course.phase("a", 0, 0);
        double highest = 0;
        for (int second = 1; second <= 300; second++) {
            if (second == 60) {
                course.phase("something else", 7, second);
            }
            if (second == 200) {
                course.phase("b", 0, second);
            }
            double share = course.share(second);
            assertThat(share)
                    .as("after %d s", second)
                    .isGreaterThanOrEqualTo(highest)
                    .isLessThan(1);
            assertThat(course.secondsLeft(second)).as("left after %d s", second).isPositive();
            highest = share;
        }
    }

    @Test
    void stepsThatAreDoneSayHowLongTheOthersTake() {
        course.expect(List.of(new Stage("a", 10)), 0);
        course.phase("a", 10, 0);
        course.step(9, 90);

        assertThat(course.secondsLeft(90)).isCloseTo(9.1, within(0.2));
    }

    @Test
    void aPartOfSomethingLargerDoesNotReplaceWhatIsStillToCome() {
        course.expect(List.of(new Stage("a", 10), new Stage("b", 30)), 0);
        course.phase("a", 0, 0);
        course.expect(List.of(new Stage("b", 1)), 5);

        assertThat(course.secondsLeft(5)).isEqualTo(35);
        course.phase("b", 0, 10);
        course.expect(List.of(new Stage("c", 7)), 40);
        assertThat(course.secondsLeft(40)).isCloseTo(7, within(0.1));
    }
}
