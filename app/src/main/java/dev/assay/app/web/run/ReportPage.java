package dev.assay.app.web.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.app.report.ReportData;
import dev.assay.app.report.ReportFiles;
import dev.assay.app.web.http.ApiError;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;

/**
 * The report of a run as the server shows it. The folder of a run may come from somebody else, and a page in it could hold any
 * script: so the page is made here, of report.json and the script of this build, which is the only one that its policy lets run.
 * Its sandbox makes it a page of nobody: no cookie goes with what it might ask, and nothing of the server may be read by it.
 */
public final class ReportPage {
    private static final String SANDBOX = "sandbox allow-scripts allow-downloads; frame-ancestors 'self'; ";

    private ReportPage() {}

    public static boolean isThere(RunFolder run) {
        return run.has(RunFolder.REPORT) && run.has(RunFolder.REPORT_DATA);
    }

    /**
     * Answers with the report.
     *
     * @throws ApiError 404 if there is none, 409 if it is damaged or of another version
     */
    public static void answer(Context context, RunFolder run) {
        if (!isThere(run)) {
            throw ApiError.missing("this run has no report");
        }
        JsonNode report = run.json(RunFolder.REPORT_DATA);
        JsonNode format = report.path("format");
        if (!format.isInt() || format.asInt() != ReportData.FORMAT) {
            throw ApiError.conflict("the report is in format " + format + ", this Assay shows format "
                    + ReportData.FORMAT + "; open " + RunFolder.REPORT + " of the run's folder in a browser");
        }
        context.header("Content-Security-Policy", SANDBOX + ReportFiles.policy());
        // browsers show no sandboxed page in a tab of its own that asks to be kept apart from its opener
        context.header("Cross-Origin-Opener-Policy", "unsafe-none");
        String json = new String(run.bytes(RunFolder.REPORT_DATA, RunFolder.LARGEST_JSON), StandardCharsets.UTF_8);
        context.contentType("text/html; charset=utf-8")
                .result(ReportFiles.page(
                                json.stripTrailing(),
                                report.path("data").path("name").asText())
                        .getBytes(StandardCharsets.UTF_8));
    }
}
