package dev.assay.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.bench.AccuracyCase.Judged;
import dev.assay.bench.AccuracyCase.Problem;
import dev.assay.bench.rival.Predictor;
import dev.assay.bench.rival.Trained;
import dev.assay.data.Dataset;
import dev.assay.data.SyntheticSample;
import dev.assay.learn.LearnerSet;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class AccuracyTest {
    @TempDir
    private Path folder = Path.of("");

    private final Workers workers = Workers.of(2);

    @AfterEach
    void close() {
        workers.close();
    }

    /** Says the same class of everything. */
    private static Predictor always(int code) {
        return (x, ignored) -> {
            Matrix result = new Matrix(x.rows(), 4);
            for (int i = 0; i < x.rows(); i++) {
                for (int c = 0; c < 4; c++) {
                    result.set(i, c, c == code ? 0.7 : 0.1);
                }
            }
            return result;
        };
    }

    private static double share(Dataset data, int code) {
        return Arrays.stream(AccuracyCase.codes(data)).filter(c -> c == code).count() / (double) data.size();
    }

    @Test
    void eachFunctionIsPredictedByTheBlockThatHasMostOfItsRows() {
        SyntheticSample sample = SyntheticSample.drawPaper(new int[] {30, 20}, 1);
        List<Dataset> tests = List.of(
                SyntheticSample.drawPaper(new int[] {200}, 2).toDataset(),
                SyntheticSample.drawPaper(new int[] {0, 200}, 3).toDataset());
        Problem problem = new Problem(sample.toDataset(), sample.blocks(), null, tests, "mixed", 2);
        // most rows of function 2 are in block 1
        int[] blocks = IntStream.range(0, 50).map(i -> i < 28 || i > 47 ? 2 : 1).toArray();
        Trained trained = new Trained(blocks, List.of(always(0), always(1)), always(3), "mixed");
        AccuracyScore score = AccuracyScore.of(problem, Judged.OWN, trained, 1, workers);
        assertThat(score.accuracy()).isCloseTo((share(tests.get(0), 1) + share(tests.get(1), 0)) / 2, within(1e-12));
        assertThat(score.rightBlocks()).isEqualTo(1);
        assertThat(score.precision()).isNaN();
        Problem main = new Problem(sample.toDataset(), sample.blocks(), null, tests.subList(0, 1), "mixed", 3);
        AccuracyScore ofMain = AccuracyScore.of(main, Judged.MAIN, trained, 1, workers);
        assertThat(ofMain.accuracy()).isCloseTo(share(tests.get(0), 0), within(1e-12));
        // 30 rows outside of block 1, two of them of function 2, which has 20
        assertThat(ofMain.precision()).isCloseTo(2 / 30.0, within(1e-12));
        assertThat(ofMain.recall()).isCloseTo(2 / 20.0, within(1e-12));
        assertThat(ofMain.rightVerdict()).isEqualTo(1);
        assertThat(ofMain.rightBlocks()).isZero();
    }

    @Test
    void withWrongLabelsOnlyBlockZeroCountsAsRemoved() {
        Dataset data = SyntheticSample.drawPaper(new int[] {10}, 1).toDataset();
        boolean[] wrong = new boolean[10];
        wrong[3] = true;
        wrong[4] = true;
        int[] blocks = {1, 1, 2, 0, 1, 1, 0, 2, 1, 1};
        Trained trained = new Trained(blocks, List.of(always(0), always(1)), always(2), "");
        AccuracyScore score = AccuracyScore.of(
                new Problem(data, null, wrong, List.of(data), "noisy", 1), Judged.WHOLE, trained, 1, workers);
        assertThat(score.precision()).isEqualTo(0.5);
        assertThat(score.recall()).isEqualTo(0.5);
        assertThat(score.accuracy()).isEqualTo(share(data, 2));
        double s = share(data, 2);
        assertThat(score.logLoss()).isCloseTo(-s * Math.log(0.7) - (1 - s) * Math.log(0.1), within(1e-12));
        assertThat(score.rightVerdict()).isNaN();
        assertThat(score.adjustedRand()).isNaN();
    }

    @Test
    void theTableHasMeansStandardErrorsAndCountsOfVerdicts() {
        AccuracyCase plain = new AccuracyCase("plain", "a case", Judged.WHOLE, 2, (session, repeat) -> problem());
        AccuracyCase verdict = new AccuracyCase("v", "a verdict", Judged.VERDICT, 2, (session, repeat) -> problem());
        AccuracyTable table = new AccuracyTable(List.of(plain, verdict), List.of("none", "one", "other"));
        double nan = Double.NaN;
        table.add(plain, "one", 0, new AccuracyScore(0.9, 0.3, nan, nan, nan, 1, nan, nan, 2), "abc");
        table.add(plain, "other", 0, new AccuracyScore(0.7, 0.5, nan, nan, nan, 1, nan, nan, 2), "abc");
        table.add(plain, "one", 1, new AccuracyScore(0.8, 0.4, nan, nan, nan, 2, nan, nan, 4), "def");
        table.add(verdict, "one", 0, new AccuracyScore(0.9, 0.3, 0.5, nan, nan, 2, 1, 0, 2), "def");
        table.add(verdict, "one", 1, new AccuracyScore(0.9, 0.3, 0.7, nan, nan, 2, 1, 1, 2), "def");
        String text = table.markdown("stamp");
        assertThat(text)
                .startsWith(
                        "stamp\n\n| test accuracy | one | other |\n|---|---|---|\n| a case | 0.8500 ± 0.0500 | 0.7000 |\n")
                .contains("| plain | one | 0.8500 ± 0.0500 | 0.350 ± 0.050 |  |  |  | 1.5 |  | 3.0 |\n")
                .contains("| a verdict | 2 of 2 | 1 of 2 | 0.900 ± 0.000 | 0.600 ± 0.100 |  | 2.0 |\n");
        assertThat(table.csv().lines().skip(1).findFirst())
                .hasValue("plain,one,0,0.900000,0.300000,,,,1.00000,,,2.00000,abc");

        AccuracyTable again = new AccuracyTable(List.of(plain, verdict), List.of("none", "one", "other"));
        again.read(table.csv().lines().toList());
        assertThat(again.markdown("stamp")).isEqualTo(text);
        assertThat(again.has(plain, "one", 1)).isTrue();
        assertThat(again.has(plain, "one", 2)).isFalse();
        assertThat(again.commits()).containsExactly("abc", "def");
    }

    private static Problem problem() {
        Dataset data = SyntheticSample.drawPaper(new int[] {10}, 1).toDataset();
        return new Problem(data, null, null, List.of(data), "", 0);
    }

    @Test
    void drawsTheSameDataEveryTimeAndOthersForEveryRepeat() {
        Session session = new Session(
                new PaperData(folder),
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
                new PrintWriter(Writer.nullWriter()));
        for (AccuracyCase one : LetterCases.all()) {
            Problem first = one.draw().of(session, 0);
            assertThat(one.draw().of(session, 0).training().fingerprint())
                    .isEqualTo(first.training().fingerprint());
            assertThat(one.draw().of(session, 1).training().fingerprint())
                    .isNotEqualTo(first.training().fingerprint());
            for (Dataset test : first.tests()) {
                int[] codes = AccuracyCase.codes(test);
                for (int c = 0; c < 4; c++) {
                    int code = c;
                    assertThat(Arrays.stream(codes).filter(each -> each == code).count() / (double) codes.length)
                            .as("share of class %d in %s", c, one.name())
                            .isGreaterThan(0.08);
                }
            }
        }
    }

    @Test
    void writesTheTableAndRefusesACaseThatIsNotThere() throws IOException {
        Path out = folder.resolve("out");
        String[] arguments = {
            "accuracy",
            "--cases",
            "flag-100",
            "--methods",
            "softmax,confident",
            "--repeats",
            "1",
            "--out",
            out.toString()
        };
        assertThat(new CommandLine(new Reproduce()).execute(arguments)).isZero();
        assertThat(Files.readString(out.resolve("accuracy.md"))).contains("| flag-100 | softmax | ");
        assertThat(Files.readAllLines(out.resolve("accuracy.csv"))).hasSize(3);
        assertThat(new CommandLine(new Reproduce()).execute("accuracy", "--cases", "nothing", "--out", out.toString()))
                .isEqualTo(2);
    }
}
