package dev.assay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From a labelled table to blocks and to a model that predicts, through the command line. */
class RunCommandTest {
    private static final int ROWS = 400;
    private static final int FEW = 150;
    private static final int TEST_ROWS = 150;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void runFindsTheSitesThoughNoFeatureTellsThemAndItsModelPredicts() throws IOException {
        Path train = TwoRules.write(folder.resolve("train.csv"), ROWS, 1);
        Path test = TwoRules.write(folder.resolve("test.csv"), TEST_ROWS, 2);
        Path out = folder.resolve("result");

        CommandRun run = CommandRun.of(
                "run",
                train,
                "--label",
                "y",
                "--id",
                "name",
                "--source",
                "site",
                "--drop",
                "colour,where",
                "--max-blocks",
                "2",
                "--test",
                test,
                "--out",
                out);

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .startsWith("Your data is mixed: 2 blocks")
                .contains("dividing helps to predict where column site is known")
                .contains("Told the source (column site), the routed experts predict better than one strong model")
                .contains("by column site where NEW.csv has it")
                .containsSubsequence(
                        "A block is a group of rows",
                        "What to do next",
                        "How well does it predict?",
                        "The blocks",
                        "--explain")
                .doesNotContain("nats", "starts of mixtures", "V of the data", "log-loss");
        JsonNode json = new ObjectMapper().readTree(out.resolve("run.json").toFile());
        assertThat(json.at("/verdict").asText()).isEqualTo("mixed");
        assertThat(json.at("/blocks")).hasSize(2);
        assertThat(json.at("/sources/adjustedRandIndex").asDouble()).isGreaterThan(0.15);
        assertThat(json.at("/measures/potentialWithin").asDouble())
                .isLessThan(json.at("/measures/potential").asDouble());
        assertThat(json.at("/measures/shareEntropy").asDouble()).isBetween(0.3, Math.log(2));
        assertThat(accuracy(json, "oracle")).isGreaterThan(accuracy(json, "routedExperts") + 0.05);
        assertThat(accuracy(json, "routedExpertsWithSource"))
                .isGreaterThan(accuracy(json, "routedExperts") + 0.05)
                .isGreaterThan(accuracy(json, "strongSingleModel") + 0.05);
        assertThat(json.at("/evaluation/models").findValuesAsText("model"))
                .containsExactly(
                        "routedExperts",
                        "routedExpertsWithSource",
                        "routedExpertsWithFewLabels",
                        "strongSingleModel",
                        "oneModel",
                        "oneModelPurified",
                        "bestExpert",
                        "oracle");
        assertThat(json.at("/worth/helps").asBoolean()).isTrue();
        assertThat(json.at("/worth/way").asText()).isEqualTo("source");
        assertThat(json.at("/worth/ways").findValuesAsText("way"))
                .containsExactly("shares", "source", "fewLabelledRows");
        assertThat(json.at("/worth/ways/1/gain/value").asDouble())
                .isEqualTo(
                        accuracy(json, "routedExpertsWithSource") - accuracy(json, "strongSingleModel"), within(1e-12));
        assertThat(json.at("/worth/ways/1/gain/low").asDouble()).isPositive();
        assertThat(json.at("/router/source/column").asText()).isEqualTo("site");
        String headline = new ObjectMapper()
                .readTree(out.resolve("report.json").toFile())
                .at("/headline/sentence")
                .asText();
        assertThat(headline).contains(" rows)").endsWith("dividing helps to predict where column site is known.");

        List<Map<String, String>> rows = TwoRules.csv(out.resolve("rows.csv"));
        assertThat(rows).hasSize(ROWS);
        assertThat(rows.get(0).keySet())
                .containsExactly(
                        "row",
                        "id",
                        "source",
                        "label",
                        "block",
                        "b_0",
                        "b_1",
                        "b_2",
                        "trust",
                        "outOfFoldProbability",
                        "vContribution",
                        "suggestedLabel",
                        "suggestedProbability");
        for (Map<String, String> row : rows) {
            double sum = number(row, "b_0") + number(row, "b_1") + number(row, "b_2");
            assertThat(sum).isBetween(1 - 1e-9, 1 + 1e-9);
            boolean unexplained = "0".equals(row.get("block"));
            assertThat("".equals(row.get("suggestedLabel"))).isEqualTo(!unexplained);
        }

        // column site is there, and nobody has to name it
        Path unlabelled = TwoRules.without(test, folder.resolve("new.csv"), "y");
        Path predictions = folder.resolve("predictions.csv");
        CommandRun predicted = CommandRun.of("predict", out, unlabelled, "--out", predictions, "--quiet");
        assertThat(predicted.status()).as(predicted.err()).isZero();
        List<Map<String, String>> again = TwoRules.csv(predictions);
        List<Map<String, String>> ofRun = TwoRules.csv(out.resolve("predictions.csv"));
        assertThat(again).hasSize(TEST_ROWS);
        for (int i = 0; i < again.size(); i++) {
            for (Map.Entry<String, String> cell : again.get(i).entrySet()) {
                assertThat(ofRun.get(i)).containsEntry(cell.getKey(), cell.getValue());
            }
        }

        Path nowhere = TwoRules.without(test, folder.resolve("nowhere.csv"), "y", "site");
        Path routed = folder.resolve("routed.csv");
        Path ignored = folder.resolve("ignored.csv");
        CommandRun without = CommandRun.of("predict", out, nowhere, "--out", routed);
        CommandRun ignoring = CommandRun.of("predict", out, unlabelled, "--out", ignored, "--ignore-source", "--quiet");
        assertThat(without.status()).as(without.err()).isZero();
        assertThat(ignoring.status()).as(ignoring.err()).isZero();
        assertThat(routed).hasSameTextualContentAs(ignored);
        assertThat(Files.readString(routed)).isNotEqualTo(Files.readString(predictions));

        CommandRun evaluated = CommandRun.of("evaluate", out, test, "--out", folder.resolve("e"));
        assertThat(evaluated.status()).as(evaluated.err()).isZero();
        JsonNode evaluatedJson =
                new ObjectMapper().readTree(folder.resolve("e/run.json").toFile());
        assertThat(evaluatedJson.at("/routing/kind").asText()).isEqualTo("source");
        assertThat(evaluatedJson.at("/evaluation/models")).isEqualTo(json.at("/evaluation/models"));
        assertThat(evaluatedJson.at("/worth")).isEqualTo(json.at("/worth"));
        assertThat(folder.resolve("e/predictions.csv")).hasSameTextualContentAs(out.resolve("predictions.csv"));

        CommandRun known = CommandRun.of("evaluate", out, test, "--block-column", "site", "--out", folder.resolve("k"));
        assertThat(known.status()).as(known.err()).isZero();
        JsonNode knownJson =
                new ObjectMapper().readTree(folder.resolve("k/run.json").toFile());
        assertThat(accuracy(knownJson, "routedExperts")).isGreaterThan(accuracy(json, "routedExperts") + 0.05);

        CommandRun second = CommandRun.of("run", train, "--label", "y", "--out", out, "--quiet");
        assertThat(second.status()).isEqualTo(2);
        assertThat(second.errorLines()).hasSize(1).first().asString().contains("--force");
    }

    @Test
    void threadsChangeNothingAndARunWithoutATestFileHoldsRowsOut() throws IOException {
        Path train = TwoRules.write(folder.resolve("train.csv"), FEW, 3);
        for (String threads : List.of("1", "2")) {
            CommandRun run = CommandRun.of(
                    "run",
                    train,
                    "--label",
                    "y",
                    "--drop",
                    "name,site,colour,x5,x6,x7,x8,x9,where",
                    "--max-blocks",
                    "2",
                    "--threads",
                    threads,
                    "--out",
                    folder.resolve(threads),
                    "--quiet");
            assertThat(run.status()).as(run.err()).isZero();
            assertThat(run.out()).isEmpty();
        }
        Set<String> names = names(folder.resolve("1"));
        assertThat(names(folder.resolve("2"))).isEqualTo(names);
        assertThat(names).contains("model.json", "run.json", "rows.csv", "rows.parquet", "predictions.csv");
        for (String name : names) {
            // these name the threads, the folder and the times
            if (!List.of("run.json", "report.json", "report.html").contains(name)) {
                assertThat(folder.resolve("2").resolve(name))
                        .hasSameBinaryContentAs(folder.resolve("1").resolve(name));
            }
        }
        assertThat(shown(folder.resolve("2"))).isEqualTo(shown(folder.resolve("1")));
        JsonNode json = new ObjectMapper().readTree(folder.resolve("1/run.json").toFile());
        assertThat(json.at("/evaluation/rows").asInt()).isEqualTo(FEW / 5);
        assertThat(json.at("/testRows").asText()).contains("held out");
        assertThat(TwoRules.csv(folder.resolve("1/rows.csv"))).hasSize(FEW);
    }

    @Test
    void numbersAreDividedAndPredictedToo() throws IOException {
        StringBuilder text = new StringBuilder("a,y\n");
        Random random = new Random(5);
        for (int i = 0; i < 150; i++) {
            double a = random.nextGaussian();
            text.append(a)
                    .append(',')
                    .append(3 * a + 0.1 * random.nextGaussian())
                    .append('\n');
        }
        Path train = Files.writeString(folder.resolve("numbers.csv"), text.toString());
        Path out = folder.resolve("result");

        CommandRun run = CommandRun.of("run", train, "--label", "y", "--max-blocks", "2", "--out", out);

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("Your data is of one kind")
                .contains("One expert predicts about as well as one linear model: R²")
                .doesNotContain("outed experts")
                .doesNotContain("dividing helps");
        JsonNode json = new ObjectMapper().readTree(out.resolve("run.json").toFile());
        assertThat(json.at("/worth/way").asText()).isEqualTo("oneBlock");
        assertThat(json.at("/worth/helps").asBoolean()).isFalse();
        // one block of all rows is the strong single model
        assertThat(json.at("/evaluation/models").findValuesAsText("model"))
                .containsExactly("routedExperts", "oneModel", "oneModelPurified");
        CommandRun predicted = CommandRun.of("predict", out, train, "--out", folder.resolve("p.csv"), "--quiet");
        assertThat(predicted.status()).as(predicted.err()).isZero();
        Map<String, String> first = TwoRules.csv(folder.resolve("p.csv")).get(0);
        assertThat(first.keySet()).containsExactly("row", "prediction", "deviation", "block", "b_1");
        double truth = Double.parseDouble(Files.readAllLines(train).get(1).split(",", -1)[1]);
        assertThat(number(first, "prediction")).isBetween(truth - 0.5, truth + 0.5);
        CommandRun silent =
                CommandRun.of("predict", out, train, "--out", folder.resolve("q.csv"), "--abstain", "0.5", "--quiet");
        assertThat(silent.status()).isEqualTo(2);
        assertThat(silent.errorLines()).hasSize(1).first().asString().contains("deviation");
    }

    @Test
    void twoSitesOfOppositeSlopesArePredictedByTheSite() throws IOException {
        Random random = new Random(7);
        StringBuilder text = new StringBuilder("x,site,y\n");
        for (int i = 0; i < 300; i++) {
            double x = 6 * random.nextDouble() - 3;
            boolean first = random.nextDouble() < 0.55;
            double y = (first ? 2 * x : 5 - 2 * x) + 0.3 * random.nextGaussian();
            text.append(String.format(Locale.ROOT, "%.4f,%s,%.4f\n", x, first ? "A" : "B", y));
        }
        Path train = Files.writeString(folder.resolve("sites.csv"), text.toString());
        Path out = folder.resolve("result");

        CommandRun run = CommandRun.of(
                "run", train, "--label", "y", "--source", "site", "--max-blocks", "2", "--explain", "--out", out);

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .startsWith("Your data is mixed")
                .contains("Which block is a new row of?", "nats", "V of the data", "log-density")
                .doesNotContain("Add --explain")
                .contains("Column site decides the block (A is block 1, B is block 2)");
        JsonNode json = new ObjectMapper().readTree(out.resolve("run.json").toFile());
        assertThat(measure(json, "routedExpertsWithSource", "r2")).isGreaterThan(0.98);
        assertThat(measure(json, "routedExpertsWithFewLabels", "r2")).isGreaterThan(0.9);
        assertThat(measure(json, "routedExperts", "r2")).isLessThan(0.4);
        assertThat(measure(json, "strongSingleModel", "r2")).isLessThan(0.4);

        Path fresh = Files.writeString(folder.resolve("new.csv"), "x,site\n2,A\n2,B\n2,C\n2,\n");
        CommandRun predicted = CommandRun.of("predict", out, fresh, "--out", folder.resolve("p.csv"));
        assertThat(predicted.status()).as(predicted.err()).isZero();
        assertThat(predicted.out())
                .contains("2 of 4 rows were routed by column 'site'")
                .contains("Not known from training: 'C'");
        List<Map<String, String>> rows = TwoRules.csv(folder.resolve("p.csv"));
        assertThat(number(rows.get(0), "prediction")).isEqualTo(4, within(0.3));
        assertThat(number(rows.get(1), "prediction")).isEqualTo(1, within(0.3));
        // not knowing the site, anything between both; the same for a site that is not known and for none
        assertThat(number(rows.get(2), "prediction")).isBetween(1.5, 3.5);
        assertThat(rows.get(3).get("prediction")).isEqualTo(rows.get(2).get("prediction"));
        assertThat(number(rows.get(2), "deviation")).isGreaterThan(3 * number(rows.get(0), "deviation"));
    }

    @Test
    void labelsThatNothingExplainsAreNoFault() throws IOException {
        StringBuilder text = new StringBuilder("a,b,site,y\n");
        Random random = new Random(2);
        for (int i = 0; i < 160; i++) {
            text.append(String.format(
                    Locale.ROOT,
                    "%.4f,%.4f,%s,%.4f%n",
                    random.nextGaussian(),
                    random.nextGaussian(),
                    i == 0 ? "alone" : "many",
                    random.nextGaussian()));
        }
        Path train = Files.writeString(folder.resolve("noise.csv"), text.toString());

        CommandRun run = CommandRun.of(
                "run", train, "--label", "y", "--source", "site", "--max-blocks", "2", "--out", folder.resolve("r"));

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).startsWith("Your data is of one kind");
    }

    @Test
    void divideWritesBlocksAndNoModel() throws IOException {
        Path train = TwoRules.write(folder.resolve("train.csv"), ROWS, 1);
        Path out = folder.resolve("blocks");

        CommandRun run = CommandRun.of(
                "divide",
                train,
                "--label",
                "y",
                "--drop",
                "name,colour",
                "--source",
                "site",
                "--max-blocks",
                "2",
                "--explain",
                "--out",
                out);

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(names(out))
                .containsExactlyInAnyOrder("run.json", "rows.csv", "rows.parquet", "report.html", "report.json");
        assertThat(run.out())
                .contains("The blocks")
                .contains("Your sources beside the blocks")
                .contains("whether that helps to predict is for assay run to measure")
                .contains("What this verdict does not know")
                // feature where tells the sites apart, and so it tells the block
                .containsPattern("(known from c|C)olumn where");
        JsonNode json = new ObjectMapper().readTree(out.resolve("run.json").toFile());
        assertThat(json.at("/evidence").size()).isGreaterThan(1);
        assertThat(json.at("/worth/way").asText()).isEqualTo("notMeasured");
        assertThat(json.at("/worth/helps").isNull()).isTrue();
        assertThat(json.at("/worth/mixtureLogLikelihood").asDouble())
                .isGreaterThan(json.at("/worth/singleLogLikelihood").asDouble());
        assertThat(json.at("/blockColumns/0/column").asText()).isEqualTo("where");
        assertThat(json.at("/sources/influence")).hasSize(2);
        assertThat(json.at("/data/encoding").toString()).doesNotContain("site");
    }

    @Test
    void twelveRowsAreNoKindAtAll() throws IOException {
        StringBuilder text = new StringBuilder("a,y\n");
        for (int i = 0; i < 12; i++) {
            text.append(i).append(i < 6 ? ",x\n" : ",y\n");
        }
        Path few = Files.writeString(folder.resolve("few.csv"), text);
        for (String command : List.of("diagnose", "purify")) {
            Path out = folder.resolve(command);
            CommandRun run = CommandRun.of(command, few, "--label", "y", "--out", out);
            assertThat(run.status()).as(run.err()).isZero();
            assertThat(run.out())
                    .contains("Too few rows to tell what your data is made of: 12 rows, a verdict needs 40")
                    .contains("Collect more rows: 40 at least")
                    .doesNotContain("train on your data as it is");
            assertThat(new ObjectMapper()
                            .readTree(out.resolve("report.json").toFile())
                            .at("/headline/verdict")
                            .asText())
                    .isEqualTo("tooFewRows");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "divide --max-blocks 0,            --max-blocks",
        "divide --method guess,            mixture",
        "divide --source sight,            no column",
        "divide --test x.csv,              assay run",
        "run --router guess,               softmax",
        "run --source y,                   label and source",
        "run --test nowhere.csv,           nowhere.csv"
    })
    void wrongUseIsOneLineAndWritesNothing(String words, String part) throws IOException {
        Path train = TwoRules.write(folder.resolve("train.csv"), 60, 1);
        List<String> split = List.of(words.split(" ", -1));
        Path out = folder.resolve("result");
        Object[] arguments = Stream.concat(
                        Stream.of(split.get(0), train, "--label", "y", "--id", "name", "--out", out, "--quiet"),
                        split.subList(1, split.size()).stream())
                .toArray();

        CommandRun run = CommandRun.of(arguments);

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.errorLines()).hasSize(1).first().asString().contains(part);
        assertThat(out).doesNotExist();
    }

    /** What a report shows, without what names the folder, the threads and the times. */
    private static JsonNode shown(Path run) throws IOException {
        ObjectNode report = (ObjectNode)
                new ObjectMapper().readTree(run.resolve("report.json").toFile());
        report.remove("run");
        ((ObjectNode) report.get("headline")).remove("next");
        return report;
    }

    private static double accuracy(JsonNode json, String model) {
        return measure(json, model, "accuracy");
    }

    private static double measure(JsonNode json, String model, String metric) {
        for (JsonNode entry : json.at("/evaluation/models")) {
            if (entry.at("/model").asText().equals(model)) {
                return entry.at("/measures/" + metric + "/value").asDouble();
            }
        }
        return Double.NaN;
    }

    private static double number(Map<String, String> row, String column) {
        return Double.parseDouble(Objects.requireNonNull(row.get(column), column));
    }

    private static Set<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }
}
