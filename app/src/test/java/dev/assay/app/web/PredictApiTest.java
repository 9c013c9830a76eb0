package dev.assay.app.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.app.web.run.RunFolder;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What the server predicts is what the command line predicts, for one row or many, for one client or many. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PredictApiTest {
    private Path folder = Path.of("");
    private Path data = Path.of("");
    private Path run = Path.of("");
    private Served served;
    private String id = "";

    @BeforeAll
    void start(@TempDir Path place) throws IOException {
        folder = place;
        data = withNotes(Served.table(folder.resolve("plain.csv"), 240), folder.resolve("mine.csv"));
        run = folder.resolve("result");
        Served.command("run", data, "--label", "y", "--drop", "notes", "--out", run, "--quiet");
        served = Served.of(folder.resolve("runs"), run);
        id = Served.json(served.get("/api/runs")).path("runs").get(0).path("id").asText();
    }

    /** The same with a column that the model is not to look at. */
    private static Path withNotes(Path table, Path copy) throws IOException {
        List<String> lines = Files.readAllLines(table);
        StringBuilder text = new StringBuilder(lines.get(0)).append(",notes\n");
        lines.subList(1, lines.size()).forEach(line -> text.append(line).append(",n\n"));
        return Files.writeString(copy, text);
    }

    @Test
    void aColumnThatWasLeftOutMayBeThereAndAnUnknownOneMayNot() {
        String known = "{\"rows\": [{\"x0\": 1, \"notes\": \"anything\"}]}";
        assertThat(served.post("/api/predict", known).statusCode()).isEqualTo(200);
        assertThat(served.post("/api/predict", known.replace("notes", "note")).statusCode())
                .isEqualTo(400);
    }

    @AfterAll
    void end() {
        served.close();
    }

    @Test
    void theSchemaSaysWhatTheModelWantsToKnow() {
        JsonNode schema = Served.json(served.get("/api/runs/" + id + "/schema"));

        assertThat(schema.path("label").asText()).isEqualTo("y");
        assertThat(schema.path("task").asText()).isEqualTo("classification");
        assertThat(schema.path("classes").toString()).isEqualTo("[\"Yes\",\"no\"]");
        assertThat(schema.path("columns")).hasSize(8);
        assertThat(schema.path("columns").get(0).path("kind").asText()).isEqualTo("number");
        assertThat(schema.path("columns").get(7).path("values").toString()).isEqualTo("[\"blue\",\"green\",\"red\"]");
        assertThat(schema.path("wide").asBoolean()).isFalse();
        double shares = 0;
        for (JsonNode block : schema.path("blocks")) {
            shares += block.path("share").asDouble();
        }
        assertThat(shares).isEqualTo(1, within(1e-12));
        assertThat(schema.path("router").path("name").asText()).isNotEmpty();
    }

    @Test
    void rowsAndFilesGiveWhatTheCommandLineGives() throws IOException {
        Path fresh = Served.table(folder.resolve("new.csv"), 30);
        Path typed = folder.resolve("typed.csv");
        Served.command("predict", run, fresh, "--out", typed, "--quiet");

        HttpResponse<String> batch =
                served.upload("/api/runs/" + id + "/predictions?name=new.csv", Files.readAllBytes(fresh));
        assertThat(batch.statusCode()).isEqualTo(200);
        assertThat(batch.headers().firstValue("content-type")).contains("text/csv; charset=utf-8");
        assertThat(batch.body()).isEqualTo(Files.readString(typed));

        List<String> lines = Files.readAllLines(fresh);
        String[] names = lines.get(0).split(",", -1);
        List<String> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            List<String> values = new ArrayList<>();
            for (int place = 0; place < names.length - 1; place++) {
                String value = names[place].equals("colour") ? "\"" + cells[place] + "\"" : cells[place];
                values.add("\"" + names[place] + "\": " + value);
            }
            rows.add("{" + String.join(", ", values) + "}");
        }
        JsonNode answer = Served.json(
                served.post("/api/predict", "{\"run\": \"" + id + "\", \"rows\": [" + String.join(",", rows) + "]}"));
        List<String> expected = Files.readAllLines(typed);
        assertThat(answer.path("run").asText()).isEqualTo(id);
        assertThat(answer.path("predictions")).hasSize(30);
        for (int row = 0; row < 30; row++) {
            String[] cells = expected.get(row + 1).split(",", -1);
            JsonNode prediction = answer.path("predictions").get(row);
            assertThat(prediction.path("prediction").asText()).isEqualTo(cells[1]);
            assertThat(prediction.path("probabilities").path("Yes").asDouble()).isEqualTo(Double.parseDouble(cells[2]));
            assertThat(prediction.path("block").asInt()).isEqualTo(Integer.parseInt(cells[4]));
        }
    }

    @Test
    void aSourceThatTellsTheBlockIsAskedForAndUsed() throws IOException {
        StringBuilder text = new StringBuilder("x,site,y\n");
        Random random = new Random(7);
        for (int i = 0; i < 300; i++) {
            double x = 6 * random.nextDouble() - 3;
            boolean first = random.nextDouble() < 0.55;
            double y = (first ? 2 * x : 5 - 2 * x) + 0.3 * random.nextGaussian();
            text.append(String.format(Locale.ROOT, "%.4f,%s,%.4f\n", x, first ? "A" : "B", y));
        }
        Path sites = Files.writeString(folder.resolve("sites.csv"), text);
        Path result = folder.resolve("sites");
        Served.command(
                "run", sites, "--label", "y", "--source", "site", "--max-blocks", "2", "--out", result, "--quiet");
        Path fresh = Files.writeString(folder.resolve("fresh.csv"), "x,site\n2,A\n2,B\n2,\n");
        Path typed = folder.resolve("fresh-typed.csv");
        Served.command("predict", result, fresh, "--out", typed, "--quiet");
        List<String> expected = Files.readAllLines(typed);
        try (Served other = Served.of(folder.resolve("other"), result)) {
            JsonNode run = Served.json(other.get("/api/runs")).path("runs").get(0);
            String own = run.path("id").asText();
            assertThat(run.path("sentence").asText()).contains("dividing helps to predict where column site is known");
            JsonNode column = Served.json(other.get("/api/runs/" + own + "/schema"))
                    .path("columns")
                    .get(1);
            assertThat(column.path("name").asText()).isEqualTo("site");
            assertThat(column.path("values").toString()).isEqualTo("[\"A\",\"B\"]");
            assertThat(column.path("example").isNull()).isTrue();
            JsonNode answer = Served.json(other.post(
                    "/api/predict",
                    "{\"rows\": [{\"x\": 2, \"site\": \"A\"}, {\"x\": 2, \"site\": \"B\"}, {\"x\": 2, \"site\":"
                            + " null}, {\"x\": 2}]}"));
            for (int row = 0; row < 4; row++) {
                double prediction =
                        answer.path("predictions").get(row).path("prediction").asDouble();
                String[] cells = expected.get(Math.min(row, 2) + 1).split(",", -1);
                assertThat(prediction).isEqualTo(Double.parseDouble(cells[1]));
            }
            assertThat(other.upload("/api/runs/" + own + "/predictions?name=new.csv", Files.readAllBytes(fresh))
                            .body())
                    .isEqualTo(Files.readString(typed));
        }
    }

    @Test
    void theFirstRowsOfABatchAsJson() throws IOException {
        HttpResponse<String> answer = served.send(served.request("/api/runs/" + id + "/predictions?name=new.csv")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofFile(data)));
        JsonNode batch = Served.json(answer);

        assertThat(batch.path("records").asInt()).isEqualTo(240);
        assertThat(batch.path("rows")).hasSize(100);
        assertThat(batch.path("columns").get(1).asText()).isEqualTo("prediction");
        assertThat(served.get("/api/runs/" + id + "/files/" + batch.path("file").asText())
                        .statusCode())
                .isEqualTo(200);
        assertThat(folder.resolve("runs/uploads")).isEmptyDirectory();
    }

    @Test
    void similarRowsAreTrainingRowsOfTheBlock() throws IOException {
        String row = "{\"x0\": 1, \"x1\": 1, \"where\": 4, \"colour\": \"red\"}";
        JsonNode prediction = Served.json(served.post(
                        "/api/predict",
                        "{\"run\": \"" + id + "\", \"rows\": [" + row + "], \"similar\": 3, \"block\": 1}"))
                .path("predictions")
                .get(0);

        assertThat(prediction.path("block").asInt()).isEqualTo(1);
        assertThat(prediction.path("similar")).hasSize(3);
        List<String> lines = Files.readAllLines(data);
        double before = 0;
        for (JsonNode similar : prediction.path("similar")) {
            assertThat(similar.path("block").asInt()).isEqualTo(1);
            assertThat(similar.path("distance").asDouble()).isGreaterThanOrEqualTo(before);
            before = similar.path("distance").asDouble();
            String line = lines.get(1 + similar.path("row").asInt());
            assertThat(line).startsWith(similar.path("values").path("x0").asText() + ",");
            assertThat(line).endsWith("," + similar.path("label").asText() + ",n");
        }
    }

    @Test
    void withoutTheDataThePredictionStaysAndANoteSaysSo() throws IOException {
        Path other = Served.table(folder.resolve("other.csv"), 200);
        Path result = folder.resolve("runs/other");
        Served.command("run", other, "--label", "y", "--out", result, "--quiet");
        Files.writeString(other, Files.readString(other).replaceFirst("\n-?[0-9]", "\n7"));
        String otherId = RunFolder.at(result).id();

        JsonNode answer = Served.json(
                served.post("/api/predict", "{\"run\": \"" + otherId + "\", \"rows\": [{}], \"similar\": 3}"));

        assertThat(Served.json(served.post("/api/predict", "{\"rows\": [{}]}"))
                        .path("run")
                        .asText())
                .as("the newest")
                .isEqualTo(otherId);
        assertThat(answer.path("predictions").get(0).path("similar")).isEmpty();
        assertThat(answer.path("notes").toString()).contains("was changed since the run");
    }

    @Test
    void whatCannotBePredictedIsNamed() {
        refused("{}", "rows");
        refused("{\"rows\": []}", "1 to 10000");
        refused("{\"rows\": [null]}", "row 0 is null");
        refused("{\"rows\": [{\"x9\": 1}]}", "'x9'");
        refused("{\"rows\": [{\"x0\": \"many\"}]}", "expected a number");
        refused("{\"rows\": [{\"x0\": NaN}]}", "no JSON");
        refused("{\"rows\": [{}], \"block\": 99}", "block is 99");
        refused("{\"rows\": [{}], \"similar\": 21}", "similar is 21");
        refused("{\"rows\": [{}], \"similars\": 2}", "similars");
        assertThat(served.post("/api/predict", "{\"rows\": [{}], \"run\": \"../x\"}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(served.upload(
                                "/api/runs/" + id + "/predictions?name=n.csv",
                                "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8))
                        .statusCode())
                .isEqualTo(400);
        assertThat(served.errors()).isEmpty();
    }

    @Test
    void manyClientsAtOnceAllGetTheSame() throws InterruptedException, ExecutionException {
        String body = "{\"run\": \"" + id + "\", \"rows\": [{\"x0\": 0.5, \"where\": 4}]}";
        String expected = served.post("/api/predict", body).body();
        ExecutorService clients = Executors.newFixedThreadPool(32);
        try {
            List<Callable<String>> calls = new ArrayList<>();
            for (int call = 0; call < 200; call++) {
                calls.add(() -> served.post("/api/predict", body).body());
            }
            for (Future<String> answer : clients.invokeAll(calls)) {
                assertThat(answer.get()).isEqualTo(expected);
            }
        } finally {
            clients.shutdownNow();
        }
    }

    private void refused(String body, String part) {
        HttpResponse<String> answer = served.post("/api/predict", body);
        assertThat(answer.statusCode()).as(body).isEqualTo(400);
        assertThat(Served.json(answer).path("error").asText()).contains(part);
    }
}
