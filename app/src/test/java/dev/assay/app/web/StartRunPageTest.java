package dev.assay.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** From a file to a finished run, as somebody does it who has never seen the page. */
@ExtendWith(BrowserExtension.class)
class StartRunPageTest {
    private static final String RUN_PAGE = "#/runs/";

    @TempDir
    static Path folder;

    private static ServedAssay assay;
    private static Path table;
    private static Path large;

    @BeforeAll
    static void start() throws IOException {
        table = SampleFiles.table(folder.resolve("devices.csv"), 300, 1);
        large = SampleFiles.table(folder.resolve("large.csv"), 60_000, 2);
        assay = ServedAssay.start(Files.createDirectory(folder.resolve("runs")));
    }

    @AfterAll
    static void stop() {
        assay.close();
    }

    @BeforeEach
    void open(Browser browser) {
        browser.fresh();
        browser.open(assay.invitation());
    }

    @AfterEach
    void nothingWentWrong(Browser browser) {
        browser.noForeignRequests();
        browser.noSeriousAccessibilityProblems();
        browser.noSidewaysScrolling();
    }

    @Test
    void aFileBecomesARunThatAReloadDoesNotDisturb(Browser browser) {
        browser.click("New run");
        browser.give("Data file", table);
        browser.see("300 rows, 9 columns");

        assertThat(browser.all(".preview th"))
                .extracting(WebElement::getText)
                .as("the label first, then the others; a name is text and nothing else")
                .anyMatch(text -> text.startsWith("y") && text.contains("label"))
                .anyMatch(text -> text.startsWith(SampleFiles.HOSTILE))
                .anyMatch(text -> text.startsWith("x0") && text.contains("number"));
        assertThat(browser.valueOf("Column to predict (the label)")).isEqualTo("y");
        browser.screenshotOfAll("new-run");
        browser.noSeriousAccessibilityProblems();
        browser.click("Columns with a role of their own (optional)");
        browser.choose("Known origin", "device");
        browser.click("More settings (optional)");
        browser.field("Name of the run").sendKeys("Two devices");
        browser.field("At most so many parts").sendKeys("2");
        browser.screenshotOfAll("new-run-unfolded");
        browser.noSeriousAccessibilityProblems();
        browser.click("Start");

        browser.find("h1", "Two devices");
        browser.driver().navigate().refresh();
        browser.find("h1", "Two devices");
        browser.see("finished");
        browser.find(".verdict");
        browser.screenshotOfAll("run-finished");
        browser.noSeriousAccessibilityProblems();

        browser.click("Runs");
        browser.find("h2", "Two devices");
        browser.screenshotOfAll("runs");
        browser.noConsoleErrors();
    }

    @Test
    void aRunShowsHowFarItIsAndCanBeCancelledAndStartedAgain(Browser browser) throws IOException, InterruptedException {
        String first = assay.startRun("run", large, Map.of("label", "y"));
        String second = assay.startRun("purify", table, Map.of("label", "y"));

        browser.click("Runs");
        browser.see("waiting, place 1");
        browser.screenshotOfAll("runs-queue");
        browser.open(assay.screen(RUN_PAGE + second));
        browser.see("It is next.");
        browser.click("Cancel");
        browser.see("The run was cancelled.");

        browser.open(assay.screen(RUN_PAGE + first));
        browser.find("[role=progressbar]");
        browser.await("a chart that grows", page -> !browser.all(".live svg").isEmpty());
        browser.screenshotOfAll("run-progress");
        browser.noSeriousAccessibilityProblems();
        browser.size(360, 740);
        browser.screenshotOfAll("run-progress-phone");
        browser.noSidewaysScrolling();
        browser.click("Cancel");
        browser.see("The run was cancelled.");
        assertThat(assay.get("runs/" + first).path("state").asText()).isEqualTo("cancelled");

        browser.open(assay.screen(RUN_PAGE + second));
        browser.click("Start again");
        browser.await(
                "the address of another run",
                page -> !page.getCurrentUrl().endsWith(second)
                        && page.getCurrentUrl().contains(RUN_PAGE));
        browser.see("finished");
        browser.open(assay.screen(RUN_PAGE + second));
        browser.click("Remove from the list");
        browser.find("h1", "Runs");
        browser.await(
                "the list without the run", page -> browser.all("h2 a").stream().noneMatch(link -> isOf(link, second)));
        browser.noConsoleErrors();
    }

    @Test
    void aQuickLookTakesProbabilitiesAndLeavesOutWhatIsUnticked(Browser browser)
            throws IOException, InterruptedException {
        StringBuilder said = new StringBuilder("fine," + SampleFiles.HOSTILE + "\n");
        Files.readAllLines(table).stream()
                .skip(1)
                .forEach(line -> said.append(line.endsWith(",fine") ? "0.8,0.2\n" : "0.3,0.7\n"));
        Path probabilities = Files.writeString(folder.resolve("said.csv"), said);
        browser.click("New run");
        browser.give("Data file", table);
        browser.see("300 rows");
        browser.find("input[value=diagnose]").click();
        browser.click("Columns with a role of their own (optional)");
        browser.choose("Group", "where");
        browser.click("Probabilities of a model of your own (optional)");
        browser.give("File of probabilities", probabilities);
        browser.see("said.csv");
        browser.all(".checks input").get(1).click();
        browser.screenshotOfAll("new-run-probabilities");
        browser.noSeriousAccessibilityProblems();
        browser.click("Start");

        browser.see("finished");
        String address = String.valueOf(browser.driver().getCurrentUrl());
        String id = address.substring(address.indexOf(RUN_PAGE) + RUN_PAGE.length());
        assertThat(assay.get("runs/" + id + "/record").path("commandLine").toString())
                .contains("--group=where", "--no-near-duplicates", "--probabilities=")
                .doesNotContain("--no-outliers", "--no-order-drift");
        browser.noConsoleErrors();
    }

    private static boolean isOf(WebElement link, String run) {
        return String.valueOf(link.getDomAttribute("href")).endsWith(run);
    }

    @Test
    void everythingCanBeDoneWithoutAMouse(Browser browser) {
        browser.tabTo("a.button[href='#/new']");
        browser.press(Keys.ENTER);
        browser.find("h1", "New run");
        assertThat(browser.driver().switchTo().activeElement().getText())
                .as("the focus goes to the heading of the new screen")
                .isEqualTo("New run");
        browser.tabTo(".path input");
        browser.press(table.toString(), Keys.ENTER);
        browser.see("300 rows");
        browser.tabTo("input[name=command]");
        browser.press(Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ARROW_DOWN);
        browser.tabTo("button[type=submit]");
        browser.press(Keys.ENTER);
        browser.see("Quick look (diagnose)");
        browser.see("finished");
        browser.noConsoleErrors();
    }

    @Test
    void whatIsWrongIsSaidWithWhatToDo(Browser browser) throws IOException {
        browser.open(assay.screen("#/new"));
        browser.field("Or its path on this machine")
                .sendKeys(folder.resolve("nothing.csv").toString());
        browser.click("Use");
        assertThat(browser.find("[role=alert]").getText()).contains("nothing.csv");
        browser.screenshotOfAll("new-run-error");
        browser.noSeriousAccessibilityProblems();

        Path broken = Files.writeString(folder.resolve("same.csv"), "a,y\n1,same\n2,same\n3,same\n");
        browser.give("Data file", broken);
        browser.see("3 rows");
        browser.click("Start");
        browser.see("The run ended with an error.");
        assertThat(browser.find(".problem").getText()).isNotBlank();
        browser.screenshotOfAll("run-failed");

        browser.open(assay.screen("#/runs/nobody"));
        browser.see("there is no run");
        browser.open(assay.screen("#/nonsense"));
        browser.see("There is nothing here");
        browser.noConsoleErrors("400", "404");
    }

    @Test
    void aFileDroppedOnTheListOfRunsStartsANewOne(Browser browser) {
        browser.find("h1", "Runs");
        browser.driver()
                .executeScript("const dropped = new DataTransfer();"
                        + " dropped.items.add(new File(['a,y\\n1,up\\n2,down\\n3,up\\n'], 'dropped.csv'));"
                        + " document.body.dispatchEvent(new DragEvent('drop',"
                        + " {dataTransfer: dropped, bubbles: true, cancelable: true}));");
        browser.find("h1", "New run");
        browser.see("dropped.csv: csv, 3 rows");
    }

    @Test
    void screensFitAPhoneAndTheDark(Browser browser) {
        browser.dark(true);
        browser.size(360, 740);
        for (String screen : List.of("#/runs", "#/new")) {
            browser.open(assay.screen(screen));
            browser.find("h1");
            if (screen.equals("#/new")) {
                browser.give("Data file", table);
                browser.see("300 rows");
                browser.click("Columns with a role of their own (optional)");
            }
            browser.screenshotOfAll("phone-dark" + screen.replace("#/", "-"));
            browser.noSidewaysScrolling();
            browser.noSeriousAccessibilityProblems();
        }
        browser.noConsoleErrors();
    }
}
