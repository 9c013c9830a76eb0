package dev.assay.app.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.assay.app.cli.Assay;
import dev.assay.app.cli.ServedCommands;
import dev.assay.app.web.run.Commands;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/** A server that listens on a free port, and a client that knows its token and takes no answer that openapi.json does not describe. */
final class Served implements AutoCloseable {
    static final String TOKEN = "a-token-of-the-test";

    private static final JsonMapper MAPPER = new JsonMapper();

    private final AssayServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final StringWriter errors = new StringWriter();

    private Served(Path workspace, List<Path> folders, long mostBytes, String host, Commands commands) {
        this.server = AssayServer.start(
                new ServeSettings(folders, workspace, host, 0, TOKEN, mostBytes, 1),
                commands,
                new PrintWriter(errors, true));
    }

    static Served in(Path workspace) {
        return new Served(workspace, List.of(), 1 << 20, "127.0.0.1", new ServedCommands());
    }

    static Served in(Path workspace, Commands commands) {
        return new Served(workspace, List.of(), 1 << 20, "127.0.0.1", commands);
    }

    static Served of(Path workspace, Path... folders) {
        return new Served(workspace, List.of(folders), 1 << 20, "127.0.0.1", new ServedCommands());
    }

    static Served everywhere(Path workspace) {
        return new Served(workspace, List.of(), 1000, "0.0.0.0", new ServedCommands());
    }

    AssayServer server() {
        return server;
    }

    /** What was told of faults. */
    String errors() {
        return errors.toString();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("Authorization", "Bearer " + TOKEN);
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        return send(request, HttpResponse.BodyHandlers.ofString());
    }

    <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
        try {
            HttpResponse<T> response = client.send(request.build(), body);
            if (response.body() instanceof String text) {
                ApiDescription.requireFit(
                        response.request().method(),
                        response.request().uri().getPath(),
                        response.statusCode(),
                        response.headers().firstValue("Content-Type").orElse(""),
                        text);
            }
            return response;
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        } catch (InterruptedException problem) {
            throw new IllegalStateException(problem);
        }
    }

    HttpResponse<String> get(String path) {
        return send(request(path));
    }

    HttpResponse<String> post(String path, String json) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    HttpResponse<String> put(String path, String json) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(json)));
    }

    HttpResponse<String> upload(String path, byte[] bytes) {
        return send(request(path)
                .header("Content-Type", "application/octet-stream")
                .POST(HttpRequest.BodyPublishers.ofByteArray(bytes)));
    }

    static JsonNode json(HttpResponse<String> response) {
        return json(response.body());
    }

    static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** A run that is asked for; its id. */
    String started(String json) {
        HttpResponse<String> response = post("/api/runs", json);
        if (response.statusCode() != 201) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        return json(response).path("id").asText();
    }

    /** Follows a run to its end: the last that is said of it. */
    JsonNode ended(String id) {
        HttpResponse<Stream<String>> events =
                send(request("/api/runs/" + id + "/events"), HttpResponse.BodyHandlers.ofLines());
        String last = events.body()
                .filter(line -> line.startsWith("data: "))
                .reduce((one, other) -> other)
                .orElseThrow();
        JsonNode run = json(last.substring("data: ".length()));
        ApiDescription.requireFit("Run", run);
        return run;
    }

    /** What comes back for a request as it is written here. */
    String raw(String request) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream()
                    .write(request.replace("PORT", Integer.toString(server.port()))
                            .replace("\n", "\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            try (InputStream in = socket.getInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    @Override
    public void close() {
        server.close();
    }

    /** A table of two sites that label by different rules; columns x0 to x5, where, colour, y; labels Yes and no. */
    static Path table(Path file, int rows) throws IOException {
        Random random = new Random(5);
        StringBuilder text = new StringBuilder("x0,x1,x2,x3,x4,x5,where,colour,y\n");
        for (int i = 0; i < rows; i++) {
            boolean south = random.nextDouble() < 0.4;
            double sum = 0.3 * random.nextGaussian();
            for (int j = 0; j < 6; j++) {
                double x = random.nextGaussian();
                sum += (south && j % 2 == 0 ? -2 : 2) * x;
                text.append(String.format(Locale.ROOT, "%.5f,", x));
            }
            text.append(String.format(
                    Locale.ROOT,
                    "%.5f,%s,%s\n",
                    random.nextGaussian() + (south ? 4 : 0),
                    List.of("red", "blue", "green").get(random.nextInt(3)),
                    sum > 0 ? "Yes" : "no"));
        }
        return Files.writeString(file, text.toString());
    }

    /** Runs a command line as a user would. */
    static void command(Object... words) {
        StringWriter err = new StringWriter();
        List<String> arguments = Stream.of(words).map(Object::toString).toList();
        int status =
                Assay.run(new PrintWriter(new StringWriter()), new PrintWriter(err), arguments.toArray(String[]::new));
        if (status != 0) {
            throw new AssertionError(err);
        }
    }
}
