package dev.assay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.app.result.RunRecord;
import dev.assay.app.run.PurifyRun;
import dev.assay.app.run.RunInput;
import dev.assay.data.EncodingStyle;
import dev.assay.io.read.ReadSettings;
import dev.assay.io.result.RunDirectory;
import dev.assay.purify.CriterionKind;
import dev.assay.purify.DeltaVarianceMethod;
import dev.assay.purify.PurifySettings;
import dev.assay.purify.RemovalStep;
import dev.assay.work.CancelledException;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a file of the user's to the files of a run, through the command line. */
class PurifyCommandTest {
    private static final int ROWS = 240;

    @TempDir
    private Path folder = Path.of("");

    private final boolean[] wrong = new boolean[ROWS];

    @Test
    void writesEveryFileAndKeepsTheRowsByteForByte() throws IOException {
        Path data = table("mine data.csv");
        Path out = folder.resolve("a result");

        CommandRun run = CommandRun.of("purify", data, "--label", "kind", "--id", "name", "--out", out);

        assertThat(run.status()).as(run.err()).isZero();
        List<String> input = Files.readAllLines(data);
        List<Map<String, String>> rows = csv(out.resolve("rows.csv"));
        assertThat(rows).hasSize(ROWS);
        assertThat(rows.get(0).keySet())
                .containsExactly(
                        "row",
                        "id",
                        "kept",
                        "removedAt",
                        "trust",
                        "loss",
                        "outOfFoldProbability",
                        "selfInfluence",
                        "deltaVariance",
                        "suggestedLabel",
                        "suggestedProbability");
        List<String> expected = new ArrayList<>(List.of(input.get(0)));
        for (int i = 0; i < ROWS; i++) {
            Map<String, String> row = rows.get(i);
            assertThat(row).containsEntry("row", Integer.toString(i)).containsEntry("id", "n" + i);
            if ("true".equals(row.get("kept"))) {
                assertThat(row.get("suggestedLabel"))
                        .as("nothing is wrong there")
                        .isEmpty();
            } else {
                assertThat(row.get("suggestedLabel")).isIn("01", "1");
            }
            boolean kept = Boolean.parseBoolean(row.get("kept"));
            assertThat(row.getOrDefault("removedAt", "?").isEmpty()).isEqualTo(kept);
            if (kept) {
                expected.add(input.get(i + 1));
            }
        }
        assertThat(out.resolve("purified.csv")).hasContent(String.join("\n", expected) + "\n");
        assertThat(out.resolve("rows.parquet")).isNotEmptyFile();
        assertThat(Files.readAllLines(out.resolve("trajectory.csv"))).hasSizeGreaterThan(1);
        assertThat(out.resolve("checkpoint.txt")).doesNotExist();
    }

    @Test
    void findsMostOfThePlantedWrongLabelsAndSuggestsTheRightOne() throws IOException {
        Path out = folder.resolve("result");

        CommandRun run = CommandRun.of("purify", table("mine.csv"), "--label", "kind", "--id", "name", "--out", out);

        assertThat(run.status()).as(run.err()).isZero();
        List<Map<String, String>> rows = csv(out.resolve("rows.csv"));
        List<Integer> removed = IntStream.range(0, ROWS)
                .filter(i -> "false".equals(rows.get(i).get("kept")))
                .boxed()
                .toList();
        long found = removed.stream().filter(i -> wrong[i]).count();
        assertThat(found).isGreaterThanOrEqualTo(19);
        assertThat(removed.size() - found).isLessThanOrEqualTo(10);
        assertThat(run.out())
                .contains(
                        "mine.csv",
                        "240 rows",
                        "kind",
                        "Removed: " + removed.size() + " rows whose label looks wrong, of 240",
                        "purified.csv")
                .containsSubsequence("What to do next", "Removed: ")
                .doesNotContain("V of the data", "nats", "starts of mixtures");
        assertThat(run.out().lines().count()).isLessThan(50);
    }

    @Test
    void runJsonSaysWhatWasDone() throws IOException {
        Path data = table("mine.csv");
        Path out = folder.resolve("result");

        CommandRun.of("purify", data, "--label", "kind", "--id", "name", "--seed", "3", "--out", out);

        JsonNode run = new ObjectMapper().readTree(out.resolve("run.json").toFile());
        assertThat(run.path("assayVersion").asText()).isNotEmpty();
        assertThat(run.path("commandLine").get(1).asText()).isEqualTo("purify");
        assertThat(run.path("seed").asLong()).isEqualTo(3);
        assertThat(run.path("data").path("fingerprint").asText()).hasSize(64);
        assertThat(run.path("data").path("rows").asInt()).isEqualTo(ROWS);
        assertThat(run.path("chosen").path("criterion").asText())
                .isNotEqualTo("auto")
                .isNotEmpty();
        assertThat(run.path("chosen").path("explanation")).isNotEmpty();
        assertThat(run.path("measures").path("potentialBefore").asDouble()).isPositive();
        assertThat(run.path("measures").path("potentialPermuted").asDouble())
                .isGreaterThan(run.path("measures").path("potentialAfter").asDouble());
        assertThat(csv(out.resolve("rows.csv")).get(0))
                .containsKey(run.path("recommendedScore").asText());
        assertThat(run.path("timings").path("totalSeconds").asDouble()).isPositive();
    }

    @Test
    void sameSeedSameBytesWhateverTheThreads() throws IOException {
        Path data = table("mine.csv");
        Path one = folder.resolve("one");
        Path three = folder.resolve("three");

        CommandRun.of("purify", data, "--label", "kind", "--id", "name", "--threads", "1", "--out", one);
        CommandRun.of("purify", data, "--label", "kind", "--id", "name", "--threads", "3", "--out", three);

        sameBytes(one, three);
    }

    @Test
    void aSecondRunNeedsForce() throws IOException {
        Path data = table("mine.csv");
        Path out = folder.resolve("result");
        CommandRun.of("purify", data, "--label", "kind", "--id", "name", "--out", out);
        byte[] before = Files.readAllBytes(out.resolve("run.json"));

        CommandRun second = CommandRun.of("purify", data, "--label", "kind", "--id", "name", "--out", out);

        assertThat(second.status()).isEqualTo(2);
        assertThat(second.errorLines()).hasSize(1).first().asString().contains("--force");
        assertThat(out.resolve("run.json")).hasBinaryContent(before);

        CommandRun third = CommandRun.of(
                "purify", data, "--label", "kind", "--id", "name", "--seed", "5", "--out", out, "--force");

        assertThat(third.status()).as(third.err()).isZero();
        assertThat(new ObjectMapper()
                        .readTree(out.resolve("run.json").toFile())
                        .path("seed")
                        .asInt())
                .isEqualTo(5);
    }

    @Test
    void anInterruptedRunGoesOnToTheSameBytes() throws IOException {
        Path data = table("mine.csv");
        Path whole = folder.resolve("whole");
        Path halves = folder.resolve("halves");
        execute(data, whole, RunDirectory.Existing.REFUSE, false, Progress.NONE);

        assertThatThrownBy(() -> execute(data, halves, RunDirectory.Existing.REFUSE, false, new CancelledAfter(12)))
                .isInstanceOf(CancelledException.class);
        assertThat(halves.resolve("checkpoint.txt")).isNotEmptyFile();
        assertThat(halves.resolve("run.json")).doesNotExist();
        CommandRun plain = CommandRun.of("purify", data, "--label", "kind", "--id", "name", "--out", halves);
        assertThat(plain.status()).isEqualTo(2);
        assertThat(plain.errorLines()).hasSize(1).first().asString().contains("--resume", "--force");
        CommandRun other = CommandRun.of(
                "purify", data, "--label", "kind", "--id", "name", "--criterion", "loss", "--out", halves, "--resume");
        assertThat(other.status()).isEqualTo(2);
        assertThat(other.errorLines()).hasSize(1).first().asString().contains("settings");
        execute(data, halves, RunDirectory.Existing.CONTINUE, true, Progress.NONE);

        sameBytes(whole, halves);
        assertThat(halves.resolve("checkpoint.txt")).doesNotExist();
    }

    @Test
    void nothingToResumeIsSaid() throws IOException {
        CommandRun run = CommandRun.of(
                "purify",
                table("mine.csv"),
                "--label",
                "kind",
                "--id",
                "name",
                "--out",
                folder.resolve("result"),
                "--resume");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.errorLines()).hasSize(1).first().asString().contains("--resume");
        assertThat(folder.resolve("result")).doesNotExist();
    }

    @Test
    void testDataIsWatchedAndChangesNothing() throws IOException {
        Path data = table("mine.csv");
        Path test = folder.resolve("test.csv");
        Files.write(test, Files.readAllLines(data).subList(0, 60));
        Path blind = folder.resolve("blind");
        Path watching = folder.resolve("watching");

        CommandRun.of("purify", data, "--label", "kind", "--id", "name", "--out", blind);
        CommandRun run =
                CommandRun.of("purify", data, "--label", "kind", "--id", "name", "--test", test, "--out", watching);

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(watching.resolve("rows.csv")).hasSameBinaryContentAs(blind.resolve("rows.csv"));
        assertThat(csv(watching.resolve("trajectory.csv")).get(0).get("testAccuracy"))
                .isNotEmpty();
        assertThat(csv(blind.resolve("trajectory.csv")).get(0).get("testAccuracy"))
                .isEmpty();
    }

    @Test
    void arraysComeBackAsArrays() throws IOException {
        Random random = new Random(4);
        double[] values = random.doubles(3L * ROWS, -1, 1).toArray();
        long[] labels = new long[ROWS];
        for (int i = 0; i < ROWS; i++) {
            labels[i] = values[3 * i] + values[3 * i + 1] > 0 ? 7 : 3;
        }
        Path data = ArrayFiles.npz(
                folder.resolve("mine.npz"),
                Map.of("X", ArrayFiles.doubles(ROWS, 3, values), "y", ArrayFiles.longs(labels)));
        Path out = folder.resolve("result");

        CommandRun run = CommandRun.of("purify", data, "--features", "X", "--label", "y", "--out", out);

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(out.resolve("purified.npz")).isNotEmptyFile();
        assertThat(csv(out.resolve("rows.csv")))
                .allSatisfy(row -> assertThat(row.get("suggestedLabel"))
                        .isIn("true".equals(row.get("kept")) ? List.of("") : List.of("3", "7")));
    }

    @Test
    void numbersToPredictMakeARegression() throws IOException {
        Random random = new Random(5);
        StringBuilder text = new StringBuilder("a,b,price\n");
        for (int i = 0; i < ROWS; i++) {
            double a = random.nextGaussian();
            double b = random.nextGaussian();
            double price = i % 20 == 0 ? 20 * random.nextGaussian() : 3 * a - 2 * b + 0.1 * random.nextGaussian();
            text.append(a).append(',').append(b).append(',').append(price).append('\n');
        }
        Path data = Files.writeString(folder.resolve("prices.csv"), text);
        Path out = folder.resolve("result");

        CommandRun run = CommandRun.of("purify", data, "--label", "price", "--out", out);

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(new ObjectMapper()
                        .readTree(out.resolve("run.json").toFile())
                        .path("data")
                        .path("task")
                        .asText())
                .isEqualTo("regression");
        List<Map<String, String>> rows = csv(out.resolve("rows.csv"));
        long found = IntStream.range(0, ROWS)
                .filter(i -> i % 20 == 0 && "false".equals(rows.get(i).get("kept")))
                .count();
        assertThat(found).isGreaterThanOrEqualTo(9);
    }

    @Test
    void quietSaysNothing() throws IOException {
        CommandRun run = CommandRun.of(
                "purify",
                table("mine.csv"),
                "--label",
                "kind",
                "--id",
                "name",
                "--out",
                folder.resolve("result"),
                "--quiet");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEmpty();
    }

    @Test
    void diagnoseWritesNothingUnlessAsked() throws IOException {
        Path data = table("mine.csv");

        CommandRun run = CommandRun.of("diagnose", data, "--label", "kind", "--id", "name");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("Suspicious: ", "rows whose label looks wrong", "assay purify");
        assertThat(folder).isDirectoryNotContaining(path -> !path.equals(data));
    }

    @Test
    void diagnoseScoresEachRow() throws IOException {
        Path out = folder.resolve("look");

        CommandRun run = CommandRun.of("diagnose", table("mine.csv"), "--label", "kind", "--id", "name", "--out", out);

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(csv(out.resolve("rows.csv")))
                .hasSize(ROWS)
                .allSatisfy(row ->
                        assertThat(Double.parseDouble(row.get("deltaVariance"))).isFinite());
        assertThat(out.resolve("run.json")).isNotEmptyFile();
        assertThat(out.resolve("purified.csv")).doesNotExist();
    }

    /** A run of delta-variance by refits, which has many points at which it can be interrupted. */
    private static void execute(
            Path data, Path out, RunDirectory.Existing existing, boolean resume, Progress progress) {
        PurifySettings settings = PurifySettings.AUTOMATIC
                .withCriterion(CriterionKind.DELTA_VARIANCE)
                .withMethod(DeltaVarianceMethod.RETRAIN)
                .withRidge(0.01)
                .withStep(RemovalStep.ofRows(4))
                .withIterations(3);
        ReadSettings reading =
                ReadSettings.automatic().withLabel("kind").withId("name").withStyle(EncodingStyle.automatic());
        try (Workers workers = Workers.of(2);
                RunDirectory directory = RunDirectory.open(out, existing)) {
            new PurifyRun(new RunInput(data, reading, null, null), settings, resume, null)
                    .execute(directory, new RunRecord("purify", List.of("assay", "purify"), 1, 2), workers, progress);
        }
    }

    /** Wishes an end once it has been asked so often whether there is such a wish. */
    private static final class CancelledAfter implements Progress {
        private int left;

        CancelledAfter(int questions) {
            left = questions;
        }

        @Override
        public void phase(String name, long steps) {}

        @Override
        public void step(long done) {}

        @Override
        public synchronized boolean isCancelled() {
            left--;
            return left < 0;
        }
    }

    private static void sameBytes(Path first, Path second) {
        for (String file : List.of("rows.csv", "rows.parquet", "trajectory.csv", "purified.csv")) {
            assertThat(second.resolve(file)).hasSameBinaryContentAs(first.resolve(file));
        }
    }

    /** Names, three numbers, a category, a quoted text field with a comma; one label in ten is wrong. */
    private Path table(String name) throws IOException {
        Random random = new Random(11);
        StringBuilder text = new StringBuilder("name,a,b,c,where,kind\n");
        for (int i = 0; i < ROWS; i++) {
            double a = random.nextGaussian();
            double b = random.nextGaussian();
            wrong[i] = i % 10 == 3;
            boolean first = (2 * a - b > 0) != wrong[i];
            text.append('n')
                    .append(i)
                    .append(',')
                    .append(a)
                    .append(',')
                    .append(b)
                    .append(',');
            text.append(random.nextGaussian()).append(random.nextBoolean() ? ",\"Bern, CH\"," : ",Ulm,");
            text.append(first ? "01\n" : "1\n");
        }
        return Files.writeString(folder.resolve(name), text);
    }

    /** The rows of a file without quoted commas. */
    private static List<Map<String, String>> csv(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        String[] header = lines.get(0).split(",", -1);
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            Map<String, String> row = new LinkedHashMap<>();
            for (int column = 0; column < header.length; column++) {
                row.put(header[column], cells[column]);
            }
            rows.add(row);
        }
        return rows;
    }
}
