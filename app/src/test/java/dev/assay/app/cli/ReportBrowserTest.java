package dev.assay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.app.web.Browser;
import dev.assay.app.web.BrowserExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The reports that the commands write, as somebody sees them who opens the file. */
@ExtendWith(BrowserExtension.class)
class ReportBrowserTest {
    private static final int ROWS = 400;
    private static final int MANY_ROWS = 40_000;
    private static final long MOST_BYTES = 3_000_000;
    private static final int PICTURES = 160;
    private static final int SIDE = 8;
    private static final int PHONE_WIDTH = 360;
    private static final int PHONE_HEIGHT = 740;
    private static final String HOSTILE_COLUMN = "<img src=x onerror=window.broken=1>";
    private static final String HOSTILE_LABEL = "<b onmouseover=alert(1)>no</b>";
    private static final String HOSTILE_CELL = "=1+1";

    @TempDir
    static Path folder = Path.of("");

    private static Path table = Path.of("");
    private static Path pictures = Path.of("");
    private static Path numbers = Path.of("");

    @BeforeAll
    static void runOnce() throws IOException {
        table = reportOfATable();
        pictures = reportOfPictures();
        numbers = reportOfNumbers();
    }

    @BeforeEach
    void asOnADesktop(Browser browser) {
        browser.fresh();
    }

    @Test
    void reportOfATableShowsAllItsParts(Browser browser) {
        browser.open(table);

        assertThat(browser.find("h1").getText()).startsWith("Your data is mixed: 2 blocks");
        assertThat(browser.all("h2").stream().map(WebElement::getText))
                .contains("How mixed the data is", "Blocks", "Suspicious rows", "Prediction", "How it was made");
        assertThat(browser.driver()
                        .executeScript("return document.querySelectorAll('figure.chart svg[role=img]').length"))
                .isInstanceOfSatisfying(Long.class, charts -> assertThat(charts).isGreaterThan(7));
        browser.noConsoleErrors();
        browser.noForeignRequests();
        browser.noSeriousAccessibilityProblems();
        browser.screenshotOfAll("report-table");
    }

    @Test
    void reportOfPicturesShowsThePictures(Browser browser) {
        browser.open(pictures);

        browser.see("Taking rows out");
        WebElement picture = browser.find("td canvas.picture");
        assertThat(coloursOf(browser, picture))
                .as("different colours in the first picture")
                .isGreaterThan(2);
        browser.find("button.expander").click();
        browser.see("Picture");
        browser.noConsoleErrors();
        browser.noForeignRequests();
        browser.noSeriousAccessibilityProblems();
        browser.screenshotOfAll("report-pictures");
    }

    @Test
    void textsOfTheDataRemainTexts(Browser browser) {
        browser.open(table);

        browser.see(HOSTILE_LABEL);
        browser.find("button.expander").click();
        browser.see(HOSTILE_COLUMN);
        assertThat(browser.driver().executeScript("return document.querySelectorAll('#report img, #report b').length"))
                .isEqualTo(0L);
        assertThat(browser.driver().executeScript("return window.broken")).isNull();
        browser.noConsoleErrors();
    }

    @Test
    void downloadedRowsRunNothingInASpreadsheet(Browser browser) throws IOException {
        browser.open(table);

        browser.find("#suspicious .table-foot button", "Download as CSV").click();

        assertThat(Files.readString(browser.download("suspicious-rows.csv"::equals)))
                .contains("Rank,Row,Line,Id,Label", "'" + HOSTILE_CELL)
                .doesNotContain("," + HOSTILE_CELL);
    }

    @Test
    void reportOfManyRowsIsSmallAndAnswersWithinASecond(Browser browser) throws IOException {
        Path report = reportOfManyRows();
        assertThat(Files.size(report)).isLessThan(MOST_BYTES);
        browser.open(report);
        assertThat(browser.find("h1").getText()).contains("noisy");
        assertThat(rowCount(browser)).isEqualTo("1,000 rows");

        String sortByRow = "[...document.querySelectorAll('#suspicious th button')].find(b =>"
                + " b.textContent.startsWith('Row')).click()";
        assertThat(millisecondsOf(browser, sortByRow)).isLessThan(1000);
        assertThat(rowNumbers(browser)).hasSize(25).isSorted();
        assertThat(millisecondsOf(browser, sortByRow)).isLessThan(1000);
        assertThat(rowNumbers(browser)).hasSize(25).isSortedAccordingTo(Comparator.reverseOrder());

        int wanted = rowNumbers(browser).get(7);
        assertThat(millisecondsOf(
                        browser,
                        "const field = document.querySelector('#suspicious input[type=search]'); field.value = 'n"
                                + wanted + "x'; field.dispatchEvent(new Event('input', {bubbles: true}))"))
                .isLessThan(1000);
        assertThat(rowNumbers(browser)).containsExactly(wanted);
        browser.click("Show all");

        assertThat(millisecondsOf(
                        browser,
                        "const choice = [...document.querySelectorAll('#suspicious select')].find(s =>"
                                + " s.parentElement.textContent.startsWith('Label')); choice.value = 'up';"
                                + " choice.dispatchEvent(new Event('change', {bubbles: true}))"))
                .isLessThan(1000);
        assertThat(rowCount(browser)).endsWith("of 1,000 rows");
        assertThat(browser.all("#suspicious table:has(th button) tbody td:nth-child(6)"))
                .hasSize(25)
                .allMatch(cell -> cell.getText().equals("up"));
        browser.noConsoleErrors();
        browser.noForeignRequests();
        browser.noSeriousAccessibilityProblems();
        browser.screenshotOfAll("report-many-rows");
    }

    @ParameterizedTest
    @ValueSource(ints = {PHONE_WIDTH, 800, 1280})
    void noTableIsCutOff(int width, Browser browser) {
        browser.size(width, PHONE_HEIGHT);
        for (Map.Entry<String, Path> report :
                Map.of("table", table, "pictures", pictures, "numbers", numbers).entrySet()) {
            browser.open(report.getValue());
            browser.find("h1");
            browser.noClippedTables();
            browser.noSidewaysScrolling();
            browser.screenshotOfAll("report-" + report.getKey() + "-" + width);
        }
        browser.noConsoleErrors();
    }

    @Test
    void aReportOfNumbersSpeaksNeitherOfAccuracyNorOfOptionsThatAreRefused(Browser browser) {
        browser.open(numbers);
        browser.find("h1");
        browser.noClippedTables();

        assertThat(browser.text().toLowerCase(Locale.ROOT))
                .contains("r²", "mixed", "density at its label")
                .doesNotContain("accuracy", "--abstain", "probability of its label");
        browser.noConsoleErrors();
    }

    @Test
    void picturesAndBlocksLeadToTheirRows(Browser browser) {
        browser.open(table);
        browser.find("h1");

        browser.tabTo(".heat-plane");
        browser.press(Keys.ARROW_DOWN);
        browser.press(Keys.ENTER);
        assertThat(browser.find(".selected h3").getText()).startsWith("block 1").contains(" on block 1");
        assertThat(browser.all(".selected tbody tr")).isNotEmpty();
        browser.see("Line");
        browser.find(".selected button", "Close").click();

        browser.find("#blocks button.link", "block 2").click();
        assertThat(browser.find(".selected h3").getText()).isEqualTo("Block 2");
        assertThat(browser.all(".selected tbody tr").stream().map(WebElement::getText))
                .isNotEmpty()
                .allMatch(row -> row.contains("block 2"));
        browser.noSeriousAccessibilityProblems();
        browser.noConsoleErrors();
        browser.screenshot("report-selected");
    }

    @Test
    void aColumnShowsWhatIsInItBlockByBlock(Browser browser) {
        browser.open(table);

        browser.find("#columns button", "Next column").click();
        WebElement title = browser.find("#columns h3");
        assertThat(title.getText()).contains("none missing");
        assertThat(browser.find("#columns table").getText()).contains("block 1", "block 2");
        browser.noSeriousAccessibilityProblems();
    }

    @Test
    void everythingFitsOnAPhoneLightAndDark(Browser browser) {
        browser.size(PHONE_WIDTH, PHONE_HEIGHT);
        for (Map.Entry<String, Path> report :
                Map.of("table", table, "pictures", pictures).entrySet()) {
            browser.open(report.getValue());
            browser.find("h1");
            browser.noSidewaysScrolling();
            browser.noSeriousAccessibilityProblems();
            browser.screenshotOfAll("report-phone-" + report.getKey());
        }
        browser.dark(true);
        browser.open(table);
        browser.find("h1");
        browser.noSidewaysScrolling();
        browser.noSeriousAccessibilityProblems();
        browser.noConsoleErrors();
    }

    @Test
    void coloursAreAsTheSystemSaysUntilSomebodyChooses(Browser browser) {
        browser.open(table);
        browser.find("h1");
        String light = background(browser);

        browser.find(".choice label", "dark").click();
        assertThat(background(browser)).isNotEqualTo(light);
        browser.noSeriousAccessibilityProblems();
        browser.screenshotOfAll("report-table-dark");

        browser.dark(true);
        browser.find(".choice label", "light").click();
        assertThat(background(browser)).isEqualTo(light);
        browser.find(".choice label", "system").click();
        assertThat(background(browser)).isNotEqualTo(light);
        browser.noConsoleErrors();
    }

    @Test
    void chartsAndRowsAnswerToTheKeyboard(Browser browser) {
        browser.open(table);
        browser.find("h1");

        browser.tabTo(".skip-link");
        browser.tabTo(".plot-box");
        browser.press(Keys.ARROW_RIGHT);
        assertThat(browser.find(".plot-box .tooltip").getText()).contains("of the pairs");
        browser.press(Keys.ESCAPE);
        browser.await(
                "the note to close", page -> browser.all(".plot-box .tooltip").isEmpty());

        browser.tabTo(".heat-plane");
        browser.press(Keys.ARROW_DOWN);
        assertThat(browser.find(".heat-plane .tooltip").getText()).contains("block 1");

        browser.tabTo("#suspicious button.expander");
        browser.press(Keys.ENTER);
        browser.see("Values");
        browser.noConsoleErrors();
    }

    private static Path reportOfATable() throws IOException {
        // without the column that tells the sites apart: one bent expert explains both rules where a feature says which
        Path data = TwoRules.without(
                TwoRules.write(folder.resolve("all.csv"), ROWS, 1), folder.resolve("two<rules>.csv"), "where");
        List<String> lines = Files.readAllLines(data);
        String header = lines.get(0).replace("colour", HOSTILE_COLUMN);
        List<String> rows = lines.subList(1, lines.size()).stream()
                .map(line -> line.replaceFirst("^n", HOSTILE_CELL + "n").replaceFirst("no$", HOSTILE_LABEL))
                .toList();
        Files.writeString(data, header + "\n" + String.join("\n", rows) + "\n");
        Path out = folder.resolve("table");
        CommandRun run = CommandRun.of(
                "run",
                data,
                "--label",
                "y",
                "--id",
                "name",
                "--source",
                "site",
                "--max-blocks",
                "2",
                "--quiet",
                "--out",
                out);
        assertThat(run.status()).as(run.err()).isZero();
        return out.resolve("report.html");
    }

    /** Two sites, each with a rule of its own for a number. */
    private static Path reportOfNumbers() throws IOException {
        Random random = new Random(6);
        StringBuilder text = new StringBuilder("site,temperature,pressure_of_the_inlet,price\n");
        for (int i = 0; i < ROWS; i++) {
            boolean first = random.nextInt(5) < 3;
            double a = random.nextGaussian();
            double b = random.nextGaussian();
            double y = (first ? 5 * a + b : 20 - 3 * a + 2 * b) + 0.1 * random.nextGaussian();
            text.append(String.format(Locale.ROOT, "%s,%.4f,%.4f,%.4f\n", first ? "A" : "B", a, b, y));
        }
        Path data = Files.writeString(folder.resolve("numbers.csv"), text);
        Path out = folder.resolve("numbers");
        CommandRun run = CommandRun.of(
                "run", data, "--label", "price", "--source", "site", "--max-blocks", "2", "--quiet", "--out", out);
        assertThat(run.status()).as(run.err()).isZero();
        return out.resolve("report.html");
    }

    /** Bright on the left is 0, bright on the right is 1, and every tenth label is wrong. */
    private static Path reportOfPictures() throws IOException {
        Random random = new Random(4);
        byte[] pixels = new byte[PICTURES * SIDE * SIDE];
        long[] labels = new long[PICTURES];
        for (int i = 0; i < PICTURES; i++) {
            boolean right = random.nextBoolean();
            labels[i] = right == (i % 10 != 0) ? 1 : 0;
            for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
                boolean bright = (pixel % SIDE >= SIDE / 2) == right;
                pixels[i * SIDE * SIDE + pixel] = (byte) (random.nextInt(100) + (bright ? 100 : 0));
            }
        }
        Path data = ArrayFiles.npz(
                folder.resolve("pictures.npz"),
                Map.of(
                        "X", ArrayFiles.npy("|u1", "(" + PICTURES + ", " + SIDE + ", " + SIDE + ")", pixels),
                        "y", ArrayFiles.longs(labels)));
        Path out = folder.resolve("pictures");
        CommandRun run = CommandRun.of("purify", data, "--label", "y", "--quiet", "--out", out);
        assertThat(run.status()).as(run.err()).isZero();
        return out.resolve("report.html");
    }

    /** One rule, and every twentieth label turned round. */
    private static Path reportOfManyRows() throws IOException {
        Random random = new Random(7);
        StringBuilder text = new StringBuilder("name,a,b,c,d,y\n");
        for (int i = 0; i < MANY_ROWS; i++) {
            double sum = 0;
            text.append('n').append(i).append("x,");
            for (int j = 1; j <= 4; j++) {
                long value = Math.round(1000 * random.nextGaussian());
                sum += j * value;
                text.append(value).append(',');
            }
            text.append((sum > 0) == (i % 20 != 0) ? "up" : "down").append('\n');
        }
        Path data = Files.writeString(folder.resolve("many.csv"), text);
        Path out = folder.resolve("many");
        CommandRun run = CommandRun.of("diagnose", data, "--label", "y", "--id", "name", "--quiet", "--out", out);
        assertThat(run.status()).as(run.err()).isZero();
        return out.resolve("report.html");
    }

    /** How long until the page shows what the script asked for: two frames after it. */
    private static long millisecondsOf(Browser browser, String script) {
        Object time = browser.driver()
                .executeAsyncScript(
                        "const done = arguments[arguments.length - 1]; const start = performance.now(); "
                                + script
                                + "; requestAnimationFrame(() => requestAnimationFrame(() => done(Math.round(performance.now() - start))));");
        return ((Number) Objects.requireNonNull(time)).longValue();
    }

    private static String rowCount(Browser browser) {
        return browser.find("#suspicious .table-foot [role=status]").getText();
    }

    private static List<Integer> rowNumbers(Browser browser) {
        return browser.all("#suspicious table:has(th button) tbody td:nth-child(3)").stream()
                .map(cell -> Integer.parseInt(cell.getText()))
                .toList();
    }

    private static String background(Browser browser) {
        return Objects.requireNonNull(
                        browser.driver().executeScript("return getComputedStyle(document.body).backgroundColor"))
                .toString();
    }

    private static long coloursOf(Browser browser, WebElement canvas) {
        Object count = browser.driver()
                .executeScript(
                        "const c = arguments[0]; const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
                                + " return new Set(Array.from({length: d.length / 4}, (_, i) => d[4 * i])).size",
                        canvas);
        return ((Number) Objects.requireNonNull(count)).longValue();
    }
}
