package dev.assay.app.report;

import dev.assay.io.file.JsonFiles;
import dev.assay.io.result.RunDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/**
 * report.json and report.html. The page is one file with everything in it: it opens without a network and without a server,
 * and its security policy lets nothing run or load but what is in it.
 */
public final class ReportFiles {
    private ReportFiles() {}

    /** Where they will be. */
    public static List<Path> places(RunDirectory directory) {
        return List.of(directory.file(RunDirectory.REPORT), directory.file(RunDirectory.REPORT_DATA));
    }

    /** Writes both. */
    public static void write(RunDirectory directory, ReportData data) {
        String json = JsonFiles.compactText(data);
        directory.writeText(RunDirectory.REPORT_DATA, json + "\n");
        directory.writeText(RunDirectory.REPORT, page(json, data.data().name()));
    }

    /** What a browser may do with the page: run its own script and show its own style and pictures, nothing else. */
    public static String policy() {
        return policy(resource("report.css"), resource("report.js"));
    }

    private static String policy(String style, String script) {
        return "default-src 'none'; script-src '" + digest(script) + "'; style-src '" + digest(style)
                + "'; img-src data: blob:; connect-src 'none'; base-uri 'none'; form-action 'none'";
    }

    /**
     * The page of a report.
     *
     * @param json what report.json holds
     * @param name of the data
     */
    public static String page(String json, String name) {
        String style = resource("report.css");
        String script = resource("report.js");
        // the data comes last, so that nothing in it is taken for a place to fill
        return resource("report.html")
                .replace("{{title}}", escaped(name + " - Assay"))
                .replace("{{csp}}", policy(style, script))
                .replace("{{style}}", style)
                .replace("{{script}}", script)
                .replace("{{data}}", json.replace("<", "\\u003c"));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(
                ReportFiles.class.getResourceAsStream(name), () -> name + " is not in the jar")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
