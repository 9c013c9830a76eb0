package dev.assay.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A power failure loses no run and no decision. */
@ExtendWith(BrowserExtension.class)
class RestartPageTest {
    @TempDir
    Path folder;

    @Test
    void runsAndDecisionsSurviveACrash(Browser browser) throws IOException, InterruptedException {
        Path table = SampleFiles.table(folder.resolve("small.csv"), 480, 1);
        Path large = SampleFiles.table(folder.resolve("large.csv"), 60_000, 2);
        Path runs = Files.createDirectory(folder.resolve("runs"));
        String finished;
        try (ServedAssay assay = ServedAssay.start(runs)) {
            finished = assay.startRun("purify", table, Map.of("label", "y"));
            assay.awaitEnd(finished);
            assay.startRun("run", large, Map.of("label", "y"));
            browser.fresh();
            browser.open(assay.invitation());
            browser.see("running");
            browser.open(assay.screen("#/runs/" + finished + "/review"));
            browser.find("#suspect-title");
            browser.press("k");
            browser.see("1 kept");
            browser.press("d");
            browser.see("1 dropped");
            browser.await("both decisions on the server", page -> decisions(assay, finished) == 2);
            assay.crash();
        }
        try (ServedAssay assay = ServedAssay.start(runs)) {
            browser.open(assay.invitation());
            browser.see("interrupted");
            browser.see("finished");
            browser.screenshotOfAll("runs-after-crash");
            browser.noSeriousAccessibilityProblems();
            assertThat(browser.all(".is-interrupted button")).isNotEmpty();
            browser.open(assay.screen("#/runs/" + finished + "/review"));
            browser.see("2 of");
            browser.see("1 kept · 0 relabelled · 1 dropped · 0 skipped");
            browser.noForeignRequests();
        }
    }

    private static int decisions(ServedAssay assay, String run) {
        try {
            return assay.get("runs/" + run).path("decisions").asInt();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
