package dev.assay.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.learn.LearnerSet;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class NoiseTest {
    private static final double NONE = Double.NaN;

    @TempDir
    private Path folder = Path.of("");

    private final Workers workers = Workers.of(2);

    @AfterEach
    void close() {
        workers.close();
    }

    private Session session() {
        return new Session(
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
    }

    /** 70 % of the rows of class a, the others of class b. */
    private static Dataset table(int n) {
        Random random = new Random(1);
        Matrix features = new Matrix(n, 2);
        int[] codes = new int[n];
        for (int i = 0; i < n; i++) {
            codes[i] = i % 10 < 7 ? 0 : 1;
            features.set(i, 0, random.nextGaussian());
            features.set(i, 1, 1);
        }
        return Dataset.of(features, new ClassTargets(codes, List.of("a", "b")));
    }

    private static long ofClassA(Dataset data) {
        return Arrays.stream(AccuracyCase.codes(data)).filter(code -> code == 0).count();
    }

    @Test
    void drawsTheSameRowsForEveryKindOfNoiseAndKeepsTestLabelsClean() {
        Dataset all = table(1000);
        NoiseCase.Draw clean = new NoiseCase("table", LabelNoise.NONE).draw(all, session(), 0);
        NoiseCase.Draw noisy = new NoiseCase("table", LabelNoise.pair(20)).draw(all, session(), 0);
        assertThat(clean.test().size()).isEqualTo(300);
        assertThat(ofClassA(clean.test())).isEqualTo(210);
        assertThat(ofClassA(clean.training())).isEqualTo(490);
        assertThat(noisy.training().rows()).isEqualTo(clean.training().rows()).hasSize(700);
        assertThat(noisy.test().fingerprint()).isEqualTo(clean.test().fingerprint());
        assertThat(IntStream.concat(
                                IntStream.of(noisy.training().rows()),
                                IntStream.of(noisy.test().rows()))
                        .distinct())
                .hasSize(1000);
        assertThat(clean.wrongRows()).isZero();
        // 98 of 490 and 42 of 210
        assertThat(noisy.wrongRows()).isEqualTo(140);
        assertThat(ofClassA(noisy.training())).isEqualTo(490 - 98 + 42);
        assertThat(new NoiseCase("table", LabelNoise.pair(20))
                        .draw(all, session(), 1)
                        .training()
                        .rows())
                .isNotEqualTo(noisy.training().rows());
    }

    @Test
    void aLargeTableGivesTwoAndAHalfThousandRowsForTrainingAndTwoThousandForTesting() {
        NoiseCase.Draw draw = new NoiseCase("table", LabelNoise.NONE).draw(table(6000), session(), 0);
        assertThat(draw.training().size()).isEqualTo(2500);
        assertThat(draw.test().size()).isEqualTo(2000);
    }

    @Test
    void theAreaUnderTheCurveCountsTiesHalf() {
        boolean[] wrong = {true, false, true, false};
        // of four pairs three are right and one is a tie
        assertThat(NoiseScore.auroc(new double[] {3, 1, 2, 2}, wrong)).isEqualTo(0.875);
        assertThat(NoiseScore.auroc(new double[] {3, NONE, 2, 1}, wrong)).isEqualTo(1);
        assertThat(NoiseScore.auroc(new double[] {3, 1, 2, 2}, new boolean[4])).isNaN();
    }

    @Test
    void countsWhatWasRemovedAndWhatOfItIsWrong() {
        NoiseCase.Draw draw = new NoiseCase("table", LabelNoise.pair(20)).draw(table(1000), session(), 0);
        CleanTest test = new CleanTest(draw, 1, workers);
        boolean[] kept = new boolean[700];
        int[] seen = new int[2];
        for (int i = 0; i < 700; i++) {
            // removes the first 70 wrong rows and the first 30 right ones
            int kind = draw.wrong()[i] ? 0 : 1;
            kept[i] = seen[kind]++ >= (kind == 0 ? 70 : 30);
        }
        NoiseScore score = NoiseScore.of(draw, new NoiseMethod.Finding(kept, new double[700], "noisy", 0.25), test, 3);
        assertThat(score.removed()).isEqualTo(100);
        assertThat(score.precision()).isEqualTo(0.7);
        assertThat(score.recall()).isEqualTo(0.5);
        assertThat(score.f1()).isCloseTo(0.7 / 1.2, within(1e-12));
        assertThat(score.auroc()).isEqualTo(0.5);
        assertThat(score.verdict()).isEqualTo("noisy");
        Arrays.fill(kept, true);
        NoiseScore none = NoiseScore.of(draw, new NoiseMethod.Finding(kept, new double[700], "", NONE), test, 3);
        assertThat(none.precision()).isNaN();
        assertThat(none.f1()).isZero();
    }

    @Test
    void theTableHasMeansStandardErrorsAndVerdictsAndCanBeReadAgain() {
        NoiseCase one = new NoiseCase("table", LabelNoise.pair(20));
        NoiseTable table = new NoiseTable(List.of(one), List.of("all", "divide", "other"));
        table.add(one, "all", 0, new NoiseScore(1000, 200, "", NONE, NONE, NONE, NONE, NONE, 0.8, 0.7, 0), "abc");
        table.add(one, "divide", 0, new NoiseScore(1000, 200, "noisy", 0.25, 0.9, 0.5, 1, 400, 0.9, 0.8, 2), "abc");
        table.add(one, "divide", 1, new NoiseScore(1000, 200, "mixed", 0.15, 0.8, 1, 1, 200, 0.8, 0.7, 4), "def");
        String text = table.markdown("stamp");
        assertThat(text)
                .startsWith("stamp\n\n| case | method | AUROC |")
                .contains("| table-pair-20 | divide | 0.850 ± 0.050 | 0.750 ± 0.250 | 1.000 ± 0.000 | 0.833 ± 0.167 | "
                        + "300 | 200 | 3.0 |\n")
                .doesNotContain("| table-pair-20 | all |")
                .contains("| test accuracy, softmax / trees | all | divide |\n")
                .contains("| table, 20 % of each class called the next one | 0.800 / 0.700 | "
                        + "0.850 ± 0.050 / 0.750 ± 0.050 |\n")
                .contains("| table-pair-20 | mixed 1, noisy 1 | 0.200 ± 0.050 | 0.200 | 3.0 |\n");
        NoiseTable again = new NoiseTable(List.of(one), List.of("all", "divide", "other"));
        again.read(table.csv().lines().toList());
        assertThat(again.csv()).isEqualTo(table.csv());
        assertThat(again.markdown("stamp")).isEqualTo(text);
        assertThat(again.has(one, "divide", 1)).isTrue();
        assertThat(again.has(one, "all", 1)).isFalse();
        assertThat(again.commits()).containsExactly("abc", "def");
    }

    @Test
    void measuresOneCellAndGoesOnWithWhatThereIs() throws IOException {
        Random random = new Random(1);
        List<String> lines = new ArrayList<>(List.of("x,y,Class"));
        for (int i = 0; i < 400; i++) {
            double x = random.nextGaussian();
            double y = random.nextGaussian();
            lines.add(String.format(Locale.ROOT, "%.6f,%.6f,%d", x, y, x + y > 0 ? 2 : 1));
        }
        Files.createDirectories(folder.resolve("uci"));
        Files.write(folder.resolve("uci/phoneme.csv"), lines);
        Path out = folder.resolve("out");
        String[] arguments = {
            "noise",
            "--cases",
            "phoneme-pair-20",
            "--methods",
            "right,confident-softmax",
            "--data",
            folder.toString(),
            "--out",
            out.toString(),
            "--resume"
        };
        assertThat(new CommandLine(new Reproduce()).execute(arguments)).isZero();
        List<String> written = Files.readAllLines(out.resolve("noise.csv"));
        assertThat(written).hasSize(3);
        assertThat(written.get(1)).startsWith("phoneme-pair-20,right,0,280,56,,,,,,,,");
        assertThat(Double.parseDouble(written.get(1).split(",", -1)[12]))
                .as("accuracy of softmax regression with the right labels")
                .isGreaterThan(0.9);
        String[] found = written.get(2).split(",", -1);
        assertThat(Double.parseDouble(found[7])).as("AUROC").isGreaterThan(0.9);
        assertThat(Double.parseDouble(found[9])).as("recall").isGreaterThan(0.7);
        assertThat(Files.readString(out.resolve("noise.md"))).contains("| phoneme-pair-20 | confident-softmax | 0.9");

        assertThat(new CommandLine(new Reproduce()).execute(arguments)).isZero();
        // the seconds too: nothing was measured again
        assertThat(Files.readAllLines(out.resolve("noise.csv"))).isEqualTo(written);
        assertThat(new CommandLine(new Reproduce()).execute("noise", "--cases", "nothing", "--out", out.toString()))
                .isEqualTo(2);
    }
}
