package dev.assay.app.web;

import dev.assay.app.web.http.ApiError;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The files of the page, which are resources of the jar. */
final class StaticFiles {
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self' data: blob:; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none';"
            + " frame-ancestors 'none'";

    private StaticFiles() {}

    /** Answers with one of them. */
    static void answer(Context context, String name, String type) {
        context.header("Content-Security-Policy", POLICY);
        context.header("Cache-Control", "no-cache");
        context.contentType(type).result(bytes(name));
    }

    /** The content of a resource beside this class. */
    static byte[] bytes(String name) {
        try (InputStream in = StaticFiles.class.getResourceAsStream(name)) {
            if (in == null) {
                throw ApiError.missing("this build has no page (" + name + "); the API is under /api");
            }
            return in.readAllBytes();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
