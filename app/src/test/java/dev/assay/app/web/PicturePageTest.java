package dev.assay.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/** The way of pictures through the page: seen, judged, reviewed, predicted. */
@ExtendWith(BrowserExtension.class)
class PicturePageTest {
    private static final int COUNT = 240;

    @TempDir
    Path folder;

    @Test
    void picturesAreSeenAtEachStep(Browser browser) throws IOException {
        Path pictures = SampleFiles.pictures(folder.resolve("halves.idx3-ubyte"), COUNT, 1);
        Path labels = SampleFiles.labelsOfPictures(folder.resolve("halves.idx1-ubyte"), COUNT);
        Path runs = Files.createDirectory(folder.resolve("runs"));
        try (ServedAssay assay = ServedAssay.start(runs)) {
            browser.fresh();
            browser.open(assay.invitation());
            browser.see("There is no run yet.");
            browser.screenshotOfAll("no-runs");
            browser.click("Start with your file");
            browser.give("Data file", pictures);
            browser.see("pictures of 8 × 8 pixels");
            assertThat(browser.all("canvas")).hasSize(20);
            assertThat(browser.find("button[type=submit]").isEnabled())
                    .as("without labels")
                    .isFalse();
            browser.give("File of labels", labels);
            browser.see("halves.idx1-ubyte");
            browser.screenshotOfAll("pictures-new-run");
            browser.noSeriousAccessibilityProblems();
            browser.click("Start");
            browser.find(".verdict");
            browser.screenshotOfAll("pictures-finished");

            browser.driver()
                    .findElement(By.partialLinkText("Review suspicious rows"))
                    .click();
            browser.see("No row of this run looks suspicious.");
            browser.click("Show 200 rows more that are not suspicious");
            browser.find(".suspect canvas");
            browser.screenshotOfAll("pictures-review");
            browser.noSeriousAccessibilityProblems();
            browser.press("k");
            browser.see("1 kept");

            browser.driver().navigate().back();
            browser.find(".verdict");
            browser.driver().findElement(By.partialLinkText("Predict")).click();
            browser.see("Rows are pictures of 8 × 8 pixels");
            browser.find(".pictures button").click();
            browser.find(".answer canvas");
            browser.screenshotOfAll("pictures-predict-one");
            browser.noSeriousAccessibilityProblems();
            browser.give("File of new rows", pictures);
            browser.see(COUNT + " rows of halves.idx3-ubyte predicted");
            browser.screenshotOfAll("pictures-predicted");
            browser.noSeriousAccessibilityProblems();
            browser.noConsoleErrors();
            browser.noForeignRequests();
        }
    }
}
