package dev.assay.purify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.data.InvalidInputException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PurifyJournalTest {
    @Test
    void comesBackFromItsLinesBitForBit() {
        PurifyJournal journal = new PurifyJournal();
        journal.open("abc", PurifySettings.AUTOMATIC);
        double[] scores = {0.1 + 0.2, -1e-310, Math.nextUp(7.0)};
        journal.record("all 1", new PurifyJournal.Step(new int[] {5, 2, 9}, scores));
        journal.record("all 2", new PurifyJournal.Step(new int[0], new double[0]));
        journal.keepScores("all 3", new double[] {1, Double.NaN, Double.NEGATIVE_INFINITY});

        PurifyJournal read = PurifyJournal.ofLines(journal.toLines());
        read.open("abc", PurifySettings.AUTOMATIC);

        PurifyJournal.Step step = Objects.requireNonNull(read.step("all 1"));
        assertThat(step.removed()).containsExactly(5, 2, 9);
        assertThat(step.scores()).containsExactly(scores);
        assertThat(read.scores("all 3", 3)).containsExactly(1, Double.NaN, Double.NEGATIVE_INFINITY);
        assertThat(read.stepsDone()).isEqualTo(2);
        assertThat(read.toLines()).isEqualTo(journal.toLines());
    }

    @Test
    void belongsToItsDataAndSettings() {
        PurifyJournal journal = new PurifyJournal();
        journal.open("abc", PurifySettings.AUTOMATIC);
        PurifyJournal read = PurifyJournal.ofLines(journal.toLines());
        assertThatThrownBy(() -> read.open("other", PurifySettings.AUTOMATIC))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("other data or other settings");
        assertThatThrownBy(() -> read.open("abc", PurifySettings.AUTOMATIC.withSeed(2)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("other data or other settings");
    }

    @Test
    void isNotReadFromAPartOfItself() {
        PurifyJournal journal = new PurifyJournal();
        journal.record("all 1", new PurifyJournal.Step(new int[] {5}, new double[] {1}));
        List<String> lines = journal.toLines();
        assertThatThrownBy(() -> PurifyJournal.ofLines(lines.subList(0, lines.size() - 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a complete journal");
    }
}
