package dev.assay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.app.result.ExpectedStages;
import dev.assay.app.result.ProgressEstimate;
import dev.assay.app.run.LearningRun;
import dev.assay.app.run.RunOrder;
import dev.assay.work.Progress;
import dev.assay.work.Stage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody who waits is told. */
class ConsoleProgressTest {
    private static final int ROWS = 300;
    private static final String ERASE = "\r\u001b[K";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aLineSaysHowFarTheWholeIsAndWhatIsBeingDone() {
        ProgressEstimate course = new ProgressEstimate();
        course.phase("read mine.csv", 0, 0);
        assertThat(ConsoleProgress.line(course, 3)).isEqualTo("3 s: read mine.csv");

        course.expect(List.of(new Stage("one block", 10), new Stage("2 blocks", 70)), 0);
        course.phase("one block", 0, 0);
        course.phase("2 blocks", 0, 10);
        assertThat(ConsoleProgress.line(course, 20))
                .isEqualTo("20 s, 25 % done, about 60 s left: or are there 2 rules?");
        assertThat(ConsoleProgress.line(course, 150)).startsWith("2 min 30 s, ");
    }

    @Test
    void aBarNeverBreaksTheLine() {
        ProgressEstimate course = new ProgressEstimate();
        course.expect(List.of(new Stage("experts teach one another", 10)), 0);
        course.phase("experts teach one another", 0, 0);

        for (int width : new int[] {20, 40, 80, 200}) {
            assertThat(ConsoleProgress.bar(course, 5, width)).hasSizeLessThan(width);
        }
        assertThat(ConsoleProgress.bar(course, 5, 100))
                .isEqualTo(
                        "  50 % [============>            ] 5 s, about 5 s left: check each label by the other rows");
    }

    @Test
    void aBarMovesWhileTheComputationSaysNothingAndGoesAwayAtTheEnd() {
        StringWriter text = new StringWriter();
        try (ConsoleProgress progress =
                new ConsoleProgress(ConsoleProgress.Style.BAR, new PrintWriter(text), () -> false)) {
            progress.phase("read \u001b]0;mine.csv", 0);
            while (text.toString().split(ERASE.replace("[", "\\["), -1).length < 3) {
                Thread.onSpinWait();
            }
        }
        assertThat(text.toString())
                .contains("read \\u001b]0;mine.csv")
                .endsWith(ERASE)
                .doesNotContain("\n")
                .doesNotContain("\u001b]");
    }

    @Test
    void allThatARunAnnouncesIsExpectedInThatOrder() throws IOException {
        Path data = TwoRules.write(folder.resolve("two.csv"), ROWS, 1);
        for (String command : List.of("run", "divide", "purify", "diagnose")) {
            Announced announced = new Announced();
            LearningRun run = new ServedCommands()
                    .understood(List.of(command, data.toString(), "--label=y", "--id=name", "--out=unused"));

            new RunOrder(run, folder.resolve(command), null).run(announced);

            assertThat(announced.expected.stream().map(Stage::phase).toList())
                    .as("expected by %s", command)
                    .containsSubsequence(announced.phases.subList(1, announced.phases.size()))
                    .endsWith(ExpectedStages.WRITE);
        }
    }

    /** What a run said that it would do, and what it then did. */
    private static final class Announced implements Progress {
        private final List<Stage> expected = new ArrayList<>();
        private final List<String> phases = new ArrayList<>();

        @Override
        public void expect(List<Stage> stages) {
            expected.addAll(stages);
        }

        @Override
        public synchronized void phase(String name, long steps) {
            phases.add(name);
        }

        @Override
        public void step(long done) {}

        @Override
        public boolean isCancelled() {
            return false;
        }
    }
}
