package dev.assay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labels judged by somebody's own probabilities, from files to files. */
class GivenProbabilitiesTest {
    private static final int ROWS = 600;
    private static final List<String> NAMES = List.of("ash", "birch", "cedar");

    @TempDir
    Path folder;

    private final List<String> labels = new ArrayList<>();
    private final List<String> features = new ArrayList<>();
    private final List<String> outOfFold = new ArrayList<>();
    private final List<String> seen = new ArrayList<>();
    private final List<Integer> wrong = new ArrayList<>();

    /** Three groups of points, every eighth label that of the next group. */
    @BeforeEach
    void plant() {
        Random random = new Random(5);
        for (int row = 0; row < ROWS; row++) {
            int truth = random.nextInt(3);
            int label = row % 8 == 3 ? (truth + 1) % 3 : truth;
            if (label != truth) {
                wrong.add(row);
            }
            labels.add(NAMES.get(label));
            features.add(
                    String.format(Locale.ROOT, "%.4f,%.4f", 4 * truth + random.nextGaussian(), random.nextGaussian()));
            outOfFold.add(said(truth, 0.8 + 0.15 * random.nextDouble()));
            seen.add(said(label, 0.97 + 0.02 * random.nextDouble()));
        }
    }

    private static String said(int code, double probability) {
        String[] cells = new String[3];
        for (int c = 0; c < 3; c++) {
            cells[c] = String.format(Locale.ROOT, "%.5f", c == code ? probability : (1 - probability) / 2);
        }
        return String.join(",", cells);
    }

    private Path write(String name, String header, List<String> lines) throws IOException {
        return Files.writeString(folder.resolve(name), header + "\n" + String.join("\n", lines) + "\n");
    }

    private Path alone() throws IOException {
        return write("labels.csv", "y", labels);
    }

    private Path given(List<String> lines) throws IOException {
        return write("given.csv", String.join(",", NAMES), lines);
    }

    private JsonNode record(Path out) throws IOException {
        return new ObjectMapper().readTree(out.resolve("run.json").toFile());
    }

    @Test
    void aFileOfLabelsAloneIsPurified() throws IOException {
        Path out = folder.resolve("out");

        CommandRun run =
                CommandRun.of("purify", alone(), "--label", "y", "--probabilities", given(outOfFold), "--out", out);

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("Your data is of one kind, but noisy", "The given probabilities name the label of 87.5 %")
                .doesNotContain("How mixed is it?");
        List<String> kept = IntStream.range(0, ROWS)
                .filter(row -> !wrong.contains(row))
                .mapToObj(labels::get)
                .toList();
        assertThat(Files.readAllLines(out.resolve("purified.csv")).subList(1, kept.size() + 1))
                .isEqualTo(kept);
        JsonNode record = record(out);
        assertThat(record.at("/verdict").asText()).isEqualTo("noisy");
        assertThat(record.at("/wrongLabels/share").asDouble()).isCloseTo(0.125, within(0.02));
        assertThat(record.at("/confusions/0/share").asDouble()).isBetween(0.1, 0.25);
        assertThat(record.at("/measures/potential").isNull()).isTrue();
        JsonNode facts = record.at("/probabilities");
        assertThat(facts.at("/path").asText()).endsWith("given.csv");
        assertThat(facts.at("/sha256").asText()).hasSize(64);
        assertThat(facts.at("/accuracy").asDouble()).isCloseTo(0.875, within(1e-9));
        assertThat(facts.at("/looksInSample").asBoolean()).isFalse();
        assertThat(facts.at("/calibrated/logLoss").asDouble())
                .isLessThanOrEqualTo(facts.at("/given/logLoss").asDouble() + 1e-9);
        assertThat(out.resolve("report.html")).exists();
        List<String> rows = Files.readAllLines(out.resolve("rows.csv"));
        assertThat(rows.get(1 + wrong.get(0))).contains(",false,1,0.0");
    }

    @Test
    void diagnoseWritesNothingAndSaysTheSame() throws IOException {
        CommandRun run =
                CommandRun.of("diagnose", alone(), "--label", "y", "--probabilities", given(outOfFold), "--explain");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out().replaceAll("\\s+", " "))
                .contains("Suspicious: 75 rows whose label looks wrong", "nothing was trained")
                .contains("is wrong about everywhere alike");
    }

    /** With features V and what comes of them are as ever. */
    @Test
    void featuresAreMeasuredAsEver() throws IOException {
        List<String> lines = IntStream.range(0, ROWS)
                .mapToObj(row -> features.get(row) + "," + labels.get(row))
                .toList();
        Path out = folder.resolve("out");

        CommandRun run = CommandRun.of(
                "diagnose",
                write("data.csv", "a,b,y", lines),
                "--label",
                "y",
                "--probabilities",
                given(outOfFold),
                "--out",
                out);

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(record(out).at("/measures/potential").asDouble()).isPositive();
        assertThat(record(out).at("/wrongLabels/rows").asInt()).isEqualTo(wrong.size());
    }

    @Test
    void aModelThatHasSeenTheLabelsIsWarnedOf() throws IOException {
        List<String> lines = IntStream.range(0, ROWS)
                .mapToObj(row -> features.get(row) + "," + labels.get(row))
                .toList();
        Path data = write("data.csv", "a,b,y", lines);
        Path out = folder.resolve("out");

        CommandRun run = CommandRun.of("diagnose", data, "--label", "y", "--probabilities", given(seen), "--out", out);

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out().replaceAll("\\s+", " "))
                .contains("WARNING: the probabilities look as if their model had seen the labels");
        assertThat(record(out).at("/probabilities/looksInSample").asBoolean()).isTrue();
        assertThat(record(out).at("/remarks/0").asText()).startsWith("WARNING");
    }

    @Test
    void shufflingTheRowsShufflesTheResults() throws IOException {
        List<Integer> order = new ArrayList<>(IntStream.range(0, ROWS).boxed().toList());
        Collections.shuffle(order, new Random(3));
        List<String> plain = rows(labels, outOfFold, "plain");
        List<String> shuffled = rows(
                order.stream().map(labels::get).toList(),
                order.stream().map(outOfFold::get).toList(),
                "shuffled");

        for (int place = 0; place < ROWS; place++) {
            assertThat(withoutNumber(shuffled.get(place))).isEqualTo(withoutNumber(plain.get(order.get(place))));
        }
    }

    private List<String> rows(List<String> own, List<String> probabilities, String name) throws IOException {
        Path out = folder.resolve(name);
        CommandRun run = CommandRun.of(
                "diagnose",
                write(name + "-labels.csv", "y", own),
                "--label",
                "y",
                "--probabilities",
                write(name + "-given.csv", String.join(",", NAMES), probabilities),
                "--out",
                out,
                "--quiet");
        assertThat(run.status()).as(run.err()).isZero();
        return Files.readAllLines(out.resolve("rows.csv")).subList(1, ROWS + 1);
    }

    private static String withoutNumber(String line) {
        return line.split(",", 3)[2];
    }

    @Test
    void whatCannotBeUsedIsOneLine() throws IOException {
        Path labelled = alone();
        Path few = write("few.csv", String.join(",", NAMES), outOfFold.subList(0, 10));
        refused("few.csv has 10 rows of probabilities, the data has 600", labelled, "--probabilities", few);
        refused("--probability-labels", labelled, "--probabilities", write("p.csv", "0,1,2", outOfFold));
        refused("--probability-folds has no probabilities to belong to", labelled, "--probability-folds", few);
    }

    @Test
    void anotherCriterionAsksForNoProbabilities() throws IOException {
        CommandRun run = CommandRun.of(
                "purify",
                alone(),
                "--label",
                "y",
                "--probabilities",
                given(outOfFold),
                "--criterion",
                "loss",
                "--out",
                folder.resolve("out"));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.errorLines()).last().asString().contains("criterion loss, which asks for none");
        assertThat(folder.resolve("out").resolve("run.json")).doesNotExist();
    }

    private void refused(String words, Path data, Object... options) {
        List<Object> line = new ArrayList<>(List.of("diagnose", data, "--label", "y", "--quiet"));
        line.addAll(List.of(options));
        CommandRun run = CommandRun.of(line.toArray());
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.errorLines()).singleElement().asString().contains(words);
    }
}
