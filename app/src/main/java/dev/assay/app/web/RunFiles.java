package dev.assay.app.web;

import dev.assay.app.web.http.ApiError;
import dev.assay.app.web.http.Json;
import dev.assay.app.web.http.SpreadsheetCopy;
import dev.assay.app.web.http.Transfers;
import dev.assay.app.web.review.ReviewLog;
import dev.assay.app.web.run.RunFacts;
import dev.assay.app.web.run.RunFolder;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of a run that may be downloaded: those that it lists itself, and what was made of it here. */
final class RunFiles {
    private static final Set<String> USUAL =
            Set.of(RunFolder.RECORD, RunFolder.REPORT, RunFolder.REPORT_DATA, ReviewLog.FILE);

    private static final Pattern MADE =
            Pattern.compile("(model-[A-Za-z0-9-]+\\.npy|batch-[0-9-]+\\.csv|cleaned\\.\\w+)");

    /** Tables of Assay; purified and cleaned data are the user's own, and go on being data. */
    private static final Pattern RESULTS = Pattern.compile("(rows|predictions|trajectory|batch-[0-9-]+)\\.csv");

    private RunFiles() {}

    /** Their names and sizes. */
    static List<Map<String, Object>> list(RunFolder run) {
        List<Map<String, Object>> result = new ArrayList<>();
        for (String name : names(run)) {
            // 0 for one that was deleted meanwhile
            result.add(Map.of("name", name, "bytes", run.file(name).toFile().length()));
        }
        return result;
    }

    private static List<String> names(RunFolder run) {
        Set<String> listed = listed(run);
        try (Stream<Path> files = Files.list(run.path())) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> listed.contains(name)
                            || USUAL.contains(name)
                            || MADE.matcher(name).matches())
                    .sorted()
                    .toList();
        } catch (IOException problem) {
            throw new UncheckedIOException(run.path() + " cannot be looked into: " + problem.getMessage(), problem);
        }
    }

    private static Set<String> listed(RunFolder run) {
        try {
            RunFacts facts = RunFacts.of(run);
            return facts == null ? Set.of() : Set.copyOf(facts.files());
        } catch (ApiError damaged) {
            // what can be had of it may still be wanted
            return Set.of();
        }
    }

    /** Answers with one of them. */
    static void download(Context context, RunFolder run, String name, Transfers transfers) throws IOException {
        if (!names(run).contains(name)) {
            throw ApiError.missing("this run has no file of this name; GET files lists them");
        }
        if (RESULTS.matcher(name).matches()) {
            sendResults(context, run.file(name), name, transfers);
        } else {
            send(context, run.file(name), name, transfers);
        }
    }

    /** Answers with a table that is to be looked at: formulas in it are made safe, the file itself stays as it is. */
    static void sendResults(Context context, Path file, String name, Transfers transfers) throws IOException {
        attach(context, name);
        transfers.send(context, new SpreadsheetCopy(Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)));
    }

    /** Answers with a file that is to be kept, not shown. */
    static void send(Context context, Path file, String name, Transfers transfers) throws IOException {
        attach(context, name);
        context.header("Content-Length", Long.toString(Files.size(file)));
        transfers.send(context, Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS));
    }

    /** Says that what follows is to be kept under that name. */
    static void attach(Context context, String name) {
        String plain = name.replaceAll("[^A-Za-z0-9._ -]", "_");
        String exact = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        context.header("Content-Disposition", "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + exact);
        context.contentType(
                name.endsWith(".csv")
                        ? "text/csv; charset=utf-8"
                        : name.endsWith(".json") ? Json.TYPE : "application/octet-stream");
    }
}
