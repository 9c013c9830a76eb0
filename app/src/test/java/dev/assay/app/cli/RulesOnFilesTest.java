package dev.assay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blocks and suspicious rows as rules, from a table to the screen, run.json and the report. */
class RulesOnFilesTest {
    private static final int ROWS = 1000;
    private static final String WRONG_LABEL = "b";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void divideTellsBlocksByTheSourceAndItsFeature() throws IOException {
        Path data = TwoRules.write(folder.resolve("sites.csv"), ROWS, 3);
        Path out = folder.resolve("result");

        CommandRun run = CommandRun.of(
                "divide", data, "--label", "y", "--id", "name", "--source", "site", "--max-blocks", "2", "--out", out);

        assertThat(run.status()).as(run.err()).isZero();
        JsonNode json = new ObjectMapper().readTree(out.resolve("run.json").toFile());
        assertThat(json.at("/blocks")).hasSize(2);
        for (JsonNode block : json.at("/blocks")) {
            JsonNode rule = block.at("/rules/0");
            assertThat(rule.at("/rule").asText())
                    .isEqualTo("site = " + block.at("/source").asText());
            assertThat(rule.at("/conditions/0/column").asText()).isEqualTo("site");
            assertThat(rule.at("/precision/value").asDouble())
                    .isCloseTo(rule.at("/hits").asDouble() / rule.at("/rows").asInt(), within(1e-12))
                    .isBetween(
                            rule.at("/precision/low").asDouble(),
                            rule.at("/precision/high").asDouble())
                    .isGreaterThan(rule.at("/baseRate").asDouble() + 0.2);
            assertThat(rule.at("/coverage/value").asDouble())
                    .isCloseTo(rule.at("/hits").asDouble() / rule.at("/members").asInt(), within(1e-12));
            assertThat(rule.at("/chance").asDouble()).isLessThan(1e-6);
            assertThat(run.out()).contains("block " + block.at("/block").asInt() + ": site = ");
        }
        JsonNode report = new ObjectMapper().readTree(out.resolve("report.json").toFile());
        assertThat(report.at("/blocks/list/1/rules/0/text").asText()).startsWith("site = ");
    }

    @Test
    void purifyAndDiagnoseSayWhereLabelsAreWrong() throws IOException {
        Path data = devices(folder.resolve("devices.csv"));
        Path purified = folder.resolve("purified");
        Path diagnosed = folder.resolve("diagnosed");

        CommandRun purify = CommandRun.of("purify", data, "--label", "y", "--out", purified);
        CommandRun diagnose = CommandRun.of("diagnose", data, "--label", "y", "--out", diagnosed);

        assertThat(purify.status()).as(purify.err()).isZero();
        assertThat(diagnose.status()).as(diagnose.err()).isZero();
        for (Path out : new Path[] {purified, diagnosed}) {
            JsonNode json = new ObjectMapper().readTree(out.resolve("run.json").toFile());
            JsonNode rules = json.at("/suspiciousRules");
            assertThat(json.at("/verdict").asText()).isEqualTo("noisy");
            assertThat(StreamSupport.stream(rules.spliterator(), false)
                            .flatMap(rule ->
                                    StreamSupport.stream(rule.at("/conditions").spliterator(), false))
                            .map(condition -> condition.at("/condition").asText()))
                    .contains("y = " + WRONG_LABEL);
            assertThat(new ObjectMapper()
                            .readTree(out.resolve("report.json").toFile())
                            .at("/suspicious/rules"))
                    .hasSameSizeAs(rules);
        }
        assertThat(purify.out()).contains("y = " + WRONG_LABEL);
        assertThat(diagnose.out()).contains("y = " + WRONG_LABEL);
    }

    @Test
    void pixelsAreNotToldByRules() throws IOException {
        StringBuilder text = new StringBuilder("y");
        for (int j = 0; j < 201; j++) {
            text.append(",p").append(j);
        }
        Random random = new Random(2);
        for (int i = 0; i < 120; i++) {
            text.append('\n').append(i % 2 == 0 ? "a" : "b");
            for (int j = 0; j < 201; j++) {
                text.append(String.format(Locale.ROOT, ",%.2f", random.nextGaussian() + (i % 2) * (j % 3)));
            }
        }
        Path data =
                Files.writeString(folder.resolve("wide.csv"), text.append('\n').toString());

        CommandRun run = CommandRun.of("diagnose", data, "--label", "y", "--out", folder.resolve("wide"));

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("No rules are looked for: 201 columns");
        assertThat(new ObjectMapper()
                        .readTree(folder.resolve("wide").resolve("run.json").toFile())
                        .at("/rulesNote")
                        .asText())
                .startsWith("No rules are looked for: 201 columns");
    }

    /**
     * Three labels by four features; three in ten of the first are called the second. Labels that are wrong where a feature says so, of one
     * device for instance, cannot be told from honest doubt, and are not called wrong.
     */
    private static Path devices(Path file) throws IOException {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder("device,temperature,x1,x2,x3,x4,y\n");
        for (int i = 0; i < 2 * ROWS; i++) {
            int device = random.nextInt(10);
            double[] x = random.doubles(4, -2, 2).toArray();
            double[] scores = {x[0] + x[1], x[2] - x[0], x[3]};
            int label = 0;
            for (int c = 1; c < scores.length; c++) {
                label = scores[c] > scores[label] ? c : label;
            }
            if (label == 0 && random.nextInt(10) < 3) {
                label = WRONG_LABEL.charAt(0) - 'a';
            }
            text.append(String.format(
                    Locale.ROOT,
                    "%d,%.1f,%.3f,%.3f,%.3f,%.3f,%s\n",
                    device,
                    20 + 5 * random.nextGaussian(),
                    x[0],
                    x[1],
                    x[2],
                    x[3],
                    "abc".charAt(label)));
        }
        return Files.writeString(file, text);
    }
}
