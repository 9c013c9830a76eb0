package dev.assay.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run folder may hold anything: the list says which one is damaged and how, and nothing else suffers from it. */
class DamagedRunsTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int MUTATIONS = 60;

    @TempDir
    static Path made;

    private static Path data;
    private static Path whole;

    @TempDir
    private Path folder = Path.of("");

    private Path run;
    private Served served;

    @BeforeAll
    static void makeRun() throws IOException {
        data = Served.table(made.resolve("mine.csv"), 150);
        whole = made.resolve("whole");
        Served.command("run", data, "--label", "y", "--out", whole, "--quiet");
    }

    @BeforeEach
    void start() throws IOException {
        Path holder = Files.createDirectory(folder.resolve("holder"));
        copy(whole, holder.resolve("good"));
        run = copy(whole, holder.resolve("other"));
        served = Served.of(folder.resolve("runs"), holder);
    }

    @AfterEach
    void end() {
        served.close();
    }

    private static Path copy(Path from, Path to) throws IOException {
        Files.createDirectory(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
        return to;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "7",
                "{}",
                "{\"command\": \"run\"}",
                "{\"command\": {\"a\": 1}, \"data\": []}",
                "\u0000",
                "{\"a\": \"\ud800\"}"
            })
    void aRecordThatIsNoneIsDamage(String text) throws IOException {
        Files.writeString(run.resolve("run.json"), text.replace('\ud800', '?'));

        JsonNode view = damagedAlone();
        assertThat(view.path("error").asText()).startsWith("this run is damaged: ");
        nothingFails(view.path("id").asText());
    }

    @ParameterizedTest
    @CsvSource({
        "/data/path, \"\\u0000\", 'the path of the data in run.json is no path: Nul character not allowed'",
        "/data/path, 7, 'path in run.json is a number, expected a text'",
        "/data/task, \"guess\", 'task in run.json is ''guess'', expected classification or regression'",
        "/data/label, null, 'label in run.json is a null, expected a text'",
        "/data/classes, {}, classes in run.json is no list of texts",
        "/data/fingerprint, , fingerprint in run.json is missing",
        "/command, , command in run.json is missing",
        "/commandLine, [1], commandLine in run.json is no list of texts",
        "/files, \"rows.csv\", files in run.json is no list of texts",
        "/timings, , run.json does not say how long it took",
        "/timings/totalSeconds, 1e300, run.json does not say how long it took",
        "/timings/totalSeconds, -1, run.json does not say how long it took",
        "/data, [], task in run.json is missing"
    })
    void whatIsMissingOrOfAnotherKindIsNamed(String place, String value, String damage) throws IOException {
        ObjectNode record = (ObjectNode) MAPPER.readTree(run.resolve("run.json").toFile());
        int last = place.lastIndexOf('/');
        ObjectNode parent = (ObjectNode) record.at(place.substring(0, last));
        if (value == null) {
            parent.remove(place.substring(last + 1));
        } else {
            parent.set(place.substring(last + 1), MAPPER.readTree(value));
        }
        MAPPER.writeValue(run.resolve("run.json").toFile(), record);

        JsonNode view = damagedAlone();
        assertThat(view.path("error").asText()).isEqualTo("this run is damaged: " + damage);
        nothingFails(view.path("id").asText());
    }

    @Test
    void aFileThatIsTooLargeIsNotRead() throws IOException {
        try (FileChannel hole = FileChannel.open(run.resolve("run.json"), StandardOpenOption.WRITE)) {
            hole.position(1L << 40);
            hole.write(ByteBuffer.wrap(new byte[1]));
        }

        JsonNode view = damagedAlone();
        assertThat(view.path("error").asText())
                .isEqualTo("this run is damaged: run.json has 1099511627777 bytes, expected at most 268435456");
        nothingFails(view.path("id").asText());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"format\": 1, \"name\": \"half",
                "{}",
                "{\"format\":1,\"name\":\"other\",\"command\":\"run\",\"arguments\":[null],\"data\":\"d\",\"state\":\"failed\","
                        + "\"created\":\"2026-01-01T00:00:00Z\",\"log\":[]}",
                "{\"format\":1,\"name\":\"other\",\"command\":\"run\",\"arguments\":[\"run\"],\"data\":\"d\",\"state\":\"failed\","
                        + "\"created\":\"yesterday\",\"log\":[]}",
                "{\"format\":1,\"name\":\"other\",\"command\":\"run\",\"arguments\":[\"run\"],\"data\":\"d\","
                        + "\"state\":\"finished\",\"created\":\"2026-01-01T00:00:00Z\",\"log\":[]}"
            })
    void aJobThatIsNoneIsDamageAndMayBeDeleted(String text) throws IOException {
        try (Stream<Path> files = Files.list(run)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.writeString(run.resolve("job.json"), text);

        String id = damagedAlone().path("id").asText();
        nothingFails(id);
        assertThat(served.send(served.request("/api/runs/" + id).DELETE()).statusCode())
                .isEqualTo(204);
        assertThat(run).doesNotExist();
    }

    @Test
    void aDamagedRunWithResultsIsNotDeletedAndItsFilesCanBeHad() throws IOException {
        Files.writeString(run.resolve("report.json"), "{");

        String id = damagedAlone().path("id").asText();
        HttpResponse<String> refused =
                served.send(served.request("/api/runs/" + id).DELETE());
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("delete its folder " + run.toRealPath() + " yourself");
        assertThat(served.get("/api/runs/" + id + "/files/run.json").body())
                .isEqualTo(Files.readString(run.resolve("run.json")));
        assertThat(run.resolve("rows.csv")).exists();
    }

    @Test
    void aModelOrRowsThatAreDamagedAreSaid() throws IOException {
        String id = id("other");
        Files.writeString(run.resolve("model.json"), "{");
        Files.writeString(run.resolve("rows.csv"), "row,label\nx,y\n");
        Files.delete(run.resolve("report.json"));

        assertThat(served.get("/api/runs/" + id + "/schema").statusCode()).isEqualTo(409);
        HttpResponse<String> review = served.get("/api/runs/" + id + "/review");
        assertThat(review.statusCode()).isEqualTo(409);
        assertThat(review.body()).contains("this run is damaged: rows.csv: ");
        nothingFails(id);
    }

    /** Bytes changed, cut and doubled here and there in each file: whatever comes of it, it is an answer. */
    @Test
    void noDamageIsAFault() throws IOException {
        String id = id("other");
        Random random = new Random(7);
        List<Path> files;
        try (Stream<Path> all = Files.list(whole)) {
            files = all.sorted().toList();
        }
        for (int mutation = 0; mutation < MUTATIONS; mutation++) {
            Path file = files.get(mutation % files.size());
            byte[] bytes = Files.readAllBytes(file);
            Path target = run.resolve(file.getFileName());
            Files.write(target, mutated(bytes, random));
            assertThat(served.get("/api/runs").statusCode()).isEqualTo(200);
            nothingFails(id);
            Files.write(target, bytes);
        }
    }

    private static byte[] mutated(byte[] bytes, Random random) {
        if (bytes.length == 0) {
            return new byte[] {0};
        }
        int at = random.nextInt(bytes.length);
        return switch (random.nextInt(4)) {
            case 0 -> Arrays.copyOf(bytes, at);
            case 1 -> {
                byte[] changed = bytes.clone();
                for (int count = 0; count < 1 + random.nextInt(20); count++) {
                    changed[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
                yield changed;
            }
            case 2 -> {
                // another number, another kind of value
                String text = new String(bytes, StandardCharsets.ISO_8859_1);
                String[] words = {"-1", "1e999", "null", "[]", "\"x\"", "99999999999999999999", "{}"};
                String word = words[random.nextInt(words.length)];
                yield text.replaceFirst("(?s)(.{" + Math.min(at, 2000) + "}[^0-9]*)[0-9.]+", "$1" + word)
                        .getBytes(StandardCharsets.ISO_8859_1);
            }
            default -> {
                byte[] twice = Arrays.copyOf(bytes, bytes.length + bytes.length - at);
                System.arraycopy(bytes, at, twice, bytes.length, bytes.length - at);
                yield twice;
            }
        };
    }

    /** The damaged one, all others being as they were. */
    private JsonNode damagedAlone() {
        HttpResponse<String> answer = served.get("/api/runs");
        assertThat(answer.statusCode()).isEqualTo(200);
        List<JsonNode> damaged = new ArrayList<>();
        List<String> states = new ArrayList<>();
        for (JsonNode view : Served.json(answer).path("runs")) {
            String state = view.path("state").asText();
            states.add(view.path("name").asText() + " " + state);
            if (state.equals("damaged")) {
                damaged.add(view);
            }
        }
        assertThat(states).containsExactlyInAnyOrder("good finished", "other damaged");
        assertThat(served.errors()).isEmpty();
        return damaged.get(0);
    }

    private String id(String name) {
        for (JsonNode view : Served.json(served.get("/api/runs")).path("runs")) {
            if (view.path("name").asText().equals(name)) {
                return view.path("id").asText();
            }
        }
        throw new AssertionError("there is no run " + name);
    }

    /** Whatever is asked of that run. */
    private void nothingFails(String id) {
        for (String path : List.of(
                "",
                "/record",
                "/report.json",
                "/report",
                "/files",
                "/files/rows.csv",
                "/review",
                "/cleaned",
                "/schema",
                "/events")) {
            notAFault("GET " + path, served.get("/api/runs/" + id + path));
        }
        String row = "{\"run\": \"" + id + "\", \"rows\": [{\"x0\": 1}], \"similar\": 2}";
        notAFault("predict", served.post("/api/predict", row));
        notAFault("decide", served.put("/api/runs/" + id + "/review/0", "{\"decision\": \"keep\"}"));
        notAFault("undo", served.post("/api/runs/" + id + "/review/undo", "{}"));
        notAFault("cancel", served.post("/api/runs/" + id + "/cancel", "{}"));
        notAFault(
                "a file",
                served.upload(
                        "/api/runs/" + id + "/predictions?name=n.csv", "x0\n1\n".getBytes(StandardCharsets.UTF_8)));
        assertThat(served.errors()).isEmpty();
    }

    private static void notAFault(String what, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(what + " answered " + answer.body()).isLessThan(500);
    }
}
