package dev.assay.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.app.web.input.Uploads;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files come in streamed, under names that mean no harm, and none that is too large stays. */
class UploadsTest {
    private static final byte[] TABLE = "x,y\n1,a\n2,b\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder = Path.of("");

    private Served served;

    @BeforeEach
    void start() {
        served = Served.in(folder.resolve("runs"));
    }

    @AfterEach
    void end() {
        served.close();
    }

    @Test
    void whatIsUploadedCanBeLookedAt() {
        JsonNode upload = Served.json(served.upload("/api/uploads?name=mine.csv", TABLE));
        HttpResponse<String> preview = served.post(
                "/api/previews", "{\"upload\": \"" + upload.path("upload").asText() + "\"}");

        assertThat(upload.path("name").asText()).isEqualTo("mine.csv");
        assertThat(upload.path("bytes").asInt()).isEqualTo(TABLE.length);
        assertThat(preview.statusCode()).isEqualTo(200);
        assertThat(Served.json(preview).path("records").asInt()).isEqualTo(2);
        assertThat(Served.json(preview).path("labels").get(0).asText()).isEqualTo("y");
        assertThat(Served.json(preview).path("name").asText()).isEqualTo("mine.csv");
    }

    @ParameterizedTest
    @CsvSource({
        "../../etc/passwd, passwd",
        "C:\\\\data\\\\mine.csv, mine.csv",
        ".hidden.csv, hidden.csv",
        "nul.csv, _nul.csv",
        "--out=x, _--out=x",
        "<img src=x onerror=alert(1)>.csv, _img src=x onerror=alert(1)_.csv",
        "日本.parquet, 日本.parquet",
        "..., data"
    })
    void namesAreCleaned(String given, String clean) {
        JsonNode upload = Served.json(served.upload(
                "/api/uploads?name=" + URLEncoder.encode(given.replace("\\\\", "\\"), StandardCharsets.UTF_8), TABLE));

        assertThat(upload.path("name").asText()).isEqualTo(clean);
        Path place = folder.resolve("runs/uploads")
                .resolve(upload.path("upload").asText())
                .resolve(clean);
        assertThat(place).hasBinaryContent(TABLE);
    }

    @Test
    void controlAndDirectionCharactersAndLongNamesGoTheEndingStays() {
        assertThat(Uploads.cleanName("a\u0000b\u202ec\n.csv")).isEqualTo("abc.csv");
        assertThat(Uploads.cleanName("x".repeat(500) + ".csv.gz")).hasSize(120).endsWith("x.csv.gz");
    }

    @Test
    void aFileThatIsTooLargeIsNotKept() throws IOException {
        byte[] large = new byte[(1 << 20) + 1];

        HttpResponse<String> announced = served.upload("/api/uploads?name=large.csv", large);
        HttpResponse<String> chunked = served.send(served.request("/api/uploads?name=large.csv")
                .header("Content-Type", "application/octet-stream")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))));

        assertThat(announced.statusCode()).isEqualTo(413);
        assertThat(chunked.statusCode()).isEqualTo(413);
        assertThat(chunked.body()).contains("larger than 1048576 bytes");
        assertThat(kept()).isEmpty();
        assertThat(served.errors()).isEmpty();
    }

    @Test
    void uploadsThatStallDoNotKeepOthersFromBeingAnswered() throws IOException {
        String head = "POST /api/uploads?name=mine.csv HTTP/1.1\r\nHost: 127.0.0.1:"
                + served.server().port() + "\r\nAuthorization: Bearer " + Served.TOKEN
                + "\r\nContent-Length: 1000\r\nExpect: 100-continue\r\n\r\n";
        List<Socket> clients = new ArrayList<>();
        try {
            int refused = 0;
            for (int client = 0; client < 80; client++) {
                Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(), served.server().port());
                clients.add(socket);
                socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                String status = new BufferedReader(
                                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                        .readLine();
                // 100 says that the server waits for the body
                assertThat(status).containsPattern(" (100|503) ");
                refused += status.contains(" 503 ") ? 1 : 0;
            }

            assertThat(refused).isEqualTo(72);
            assertThat(served.get("/api/runs").statusCode()).isEqualTo(200);
            assertThat(served.post("/api/previews", "{}").statusCode()).isEqualTo(400);
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
        assertThat(served.errors()).isEmpty();
    }

    @Test
    void whatAServerThatWasKilledHadReceivedInPartIsDeletedAndNothingElse() throws IOException {
        String whole = Served.json(served.upload("/api/uploads?name=mine.csv", TABLE))
                .path("upload")
                .asText();
        served.close();
        Path uploads = folder.resolve("runs/uploads");
        Path torn = Files.createDirectory(uploads.resolve("u-" + "0".repeat(32)));
        Files.write(torn.resolve("mine.csv.unfinished"), TABLE);
        Path begun = Files.createDirectory(uploads.resolve("u-" + "1".repeat(32)));
        Path mine = Files.createDirectory(uploads.resolve("mine"));
        Files.write(mine.resolve("notes.unfinished"), TABLE);
        served = Served.in(folder.resolve("runs"));

        assertThat(torn).doesNotExist();
        assertThat(begun).doesNotExist();
        assertThat(mine.resolve("notes.unfinished")).exists();
        assertThat(served.post("/api/previews", "{\"upload\": \"" + whole + "\"}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aFileOfUnknownLengthIsTaken() {
        HttpResponse<String> chunked = served.send(served.request("/api/uploads?name=mine.csv")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(TABLE))));

        assertThat(chunked.statusCode()).isEqualTo(201);
    }

    @Test
    void whatIsNoUploadIsRefused() throws IOException {
        assertThat(served.upload("/api/uploads?name=empty.csv", new byte[0]).statusCode())
                .isEqualTo(400);
        assertThat(served.upload("/api/uploads", TABLE).statusCode()).isEqualTo(400);
        assertThat(served.post("/api/uploads?name=mine.csv", "{}").statusCode()).isEqualTo(415);
        assertThat(kept()).isEmpty();
        for (String id : List.of("u-1", "../x", "u-00000000000000000000000000000000", "/etc/passwd")) {
            assertThat(served.post("/api/previews", "{\"upload\": \"" + id + "\"}")
                            .statusCode())
                    .as(id)
                    .isEqualTo(404);
        }
    }

    @Test
    void badBodiesAreOneLineEach() {
        for (String body : List.of("", "{", "[]", "null", "{\"path\": 3}", "{\"pth\": \"x\"}", "{} {}", "{}")) {
            HttpResponse<String> answer = served.post("/api/previews", body);
            assertThat(answer.statusCode()).as(body).isEqualTo(400);
            assertThat(answer.body()).startsWith("{\"error\":\"").doesNotContain("\\n", "dev.assay", "jackson");
        }
        assertThat(served.send(served.request("/api/previews")
                                .header("Content-Type", "text/plain")
                                .POST(HttpRequest.BodyPublishers.ofString("{}")))
                        .statusCode())
                .isEqualTo(415);
        assertThat(served.send(served.request("/api/previews")
                                .header("Content-Type", "application/json; charset=no-such")
                                .POST(HttpRequest.BodyPublishers.ofString("{}")))
                        .statusCode())
                .isEqualTo(400);
        assertThat(served.send(served.request("/api/uploads?name=x.csv")
                                .header("Content-Type", "text/csv; charset=no-such")
                                .POST(HttpRequest.BodyPublishers.ofString("x")))
                        .statusCode())
                .isIn(400, 415);
        assertThat(served.post("/api/previews", "{\"path\": \"" + "x".repeat(9 << 20) + "\"}")
                        .statusCode())
                .isEqualTo(413);
        assertThat(served.post("/api/previews", "[".repeat(10_000)).statusCode())
                .isEqualTo(400);
        assertThat(served.errors()).isEmpty();
    }

    @Test
    void pathsAreForThisMachineAlone() throws IOException {
        Path file = Files.write(folder.resolve("mine.csv"), TABLE);
        String body = "{\"path\": \"" + file + "\"}";

        assertThat(served.post("/api/previews", body).statusCode()).isEqualTo(200);
        assertThat(served.post("/api/previews", "{\"path\": \"" + folder + "/no.csv\"}")
                        .body())
                .contains("there is no file");
        try (Served open = Served.everywhere(folder.resolve("open"))) {
            assertThat(open.post("/api/previews", body).statusCode()).isEqualTo(403);
            assertThat(Served.json(open.get("/api/status")).path("pathsAllowed").asBoolean())
                    .isFalse();
        }
    }

    private List<Path> kept() throws IOException {
        Path uploads = folder.resolve("runs/uploads");
        if (!Files.exists(uploads)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(uploads)) {
            return files.filter(file -> !file.equals(uploads)).toList();
        }
    }
}
