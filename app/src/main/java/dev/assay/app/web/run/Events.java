package dev.assay.app.web.run;

import dev.assay.app.web.http.ApiError;
import dev.assay.app.web.http.Json;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Tells clients of each change of a run as server-sent events, each client on a thread of its own. */
public final class Events implements AutoCloseable {
    private static final int MOST_CLIENTS = 100;
    private static final long BETWEEN_EVENTS = 250;
    private static final long BETWEEN_SIGNS_OF_LIFE = 10_000;

    private final Runs runs;
    private final JobQueue queue;
    private final AtomicInteger clients = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "assay-events");
        thread.setDaemon(true);
        return thread;
    });

    public Events(Runs runs, JobQueue queue) {
        this.runs = runs;
        this.queue = queue;
    }

    /** Answers with the events of a run until it has ended or the client has gone. */
    public void stream(Context context, RunFolder run) {
        if (clients.incrementAndGet() > MOST_CLIENTS) {
            clients.decrementAndGet();
            throw ApiError.conflict("more than " + MOST_CLIENTS + " clients follow runs already");
        }
        context.contentType("text/event-stream; charset=utf-8");
        context.future(() -> CompletableFuture.runAsync(
                () -> {
                    try {
                        follow(context.res().getOutputStream(), run);
                    } catch (IOException gone) {
                        // nobody is there any more to be told
                        context.status(context.statusCode());
                    } catch (InterruptedException end) {
                        Thread.currentThread().interrupt();
                    } finally {
                        clients.decrementAndGet();
                    }
                },
                threads));
    }

    private void follow(OutputStream out, RunFolder run) throws IOException, InterruptedException {
        while (true) {
            @Nullable Job job = queue.find(run.id());
            long version = job == null ? 0 : job.version();
            JobState state = runs.state(run);
            send(out, "event: run\ndata: " + Json.text(runs.view(run)) + "\n\n");
            if (job == null || state.isLast()) {
                return;
            }
            Thread.sleep(BETWEEN_EVENTS);
            job.awaitChange(version, BETWEEN_SIGNS_OF_LIFE);
            while (job.version() == version) {
                send(out, ":\n\n");
                job.awaitChange(version, BETWEEN_SIGNS_OF_LIFE);
            }
        }
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
