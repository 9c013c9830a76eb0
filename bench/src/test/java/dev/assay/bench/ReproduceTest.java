package dev.assay.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.learn.LearnerSet;
import dev.assay.potential.linear.DeltaVariance;
import dev.assay.work.Workers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ReproduceTest {
    @TempDir
    private Path folder = Path.of("");

    private int run(String... arguments) {
        return new CommandLine(new Reproduce()).execute(arguments);
    }

    @ParameterizedTest
    @CsvSource({"FIGURE_6, 55.382492, 0.5960", "FIGURE_8, 51.879765, 0.6420"})
    void beginsWhereThePublishedPurificationsBegin(PurifyFigure figure, double potential, double accuracy) {
        PaperData data = PaperData.standard();
        assumeTrue(
                Files.exists(data.folder().resolve("paper/synthetic/synthetic_train_mix_2spec.csv")),
                "needs the published synthetic tables (set ASSAY_DATA)");
        try (Workers workers = Workers.of(2)) {
            PrintWriter silent = new PrintWriter(Writer.nullWriter());
            Session session = new Session(
                    data,
                    folder,
                    null,
                    null,
                    false,
                    1,
                    List.of(),
                    List.of(),
                    LearnerSet.STANDARD,
                    false,
                    workers,
                    silent);
            PurifyFigure.purify(
                    figure.problem(session), DeltaVariance.Method.ONE_STEP, 1, workers, (iteration, step) -> {
                        assertThat(step.potential() / potential).isCloseTo(1, within(1e-6));
                        assertThat(step.accuracy()).isEqualTo(accuracy);
                    });
        }
    }

    @Test
    void withoutThePublishedFilesItDrawsItsOwnAndLeavesTheirColumnsEmpty() throws IOException {
        Path first = folder.resolve("first");
        Path second = folder.resolve("second");
        String nowhere = folder.resolve("nowhere").toString();
        assertThat(run("figure6", "--fast", "--iterations", "2", "--data", nowhere, "--out", first.toString()))
                .isZero();
        List<String> lines = Files.readAllLines(first.resolve("figure6-fast.csv"));
        assertThat(lines).hasSize(3);
        assertThat(lines.get(1)).startsWith("0,1000,").endsWith(",,,,");
        assertThat(lines.get(2)).startsWith("1,990,");
        assertThat(Files.size(first.resolve("figure6-fast.png"))).isPositive();

        assertThat(run(
                        "figure6",
                        "--fast",
                        "--iterations",
                        "2",
                        "--data",
                        nowhere,
                        "--threads",
                        "1",
                        "--out",
                        second.toString()))
                .isZero();
        assertThat(second.resolve("figure6-fast.csv")).hasSameBinaryContentAs(first.resolve("figure6-fast.csv"));
    }

    @Test
    void refusesAFigureThatIsNotThere() {
        assertThat(run("figure9", "--out", folder.resolve("out").toString())).isEqualTo(2);
        assertThat(run("figure3", "--data", folder.toString(), "--out", folder.toString()))
                .isEqualTo(2);
        assertThat(folder.resolve("out")).doesNotExist();
    }
}
