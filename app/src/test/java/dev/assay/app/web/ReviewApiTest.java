package dev.assay.app.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.app.web.http.ApiError;
import dev.assay.app.web.review.ReviewLog;
import dev.assay.app.web.run.RunFolder;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Decisions about rows: kept at once, taken back, carried out on the data, and used for another run. */
class ReviewApiTest {
    @TempDir
    private Path folder = Path.of("");

    private Path data;
    private Path run;

    @BeforeEach
    void prepare() throws IOException {
        data = Served.table(folder.resolve("mine.csv"), 120);
        run = folder.resolve("runs/typed");
        Served.command("diagnose", data, "--label", "y", "--out", run, "--quiet");
    }

    @Test
    void decisionsCountAreTakenBackAndSurviveARestart() throws IOException {
        String review;
        int first;
        int second;
        try (Served served = Served.in(folder.resolve("runs"))) {
            review = "/api/runs/" + id(served) + "/review";
            JsonNode before = Served.json(served.get(review));
            first = before.path("rows").get(0).path("row").asInt();
            second = before.path("rows").get(1).path("row").asInt();
            String label = before.path("rows").get(0).path("label").asText();
            String other = label.equals("Yes") ? "no" : "Yes";
            assertThat(before.path("rows").get(0).path("decision").isNull()).isTrue();
            assertThat(before.path("undoable").asBoolean()).isFalse();
            assertThat(before.path("classes").toString()).isEqualTo("[\"Yes\",\"no\"]");

            JsonNode kept = Served.json(served.put(review + "/" + first, "{\"decision\": \"keep\"}"));
            assertThat(kept.path("counts").path("keep").asInt()).isEqualTo(1);
            served.put(review + "/" + second, "{\"decision\": \"drop\"}");
            JsonNode relabelled = Served.json(
                    served.put(review + "/" + first, "{\"decision\": \"relabel\", \"label\": \"" + other + "\"}"));
            assertThat(relabelled.path("counts").toString())
                    .isEqualTo("{\"keep\":0,\"relabel\":1,\"drop\":1,\"skip\":0,\"open\":"
                            + (before.path("rows").size() - 2) + "}");
            assertThat(Files.readAllLines(run.resolve("review.csv")))
                    .hasSize(4)
                    .startsWith("time,row,id,decision,label,previousLabel")
                    .last()
                    .asString()
                    .endsWith("," + first + "," + first + ",relabel," + other + "," + label);
            JsonNode undone = Served.json(served.post(review + "/undo", "{}"));
            assertThat(undone.path("row").asInt()).isEqualTo(first);
            assertThat(undone.path("decision").path("decision").asText()).isEqualTo("keep");
        }
        // a crash while a line was being written
        Files.writeString(run.resolve("review.csv"), "2026-01-01T00:00:00Z,5,5,dr", StandardOpenOption.APPEND);
        try (Served served = Served.in(folder.resolve("runs"))) {
            JsonNode after = Served.json(served.get(review));
            assertThat(after.path("counts").path("keep").asInt()).isEqualTo(1);
            assertThat(after.path("counts").path("drop").asInt()).isEqualTo(1);
            served.put(review + "/" + second, "{\"decision\": \"skip\"}");
            assertThat(Files.readString(run.resolve("review.csv")))
                    .doesNotContain(",dr\n", ",dr2")
                    .endsWith("skip,," + labelOf(served, review, second) + "\n");
            for (int undo = 0; undo < 3; undo++) {
                assertThat(served.post(review + "/undo", "{}").statusCode()).isEqualTo(200);
            }
            assertThat(served.post(review + "/undo", "{}").statusCode()).isEqualTo(409);
            assertThat(Served.json(served.get("/api/runs"))
                            .path("runs")
                            .get(0)
                            .path("decisions")
                            .asInt())
                    .isZero();
        }
    }

    @Test
    void whatCannotBeDecidedIsRefused() {
        try (Served served = Served.in(folder.resolve("runs"))) {
            String review = "/api/runs/" + id(served) + "/review";
            int row = Served.json(served.get(review))
                    .path("rows")
                    .get(0)
                    .path("row")
                    .asInt();
            for (String body : List.of(
                    "{}",
                    "{\"decision\": \"delete\"}",
                    "{\"decision\": \"relabel\"}",
                    "{\"decision\": \"relabel\", \"label\": \"Maybe\"}",
                    "{\"decision\": \"keep\", \"label\": \"Yes\"}",
                    "{\"decision\": \"keep\", \"row\": 1}")) {
                assertThat(served.put(review + "/" + row, body).statusCode())
                        .as(body)
                        .isEqualTo(400);
            }
            assertThat(served.put(review + "/x", "{\"decision\": \"keep\"}").statusCode())
                    .isEqualTo(400);
            assertThat(served.put(review + "/5000", "{\"decision\": \"keep\"}").statusCode())
                    .isEqualTo(404);
            assertThat(served.get("/api/runs/" + id(served) + "/cleaned").statusCode())
                    .isEqualTo(409);
            assertThat(Files.exists(run.resolve("review.csv"))).isFalse();
        }
    }

    @Test
    void theDataIsCleanedAndRunAgain() throws IOException {
        try (Served served = Served.in(folder.resolve("runs"))) {
            String id = id(served);
            String review = "/api/runs/" + id + "/review";
            JsonNode rows = Served.json(served.get(review)).path("rows");
            int dropped = rows.get(0).path("row").asInt();
            int relabelled = rows.get(1).path("row").asInt();
            String label = rows.get(1).path("label").asText().equals("Yes") ? "no" : "Yes";
            served.put(review + "/" + dropped, "{\"decision\": \"drop\"}");
            served.put(review + "/" + relabelled, "{\"decision\": \"relabel\", \"label\": \"" + label + "\"}");
            StringBuilder expected = new StringBuilder();
            List<String> lines = Files.readAllLines(data);
            for (int line = 0; line < lines.size(); line++) {
                String text = lines.get(line);
                if (line - 1 == relabelled) {
                    text = text.substring(0, text.lastIndexOf(',') + 1) + label;
                }
                expected.append(line - 1 == dropped ? "" : text + "\n");
            }

            HttpResponse<String> cleaned = served.get("/api/runs/" + id + "/cleaned");
            assertThat(cleaned.body()).isEqualTo(expected.toString());
            assertThat(cleaned.headers().firstValue("content-disposition").orElse(""))
                    .startsWith("attachment; filename=\"mine-cleaned.csv\"");

            String again = Served.json(served.post("/api/runs/" + id + "/again", "{\"decisions\": true}"))
                    .path("id")
                    .asText();
            JsonNode end = served.ended(again);
            assertThat(end.path("state").asText()).isEqualTo("finished");
            assertThat(end.path("decisionsOf").asText()).isEqualTo(id);
            assertThat(end.path("data").asText()).isEqualTo("mine.csv");
            JsonNode record = Served.json(served.get("/api/runs/" + again + "/record"));
            assertThat(record.path("data").path("records").asInt()).isEqualTo(119);
            assertThat(record.path("command").asText()).isEqualTo("diagnose");

            Files.writeString(data, Files.readString(data).replace("Yes", "yes"));
            assertThat(served.get("/api/runs/" + id + "/cleaned").body()).contains("was changed since the run");
        }
    }

    @Test
    void aFileThatIsNoneOfOursIsLeftAlone() throws IOException {
        Files.writeString(run.resolve("review.csv"), "my own notes\n");
        try (Served served = Served.in(folder.resolve("runs"))) {
            String review = "/api/runs/" + id(served) + "/review";

            assertThat(served.get(review).statusCode()).isEqualTo(409);
            assertThat(run.resolve("review.csv")).hasContent("my own notes\n");
        }
    }

    @Test
    void everyTextComesBackAsItWasAndNoneIsAFormula() throws IOException {
        List<String> texts = List.of(
                "=1+1",
                "+x",
                "-1.5",
                "-x",
                "@SUM(A1)",
                "'quoted",
                "a,b",
                "a \"b\"",
                "two\nlines",
                "\ttab",
                "é日本",
                "<img src=x onerror=alert(1)>",
                "");
        RunFolder place = RunFolder.at(run);
        ReviewLog log = ReviewLog.of(place);
        for (int row = 0; row < texts.size(); row++) {
            log.add(new ReviewLog.Decision(
                    "2026-01-01T00:00:00Z", row, texts.get(row), "relabel", texts.get(row), texts.get(row)));
        }

        assertThat(ReviewLog.of(place).current().values())
                .extracting(ReviewLog.Decision::id, ReviewLog.Decision::label, ReviewLog.Decision::previousLabel)
                .containsExactlyElementsOf(texts.stream()
                        .map(text -> Tuple.tuple(text, text, text))
                        .toList());
        String written = Files.readString(run.resolve("review.csv"), StandardCharsets.UTF_8);
        assertThat(Stream.of(",=", ",+", ",@", ",-x", "\"=")).noneMatch(written::contains);
        assertThat(written).contains(",'=1+1,relabel,'=1+1,'=1+1\n", ",-1.5,");
        for (int length = written.length() - 2; length > 60; length -= 7) {
            if (written.charAt(length - 1) == '\n') {
                // the end of a whole record, or what is not told from a quote that somebody opened
                continue;
            }
            Files.writeString(run.resolve("review.csv"), written.substring(0, length), StandardCharsets.UTF_8);
            assertThat(ReviewLog.of(place).current().size()).isLessThan(texts.size());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-01T00:00:00Z,3,\"3,keep,,A\n2026-01-01T00:00:00Z,4,4,keep,,A\n",
                "2026-01-01T00:00:00Z,3,\"3,keep,,A\n",
                "2026-01-01T00:00:00Z,3,3\",keep,,A\n",
                "2026-01-01T00:00:00Z,3,\"3\"x,keep,,A\n",
                "2026-01-01T00:00:00Z,3,\u00e9,keep,,A\n",
                "2026-01-01T00:00:00Z,3,3,keep,,\0\0\n",
                "\0\0\0\0",
                "2026-01-01T00:00:00Z,3,3,maybe,,A\n",
                "2026-01-01T00:00:00Z,3,3,keep\n",
                "2026-01-01T00:00:00Z,-3,3,keep,,A\n",
                "a note",
                "\n"
            })
    void aLineThatCannotBeUnderstoodIsRefusedAndNothingIsTouched(String line) throws IOException {
        Path file = run.resolve("review.csv");
        RunFolder place = RunFolder.at(run);
        ReviewLog.of(place).add(new ReviewLog.Decision("2026-01-01T00:00:00Z", 2, "2", "keep", "", "A"));
        // one byte a character: what is no ASCII is no UTF-8 either
        Files.write(file, line.getBytes(StandardCharsets.ISO_8859_1), StandardOpenOption.APPEND);
        byte[] before = Files.readAllBytes(file);

        assertThatThrownBy(() -> ReviewLog.of(place))
                .isInstanceOf(ApiError.class)
                .hasMessageContaining("review.csv of this run, line 3: ");
        assertThat(file).hasBinaryContent(before);
    }

    @Test
    void noLineFeedAtTheEndAndLineEndsOfWindowsAreFine() throws IOException {
        Path file = run.resolve("review.csv");
        RunFolder place = RunFolder.at(run);
        Files.writeString(
                file,
                "time,row,id,decision,label,previousLabel\r\n2026-01-01T00:00:00Z,2,2,keep,,A\r\n"
                        + "2026-01-01T00:00:00Z,3,3,relabel,B,A");

        ReviewLog.of(place).add(new ReviewLog.Decision("2026-01-01T00:00:00Z", 4, "4", "drop", "", "B"));

        assertThat(ReviewLog.of(place).current().values())
                .extracting(ReviewLog.Decision::row, ReviewLog.Decision::decision, ReviewLog.Decision::previousLabel)
                .containsExactly(
                        Tuple.tuple(2, "keep", "A"), Tuple.tuple(3, "relabel", "A"), Tuple.tuple(4, "drop", "B"));
        assertThat(file).content().endsWith("relabel,B,A\n2026-01-01T00:00:00Z,4,4,drop,,B\n");
    }

    private static String id(Served served) {
        return Served.json(served.get("/api/runs"))
                .path("runs")
                .get(0)
                .path("id")
                .asText();
    }

    private static String labelOf(Served served, String review, int row) {
        for (JsonNode node : Served.json(served.get(review)).path("rows")) {
            if (node.path("row").asInt() == row) {
                return node.path("label").asText();
            }
        }
        throw new AssertionError("no row " + row);
    }
}
