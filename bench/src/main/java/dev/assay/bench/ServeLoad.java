package dev.assay.bench;

import dev.assay.app.cli.ServedCommands;
import dev.assay.app.run.LearningRun;
import dev.assay.app.run.RunOrder;
import dev.assay.app.web.AssayServer;
import dev.assay.app.web.ServeSettings;
import dev.assay.work.Progress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * A hundred clients at once, each on a connection of its own and each asking for the prediction of a row again and again for
 * ten seconds, over loopback, with clients and server in one process: how many answers, how late, and how many wrong ones.
 */
final class ServeLoad implements Figure {
    private static final int CLIENTS = 100;
    private static final Duration WARM_UP = Duration.ofSeconds(3);
    private static final Duration MEASURED = Duration.ofSeconds(10);
    private static final String TOKEN = "serve-load";
    private static final int ROWS = 1000;
    private static final int COLUMNS = 10;

    @Override
    public void reproduce(Session session) throws IOException {
        Path folder = Files.createTempDirectory("assay-serve-load-");
        try {
            measure(folder, session);
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void measure(Path folder, Session session) throws IOException {
        Path data = table(folder.resolve("rows.csv"), session.random(0, 0));
        ServedCommands commands = new ServedCommands();
        LearningRun run = commands.understood(List.of("run", data.toString(), "--label=y", "--out=unused"));
        new RunOrder(run, folder.resolve("result"), null).run(Progress.NONE);
        try (AssayServer server = AssayServer.start(
                new ServeSettings(List.of(folder), folder, "127.0.0.1", 0, TOKEN, 1 << 20, null),
                commands,
                session.console())) {
            URI address = URI.create(server.address() + "api/predict");
            load(address, WARM_UP, session);
            Answers answers = load(address, MEASURED, session);
            double[] late = answers.milliseconds().stream()
                    .mapToDouble(Double::doubleValue)
                    .sorted()
                    .toArray();
            session.say(
                    "serve-load: %d clients, %d s: %d answers, %d errors, %.0f a second, p50 %.1f ms, p99 %.1f ms,"
                            + " longest %.1f ms",
                    CLIENTS,
                    MEASURED.toSeconds(),
                    late.length,
                    answers.errors(),
                    late.length / (double) MEASURED.toSeconds(),
                    late[late.length / 2],
                    late[late.length * 99 / 100],
                    late[late.length - 1]);
        }
    }

    /** How long each answer took, and how many requests had none or another than 200. */
    private record Answers(List<Double> milliseconds, int errors) {}

    private static Answers load(URI address, Duration duration, Session session) throws IOException {
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            long end = System.nanoTime() + duration.toNanos();
            List<Future<Answers>> clients = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                Random random = session.random(1, client);
                clients.add(threads.submit(() -> ask(address, end, random)));
            }
            List<Double> milliseconds = new ArrayList<>();
            int errors = 0;
            for (Future<Answers> client : clients) {
                milliseconds.addAll(client.get().milliseconds());
                errors += client.get().errors();
            }
            return new Answers(milliseconds, errors);
        } catch (ExecutionException failed) {
            throw new IOException("a client failed: " + failed.getCause(), failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        } finally {
            threads.shutdownNow();
        }
    }

    private static Answers ask(URI address, long end, Random random) throws InterruptedException {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        List<Double> milliseconds = new ArrayList<>();
        int errors = 0;
        while (System.nanoTime() < end) {
            HttpRequest request = HttpRequest.newBuilder(address)
                    .header("Authorization", "Bearer " + TOKEN)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body(random)))
                    .build();
            long begun = System.nanoTime();
            try {
                HttpResponse<String> answer =
                        client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
                errors += answer.statusCode() == 200 && answer.body().contains("\"probability\"") ? 0 : 1;
            } catch (IOException none) {
                errors++;
            }
            milliseconds.add((System.nanoTime() - begun) / 1e6);
        }
        return new Answers(milliseconds, errors);
    }

    private static String body(Random random) {
        StringBuilder body = new StringBuilder("{\"rows\": [{");
        for (int j = 0; j < COLUMNS; j++) {
            body.append(String.format(Locale.ROOT, "\"x%d\": %.4f, ", j, random.nextGaussian()));
        }
        return body.append("\"site\": ")
                .append(4 * random.nextInt(2))
                .append("}]}")
                .toString();
    }

    /** Two sites that label by different rules. */
    private static Path table(Path file, Random random) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int j = 0; j < COLUMNS; j++) {
            text.append('x').append(j).append(',');
        }
        text.append("site,y\n");
        for (int i = 0; i < ROWS; i++) {
            boolean south = random.nextDouble() < 0.4;
            double sum = 0.3 * random.nextGaussian();
            for (int j = 0; j < COLUMNS; j++) {
                double x = random.nextGaussian();
                sum += (south && j % 2 == 0 ? -2 : 2) * x;
                text.append(String.format(Locale.ROOT, "%.4f,", x));
            }
            text.append(String.format(Locale.ROOT, "%.4f,", random.nextGaussian() + (south ? 4 : 0)))
                    .append(sum > 0 ? "yes\n" : "no\n");
        }
        return Files.writeString(file, text.toString());
    }
}
