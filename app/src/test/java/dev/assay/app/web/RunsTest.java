package dev.assay.app.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.app.cli.ServedCommands;
import dev.assay.app.run.LearningRun;
import dev.assay.app.run.RunOrder;
import dev.assay.app.web.run.Commands;
import dev.assay.app.web.run.RunFolder;
import dev.assay.data.InvalidInputException;
import dev.assay.work.Progress;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs are what the command line would make; a queue keeps their order, and a restart loses none. */
class RunsTest {
    private static final int STARTS = 30;

    @TempDir
    private Path folder = Path.of("");

    private Path workspace;
    private Path data;

    @BeforeEach
    void prepare() throws IOException {
        workspace = folder.resolve("runs");
        data = Served.table(folder.resolve("mine.csv"), 150);
    }

    @Test
    void aRunGivesWhatTheCommandLineGives() throws IOException {
        try (Served served = Served.in(workspace)) {
            String id = served.started(request("purify", ""));
            JsonNode end = served.ended(id);

            assertThat(end.path("state").asText()).isEqualTo("finished");
            assertThat(end.path("log").toString()).contains("What to do next");
            assertThat(end.path("hasReview").asBoolean()).isTrue();
            Path made = onlyRun();
            Path typed = folder.resolve("typed");
            Served.command("purify", data, "--label", "y", "--out", typed, "--threads", "1");
            for (String name : List.of("rows.csv", "trajectory.csv", "purified.csv")) {
                assertThat(made.resolve(name)).as(name).hasSameBinaryContentAs(typed.resolve(name));
            }
            assertThat(Served.json(served.get("/api/runs/" + id + "/record"))
                            .path("commandLine")
                            .toString())
                    .isEqualTo("[\"assay\",\"purify\",\"" + data + "\",\"--label=y\",\"--out=" + made
                            + "\",\"--threads=1\"]");
            HttpResponse<byte[]> report = served.send(
                    served.request("/api/runs/" + id + "/report").header("Accept-Encoding", "gzip"),
                    HttpResponse.BodyHandlers.ofByteArray());
            assertThat(report.body()).isEqualTo(Files.readAllBytes(made.resolve("report.html")));
            assertThat(report.headers().firstValue("content-security-policy").orElse(""))
                    .startsWith("sandbox allow-scripts allow-downloads; frame-ancestors 'self'; default-src 'none';"
                            + " script-src 'sha256-")
                    .contains("connect-src 'none'")
                    .doesNotContain("unsafe", "allow-same-origin");
            HttpResponse<String> rows = served.get("/api/runs/" + id + "/files/rows.csv");
            assertThat(rows.body()).isEqualTo(Files.readString(typed.resolve("rows.csv")));
            assertThat(rows.headers().firstValue("content-disposition").orElse(""))
                    .startsWith("attachment; filename=\"rows.csv\"");
        }
    }

    @Test
    void groupsTimesChecksAndProbabilitiesBecomeOptionsOfTheCommandLine() throws IOException {
        GatedCommands gated = new GatedCommands();
        Path given = Files.writeString(folder.resolve("given.csv"), "Yes,no\n0.5,0.5\n");
        try (Served served = Served.in(workspace, gated)) {
            gated.letGo();
            String id = served.started("{\"command\":\"diagnose\",\"path\":\"" + data
                    + "\",\"probabilitiesPath\":\"" + given
                    + "\",\"options\":{\"label\":\"y\",\"group\":\"colour\",\"time\":\"where\","
                    + "\"probabilityLabels\":[\"Yes\",\"no\"],\"outliers\":false,\"orderDrift\":true}}");
            String error = served.ended(id).path("error").asText();

            assertThat(error.lines()).as("probabilities of one row, for 150").hasSize(1);
            assertThat(error).contains("given.csv");
            assertThat(gated.ran())
                    .singleElement()
                    .asString()
                    .contains("--group=colour", "--time=where", "--probabilities=" + given)
                    .contains("--probability-labels=Yes", "--probability-labels=no", "--no-outliers")
                    .doesNotContain("--no-order-drift", "--no-near-duplicates");
        }
    }

    @Test
    void whatACommandDoesNotTakeIsRefusedInOneLine() {
        try (Served served = Served.in(workspace)) {
            assertThat(refused(served, "run", "\"probabilitiesPath\":\"" + data + "\",", ""))
                    .contains("assay run takes no probabilities");
            assertThat(refused(served, "purify", "", ",\"outliers\":false")).contains("assay purify takes no outliers");
            assertThat(refused(served, "diagnose", "", ",\"probabilityLabels\":[\"a\"]"))
                    .contains("probabilityLabels have no probabilities to belong to");
            assertThat(refused(served, "diagnose", "\"probabilitiesPath\":\"nowhere.csv\",", ""))
                    .contains("there is no file");
        }
    }

    private String refused(Served served, String command, String field, String option) {
        HttpResponse<String> answer = served.post(
                "/api/runs",
                "{\"command\":\"" + command + "\"," + field + "\"path\":\"" + data + "\",\"options\":{\"label\":\"y\""
                        + option + "}}");
        assertThat(answer.statusCode()).isEqualTo(400);
        String said = Served.json(answer).path("error").asText();
        assertThat(said.lines()).hasSize(1);
        return said;
    }

    @Test
    void whoComesLateSeesTheWholeCourseAndTheEnd() {
        GatedCommands gated = new GatedCommands();
        try (Served served = Served.in(workspace, gated)) {
            String id = served.started(request("diagnose", ""));
            gated.begun();
            gated.letGo();
            JsonNode end = served.ended(id);

            assertThat(end.path("state").asText()).isEqualTo("finished");
            assertThat(served.ended(id)).isEqualTo(end);
        }
    }

    @Test
    void theQueueKeepsItsOrderAndWhatWaitsCanBeTakenOut() {
        GatedCommands gated = new GatedCommands();
        try (Served served = Served.in(workspace, gated)) {
            String first = served.started(request("diagnose", ""));
            gated.begun();
            String second = served.started(request("diagnose", ""));
            String third = served.started(request("diagnose", ""));

            assertThat(view(served, first).path("state").asText()).isEqualTo("running");
            assertThat(view(served, first).path("progress").path("phase").asText())
                    .isEqualTo("at the gate");
            assertThat(view(served, second).path("place").asInt()).isEqualTo(1);
            assertThat(view(served, third).path("place").asInt()).isEqualTo(2);
            HttpResponse<String> cancelled = served.post("/api/runs/" + second + "/cancel", "{}");
            assertThat(Served.json(cancelled).path("state").asText()).isEqualTo("cancelled");
            assertThat(view(served, third).path("place").asInt()).isEqualTo(1);
            assertThat(served.post("/api/runs/" + second + "/cancel", "{}").statusCode())
                    .isEqualTo(409);
            gated.letGo();
            assertThat(served.ended(third).path("state").asText()).isEqualTo("finished");
            assertThat(gated.ran()).hasSize(2);
        }
    }

    @Test
    void aRunningOneStopsWhenItIsToldTo() {
        GatedCommands gated = new GatedCommands();
        try (Served served = Served.in(workspace, gated)) {
            String id = served.started(request("diagnose", ""));
            gated.begun();
            assertThat(delete(served, id).statusCode()).isEqualTo(409);
            served.post("/api/runs/" + id + "/cancel", "{}");
            gated.letGo();

            assertThat(served.ended(id).path("state").asText()).isEqualTo("cancelled");
            assertThat(delete(served, id).statusCode()).isEqualTo(204);
            assertThat(served.get("/api/runs/" + id).statusCode()).isEqualTo(404);
        }
        assertThat(workspace).isDirectoryNotContaining(Files::isDirectory);
    }

    @Test
    void afterARestartEveryRunIsThere() throws IOException {
        GatedCommands gated = new GatedCommands();
        String running;
        String waiting;
        String finished;
        try (Served served = Served.in(workspace)) {
            finished = served.started(request("diagnose", ""));
            assertThat(served.ended(finished).path("state").asText()).isEqualTo("finished");
        }
        try (Served served = Served.in(workspace, gated)) {
            running = served.started(request("diagnose", ""));
            gated.begun();
            waiting = served.started(request("diagnose", ", \"name\": \"<b>later</b>\""));
            gated.letGoWhenCancelled();
        }
        Path typed = workspace.resolve("typed");
        Served.command("diagnose", data, "--label", "y", "--out", typed, "--quiet");
        Path torn = Files.createDirectory(workspace.resolve("torn"));
        Files.writeString(torn.resolve("job.json"), "{\"format\": 1, \"name\": \"half");
        Path died = Files.createDirectory(workspace.resolve("died"));
        Files.writeString(
                died.resolve("job.json"),
                Files.readString(runOf(finished).resolve("job.json")).replace("finished", "running"));
        try (Served served = Served.in(workspace)) {
            assertThat(view(served, finished).path("state").asText()).isEqualTo("finished");
            assertThat(view(served, running).path("state").asText()).isEqualTo("interrupted");
            assertThat(view(served, waiting).path("state").asText()).isEqualTo("interrupted");
            assertThat(view(served, waiting).path("name").asText()).isEqualTo("<b>later</b>");
            JsonNode runs = Served.json(served.get("/api/runs")).path("runs");
            List<String> states = new ArrayList<>();
            runs.forEach(run -> states.add(
                    run.path("command").asText() + " " + run.path("state").asText()));
            assertThat(states)
                    .containsExactlyInAnyOrder(
                            "diagnose finished",
                            "diagnose interrupted",
                            "diagnose interrupted",
                            "diagnose finished",
                            " damaged",
                            "diagnose interrupted");
            String again = Served.json(served.post("/api/runs/" + running + "/again", "{}"))
                    .path("id")
                    .asText();
            assertThat(served.ended(again).path("state").asText()).isEqualTo("finished");
            assertThat(served.errors()).isEmpty();
        }
    }

    @Test
    void startsOfTheSameMomentAllGetAFolder() throws Exception {
        GatedCommands gated = new GatedCommands();
        try (Served served = Served.in(workspace, gated)) {
            ExecutorService clients = Executors.newFixedThreadPool(STARTS);
            CountDownLatch ready = new CountDownLatch(STARTS);
            List<Future<Integer>> answers = new ArrayList<>();
            for (int client = 0; client < STARTS; client++) {
                answers.add(clients.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return served.post("/api/runs", request("diagnose", "")).statusCode();
                }));
            }
            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isEqualTo(201);
            }
            clients.shutdown();
            assertThat(Served.json(served.get("/api/runs")).path("runs")).hasSize(STARTS);
            assertThat(served.errors()).isEmpty();
            gated.letGoWhenCancelled();
        }
    }

    @Test
    void aSecondServerIsKeptOffTheFolderOfNewRuns() {
        try (Served first = Served.in(workspace)) {
            String id = first.started(request("diagnose", ""));
            assertThatThrownBy(() -> Served.in(workspace))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining(workspace.toString())
                    .hasMessageContaining("another assay serve");
            assertThat(first.ended(id).path("state").asText()).isEqualTo("finished");
        }
        // the first has let go of it
        Served.in(workspace).close();
    }

    @Test
    void aRunThatFailsSaysWhyInOneLine() {
        try (Served served = Served.in(workspace)) {
            String id = served.started(request("diagnose", "").replace("\"y\"", "\"colour \""));
            JsonNode end = served.ended(id);

            assertThat(end.path("state").asText()).isEqualTo("failed");
            assertThat(end.path("error").asText()).startsWith("label colour : ").contains("did you mean 'colour'?");
            assertThat(served.get("/api/runs/" + id + "/report").statusCode()).isEqualTo(404);
            assertThat(served.get("/api/runs/" + id + "/review").statusCode()).isEqualTo(409);
            assertThat(served.get("/api/runs/" + id + "/schema").statusCode()).isEqualTo(409);
            assertThat(delete(served, id).statusCode()).isEqualTo(204);
        }
    }

    @Test
    void namesOfColumnsAreNeverOptions() throws IOException {
        Path odd = Files.writeString(
                folder.resolve("odd.csv"),
                Files.readString(data).replaceFirst("x0,x1,x2", "--out=/tmp/x,\"a,b\\\\\",@file"));
        try (Served served = Served.in(workspace)) {
            String id = served.started("{\"command\": \"diagnose\", \"path\": \"" + odd
                    + "\", \"options\": {\"label\": \"y\", \"drop\": [\"--out=/tmp/x\", \"a,b\\\\\", \"@file\"]}}");

            assertThat(served.ended(id).path("state").asText())
                    .as(view(served, id).path("error").asText())
                    .isEqualTo("finished");
            assertThat(Served.json(served.get("/api/runs/" + id + "/record"))
                            .path("data")
                            .path("features")
                            .asInt())
                    .isEqualTo(7);
        }
    }

    @Test
    void whatCannotBeRunIsRefusedAtOnce() {
        try (Served served = Served.in(workspace)) {
            for (String body : List.of(
                    "{}",
                    "{\"command\": \"serve\", \"path\": \"" + data + "\"}",
                    "{\"command\": \"run\"}",
                    "{\"command\": \"run\", \"path\": \"" + folder + "/no.csv\"}",
                    "{\"command\": \"run\", \"path\": \"" + data + "\", \"upload\": \"u-1\"}",
                    request("diagnose", "").replace("\"y\"", "\"y\", \"router\": \"auto\""),
                    request("run", "").replace("\"y\"", "\"y\", \"criterion\": \"loss\""),
                    request("run", "").replace("\"y\"", "\"y\", \"seed\": 1.5"),
                    request("run", "").replace("\"y\"", "\"y\", \"task\": \"guess\""),
                    request("diagnose", ", \"testPath\": \"" + data + "\""))) {
                HttpResponse<String> answer = served.post("/api/runs", body);
                assertThat(answer.statusCode()).as(body).isEqualTo(400);
                assertThat(Served.json(answer).path("error").asText()).isNotBlank();
            }
            assertThat(Files.exists(workspace)).isFalse();
        }
    }

    @Test
    void formulasAreTextInWhatIsDownloadedAndStayInTheFolder() throws IOException {
        Path named = Files.writeString(
                folder.resolve("named.csv"),
                Files.readString(data)
                        .replace("where,colour", "where,name")
                        .replace(",red,", ",=1+1,")
                        .replace(",blue,", ",@SUM(A1),"));
        Path run = folder.resolve("typed");
        Served.command("purify", named, "--label", "y", "--id", "name", "--out", run, "--quiet");
        try (Served served = Served.of(workspace, run)) {
            String id = served.get("/api/runs").body().replaceFirst("(?s).*?\"id\":\"(r-[0-9a-f]+)\".*", "$1");
            String rows = Files.readString(run.resolve("rows.csv"));
            String purified = Files.readString(run.resolve("purified.csv"));

            assertThat(rows).contains(",=1+1,", ",@SUM(A1),");
            assertThat(served.get("/api/runs/" + id + "/files/rows.csv").body())
                    .isEqualTo(rows.replace(",=1+1,", ",'=1+1,").replace(",@SUM(A1),", ",'@SUM(A1),"));
            assertThat(purified).contains(",=1+1,");
            assertThat(served.get("/api/runs/" + id + "/files/purified.csv").body())
                    .isEqualTo(purified);
        }
    }

    @Test
    void onlyFilesOfTheRunCanBeDownloadedAndNoLinks() throws IOException {
        Path run = folder.resolve("typed");
        Served.command("diagnose", data, "--label", "y", "--out", run, "--quiet");
        Files.writeString(run.resolve("secret.txt"), "secret");
        Files.deleteIfExists(run.resolve("report.html"));
        Files.createSymbolicLink(run.resolve("report.html"), data);
        Files.createSymbolicLink(run.resolve("review.csv"), data);
        Path linked = Files.createDirectory(folder.resolve("holder"));
        Files.createSymbolicLink(linked.resolve("link"), run);
        try (Served served = Served.of(workspace, run, linked)) {
            JsonNode runs = Served.json(served.get("/api/runs")).path("runs");
            assertThat(runs).hasSize(1);
            String id = runs.get(0).path("id").asText();
            assertThat(runs.get(0).path("hasReport").asBoolean()).isFalse();
            assertThat(served.get("/api/runs/" + id + "/files").body())
                    .doesNotContain("secret", "report.html", "review");
            for (String name : List.of("secret.txt", "report.html", "review.csv", "..%2fmine.csv", "job.json", "%2e")) {
                assertThat(served.get("/api/runs/" + id + "/files/" + name).statusCode())
                        .as(name)
                        .isIn(400, 404);
            }
            assertThat(served.get("/api/runs/" + id + "/report").statusCode()).isEqualTo(404);
            assertThat(served.get("/api/runs/" + id + "/review").statusCode()).isEqualTo(409);
        }
    }

    private String request(String command, String more) {
        return "{\"command\": \"" + command + "\", \"path\": \"" + data + "\", \"options\": {\"label\": \"y\"}" + more
                + "}";
    }

    private static JsonNode view(Served served, String id) {
        return Served.json(served.get("/api/runs/" + id));
    }

    private static HttpResponse<String> delete(Served served, String id) {
        return served.send(served.request("/api/runs/" + id).method("DELETE", HttpRequest.BodyPublishers.noBody()));
    }

    private Path onlyRun() throws IOException {
        try (var runs = Files.list(workspace)) {
            return runs.filter(Files::isDirectory).findFirst().orElseThrow();
        }
    }

    private Path runOf(String id) throws IOException {
        try (var runs = Files.list(workspace)) {
            return runs.filter(run ->
                            Files.isDirectory(run) && RunFolder.at(run).id().equals(id))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** The command line, but a run stays at a gate until it is let go. */
    private static final class GatedCommands implements Commands {
        private final ServedCommands real = new ServedCommands();
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch gate = new CountDownLatch(1);
        private final List<List<String>> ran = new ArrayList<>();
        private volatile boolean untilCancelled;

        void begun() {
            await(begun);
        }

        void letGo() {
            gate.countDown();
        }

        void letGoWhenCancelled() {
            untilCancelled = true;
            gate.countDown();
        }

        synchronized List<List<String>> ran() {
            return List.copyOf(ran);
        }

        @Override
        public String run(RunOrder order, Progress progress) {
            synchronized (this) {
                ran.add(order.arguments());
            }
            progress.phase("at the gate", 0);
            begun.countDown();
            await(gate);
            while (untilCancelled && !progress.isCancelled()) {
                Thread.onSpinWait();
            }
            return order.run(progress);
        }

        private static void await(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException end) {
                throw new IllegalStateException(end);
            }
        }

        @Override
        public LearningRun understood(List<String> arguments) {
            return real.understood(arguments);
        }
    }
}
