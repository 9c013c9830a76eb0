package dev.assay.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A run folder from somebody else may be looked at: its report shows itself, and has no rights of the server's. */
@ExtendWith(BrowserExtension.class)
class HostileReportTest {
    /** What a script that got into a report would try: it must be able to do none of it. */
    private static final String TRIES = """
            const done = arguments[arguments.length - 1];
            const body = JSON.stringify({command: 'diagnose', path: 'TABLE', options: {label: 'y'}});
            const read = what => { try { return String(what()); } catch (problem) { return problem.name; } };
            const facts = [window.origin, read(() => document.cookie), read(() => window.localStorage),
                read(() => parent === window ? 'alone' : parent.document.title)];
            const form = document.createElement('form');
            form.method = 'post';
            form.action = 'ASSAYapi/runs';
            document.body.append(form);
            form.submit();
            const image = new Image();
            image.src = 'ASSAYapi/runs';
            const ask = options => fetch('ASSAYapi/runs', options).then(answer => answer.type, problem => problem.name);
            Promise.all([
                ask({credentials: 'include'}),
                ask({method: 'POST', body, credentials: 'include', headers: {'Content-Type': 'application/json'}}),
                ask({method: 'POST', body, credentials: 'include', mode: 'no-cors'}),
            ]).then(answers => done(facts.concat(answers)));
            """;

    @TempDir
    Path folder;

    private Path table;
    private Path runs;
    private Path run;

    @BeforeEach
    void makeRun() throws IOException {
        table = SampleFiles.table(folder.resolve("table.csv"), 120, 1);
        runs = Files.createDirectory(folder.resolve("runs"));
        run = runs.resolve("theirs");
        Served.command("diagnose", table, "--label", "y", "--out", run, "--quiet");
    }

    @Test
    void aScriptInTheFolderIsNeverRun(Browser browser) throws IOException, InterruptedException {
        Files.writeString(
                run.resolve("report.html"),
                "<!doctype html><title>theirs</title><script>document.title = 'they were here'</script>");
        Path data = run.resolve("report.json");
        Files.writeString(
                data,
                Files.readString(data)
                        .replace("table.csv", "</script><script>document.title = 'they were here'</script>"));
        try (ServedAssay assay = ServedAssay.start(runs)) {
            String id = assay.get("runs").path("runs").get(0).path("id").asText();
            browser.fresh();
            browser.open(assay.invitation());
            browser.open(assay.screen("api/runs/" + id + "/report"));
            browser.find("h1");

            assertThat(browser.driver().getTitle()).startsWith("</script><script>");
            assertThat(browser.all("table")).isNotEmpty();
            browser.noConsoleErrors();
            browser.noForeignRequests();
        }
    }

    @Test
    void evenAScriptInsideItCannotAskTheServer(Browser browser) throws IOException, InterruptedException {
        try (ServedAssay assay = ServedAssay.start(runs)) {
            String id = assay.get("runs").path("runs").get(0).path("id").asText();
            String tries = TRIES.replace("ASSAY", assay.screen("")).replace("TABLE", table.toString());
            browser.fresh();
            browser.open(assay.invitation());
            browser.open(assay.screen("#/runs/" + id + "/report"));
            browser.driver().switchTo().frame(browser.find("iframe"));
            browser.find("h1");
            assertThat((List<?>) browser.driver().executeAsyncScript(tries))
                    .isEqualTo(List.of(
                            "null",
                            "SecurityError",
                            "SecurityError",
                            "SecurityError",
                            "TypeError",
                            "TypeError",
                            "TypeError"));
            browser.driver().switchTo().defaultContent();

            browser.open(assay.screen("api/runs/" + id + "/report"));
            browser.find("h1");
            assertThat((List<?>) browser.driver().executeAsyncScript(tries))
                    .isEqualTo(List.of(
                            "null", "SecurityError", "SecurityError", "alone", "TypeError", "TypeError", "TypeError"));

            assertThat(assay.get("runs").path("runs")).hasSize(1);
        }
    }

    @Test
    void itsTablesCanStillBeDownloadedAndItsLinksFollowed(Browser browser) throws IOException, InterruptedException {
        try (ServedAssay assay = ServedAssay.start(runs)) {
            String id = assay.get("runs").path("runs").get(0).path("id").asText();
            browser.fresh();
            browser.open(assay.invitation());
            browser.open(assay.screen("#/runs/" + id + "/report"));
            browser.driver().switchTo().frame(browser.find("iframe"));
            browser.find("h1");
            browser.driver()
                    .executeScript("[...document.querySelectorAll('button')]"
                            + ".find(button => button.textContent.includes('as CSV')).click()");
            assertThat(browser.download(name -> name.endsWith(".csv"))).isNotEmptyFile();
            browser.driver().executeScript("document.querySelector(\"a[href^='#']\").click()");
            assertThat(String.valueOf(browser.driver().executeScript("return location.hash")))
                    .startsWith("#");
            browser.driver().switchTo().defaultContent();
            browser.noConsoleErrors();
            browser.noForeignRequests();
        }
    }
}
