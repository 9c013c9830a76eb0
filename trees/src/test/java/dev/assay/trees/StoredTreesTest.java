package dev.assay.trees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.Assay;
import dev.assay.Model;
import dev.assay.RunResult;
import dev.assay.data.InvalidInputException;
import dev.assay.job.PurifyOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Boosted trees from Java: run, stored, loaded. */
class StoredTreesTest {
    private static final int ROWS = 400;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"sign", "kind", "value"})
    void whatIsLoadedPredictsTheSame(String label) throws IOException {
        Path file = table(ROWS, 0);
        RunResult result = Assay.read(file)
                .label(label)
                .drop("sign,kind,value"
                        .replace(label + ",", "")
                        .replace("," + label, "")
                        .split(",", -1))
                .learners(new BoostedTreesLearner())
                .run();
        result.save(folder.resolve("model"));

        Model loaded = Assay.load(folder.resolve("model"));

        assertThat(Files.readString(folder.resolve("model/model.json"))).contains("BoostedTrees");
        assertThat(loaded.predict(file)).isEqualTo(result.model().predict(file));
        if (label.equals("sign")) {
            assertThat(loaded.predict(Map.of("a", 0.5, "b", 0.5)).label()).isEqualTo("alike");
            assertThat(loaded.predict(Map.of("a", -0.5, "b", 0.5)).label()).isEqualTo("differ");
        }
    }

    @Test
    void changedTreesAreRefused() throws IOException {
        Assay.read(table(ROWS, 0))
                .label("sign")
                .drop("kind", "value")
                .learners(new BoostedTreesLearner())
                .run()
                .save(folder.resolve("model"));
        Path json = folder.resolve("model/model.json");
        String text = Files.readString(json);
        Files.writeString(json, text.replaceFirst("\"trees\"\\s*:\\s*\\d+", "\"trees\": 3"));

        assertThatThrownBy(() -> Assay.load(folder.resolve("model"))).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void wrongLabelsOfABentRuleAreFound() throws IOException {
        PurifyOutcome outcome = Assay.read(table(2 * ROWS, 0.1))
                .label("sign")
                .drop("kind", "value")
                .learners(new BoostedTreesLearner())
                .purify();

        int removed = outcome.purification().removed().length;
        assertThat(removed).isBetween(ROWS / 8, ROWS / 3);
    }

    private Path table(int rows, double wrong) throws IOException {
        Random random = new Random(6);
        StringBuilder text = new StringBuilder("a,b,sign,kind,value\n");
        for (int row = 0; row < rows; row++) {
            double a = 2 * random.nextDouble() - 1;
            double b = 2 * random.nextDouble() - 1;
            boolean alike = a * b > 0 != random.nextDouble() < wrong;
            text.append(String.format(
                    Locale.ROOT,
                    "%.4f,%.4f,%s,%s,%.4f%n",
                    a,
                    b,
                    alike ? "alike" : "differ",
                    a > 0.3 ? "red" : b > 0 ? "green" : "blue",
                    (a > 0 ? 2 : -1) * Math.signum(b) + 0.1 * random.nextGaussian()));
        }
        Path file = folder.resolve("table.csv");
        Files.writeString(file, text);
        return file;
    }
}
