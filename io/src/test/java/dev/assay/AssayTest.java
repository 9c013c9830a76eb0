package dev.assay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.InvalidInputException;
import dev.assay.divide.DivideSettings;
import dev.assay.divide.Verdict;
import dev.assay.io.read.LoadedData;
import dev.assay.job.DivideOutcome;
import dev.assay.job.PurifyOutcome;
import dev.assay.predict.Worth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From Java: a file goes in, a verdict and a model come out; also with a learner that Assay knows nothing of. */
class AssayTest {
    private static final int ROWS = 400;

    @TempDir
    private Path folder;

    @Test
    void aRunFindsBlocksAndMakesAModelThatPredictsARow() throws IOException {
        RunResult result =
                Assay.read(twoDevices()).label("y").source("device").seed(3).run();

        assertThat(result.verdict()).isEqualTo(Verdict.MIXED);
        assertThat(result.blocks()).hasSize(2);
        assertThat(result.potential()).isPositive();
        assertThat(result.worth().map(Worth::way)).contains(Worth.Way.SOURCE);
        Prediction first = result.model().predict(Map.of("a", 1.5, "b", -1.5, "device", "A"));
        Prediction second = result.model().predict(Map.of("a", 1.5, "b", -1.5, "device", "B"));
        assertThat(first.label()).isEqualTo("yes");
        assertThat(second.label()).isEqualTo("no");
        assertThat(first.probabilities().values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum())
                .isCloseTo(1, within(1e-9));
        assertThat(first.block()).isNotEqualTo(second.block());
    }

    @Test
    void aSavedModelPredictsTheSame() throws IOException {
        RunResult result = Assay.read(twoDevices()).label("y").source("device").run();
        result.save(folder.resolve("model"));

        List<Prediction> saved = Assay.load(folder.resolve("model")).predict(folder.resolve("two.csv"));

        assertThat(saved).hasSize(ROWS).isEqualTo(result.model().predict(folder.resolve("two.csv")));
        assertThatThrownBy(() -> result.save(folder.resolve("model"))).isInstanceOf(InvalidInputException.class);
    }

    /** A file of labels alone is judged by a model of one's own; blocks it cannot tell. */
    @Test
    void probabilitiesOfOnesOwnJudgeLabels() throws IOException {
        StringBuilder labels = new StringBuilder("y\n");
        StringBuilder said = new StringBuilder("no,yes\n");
        for (int row = 0; row < ROWS; row++) {
            boolean yes = row % 2 == 0;
            labels.append(yes == (row % 5 != 0) ? "yes" : "no").append('\n');
            said.append(yes ? "0.1,0.9" : "0.9,0.1").append('\n');
        }
        Analysis analysis = Assay.read(Files.writeString(folder.resolve("labels.csv"), labels))
                .label("y")
                .probabilities(Files.writeString(folder.resolve("p.csv"), said));

        PurifyOutcome found = analysis.purify();

        assertThat(found.purification().removed()).hasSize(ROWS / 5);
        assertThat(Objects.requireNonNull(found.given()).reliability().accuracy())
                .isCloseTo(0.8, within(1e-9));
        assertThatThrownBy(analysis::divide)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("blocks need experts of their own");
    }

    @Test
    void aLearnerFromOutsideIsTakenThroughEverything() throws IOException {
        Analysis analysis = Assay.read(bells()).label("y").learners(new NaiveBayes());

        DivideOutcome divided = analysis.divide();
        assertThat(divided.division().blocks())
                .allSatisfy(block -> assertThat(block.expert().name()).isEqualTo("naive Bayes"));

        RunResult result = analysis.run();
        Model model = result.model();
        assertThat(model.predict(Map.of("a", 2, "b", 0)).label()).isEqualTo("right");
        assertThat(model.predict(Map.of("a", -2, "b", 0)).label()).isEqualTo("left");

        result.save(folder.resolve("bayes"));
        assertThat(Files.readString(folder.resolve("bayes/model.json"))).contains("NaiveBayes");
        assertThat(Assay.load(folder.resolve("bayes")).predict(folder.resolve("bells.csv")))
                .isEqualTo(model.predict(folder.resolve("bells.csv")));
    }

    @Test
    void aLearnerFromOutsideFindsWrongLabels() throws IOException {
        Path file = bells();
        Analysis analysis = Assay.read(file).label("y").learners(new NaiveBayes());

        PurifyOutcome outcome = analysis.purify();

        LoadedData data = analysis.load();
        Set<Integer> removed = new HashSet<>();
        for (int i : outcome.purification().removed()) {
            removed.add(data.dataset().rows()[i]);
        }
        long right = removed.stream().filter(AssayTest::isFlipped).count();
        assertThat(right).isGreaterThan((long) (0.8 * ROWS / 10));
        assertThat(right).isGreaterThan((long) (0.8 * removed.size()));
    }

    @Test
    void whatCannotBeUsedIsSaidInOneLine() throws IOException {
        assertThatThrownBy(() ->
                        Assay.read(folder.resolve("nothing.csv")).label("y").run())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("nothing.csv");
        assertThatThrownBy(() -> Assay.read(twoDevices()).label("z").run())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'z'");
        assertThatThrownBy(() -> DivideSettings.AUTOMATIC.withMaxBlocks(0)).hasMessageContaining("maxBlocks");
        Model model =
                Assay.read(bells()).label("y").learners(new NaiveBayes()).run().model();
        assertThatThrownBy(() -> model.predict(Map.of("a", 1, "c", 2)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'c'");
    }

    /** Two devices, one that labels by a, one that labels by b. */
    private Path twoDevices() throws IOException {
        Random random = new Random(5);
        StringBuilder text = new StringBuilder("a,b,device,y\n");
        for (int row = 0; row < ROWS; row++) {
            double a = random.nextGaussian();
            double b = random.nextGaussian();
            boolean first = row % 5 < 3;
            boolean yes = (first ? a : b) > 0;
            text.append(String.format(Locale.ROOT, "%.4f,%.4f,%s,%s%n", a, b, first ? "A" : "B", yes ? "yes" : "no"));
        }
        Path file = folder.resolve("two.csv");
        Files.writeString(file, text);
        return file;
    }

    /** Two normal classes; every tenth label is wrong. */
    private Path bells() throws IOException {
        Random random = new Random(6);
        StringBuilder text = new StringBuilder("a,b,y\n");
        for (int row = 0; row < ROWS; row++) {
            boolean right = random.nextBoolean();
            double a = (right ? 2 : -2) + random.nextGaussian();
            double b = (right ? 0.5 : 2) * random.nextGaussian();
            text.append(String.format(Locale.ROOT, "%.4f,%.4f,%s%n", a, b, right != isFlipped(row) ? "right" : "left"));
        }
        Path file = folder.resolve("bells.csv");
        Files.writeString(file, text);
        return file;
    }

    private static boolean isFlipped(int row) {
        return row % 10 == 3;
    }
}
