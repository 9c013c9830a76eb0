package dev.assay.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** {@code assay serve} as somebody starts it: a process of its own, which a test may also kill. */
final class ServedAssay implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Process process;
    private final URI address;
    private final String token;

    private ServedAssay(Process process, URI address, String token) {
        this.process = process;
        this.address = address;
        this.token = token;
    }

    /** Serves the runs of this folder, on a free port. */
    static ServedAssay start(Path folder) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.assay.app.cli.Assay",
                        "serve",
                        folder.toString(),
                        "--port=0",
                        "--no-browser",
                        "--quiet")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String line = Objects.requireNonNull(out.readLine(), "assay serve ended before it said where it is");
        String[] parts = line.split("\\?token=", 2);
        return new ServedAssay(process, URI.create(parts[0]), parts[1]);
    }

    /** The address that it printed, which lets a browser in. */
    String invitation() {
        return address + "?token=" + token;
    }

    /** The address of a screen of the page. */
    String screen(String hash) {
        return address + hash;
    }

    /** Asks the API, and expects it to agree. */
    JsonNode get(String path) throws IOException, InterruptedException {
        return answered(request(path).GET().build());
    }

    /** Sends JSON to the API, and expects it to agree. */
    JsonNode post(String path, Map<String, ?> body) throws IOException, InterruptedException {
        return answered(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build());
    }

    /** Starts a run of a file of this machine; its identifier. */
    String startRun(String command, Path file, Map<String, ?> options) throws IOException, InterruptedException {
        return post("runs", Map.of("command", command, "path", file.toString(), "options", options))
                .path("id")
                .asText();
    }

    /** Waits until a run is over, as the page does: the stream of its events ends then. */
    void awaitEnd(String run) throws IOException, InterruptedException {
        CLIENT.send(request("runs/" + run + "/events").GET().build(), BodyHandlers.discarding());
        assertThat(get("runs/" + run).path("state").asText()).isEqualTo("finished");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve("/api/" + path)).header("Authorization", "Bearer " + token);
    }

    private static JsonNode answered(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new AssertionError(request.uri() + " answered " + response.statusCode() + ": " + response.body());
        }
        return JSON.readTree(response.body());
    }

    /** Ends at once, as by a power failure. */
    void crash() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
