package dev.assay.app.web;

import dev.assay.app.result.Version;
import dev.assay.app.web.http.Access;
import dev.assay.app.web.http.ApiError;
import dev.assay.app.web.http.Json;
import dev.assay.app.web.http.PlainErrors;
import dev.assay.app.web.http.Transfers;
import dev.assay.app.web.http.Views;
import dev.assay.app.web.input.Inputs;
import dev.assay.app.web.input.NewRun;
import dev.assay.app.web.input.Previews;
import dev.assay.app.web.input.Uploads;
import dev.assay.app.web.predict.Models;
import dev.assay.app.web.predict.RowPredictions;
import dev.assay.app.web.predict.Schemas;
import dev.assay.app.web.review.CleanedDataExport;
import dev.assay.app.web.review.Reviews;
import dev.assay.app.web.run.Commands;
import dev.assay.app.web.run.Events;
import dev.assay.app.web.run.JobQueue;
import dev.assay.app.web.run.ReportPage;
import dev.assay.app.web.run.RunFolder;
import dev.assay.app.web.run.RunFolders;
import dev.assay.app.web.run.Runs;
import dev.assay.app.web.run.WorkspaceLock;
import dev.assay.data.InvalidInputException;
import dev.assay.io.corrected.CleanedData;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** The server of {@code assay serve}: the page and the API, see docs/api.md. */
public final class AssayServer implements AutoCloseable {
    private static final String API = "/api";
    private static final int LEAST_THREADS = 8;
    /** Half of them are never held up by a client. */
    private static final int MOST_THREADS = 2 * Transfers.PLACES;

    private static final String API_POLICY = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'";

    private final ServeSettings settings;
    private final PrintWriter errors;
    private final WorkspaceLock lock;
    private final RunFolders folders;
    private final JobQueue queue;
    private final Runs runs;
    private final RunActions actions;
    private final CleanedDataExport cleaning;
    private final Reviews reviews = new Reviews();
    private final Transfers transfers = new Transfers();
    private final Uploads uploads;
    private final Inputs inputs;
    private final Previews previews;
    private final Models models = new Models();
    private final RowPredictions predictions;
    private final Events events;
    private final List<Route> routes = new ArrayList<>();
    private final Javalin javalin;
    private volatile @Nullable Access access;

    /** Something that the API answers. */
    record Route(HandlerType method, String path, Handler handler) {}

    private AssayServer(ServeSettings settings, Commands commands, PrintWriter errors) {
        this.settings = settings;
        this.errors = errors;
        this.lock = new WorkspaceLock(settings.workspace());
        this.folders = new RunFolders(settings.folders(), settings.workspace(), lock);
        this.queue = new JobQueue(commands, errors);
        this.uploads = new Uploads(settings.workspace().resolve("uploads"), settings.maxUploadBytes(), lock);
        this.runs = new Runs(folders, queue, reviews::decisions, uploads::withoutPlaces);
        this.inputs = new Inputs(uploads, Access.isLoopback(settings.host()));
        this.previews = new Previews(inputs);
        this.predictions = new RowPredictions(models, commands);
        this.cleaning = new CleanedDataExport(reviews, commands);
        this.actions = new RunActions(folders, queue, runs, inputs, commands, cleaning, settings.threads());
        this.events = new Events(runs, queue);
        routes();
        fileRoutes();
        reviewRoutes();
        predictionRoutes();
        this.javalin = Javalin.create(this::configure);
    }

    /**
     * Starts a server; it listens when this returns.
     *
     * @param errors where faults are told in full
     * @throws InvalidInputException if it cannot listen there, or another server serves the workspace
     */
    public static AssayServer start(ServeSettings settings, Commands commands, PrintWriter errors) {
        AssayServer server = new AssayServer(settings, commands, errors);
        server.lock.holdIfThere();
        server.uploads.clear();
        try {
            server.javalin.start(settings.host(), settings.port());
        } catch (JavalinBindException taken) {
            server.close();
            throw new InvalidInputException(
                    "cannot listen on " + settings.host() + ", port " + settings.port()
                            + ": it is taken, not allowed, or no address of this machine; name another with --port or --host",
                    taken);
        }
        server.access = new Access(settings.token(), settings.host(), server.port());
        return server;
    }

    /** The port that it listens on. */
    public int port() {
        return javalin.port();
    }

    /** The address to open, without the token. */
    public String address() {
        String host = settings.host();
        boolean any = host.equals("0.0.0.0") || host.equals("::");
        return "http://" + (any ? "localhost" : host.contains(":") ? "[" + host + "]" : host) + ":" + port() + "/";
    }

    /** The routes of the API, as {@code GET /api/runs/{id}}. */
    List<String> routeNames() {
        return routes.stream().map(route -> route.method() + " " + route.path()).toList();
    }

    private void configure(JavalinConfig config) {
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, LEAST_THREADS);
        threads.setName("assay-web");
        threads.setDaemon(true);
        config.jetty.threadPool = threads;
        config.startup.showJavalinBanner = false;
        config.startup.startupWatcherEnabled = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.http.prefer405over404 = true;
        config.http.generateEtags = false;
        // over loopback it would only cost time, and what is sent has the length that is announced
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.http.maxRequestSize = Json.LARGEST_BODY;
        config.jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            http.setSendDateHeader(false);
        });
        config.jetty.modifyServer(server -> server.setErrorHandler(new PlainErrors()));
        config.routes.before(this::guard);
        config.routes.get("/", this::page);
        config.routes.get("/page.js", context -> StaticFiles.answer(context, "page.js", "text/javascript"));
        config.routes.get("/page.css", context -> StaticFiles.answer(context, "page.css", "text/css"));
        for (Route route : routes) {
            config.routes.addHttpHandler(route.method(), route.path(), route.handler());
        }
        config.routes.exception(ApiError.class, (problem, context) -> {
            // what is still to come of the body is not read
            if (Set.of(408, 413, 503).contains(problem.status())) {
                context.header("Connection", "close");
            }
            refuse(context, problem.status(), problem.getMessage());
        });
        config.routes.exception(
                InvalidInputException.class,
                (problem, context) ->
                        refuse(context, 400, uploads.withoutPlaces(String.valueOf(problem.getMessage()))));
        config.routes.exception(
                HttpResponseException.class,
                (problem, context) -> refuse(context, problem.getStatus(), line(problem.getStatus(), context)));
        config.routes.exception(Exception.class, (problem, context) -> {
            errors.println("assay serve: " + context.method() + " " + context.path());
            problem.printStackTrace(errors);
            errors.flush();
            refuse(context, 500, "this is a fault of Assay; assay serve has printed more about it");
        });
    }

    private static String line(int status, Context context) {
        return switch (status) {
            case 404 -> "there is nothing at " + context.path();
            case 405 -> context.path() + " does not take " + context.method();
            case 413 -> "the body is too large";
            default -> "the request was refused (" + status + ")";
        };
    }

    private static void refuse(Context context, int status, @Nullable String line) {
        context.status(status);
        String text = Objects.requireNonNullElse(line, "the request was refused");
        if (context.path().startsWith(API)) {
            Json.answer(context, status, Json.error(text));
        } else {
            context.contentType("text/plain; charset=utf-8").result(text + "\n");
        }
    }

    /** Every request comes through here first. */
    private void guard(Context context) {
        context.header("X-Content-Type-Options", "nosniff");
        context.header("Referrer-Policy", "no-referrer");
        context.header("Cross-Origin-Opener-Policy", "same-origin");
        context.header("Cross-Origin-Resource-Policy", "same-origin");
        context.header("Cache-Control", "no-store");
        context.header("Content-Security-Policy", API_POLICY);
        access().check(context);
    }

    private Access access() {
        Access known = access;
        if (known == null) {
            throw new ApiError(403, "the server is starting; ask again");
        }
        return known;
    }

    private void page(Context context) {
        if (context.queryParam("token") != null) {
            context.header(
                    "Set-Cookie", access().cookie() + "=" + settings.token() + "; Path=/; HttpOnly; SameSite=Strict");
            context.status(303).header("Location", "/");
            return;
        }
        StaticFiles.answer(context, "index.html", "text/html; charset=utf-8");
    }

    private void route(HandlerType method, String path, Handler handler) {
        routes.add(new Route(method, API + path, handler));
    }

    private void routes() {
        route(HandlerType.GET, "/status", this::status);
        route(
                HandlerType.GET,
                "/openapi.json",
                context -> context.contentType(Json.TYPE).result(StaticFiles.bytes("openapi.json")));
        route(HandlerType.POST, "/uploads", this::upload);
        route(
                HandlerType.POST,
                "/previews",
                context -> Json.answer(
                        context, 200, previews.preview(Json.body(context, Previews.Request.class, transfers))));
        route(HandlerType.GET, "/runs", context -> Json.answer(context, 200, Map.of("runs", runs.all())));
        route(HandlerType.POST, "/runs", context -> {
            RunFolder run = actions.start(Json.body(context, NewRun.class, transfers));
            Json.answer(context, 201, runs.view(run));
        });
        route(HandlerType.GET, "/runs/{id}", context -> Json.answer(context, 200, runs.view(run(context))));
        route(HandlerType.DELETE, "/runs/{id}", context -> {
            actions.delete(run(context));
            context.status(204);
        });
        route(HandlerType.POST, "/runs/{id}/cancel", context -> {
            RunFolder run = run(context);
            actions.cancel(run);
            Json.answer(context, 200, runs.view(run));
        });
        route(HandlerType.GET, "/runs/{id}/events", context -> events.stream(context, run(context)));
        route(
                HandlerType.GET,
                "/runs/{id}/record",
                context -> file(context, run(context), RunFolder.RECORD, Json.TYPE));
        route(
                HandlerType.GET,
                "/runs/{id}/report.json",
                context -> file(context, run(context), RunFolder.REPORT_DATA, Json.TYPE));
        route(HandlerType.GET, "/runs/{id}/report", context -> ReportPage.answer(context, run(context)));
    }

    private void fileRoutes() {
        route(
                HandlerType.GET,
                "/runs/{id}/files",
                context -> Json.answer(context, 200, Map.of("files", RunFiles.list(run(context)))));
        route(
                HandlerType.GET,
                "/runs/{id}/files/{name}",
                context -> RunFiles.download(context, run(context), context.pathParam("name"), transfers));
    }

    private void reviewRoutes() {
        route(HandlerType.GET, "/runs/{id}/review", context -> Json.answer(context, 200, reviews.view(run(context))));
        route(
                HandlerType.PUT,
                "/runs/{id}/review/{row}",
                context -> Json.answer(
                        context,
                        200,
                        reviews.decide(
                                run(context), row(context), Json.body(context, Reviews.Request.class, transfers))));
        route(
                HandlerType.POST,
                "/runs/{id}/review/undo",
                context -> Json.answer(context, 200, reviews.undo(run(context))));
        route(HandlerType.GET, "/runs/{id}/cleaned", this::cleaned);
        route(HandlerType.POST, "/runs/{id}/again", context -> {
            RunFolder run = actions.again(run(context), Json.body(context, RunActions.Again.class, transfers));
            Json.answer(context, 201, runs.view(run));
        });
    }

    private void cleaned(Context context) throws IOException {
        RunFolder run = run(context);
        CleanedData data = cleaning.of(run);
        Path file;
        synchronized (cleaning) {
            file = CleanedDataExport.write(data, run.path());
        }
        RunFiles.send(context, file, CleanedDataExport.name(data), transfers);
    }

    private void predictionRoutes() {
        route(HandlerType.GET, "/runs/{id}/schema", context -> {
            RunFolder run = run(context);
            Json.answer(context, 200, Schemas.view(run, models.of(run)));
        });
        route(HandlerType.POST, "/predict", context -> {
            RowPredictions.Request request = Json.body(context, RowPredictions.Request.class, transfers);
            String id = request.run();
            RunFolder run = id == null ? runs.newestWithModel() : folders.find(id);
            Json.answer(context, 200, predictions.predict(run, request));
        });
        route(HandlerType.POST, "/runs/{id}/predictions", this::batch);
    }

    private void batch(Context context) throws IOException {
        RunFolder run = run(context);
        models.of(run);
        Uploads.Upload taken = taken(context);
        try {
            Path file = predictions.predict(run, uploads.find(taken.id()));
            String accept = context.header("Accept");
            if (accept != null && accept.contains(Json.TYPE)) {
                Json.answer(context, 200, RowPredictions.view(file));
            } else {
                RunFiles.sendResults(context, file, "predictions.csv", transfers);
            }
        } finally {
            uploads.delete(taken.id());
        }
    }

    private static int row(Context context) {
        try {
            return Integer.parseInt(context.pathParam("row"));
        } catch (NumberFormatException none) {
            throw ApiError.bad("the row is '" + context.pathParam("row") + "', expected a number from 0");
        }
    }

    private RunFolder run(Context context) {
        return folders.find(context.pathParam("id"));
    }

    private void status(Context context) {
        Json.answer(
                context,
                200,
                Views.entry(
                        "version", Version.text(),
                        "threads",
                                Objects.requireNonNullElse(
                                        settings.threads(), Runtime.getRuntime().availableProcessors()),
                        "maxUploadBytes", settings.maxUploadBytes(),
                        "pathsAllowed", inputs.pathsAllowed(),
                        "folder", settings.workspace().toString()));
    }

    private void upload(Context context) throws IOException {
        Uploads.Upload taken = taken(context);
        Json.answer(context, 201, Views.entry("upload", taken.id(), "name", taken.name(), "bytes", taken.bytes()));
    }

    /** The raw body of a request, on disk. */
    private Uploads.Upload taken(Context context) throws IOException {
        String name = context.queryParam("name");
        if (name == null || name.isBlank()) {
            throw ApiError.bad("the file has no name; ask for " + context.path() + "?name=mine.csv");
        }
        String type = context.header("Content-Type");
        if (type != null && !type.startsWith("application/octet-stream")) {
            throw new ApiError(415, "the body is of type " + type + ", expected application/octet-stream");
        }
        try (InputStream body = transfers.receive(context, Transfers.Kind.UPLOAD)) {
            return uploads.take(name, context.req().getContentLengthLong(), body);
        }
    }

    private void file(Context context, RunFolder run, String name, String type) throws IOException {
        if (!run.has(name)) {
            throw ApiError.missing("this run has no " + name);
        }
        Path path = run.file(name);
        run.requireSize(name, RunFolder.LARGEST_JSON);
        context.header("Content-Length", Long.toString(Files.size(path)));
        transfers.send(context.contentType(type), Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS));
    }

    /** Ends: the run that is being computed is stopped, and recorded as interrupted with those that wait. */
    @Override
    public void close() {
        queue.close();
        events.close();
        javalin.stop();
        lock.close();
    }
}
