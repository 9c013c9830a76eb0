package dev.assay.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyntheticSampleTest {
    private static Path paperFile(String name) {
        String given = System.getProperty("ASSAY_DATA", System.getenv("ASSAY_DATA"));
        Path folder = given == null ? Path.of("../../shared/data") : Path.of(given);
        Path file = folder.resolve("paper/synthetic").resolve(name);
        assumeTrue(Files.exists(file), () -> "needs the paper's file " + file + " (set ASSAY_DATA)");
        return file;
    }

    @ParameterizedTest
    @CsvSource({
        "synthetic_train_pure.csv, 1000, 0, 0",
        "synthetic_test_dis1.csv, 1000, 0, 0",
        "synthetic_train_mix_2spec.csv, 700, 300, 0",
        "synthetic_train_mix_3spec.csv, 700, 150, 150",
        "synthetic_mix12.csv, 1000, 1000, 0",
        "synthetic_mix123.csv, 1000, 1000, 1000"
    })
    void givesEveryLabelOfThePapersFiles(String name, int first, int second, int third) throws IOException {
        List<String> lines = Files.readAllLines(paperFile(name));
        int n = lines.size() - 1;
        assertThat(n).isEqualTo(first + second + third);
        for (int i = 0; i < n; i++) {
            String letters = lines.get(i + 1).replace(",", "");
            int[] codes =
                    letters.chars().map(SyntheticFunction.LETTERS::indexOf).toArray();
            int function = i < first ? 1 : i < first + second ? 2 : 3;
            assertThat(SyntheticFunction.paper(function).label(codes, 0))
                    .as("row " + i + " of " + name)
                    .isEqualTo(codes[SyntheticFunction.POSITIONS]);
        }
    }

    @Test
    void thresholdsBelongToTheLabelBelow() {
        // integer weights: s is exact, so it can be put on each threshold
        SyntheticFunction count = new SyntheticFunction(
                new double[] {0, 1, 0, 0}, new double[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, new double[] {1, 2, 3});
        StringBuilder labels = new StringBuilder();
        for (int ones = 0; ones <= 5; ones++) {
            int[] letters = new int[SyntheticFunction.POSITIONS];
            Arrays.fill(letters, 0, ones, 1);
            labels.append(SyntheticFunction.LETTERS.charAt(count.label(letters, 0)));
        }
        assertThat(labels.toString()).isEqualTo("BBNDRR");
    }

    @Test
    void onlyOneInFourOfAnotherFunctionsLabelsAgree() {
        SyntheticSample sample = SyntheticSample.drawPaper(new int[] {20_000}, 5);
        for (int other = 2; other <= 3; other++) {
            int agree = 0;
            for (int i = 0; i < sample.size(); i++) {
                int label = SyntheticFunction.paper(other).label(sample.letters(), i * SyntheticFunction.POSITIONS);
                agree += label == sample.labels()[i] ? 1 : 0;
            }
            assertThat(agree / (double) sample.size()).isBetween(0.22, 0.29);
        }
    }

    @Test
    void theSameSeedGivesTheSameRowsAndAnotherSeedOthers() {
        SyntheticSample sample = SyntheticSample.drawPaper(new int[] {70, 30}, 1);
        assertThat(SyntheticSample.drawPaper(new int[] {70, 30}, 1).letters()).isEqualTo(sample.letters());
        assertThat(SyntheticSample.drawPaper(new int[] {70, 30}, 2).letters()).isNotEqualTo(sample.letters());
        assertThat(Arrays.stream(sample.blocks()).filter(block -> block == 0).count())
                .isEqualTo(70);
        SyntheticSample shuffled = sample.shuffled(3);
        assertThat(shuffled.blocks()).isNotEqualTo(sample.blocks()).containsExactlyInAnyOrder(sample.blocks());
    }

    @Test
    void randomFunctionsUseAllFourLabels() {
        Random random = new Random(11);
        for (int draw = 0; draw < 50; draw++) {
            SyntheticFunction function = SyntheticFunction.random(random);
            SyntheticSample sample = SyntheticSample.draw(List.of(function), new int[] {2000}, draw);
            for (int label = 0; label < 4; label++) {
                int code = label;
                assertThat(Arrays.stream(sample.labels()).filter(y -> y == code).count())
                        .isBetween(100L, 1000L);
            }
        }
    }

    @Test
    void oneHotColumnsAndCsvSayTheSame() throws IOException {
        SyntheticSample sample = SyntheticSample.drawPaper(new int[] {3, 2, 1}, 4);
        Dataset dataset = sample.toDataset();
        assertThat(dataset.dimension()).isEqualTo(41);
        StringBuilder csv = new StringBuilder();
        sample.writeCsv(csv);
        String[] lines = csv.toString().split("\n", -1);
        assertThat(lines[0]).isEqualTo("Q0,Q1,Q2,Q3,Q4,Q5,Q6,Q7,Q8,Q9,Q10");
        for (int i = 0; i < sample.size(); i++) {
            StringBuilder row = new StringBuilder();
            for (int column = 0; column < 40; column++) {
                if (dataset.features().get(i, column) == 1) {
                    String name = dataset.featureNames().get(column);
                    row.append(name.charAt(name.length() - 1)).append(',');
                }
            }
            row.append(((ClassTargets) dataset.targets()).names().get((int)
                    dataset.targets().value(i)));
            assertThat(row.toString()).isEqualTo(lines[i + 1]);
            assertThat(dataset.features().get(i, 40)).isEqualTo(1);
        }
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatThrownBy(() -> SyntheticFunction.paper(4)).hasMessageContaining("1 to 3");
        assertThatThrownBy(() -> SyntheticSample.draw(List.of(SyntheticFunction.paper(1)), new int[] {1, 2}, 0))
                .hasMessageContaining("2 sizes");
        assertThatThrownBy(() ->
                        new SyntheticFunction(new double[4], new double[SyntheticFunction.POSITIONS], new double[3]))
                .hasMessageContaining("do not increase");
    }
}
