package dev.assay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.io.result.ResultRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Labels that look wrong, in the formats of those who relabel. */
class LabelIssuesTest {
    private static final int ROWS = 480;
    private static final int UNLABELLED = 7;
    private static final List<String> KINDS = List.of("ant", "bee \"x\", y", "cat");
    private static final double[][] CENTRES = {{0, 2.5}, {2.2, -1.3}, {-2.2, -1.3}};

    @TempDir
    private Path folder = Path.of("");

    @Test
    void theTableHasALineForEachRowOfTheFile() throws IOException {
        Path data = kinds();
        Path issues = folder.resolve("issues.csv");

        CommandRun run = CommandRun.of("diagnose", data, "--label", "kind", "--label-issues", issues);

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("Relabel by " + issues);
        ResultRows table = ResultRows.read(issues);
        assertThat(table.columns())
                .containsExactly("is_label_issue", "label_quality", "given_label", "predicted_label");
        assertThat(table.rows()).hasSize(ROWS);
        List<String> given = given(data);
        for (int row = 0; row < ROWS; row++) {
            Map<String, String> line = table.rows().get(row);
            assertThat(line).containsEntry("given_label", given.get(row));
            if (row == UNLABELLED) {
                assertThat(line).containsEntry("is_label_issue", "False").containsEntry("label_quality", "");
                continue;
            }
            boolean issue = "True".equals(line.get("is_label_issue"));
            String label = given.get(row);
            assertThat(Double.parseDouble(line.getOrDefault("label_quality", "")))
                    .isBetween(0.0, 1.0)
                    .matches(quality -> issue == quality < 0.5);
            assertThat(line.get("predicted_label")).isIn(KINDS).matches(predicted -> issue != predicted.equals(label));
        }
        assertThat(found(table)).hasSizeBetween(32, 44);
        assertThat(found(table)).filteredOn(wrong()::contains).hasSizeGreaterThan(28);
    }

    @Test
    void theTasksAreTheSuspiciousRowsTheWorstFirst() throws IOException {
        Path data = kinds();
        Path tasks = folder.resolve("made").resolve("tasks.json");
        Path table = folder.resolve("issues.csv");

        assertThat(CommandRun.of(
                                "purify",
                                data,
                                "--label",
                                "kind",
                                "--out",
                                folder.resolve("p"),
                                "--label-issues",
                                tasks)
                        .status())
                .isZero();
        assertThat(CommandRun.of("diagnose", data, "--label", "kind", "--label-issues", table)
                        .status())
                .isZero();

        JsonNode list = new ObjectMapper().readTree(tasks.toFile());
        ResultRows lines = ResultRows.read(table);
        List<Integer> rows = new ArrayList<>();
        double before = 0;
        List<String> file = Files.readAllLines(data);
        for (JsonNode task : list) {
            int row = task.at("/data/row").asInt();
            rows.add(row);
            Map<String, String> line = lines.rows().get(row);
            double quality = Double.parseDouble(line.getOrDefault("label_quality", ""));
            assertThat(quality).isGreaterThanOrEqualTo(before);
            before = quality;
            assertThat(task.at("/data/u").asText()).isEqualTo(file.get(row + 1).split(",", -1)[0]);
            assertThat(task.at("/data/kind").asText()).isEqualTo(line.get("given_label"));
            JsonNode prediction = task.at("/predictions/0");
            assertThat(prediction.at("/model_version").asText()).startsWith("assay ");
            assertThat(prediction.at("/score").asDouble()).isBetween(0.5, 1.0);
            assertThat(prediction.at("/result/0/type").asText()).isEqualTo("choices");
            assertThat(prediction.at("/result/0/from_name").asText()).isEqualTo("label");
            assertThat(prediction.at("/result/0/to_name").asText()).isEqualTo("row");
            assertThat(prediction.at("/result/0/value/choices")).hasSize(1);
            assertThat(prediction.at("/result/0/value/choices/0").asText()).isEqualTo(line.get("predicted_label"));
        }
        assertThat(rows).containsExactlyInAnyOrderElementsOf(found(lines)).isNotEmpty();
    }

    @Test
    void rowsOfAnotherKindAreNoIssues() throws IOException {
        Path sites = TwoRules.write(folder.resolve("sites.csv"), 400, 1);
        Path issues = folder.resolve("issues.csv");

        CommandRun run = CommandRun.of(
                "diagnose", sites, "--label", "y", "--drop", "name,where,colour,site", "--label-issues", issues);

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).startsWith("Your data is mixed");
        assertThat(found(ResultRows.read(issues))).hasSizeLessThan(20);
    }

    @Test
    void numbersAreSuggestedAsNumbers() throws IOException {
        Random random = new Random(3);
        StringBuilder text = new StringBuilder("u,v,price\n");
        for (int i = 0; i < ROWS; i++) {
            double u = random.nextGaussian();
            double v = random.nextGaussian();
            double price =
                    i % 10 == 0 ? 100 + 60 * random.nextGaussian() : 100 + 20 * u - 30 * v + random.nextGaussian();
            text.append(String.format(Locale.ROOT, "%.4f,%.4f,%.3f%n", u, v, price));
        }
        Path data = Files.writeString(folder.resolve("prices.csv"), text);
        Path tasks = folder.resolve("tasks.json");

        assertThat(CommandRun.of("diagnose", data, "--label", "price", "--label-issues", tasks)
                        .status())
                .isZero();

        JsonNode list = new ObjectMapper().readTree(tasks.toFile());
        assertThat(list).isNotEmpty();
        for (JsonNode task : list) {
            JsonNode result = task.at("/predictions/0/result/0");
            assertThat(result.at("/type").asText()).isEqualTo("number");
            double rule = 100
                    + 20 * task.at("/data/u").asDouble()
                    - 30 * task.at("/data/v").asDouble();
            assertThat(result.at("/value/number").asDouble()).isCloseTo(rule, within(3.0));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"kinds.csv", "out/rows.csv", "issues.txt"})
    void noInputAndNoFileOfTheRunIsWrittenOver(String name) throws IOException {
        Path data = kinds();
        String before = Files.readString(data);

        CommandRun run = CommandRun.of(
                "purify",
                data,
                "--label",
                "kind",
                "--out",
                folder.resolve("out"),
                "--label-issues",
                folder.resolve(name));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.errorLines()).hasSize(1).first().asString().contains(name);
        assertThat(data).hasContent(before);
        assertThat(folder).isDirectoryNotContaining("glob:**out");
    }

    private static List<Integer> found(ResultRows table) {
        return IntStream.range(0, table.rows().size())
                .filter(row -> "True".equals(table.rows().get(row).get("is_label_issue")))
                .boxed()
                .toList();
    }

    private static List<Integer> wrong() {
        return IntStream.range(0, ROWS).filter(i -> i % 12 == 3).boxed().toList();
    }

    private static List<String> given(Path data) throws IOException {
        return ResultRows.read(data).rows().stream()
                .map(row -> new HashMap<>(row).getOrDefault("kind", ""))
                .toList();
    }

    /** Three kinds that lie apart, one row in twelve called the next one, one without a label. */
    private Path kinds() throws IOException {
        Random random = new Random(5);
        StringBuilder text = new StringBuilder("u,v,kind\n");
        for (int i = 0; i < ROWS; i++) {
            int kind = random.nextInt(KINDS.size());
            String label = KINDS.get(wrong().contains(i) ? (kind + 1) % KINDS.size() : kind);
            text.append(String.format(
                    Locale.ROOT,
                    "%.4f,%.4f,%s%n",
                    CENTRES[kind][0] + 0.8 * random.nextGaussian(),
                    CENTRES[kind][1] + 0.8 * random.nextGaussian(),
                    i == UNLABELLED ? "" : "\"" + label.replace("\"", "\"\"") + "\""));
        }
        return Files.writeString(folder.resolve("kinds.csv"), text);
    }
}
