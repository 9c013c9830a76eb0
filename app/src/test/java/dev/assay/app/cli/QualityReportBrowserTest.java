package dev.assay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.app.web.Browser;
import dev.assay.app.web.BrowserExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** What a report shows beside wrong labels: each check has something to say of one file, and nothing of another. */
@ExtendWith(BrowserExtension.class)
class QualityReportBrowserTest {
    private static final List<String> CHECKS = List.of("outliers", "near-duplicates", "classes", "leaks", "order");

    @TempDir
    static Path folder = Path.of("");

    private static Path planted = Path.of("");
    private static Path clean = Path.of("");
    private static Path changing = Path.of("");
    private static Path given = Path.of("");

    @BeforeAll
    static void runOnce() throws IOException {
        planted = report("planted", planted(), "diagnose", "--id", "name", "--model", "linear");
        clean = report("clean", clean(), "diagnose", "--model", "linear");
        changing = report("changing", changing(), "divide", "--time", "day", "--model", "linear", "--max-blocks", "2");
        given = report(
                "given",
                labels(),
                "diagnose",
                "--probabilities",
                folder.resolve("probabilities.csv").toString(),
                "--no-outliers",
                "--no-order-drift");
    }

    @BeforeEach
    void asOnADesktop(Browser browser) {
        browser.fresh();
    }

    @Test
    void everyCheckShowsWhatItFoundBesideItsControl(Browser browser) {
        browser.open(planted);
        browser.find("h1");

        for (String check : List.of("outliers", "classes", "leaks", "order")) {
            assertThat(browser.all(".contents a[href='#" + check + "']"))
                    .as(check)
                    .hasSize(1);
            assertThat(browser.find("#" + check + " .advice").getText())
                    .as(check)
                    .startsWith("What to do.");
        }
        assertThat(text(browser, "outliers"))
                .contains("beyond the fence; by chance it would be", "What speaks loudest")
                .containsPattern("[abcd] = 9\\.\\d+");
        assertThat(text(browser, "classes")).contains("\"odd\"", "by chance");
        assertThat(text(browser, "leaks")).contains("refund", "--drop", "labels shuffled");
        assertThat(text(browser, "order")).contains("drift changes: ", "in random order");
        browser.noConsoleErrors();
        browser.noForeignRequests();
        browser.noSeriousAccessibilityProblems();
        browser.screenshotOfAll("report-quality");
    }

    @Test
    void outliersOpenAndChartsAnswerByKeyboard(Browser browser) {
        browser.open(planted);
        browser.find("h1");

        browser.tabTo("#outliers button.expander");
        browser.press(Keys.ENTER);
        assertThat(text(browser, "outliers")).contains("nats", "Values");
        browser.tabTo("#order .plot-box");
        browser.press(Keys.ARROW_RIGHT);
        assertThat(browser.find("#order .plot-box .tooltip").getText()).contains("in random order");
        browser.noConsoleErrors();
    }

    @Test
    void rowsOfAClusterStandSideBySideWhereLabelsDisagreeFirst(Browser browser) {
        browser.open(given);
        browser.find("h1");

        assertThat(text(browser, "near-duplicates"))
                .contains("Clusters whose labels disagree", "where labels are dealt at random", "--group");
        browser.tabTo("#near-duplicates button.expander");
        browser.press(Keys.ENTER);
        assertThat(browser.all("#near-duplicates .cluster-rows tbody tr").size())
                .isGreaterThan(1);
        assertThat(browser.find("#near-duplicates .data-table tbody tr").getText())
                .contains("disagree");
        browser.noConsoleErrors();
    }

    @Test
    void aCleanFileAsksForNothing(Browser browser) {
        browser.open(clean);
        browser.find("h1");

        for (String check : CHECKS) {
            assertThat(browser.all("#" + check + " h2")).as(check).hasSize(1);
            assertThat(browser.all("#" + check + " .advice")).as(check).isEmpty();
            assertThat(browser.all("#" + check + " .tag-bad")).as(check).isEmpty();
        }
        browser.noConsoleErrors();
        browser.noSeriousAccessibilityProblems();
        browser.screenshotOfAll("report-clean");
    }

    @Test
    void blocksOverTimeAreFollowed(Browser browser) {
        browser.open(changing);
        browser.find("h1");

        assertThat(text(browser, "over-time")).contains("The blocks follow day", "in all periods", "2024-");
        assertThat(browser.all("#outliers, #near-duplicates, #order"))
                .as("of diagnose alone")
                .isEmpty();
        browser.noConsoleErrors();
        browser.noSeriousAccessibilityProblems();
        browser.screenshotOfAll("report-over-time");
    }

    @Test
    void givenProbabilitiesAreHeldAgainstLabelsAndWhatWasSwitchedOffIsOneLine(Browser browser) {
        browser.open(given);
        browser.find("h1");

        assertThat(text(browser, "given")).contains("As given: the probabilities are", "at temperature", "taken for");
        browser.find("#given a[href='#suspicious']");
        assertThat(text(browser, "outliers").lines())
                .containsExactly("Outliers", "Rows far out in their features were not looked for (--no-outliers).");
        assertThat(text(browser, "order").lines())
                .containsExactly("Order of the file", "Changes along the file were not looked for (--no-order-drift).");
        browser.noConsoleErrors();
        browser.noSeriousAccessibilityProblems();
        browser.screenshotOfAll("report-given");
    }

    @Test
    void nothingIsCutOffOnAPhoneAndInTheDark(Browser browser) {
        browser.dark(true);
        browser.size(360, 740);
        for (Path report : List.of(changing, given, planted)) {
            browser.open(report);
            browser.find("h1");
            browser.noClippedTables();
            browser.noSidewaysScrolling();
        }
        browser.noSeriousAccessibilityProblems();
        browser.screenshotOfAll("report-quality-phone-dark");
        browser.noConsoleErrors();
    }

    private static String text(Browser browser, String section) {
        WebElement found = browser.find("#" + section);
        return found.getText();
    }

    private static Path report(String name, Path data, String command, String... options) {
        Path out = folder.resolve(name);
        List<Object> words = new ArrayList<>(List.of(command, data, "--label", "y", "--quiet", "--out", out));
        words.addAll(List.of(options));
        CommandRun run = CommandRun.of(words.toArray());
        assertThat(run.status()).as(run.err()).isZero();
        return out.resolve("report.html");
    }

    private static Path write(String name, String header, List<String> lines) throws IOException {
        return Files.writeString(folder.resolve(name + ".csv"), header + "\n" + String.join("\n", lines) + "\n");
    }

    /** Rows far out, a rare class, a column that drifts and one made from the label. */
    private static Path planted() throws IOException {
        Random random = new Random(11);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            double[] own = new double[4];
            boolean far = i % 50 == 7;
            for (int j = 0; j < 4; j++) {
                own[j] = far ? 9 + random.nextDouble() : random.nextGaussian();
            }
            String label = i % 60 == 5 ? "odd" : own[0] + 0.4 * random.nextGaussian() > 0 ? "yes" : "no";
            lines.add(String.format(
                    Locale.ROOT,
                    "n%d,%.4f,r%s,%s,%s",
                    i,
                    i / 80.0 + random.nextGaussian(),
                    label.charAt(0),
                    numbers(own),
                    label));
        }
        return write("planted", "name,drift,refund,a,b,c,d,y", lines);
    }

    private static String numbers(double[] values) {
        List<String> texts = new ArrayList<>();
        for (double value : values) {
            texts.add(String.format(Locale.ROOT, "%.5f", value));
        }
        return String.join(",", texts);
    }

    private static double[] gaussians(Random random) {
        return new double[] {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
    }

    private static Path clean() throws IOException {
        Random random = new Random(2);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            double[] x = gaussians(random);
            lines.add(numbers(x) + "," + (x[0] + x[1] + 0.3 * random.nextGaussian() > 0 ? "up" : "down"));
        }
        return write("clean", "a,b,c,y", lines);
    }

    /** A rule that a newer one takes the place of, day by day. */
    private static Path changing() throws IOException {
        Random random = new Random(5);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            double[] x = gaussians(random);
            double sum = random.nextInt(400) < i ? 2 * x[0] + x[1] : -2 * x[0] + x[1] - x[2];
            lines.add(LocalDate.of(2024, 1, 1).plusDays(i) + "," + numbers(x) + "," + (sum > 0 ? "up" : "down"));
        }
        return write("changing", "day,a,b,c,y", lines);
    }

    /** Pairs of next to equal rows; one label in ten is wrong, and the probabilities beside them are too sure. */
    private static Path labels() throws IOException {
        Random random = new Random(7);
        List<String> lines = new ArrayList<>();
        List<String> said = new ArrayList<>();
        double[] x = new double[3];
        for (int i = 0; i < 400; i++) {
            boolean truth = random.nextBoolean();
            boolean right = random.nextInt(100) < 85;
            double yes = (truth == right ? 0.97 : 0.03) + 0.02 * random.nextDouble();
            for (int j = 0; j < 3; j++) {
                x[j] = i % 2 == 0 ? random.nextGaussian() : x[j] + 0.001 * random.nextGaussian();
            }
            lines.add(numbers(x) + "," + (truth == (random.nextInt(10) > 0) ? "yes" : "no"));
            said.add(String.format(Locale.ROOT, "%.4f,%.4f", 1 - yes, yes));
        }
        write("probabilities", "no,yes", said);
        return write("labels", "a,b,c,y", lines);
    }
}
