package dev.assay.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** What can be done with a finished run: its report, the review of its rows, predictions, another run to compare with. */
@ExtendWith(BrowserExtension.class)
class FinishedRunPageTest {
    private static final int ROWS = 300;
    private static final Map<String, Object> OPTIONS = Map.of("label", "y", "source", "device", "maxBlocks", 2);

    @TempDir
    static Path folder;

    private static ServedAssay assay;
    private static Path table;
    private static String run;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        table = SampleFiles.table(folder.resolve("devices.csv"), ROWS, 1);
        assay = ServedAssay.start(Files.createDirectory(folder.resolve("runs")));
        run = assay.startRun("run", table, OPTIONS);
        assay.awaitEnd(run);
    }

    @AfterAll
    static void stop() {
        assay.close();
    }

    @BeforeEach
    void open(Browser browser) {
        browser.fresh();
        browser.open(assay.invitation());
        browser.open(assay.screen("#/runs/" + run));
    }

    @AfterEach
    void nothingWentWrong(Browser browser) {
        browser.noForeignRequests();
        browser.noSeriousAccessibilityProblems();
        browser.noSidewaysScrolling();
    }

    @Test
    void theReportFillsThePage(Browser browser) {
        browser.find(".verdict");
        browser.screenshot("run-page");
        browser.click("Files to download");
        browser.see("run.json");
        browser.driver().findElement(By.partialLinkText("Read the report")).click();
        WebElement frame = browser.find("iframe");

        assertThat(frame.getSize().getHeight()).isGreaterThan(600);
        browser.driver().switchTo().frame(frame);
        browser.await("the report's headline", page -> !browser.all("h1").isEmpty());
        browser.driver().switchTo().defaultContent();
        browser.screenshot("report-in-page");
        browser.noConsoleErrors();
    }

    @Test
    void suspiciousRowsAreReviewedByKeyboardAndTheCleanedDataRunsAgain(Browser browser)
            throws IOException, InterruptedException {
        browser.open(assay.screen("#/runs/" + run + "/review"));
        browser.find("button.show-more").click();
        String kept = rowShown(browser);
        browser.screenshotOfAll("review");
        browser.press("k");
        String dropped = nextAfter(browser, kept);
        browser.press("d");
        String relabelled = nextAfter(browser, dropped);
        String before = browser.find(".label-now").getText();
        browser.press("l");
        browser.press(before.equals("fine") ? SampleFiles.HOSTILE.substring(0, 3) : "fine", Keys.ENTER);
        String skipped = nextAfter(browser, relabelled);
        browser.press("s");
        nextAfter(browser, skipped);
        browser.see("1 kept · 1 relabelled · 1 dropped · 1 skipped");
        browser.press("u");
        browser.see("1 kept · 1 relabelled · 1 dropped · 0 skipped");
        assertThat(rowShown(browser)).isEqualTo(skipped);
        browser.press(Keys.ARROW_RIGHT);
        nextAfter(browser, skipped);
        browser.press(Keys.ARROW_LEFT);
        browser.await("the row before", page -> rowShown(browser).equals(skipped));
        browser.press("?");
        browser.see("row before, next row");
        browser.screenshotOfAll("review-decided");
        browser.noSeriousAccessibilityProblems();

        browser.driver().navigate().refresh();
        browser.see("3 of");
        browser.see("1 kept · 1 relabelled · 1 dropped · 0 skipped");
        browser.click("3 decisions");
        assertThat(browser.find(".decisions table").getText()).contains("kept", "relabelled", "dropped");
        browser.size(360, 740);
        browser.screenshotOfAll("review-phone");
        browser.noSidewaysScrolling();
        browser.fresh();

        browser.click("Export the cleaned data");
        Path cleaned = browser.download(name -> name.endsWith("-cleaned.csv"));
        List<String> expected = expected(SampleFiles.lines(table), row(kept), row(dropped), row(relabelled));
        assertThat(SampleFiles.lines(cleaned)).isEqualTo(expected);

        browser.click("Run again with these decisions");
        browser.find("h1");
        browser.see("This run uses your decisions");
        browser.click("Compare the two");
        browser.see("Two runs side by side");
        browser.see("Row by row");
        browser.see("The two did not predict the same test rows, so only roughly: accuracy of routed experts");
        browser.see("1 row of the first run is not in the second");
        browser.find("[aria-label='Row by row'] tbody tr");
        assertThat(browser.find(".is-different").getText())
                .contains(String.valueOf(ROWS), String.valueOf(ROWS - 1), "down by 1");
        browser.screenshotOfAll("compare");
        browser.noConsoleErrors();
    }

    /** The table as it should be after the decisions. */
    private static List<String> expected(List<String> lines, int kept, int dropped, int relabelled) {
        List<String> expected = new ArrayList<>(lines);
        assertThat(kept).isNotEqualTo(dropped);
        String line = lines.get(relabelled + 1);
        String label = line.substring(line.lastIndexOf(',') + 1);
        expected.set(
                relabelled + 1,
                line.substring(0, line.lastIndexOf(',') + 1) + (label.equals("fine") ? SampleFiles.HOSTILE : "fine"));
        expected.remove(dropped + 1);
        return expected;
    }

    private static String rowShown(Browser browser) {
        return browser.find("#suspect-title")
                .getText()
                .split("\n| number", 2)[0]
                .strip();
    }

    private static int row(String title) {
        return Integer.parseInt(title.replaceAll("\\D", ""));
    }

    private static String nextAfter(Browser browser, String row) {
        browser.await("the row after " + row, page -> !rowShown(browser).equals(row));
        return rowShown(browser);
    }

    @Test
    void aRowTypedInIsPredictedWithItsLikes(Browser browser) {
        browser.open(assay.screen("#/runs/" + run + "/predict"));
        browser.see("One row");
        assertThat(browser.valueOf("x0")).as("an example is filled in").isNotBlank();
        browser.field("x0").clear();
        browser.field("x0").sendKeys("2.5");
        browser.choose("colour", "green");
        assertThat(browser.field(SampleFiles.HOSTILE).isDisplayed()).isTrue();
        browser.find("button[type=submit]").click();

        browser.find(".answer");
        assertThat(browser.all(".bars li")).extracting(WebElement::getText).anyMatch(text -> text.contains("fine"));
        assertThat(browser.find("[aria-label='Similar training rows']").findElements(By.cssSelector("tbody tr")))
                .isNotEmpty();
        browser.screenshotOfAll("predict");
        browser.noSeriousAccessibilityProblems();
        browser.size(360, 740);
        browser.screenshotOfAll("predict-phone");
        browser.noSidewaysScrolling();

        browser.field("x0").sendKeys("1");
        browser.await(
                "no answer to another question", page -> browser.all(".answer").isEmpty());
        browser.noConsoleErrors();
    }

    @Test
    void aFileOfRowsIsPredicted(Browser browser) throws IOException {
        browser.open(assay.screen("#/runs/" + run + "/predict"));
        browser.give("File of new rows", table);
        browser.see(ROWS + " rows of devices.csv predicted");
        browser.screenshotOfAll("predict-file");
        browser.click("Download all predictions (CSV)");

        Path predictions = browser.download(name -> name.startsWith("batch-"));
        assertThat(SampleFiles.lines(predictions)).hasSize(ROWS + 1);

        Path wrong = Files.writeString(folder.resolve("wrong.csv"), "a,b\n1,2\n");
        browser.give("File of new rows", wrong);
        assertThat(browser.find("[role=alert]").getText()).isNotBlank();
        browser.noConsoleErrors("400");
    }

    @Test
    void aDecisionThatCannotBeSavedIsNotTakenForSaved(Browser browser) throws IOException, InterruptedException {
        JsonNode counts = assay.get("runs/" + run + "/review").path("counts");
        browser.open(assay.screen("#/runs/" + run + "/review"));
        browser.find("button.show-more").click();
        rowShown(browser);
        browser.online(false);
        browser.press("k");
        browser.see("1 decision not saved.");
        browser.screenshotOfAll("review-not-saved");
        browser.noSeriousAccessibilityProblems();
        assertThat(assay.get("runs/" + run + "/review").path("counts")).isEqualTo(counts);

        browser.open(assay.screen("#/runs"));
        browser.find("h1", "Runs");
        browser.online(true);
        browser.open(assay.screen("#/runs/" + run + "/review"));
        rowShown(browser);
        browser.see("· 1 not saved");
        browser.click("Try again");
        browser.await(
                "the decision on the server",
                page -> kept() == counts.path("keep").asInt() + 1);
        browser.press("u");
        browser.await(
                "it being taken back", page -> kept() == counts.path("keep").asInt());
        assertThat(browser.all("[role=alert]")).isEmpty();
        browser.noConsoleErrors("ERR_INTERNET_DISCONNECTED");
    }

    private static int kept() {
        try {
            return assay.get("runs/" + run + "/review")
                    .path("counts")
                    .path("keep")
                    .asInt();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
