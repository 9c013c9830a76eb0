package dev.assay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.data.Dataset;
import dev.assay.io.DataReader;
import dev.assay.io.model.ModelFolder;
import dev.assay.io.model.SavedModel;
import dev.assay.io.read.InputSchema;
import dev.assay.io.read.LoadedData;
import dev.assay.io.read.ReadSettings;
import dev.assay.io.result.RunDirectory;
import dev.assay.job.ModelSet;
import dev.assay.job.Sources;
import dev.assay.predict.Baselines;
import dev.assay.predict.ClassPredictions;
import dev.assay.predict.Predictor;
import dev.assay.predict.RoutedModel;
import dev.assay.work.Workers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Predicting and evaluating with a stored model, whose experts know the two sites here, through the command line. */
class PredictCommandTest {
    private static final int TEST_ROWS = 150;

    @TempDir
    private Path folder = Path.of("");

    private Path model = Path.of("");
    private Path test = Path.of("");
    private Path unlabelled = Path.of("");

    @BeforeEach
    void storeAModel() throws IOException {
        Path train = TwoRules.write(folder.resolve("train.csv"), 400, 1);
        test = TwoRules.write(folder.resolve("test.csv"), TEST_ROWS, 2);
        unlabelled = TwoRules.without(test, folder.resolve("new.csv"), "y");
        model = folder.resolve("model");
        LoadedData data = new DataReader(1)
                .read(
                        train,
                        ReadSettings.automatic().withLabel("y").withId("name").withSource("site"));
        Sources sources = Objects.requireNonNull(data.forJob().sources());
        List<String> names = sources.names();
        int[] codes = sources.codes();
        for (int i = 0; i < codes.length; i++) {
            codes[i]++;
        }
        try (Workers workers = Workers.of(1)) {
            RoutedModel bySite = Baselines.perSource(data.dataset(), codes, 2, 1, workers);
            try (RunDirectory directory = RunDirectory.open(model, RunDirectory.Existing.REFUSE)) {
                ModelFolder.write(
                        directory,
                        new SavedModel(
                                InputSchema.of(data),
                                new ModelSet(
                                        bySite,
                                        Map.of(ModelSet.ONE, Baselines.oneModel(data.dataset(), 1, workers)),
                                        bySite,
                                        names,
                                        names,
                                        null),
                                Map.of()));
                directory.finish(Map.of());
            }
        }
    }

    @Test
    void fileSaysWhatTheModelSays() throws IOException {
        Path out = folder.resolve("some/where/predictions.csv");
        CommandRun run = CommandRun.of("predict", model, unlabelled, "--out", out);

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(Files.readAllLines(out).get(0)).isEqualTo("row,id,prediction,p_Yes,p_no,block,b_1,b_2");
        List<Map<String, String>> rows = TwoRules.csv(out);
        assertThat(rows).hasSize(TEST_ROWS);
        SavedModel saved = ModelFolder.read(model);
        Dataset data =
                new DataReader(1).readTest(test, null, saved.form(), null).encoded();
        try (Workers workers = Workers.of(1)) {
            ClassPredictions expected =
                    (ClassPredictions) new Predictor(saved.model()).predict(data.features(), workers);
            for (int i = 0; i < rows.size(); i++) {
                assertThat(Double.parseDouble(cell(rows, i, "p_no")))
                        .isEqualTo(expected.probabilities().get(i, 1));
                assertThat(Double.parseDouble(cell(rows, i, "b_2")))
                        .isEqualTo(expected.blocks().get(i, 1));
                assertThat(cell(rows, i, "prediction"))
                        .isEqualTo(expected.names().get(expected.codes()[i]));
                assertThat(cell(rows, i, "id")).isEqualTo("n" + i);
            }
        }
    }

    @Test
    void labelsAreNotLookedAtAndNoRowIsLeftOut() throws IOException {
        Path odd = folder.resolve("odd.csv");
        Files.writeString(odd, Files.readString(test).replace(",Yes\n", ",\n").replace(",no\n", ",never seen\n"));
        predicted(odd, "a.csv");
        predicted(unlabelled, "b.csv");

        assertThat(folder.resolve("a.csv")).hasSameTextualContentAs(folder.resolve("b.csv"));
    }

    /** Law: a row's prediction does not depend on how many come with it, though some columns are only understood from all of them. */
    @Test
    void aLargeFileIsPredictedLikeASmallOne() throws IOException {
        List<String> lines = Files.readAllLines(unlabelled);
        Path large = folder.resolve("large.csv");
        int copies = 700;
        Files.writeString(
                large, lines.get(0) + "\n" + (String.join("\n", lines.subList(1, lines.size())) + "\n").repeat(copies));
        Path out = folder.resolve("large-predictions.csv");
        List<String> small = lines(predicted(unlabelled, "small.csv", "--block-column", "site", "--abstain", "0.9"));
        CommandRun run =
                CommandRun.of("predict", model, large, "--out", out, "--block-column", "site", "--abstain", "0.9");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("105000 of 105000 rows were given their block by column 'site' (sources)");
        List<String> found = lines(TwoRules.csv(out));
        assertThat(found).hasSize(TEST_ROWS * copies);
        for (int row = 0; row < found.size(); row++) {
            assertThat(found.get(row)).isEqualTo(small.get(row % TEST_ROWS));
        }
    }

    private static List<String> lines(List<Map<String, String>> rows) {
        return rows.stream()
                .map(row -> row.get("prediction") + row.get("p_no") + row.get("b_1"))
                .toList();
    }

    @Test
    void threadsChangeNothing() throws IOException {
        predicted(unlabelled, "one.csv", "--threads", "1");
        predicted(unlabelled, "two.csv", "--threads", "2");

        assertThat(folder.resolve("one.csv")).hasSameBinaryContentAs(folder.resolve("two.csv"));
    }

    @Test
    void whoKnowsTheSitePredictsBetter() throws IOException {
        double routed = accuracy(predicted(unlabelled, "routed.csv"));
        double known = accuracy(predicted(unlabelled, "known.csv", "--block-column", "site"));
        List<Map<String, String>> hard = predicted(unlabelled, "hard.csv", "--routing", "hard");

        assertThat(routed).isLessThan(known - 0.05);
        assertThat(known).isGreaterThan(0.85);
        assertThat(hard).allSatisfy(row -> assertThat(row.get("b_1")).isIn("0.0", "1.0"));
    }

    @Test
    void blockByNumberAndByNameAreTheSame() throws IOException {
        predicted(unlabelled, "number.csv", "--block", "2");
        predicted(unlabelled, "name.csv", "--block", "south");

        assertThat(folder.resolve("number.csv")).hasSameTextualContentAs(folder.resolve("name.csv"));
        assertThat(TwoRules.csv(folder.resolve("number.csv")))
                .allSatisfy(row -> assertThat(row).containsEntry("block", "2").containsEntry("b_2", "1.0"));
    }

    @Test
    void aFewLabelledRowsTellTheBlock() throws IOException {
        List<String> lines = Files.readAllLines(test);
        List<String> south = lines.stream()
                .filter(line -> line.contains(",south,"))
                .limit(12)
                .toList();
        Path few = folder.resolve("few.csv");
        Files.writeString(few, lines.get(0) + "\n" + String.join("\n", south) + "\n");

        assertThat(predicted(unlabelled, "context.csv", "--context", few))
                .allSatisfy(row -> assertThat(row).containsEntry("block", "2"));
    }

    @Test
    void whatItIsNotSureOfStaysEmptyAndIsCounted() throws IOException {
        CommandRun run = CommandRun.of(
                "predict",
                model,
                unlabelled,
                "--out",
                folder.resolve("a.csv"),
                "--abstain",
                "0.9",
                "--block-column",
                "site");
        List<Map<String, String>> rows = TwoRules.csv(folder.resolve("a.csv"));
        long empty =
                rows.stream().filter(row -> "".equals(row.get("prediction"))).count();

        assertThat(empty).isBetween(3L, TEST_ROWS - 10L);
        assertThat(run.out()).contains((TEST_ROWS - empty) + " rows predicted, " + empty + " left out");
        for (int i = 0; i < rows.size(); i++) {
            double surest =
                    Math.max(Double.parseDouble(cell(rows, i, "p_Yes")), Double.parseDouble(cell(rows, i, "p_no")));
            assertThat(cell(rows, i, "prediction").isEmpty()).isEqualTo(surest < 0.9);
        }
    }

    @Test
    void parquetWhereTheNameSaysSo() {
        Path out = folder.resolve("p.parquet");
        assertThat(CommandRun.of("predict", model, unlabelled, "--out", out).status())
                .isZero();
        assertThat(out).content(StandardCharsets.ISO_8859_1).startsWith("PAR1");
    }

    @Test
    void evaluationComparesOnTheSameRows() throws IOException {
        Path out = folder.resolve("tested");
        CommandRun run = CommandRun.of("evaluate", model, test, "--source", "site", "--abstain", "0.9", "--out", out);

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("How well does it predict? 150 rows of test.csv")
                .contains("one linear model on everything")
                .contains("oracle that knows the source");
        JsonNode json = new ObjectMapper().readTree(out.resolve("run.json").toFile());
        assertThat(json.at("/evaluation/rows").asInt()).isEqualTo(TEST_ROWS);
        JsonNode routed = json.at("/evaluation/models/0");
        assertThat(routed.at("/model").asText()).isEqualTo("routedExperts");
        double accuracy = routed.at("/measures/accuracy/value").asDouble();
        assertThat(routed.at("/measures/accuracy/low").asDouble()).isLessThan(accuracy);
        assertThat(routed.at("/measures/accuracy/high").asDouble()).isGreaterThan(accuracy);
        assertThat(accuracy).isEqualTo(accuracy(predicted(unlabelled, "again.csv")));
        assertThat(json.at("/evaluation/models").findValuesAsText("model"))
                .containsExactly("routedExperts", "routedExpertsWithFewLabels", "oneModel", "oracle");
        assertThat(json.at("/evaluation/models/3/measures/accuracy/value").asDouble())
                .isGreaterThan(0.85);
        assertThat(json.at("/abstention/0/threshold").asDouble()).isEqualTo(0.9);
        assertThat(TwoRules.csv(out.resolve("predictions.csv")).get(0)).containsKeys("label", "prediction", "block");
    }

    @Test
    void rowsWithoutALabelAreLeftOutOfAnEvaluation() throws IOException {
        String text = Files.readString(test);
        Path gaps = Files.writeString(folder.resolve("gaps.csv"), text + "x,1,1,1,1,1,1,1,1,1,1,1,red,north,\n");

        CommandRun run = CommandRun.of("evaluate", model, gaps);

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("150 rows of gaps.csv").contains("1 row has no label");
    }

    @ParameterizedTest
    @CsvSource({
        "--block 3,                            blocks 1 to 2",
        "--block west,                         is no block",
        "--block-column x0,                    is no block",
        "--block-column sites,                 did you mean",
        "--block 1 --adapt,                    choose one",
        "--block-column site --ignore-source,  choose one",
        "--context nowhere.csv,                nowhere.csv",
        "--context-labels x.npy,               --context",
        "--abstain 1.5,                        --abstain",
        "--routing sideways,                   soft",
        "--block 1 --routing hard,             --routing"
    })
    void wrongUseIsOneLine(String options, String part) {
        Path out = folder.resolve("p.csv");
        Object[] words = Stream.concat(
                        Stream.of("predict", model, unlabelled, "--out", out, "--quiet"),
                        Stream.of(options.split(" ", -1)))
                .toArray();
        CommandRun run = CommandRun.of(words);

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.errorLines()).hasSize(1).first().asString().contains(part);
        assertThat(out).doesNotExist();
    }

    @Test
    void aLabelNeverSeenInTrainingIsRefusedByEvaluate() throws IOException {
        Path odd = folder.resolve("odd.csv");
        Files.writeString(odd, Files.readString(test).replace(",Yes\n", ",YES\n"));

        CommandRun run = CommandRun.of("evaluate", model, odd, "--quiet");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.errorLines())
                .hasSize(1)
                .first()
                .asString()
                .contains("'YES'")
                .contains("Yes, no");
    }

    @Test
    void anEditedOrAbsentModelIsOneLine() throws IOException {
        Path json = model.resolve("model.json");
        Files.writeString(json, Files.readString(json).replace("\"scale\" : ", "\"scale\" : 1"));
        for (Path where : List.of(model, folder.resolve("nowhere"), folder)) {
            for (String command : List.of("predict", "evaluate")) {
                CommandRun run = command.equals("predict")
                        ? CommandRun.of(command, where, unlabelled, "--quiet", "--out", folder.resolve("p.csv"))
                        : CommandRun.of(command, where, test, "--quiet");
                assertThat(run.status()).isEqualTo(2);
                assertThat(run.errorLines()).hasSize(1);
                assertThat(run.out()).isEmpty();
            }
        }
    }

    private List<Map<String, String>> predicted(Path rows, String name, Object... options) throws IOException {
        Path out = folder.resolve(name);
        Object[] words = Stream.concat(Stream.of("predict", model, rows, "--out", out, "--quiet"), Stream.of(options))
                .toArray();
        CommandRun run = CommandRun.of(words);
        assertThat(run.status()).as(run.err()).isZero();
        return TwoRules.csv(out);
    }

    private double accuracy(List<Map<String, String>> predictions) throws IOException {
        List<Map<String, String>> truth = TwoRules.csv(test);
        int right = 0;
        for (int i = 0; i < predictions.size(); i++) {
            right += cell(predictions, i, "prediction").equals(cell(truth, i, "y")) ? 1 : 0;
        }
        return (double) right / predictions.size();
    }

    private static String cell(List<Map<String, String>> rows, int row, String column) {
        return Objects.requireNonNull(rows.get(row).get(column), column);
    }
}
