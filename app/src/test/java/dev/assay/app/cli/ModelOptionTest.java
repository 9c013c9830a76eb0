package dev.assay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which experts there may be, through the command line. */
class ModelOptionTest {
    private static final int ROWS = 400;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void treesAreTakenThroughARunPredictionsAndAnEvaluation() throws IOException {
        Path train = chequered("train.csv", 1);
        Path fresh = chequered("fresh.csv", 2);
        Path out = folder.resolve("result");

        CommandRun run = CommandRun.of("run", train, "--label", "y", "--model", "trees", "--out", out);
        CommandRun predicted = CommandRun.of("predict", out, fresh, "--out", folder.resolve("predictions.csv"));
        CommandRun evaluated = CommandRun.of("evaluate", out, fresh);

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(predicted.status()).as(predicted.err()).isZero();
        assertThat(evaluated.status()).as(evaluated.err()).isZero();
        JsonNode record = new ObjectMapper().readTree(out.resolve("run.json").toFile());
        JsonNode expert = record.path("blocks").path(0).path("expert");
        assertThat(expert.path("view").asText()).isEqualTo("boosted trees");
        assertThat(expert.path("trees").asInt()).isPositive();
        assertThat(record.path("settings").path("models")).hasSize(1);
        assertThat(record.path("measures").path("potentialModel").asText()).contains("leaves of", "held fixed");
        assertThat(record.path("judges").path("view").asText()).isEqualTo("boosted trees");
        long right = Files.readAllLines(folder.resolve("predictions.csv")).stream()
                .skip(1)
                .count();
        assertThat(right).isEqualTo(ROWS);
        assertThat(record.path("blocks").path(0).path("outOfFoldAccuracy").asDouble())
                .isGreaterThan(0.9);
    }

    @Test
    void ofAllThatAreOfferedTheBestIsTakenAndSaidWithItsLead() throws IOException {
        Path out = folder.resolve("result");

        CommandRun run = CommandRun.of("divide", chequered("all.csv", 3), "--label", "y", "--out", out, "--explain");

        assertThat(run.status()).as(run.err()).isZero();
        JsonNode record = new ObjectMapper().readTree(out.resolve("run.json").toFile());
        assertThat(record.path("settings").path("models")).hasSize(3);
        JsonNode expert = record.path("blocks").path(0).path("expert");
        assertThat(expert.path("rivals").size()).isPositive();
        for (JsonNode rival : expert.path("rivals")) {
            assertThat(rival.path("gain").asDouble())
                    .isGreaterThan(-rival.path("standardError").asDouble());
        }
        assertThat(record.path("explanation").toString()).contains("nats (standard error");
        assertThat(record.path("measures").path("potentialModel").asText())
                .contains("linear in the features as they are");
        assertThat(run.out().replaceAll("\\s+", " ")).contains("whatever the experts are");
    }

    @Test
    void whatCannotBeOfferedIsRefusedInOneLine() throws IOException {
        Path data = chequered("data.csv", 4);

        CommandRun unknown = CommandRun.of("diagnose", data, "--label", "y", "--model", "forest");
        CommandRun both = CommandRun.of(
                "purify", data, "--label", "y", "--model", "trees", "--ridge", "0.1", "--out", folder.resolve("o"));

        assertThat(unknown.status()).isEqualTo(2);
        assertThat(unknown.errorLines())
                .singleElement()
                .asString()
                .contains("--model is 'forest'", "linear, radial, trees");
        assertThat(both.status()).isEqualTo(2);
        assertThat(both.errorLines()).singleElement().asString().contains("--ridge 0.1", "--model");
    }

    /** Alike where both features have the same sign. */
    private Path chequered(String name, long seed) throws IOException {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder("a,b,c,d,y\n");
        for (int row = 0; row < ROWS; row++) {
            double a = 2 * random.nextDouble() - 1;
            double b = 2 * random.nextDouble() - 1;
            text.append(String.format(
                    Locale.ROOT,
                    "%.4f,%.4f,%.4f,%.4f,%s%n",
                    a,
                    b,
                    random.nextDouble(),
                    random.nextDouble(),
                    a * b > 0 ? "alike" : "differ"));
        }
        return Files.writeString(folder.resolve(name), text);
    }
}
