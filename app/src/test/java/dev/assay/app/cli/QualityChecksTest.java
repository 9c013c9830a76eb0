package dev.assay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is odd in features and order, from a table to rows.csv, run.json and the screen. */
class QualityChecksTest {
    @TempDir
    private Path folder = Path.of("");

    private JsonNode run(Path data, String... options) throws IOException {
        CommandRun run = diagnose(data, options);
        assertThat(run.status()).as(run.err()).isZero();
        return new ObjectMapper().readTree(folder.resolve("out/run.json").toFile());
    }

    private CommandRun diagnose(Path data, String... options) {
        List<Object> words =
                new ArrayList<>(List.of("diagnose", data, "--label", "y", "--out", folder.resolve("out"), "--force"));
        words.addAll(List.of(options));
        return CommandRun.of(words.toArray());
    }

    private List<Map<String, String>> rows() throws IOException {
        return TwoRules.csv(folder.resolve("out/rows.csv"));
    }

    /** Rows of five numbers and a label; the first six are far out in four of the numbers. */
    private Path withOutliers() throws IOException {
        Random random = new Random(11);
        StringBuilder text = new StringBuilder("id,a,b,c,d,e,y\n");
        for (int row = 0; row < 400; row++) {
            double a = random.nextGaussian();
            text.append("case").append(row).append(String.format(Locale.ROOT, ",%.4f", a));
            for (int column = 0; column < 4; column++) {
                text.append(
                        String.format(Locale.ROOT, ",%.4f", row < 6 ? 9 + random.nextDouble() : random.nextGaussian()));
            }
            text.append(a + 0.3 * random.nextGaussian() > 0 ? ",yes\n" : ",no\n");
        }
        return Files.writeString(folder.resolve("outliers.csv"), text);
    }

    @Test
    void rowsFarOutAreNamedWithTheColumnsThatSpeak() throws IOException {
        Path data = withOutliers();
        JsonNode json = run(data, "--id", "id");

        assertThat(json.at("/remarks").toString())
                .containsPattern("[6-8] rows of 400 are farther out")
                .contains("case");
        assertThat(json.at("/outliers/beyond").asInt()).isBetween(6, 8);
        assertThat(json.at("/outliers/rows/0/id").asText()).matches("case[0-5]");
        assertThat(json.at("/outliers/rows/0/columns/0/column").asText()).isIn("b", "c", "d", "e");
        assertThat(folder.resolve("out/report.json")).content().containsPattern("[6-8] rows of 400 are farther out");
        List<Map<String, String>> rows = rows();
        assertThat(Double.parseDouble(rows.get(0).get("outlierChance"))).isLessThan(0.001);
        assertThat(Double.parseDouble(rows.get(0).get("outlier")))
                .isGreaterThan(Double.parseDouble(rows.get(100).get("outlier")));
        assertThat(diagnose(data, "--drop", "id", "--explain").out().replaceAll("\\s+", " "))
                .contains("The features and the order of the rows, labels aside")
                .containsPattern(" [6-8] rows of 400 are");
    }

    @Test
    void nothingIsLookedForWhereNobodyAsks() throws IOException {
        JsonNode json =
                run(withOutliers(), "--drop", "id", "--no-outliers", "--no-near-duplicates", "--no-order-drift");

        assertThat(json.at("/outliers").isNull()).isTrue();
        assertThat(json.at("/nearDuplicates").isNull()).isTrue();
        assertThat(json.at("/orderDrift").isNull()).isTrue();
        assertThat(json.at("/remarks").toString()).doesNotContain("farther out");
        assertThat(rows().get(0)).containsEntry("outlier", "").containsEntry("outlierChance", "");
    }

    /** Patients with visits that are next to copies of one another, shuffled. */
    private Path patients() throws IOException {
        Random random = new Random(3);
        List<String> lines = new ArrayList<>();
        for (int patient = 0; patient < 60; patient++) {
            double[] own = random.doubles(4).toArray();
            String label = own[0] + 0.2 * random.nextGaussian() > 0.5 ? "ill" : "well";
            for (int visit = 0; visit < 5; visit++) {
                StringBuilder line = new StringBuilder("p" + patient);
                for (double value : own) {
                    line.append(String.format(Locale.ROOT, ",%.5f", value + 0.001 * random.nextGaussian()));
                }
                lines.add(line + "," + label);
            }
        }
        Collections.shuffle(lines, random);
        return Files.writeString(
                folder.resolve("patients.csv"), "patient,a,b,c,d,y\n" + String.join("\n", lines) + "\n");
    }

    @Test
    void nextToEqualRowsAreAskedAboutByTheColumnThatTheyShare() throws IOException {
        Path data = patients();
        for (String option : List.of("--drop", "--id")) {
            JsonNode json = run(data, option, "patient");

            assertThat(json.at("/nearDuplicates/clusters").asInt()).isBetween(55, 62);
            assertThat(json.at("/nearDuplicates/column").asText()).isEqualTo("patient");
            assertThat(json.at("/remarks").toString())
                    .contains("of next to equal rows")
                    .contains("say so with --group: the values of column patient are these clusters");
            assertThat(rows().stream().filter(row -> !"".equals(row.get("nearDuplicateOf"))))
                    .hasSizeGreaterThan(280);
            assertThat(json.at("/orderDrift/columns").findValuesAsText("drifts"))
                    .doesNotContain("true");
        }
        assertThat(run(data, "--group", "patient").at("/remarks").toString()).doesNotContain("next to equal");
    }

    @Test
    void rowsSortedByTheirLabelAndColumnsThatDriftAreSaid() throws IOException {
        Random random = new Random(5);
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < 300; row++) {
            double a = random.nextGaussian();
            lines.add(String.format(
                    Locale.ROOT, "%.4f,%.4f,%s", a, row / 100.0 + random.nextGaussian(), a > 0 ? "yes" : "no"));
        }
        Path drifting = Files.writeString(folder.resolve("drift.csv"), "a,b,y\n" + String.join("\n", lines) + "\n");
        JsonNode json = run(drifting);
        assertThat(json.at("/remarks").toString()).contains("Column b (").contains("changes along the file");
        assertThat(json.at("/orderDrift/sortedByLabel").asBoolean()).isFalse();

        lines.sort(Comparator.comparing((String line) -> line.endsWith("yes")));
        Path sorted = Files.writeString(folder.resolve("sorted.csv"), "a,b,y\n" + String.join("\n", lines) + "\n");
        json = run(sorted);
        assertThat(json.at("/remarks").toString()).contains("The rows are sorted by their label");
        assertThat(json.at("/orderDrift/sortedByLabel").asBoolean()).isTrue();
    }

    @Test
    void classesOfFewRowsAreSaid() throws IOException {
        Random random = new Random(6);
        StringBuilder text = new StringBuilder("a,y\n");
        for (int row = 0; row < 200; row++) {
            text.append(
                    String.format(Locale.ROOT, "%.4f,%s%n", random.nextGaussian(), row < 3 ? "odd" : "k" + row % 2));
        }
        JsonNode json = run(Files.writeString(folder.resolve("rare.csv"), text));

        assertThat(json.at("/remarks").toString())
                .contains("Class \\\"odd\\\" (3 rows, 1.5 %) is rare")
                .contains("have no row of it");
    }
}
