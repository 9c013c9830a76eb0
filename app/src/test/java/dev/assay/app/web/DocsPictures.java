package dev.assay.app.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Makes the pictures in docs/pictures from the runs of {@code assay demo}; started by docs/pictures.sh. Not a test: the pictures
 * change with every look of the page.
 */
final class DocsPictures {
    private static final int WIDTH = 1200;
    private static final int HEIGHT = 860;

    private final Browser browser;
    private final Path target;

    private DocsPictures(Browser browser, Path target) {
        this.browser = browser;
        this.target = target;
    }

    /** The folder of the demo, and where the pictures go. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path demo = Path.of(arguments[0]);
        Path target = Files.createDirectories(Path.of(arguments[1]));
        Path runs = Files.createTempDirectory("assay-pictures");
        BrowserPrograms programs =
                BrowserPrograms.find().orElseThrow(() -> new IllegalStateException(BrowserPrograms.HINT));
        try (Browser browser = Browser.start(programs);
                ServedAssay assay = ServedAssay.start(runs)) {
            browser.fresh();
            browser.size(WIDTH, HEIGHT);
            DocsPictures pictures = new DocsPictures(browser, target);
            pictures.report(demo.resolve("devices").resolve("report.html"));
            pictures.page(assay, demo);
        }
    }

    private void report(Path report) throws IOException {
        browser.open(report);
        browser.find("h1");
        take("report.png", browser.picture());
        browser.size(900, HEIGHT); // heat maps do not compress
        take("report-heterogeneity.png", browser.pictureOf("#heterogeneity .chart:has(canvas)", 900));
        browser.size(WIDTH, HEIGHT);
        take("report-blocks.png", browser.pictureOf("#blocks", 1100));
    }

    private void page(ServedAssay assay, Path demo) throws IOException, InterruptedException {
        browser.open(assay.invitation());
        String mixed = assay.startRun("run", demo.resolve("devices.csv"), Map.of("label", "Q10", "source", "device"));
        String noisy = assay.startRun("purify", demo.resolve("digits.csv"), Map.of("label", "digit"));
        assay.awaitEnd(mixed);
        browser.see("finished");
        take("page-runs.png", browser.picture());
        assay.awaitEnd(noisy);

        browser.open(assay.screen("#/new"));
        browser.give("Data file", demo.resolve("devices.csv"));
        browser.see("750 rows");
        browser.driver().executeScript("document.activeElement.blur(); window.scrollTo(0, 100)");
        take("page-new-run.png", browser.picture());

        browser.open(assay.screen("#/runs/" + noisy + "/review"));
        browser.find(".suspect");
        take("page-review.png", browser.pictureOf(".suspect", HEIGHT));

        browser.open(assay.screen("#/runs/" + mixed + "/predict"));
        browser.find("button[type=submit]").click();
        browser.find(".answer");
        browser.driver().executeScript("document.activeElement.blur()");
        take("page-predict.png", browser.pictureOf("main", 1000));
    }

    private void take(String name, byte[] png) throws IOException {
        Files.write(target.resolve(name), png);
        System.out.println(name + "  " + png.length / 1000 + " kB");
    }
}
