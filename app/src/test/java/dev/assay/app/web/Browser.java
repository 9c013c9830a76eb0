package dev.assay.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.Rectangle;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A headless Chromium with a profile of its own, and what the tests of the report and of the web page ask of it. Waiting is
 * always for something that is to be seen, never for a time.
 */
public final class Browser implements AutoCloseable {
    /** Long enough for a busy machine; a test that passes does not wait for it. */
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private static final int PIXELS_WIDE = 1200;
    private static final int PIXELS_HIGH = 900;
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> HARMLESS = Set.of("file", "data", "blob", "about", "chrome");

    /** Held, because a logger that nobody holds forgets its level. */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    private final ChromeDriver driver;
    private final Path folder;
    private final List<String> requests = new ArrayList<>();

    private Browser(ChromeDriver driver, Path folder) {
        this.driver = driver;
        this.folder = folder;
    }

    static Browser start(BrowserPrograms programs) throws IOException {
        SELENIUM.setLevel(Level.SEVERE); // else it warns of protocols that nothing here uses
        Path folder = Files.createTempDirectory("assay-browser");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(programs.browser().toFile());
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-default-apps",
                "--disable-features=Translate,OptimizationHints,MediaRouter",
                "--force-device-scale-factor=1",
                "--hide-scrollbars",
                "--lang=en-GB",
                "--window-size=" + PIXELS_WIDE + "," + PIXELS_HIGH,
                "--user-data-dir=" + folder.resolve("profile"));
        options.setExperimentalOption(
                "prefs",
                Map.of(
                        "download.default_directory",
                        Files.createDirectory(folder.resolve("downloads")).toString(),
                        "download.prompt_for_download",
                        false));
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        // both programs are named, so that nothing looks for them elsewhere or downloads them
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(programs.driver().toFile())
                .usingAnyFreePort()
                .withSilent(true)
                .build();
        service.sendOutputTo(OutputStream.nullOutputStream());
        Browser browser = new Browser(new ChromeDriver(service, options), folder);
        browser.size(PIXELS_WIDE, PIXELS_HIGH);
        return browser;
    }

    /** Selenium's driver, for what is not here. */
    public ChromeDriver driver() {
        return driver;
    }

    /** Shows a page. */
    public void open(String address) {
        driver.get(address);
    }

    /** Shows a file as somebody does who clicks at it. */
    public void open(Path file) {
        driver.get(file.toUri().toString());
    }

    /** Makes the window this large, in CSS pixels; 360 is a narrow phone. */
    public void size(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** As at the start: a window of a desktop in light colours, and nothing said on the console. */
    public void fresh() {
        size(PIXELS_WIDE, PIXELS_HIGH);
        dark(false);
        driver.manage().logs().get(LogType.BROWSER);
    }

    /** Asks pages for dark or light colours, as the settings of a machine do. */
    public void dark(boolean dark) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"),
                                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    }

    /** Waits until the condition holds; what says in words what was waited for. */
    public void await(String what, Predicate<ChromeDriver> condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!holds(condition)) {
            if (System.nanoTime() > end) {
                throw new TimeoutException("waited " + PATIENCE.toSeconds() + " s for " + what + "; the page says:\n"
                        + text() + "\nand its console:\n"
                        + driver.manage().logs().get(LogType.BROWSER).getAll());
            }
            awaitFrame();
        }
    }

    private boolean holds(Predicate<ChromeDriver> condition) {
        try {
            return condition.test(driver);
        } catch (StaleElementReferenceException e) {
            return false; // drawn anew meanwhile: look again
        }
    }

    /** Gives the page the time to draw twice. */
    private void awaitFrame() {
        driver.executeAsyncScript("const done = arguments[arguments.length - 1];"
                + " requestAnimationFrame(() => setTimeout(done, 20));");
    }

    /** The first visible element that the selector finds, as soon as there is one. */
    public WebElement find(String css) {
        await(css, page -> !all(css).isEmpty());
        return all(css).get(0);
    }

    /** The visible element of this kind whose text, without spaces around it, is this. */
    public WebElement find(String css, String text) {
        await(
                css + " with the text '" + text + "'",
                page -> withText(css, text).findAny().isPresent());
        return withText(css, text).findFirst().orElseThrow();
    }

    /** All visible elements that the selector finds now. */
    public List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css)).stream()
                .filter(WebElement::isDisplayed)
                .toList();
    }

    private Stream<WebElement> withText(String css, String text) {
        return all(css).stream().filter(element -> element.getText().strip().equals(text));
    }

    /** The field that this label names. */
    public WebElement field(String label) {
        await("a field named '" + label + "'", page -> fieldOf(label) != null);
        return Objects.requireNonNull(fieldOf(label));
    }

    private @Nullable WebElement fieldOf(String label) {
        return (WebElement) driver.executeScript(
                "const label = [...document.querySelectorAll('label')].find(l => l.textContent.trim() === arguments[0]);"
                        + " return label ? label.control : null;",
                label);
    }

    /** Clicks on the button or link with this text, once it is there and can be used. */
    public void click(String text) {
        await(
                "a button or link '" + text + "'",
                page -> withText("button, a, summary", text).anyMatch(WebElement::isEnabled));
        withText("button, a, summary", text)
                .filter(WebElement::isEnabled)
                .findFirst()
                .orElseThrow()
                .click();
    }

    /** Chooses the entry with this text in the list that the label names. */
    public void choose(String label, String entry) {
        field(label).findElements(By.tagName("option")).stream()
                .filter(option -> option.getText().strip().equals(entry))
                .findFirst()
                .orElseThrow(() -> new AssertionError("'" + label + "' has no entry '" + entry + "'"))
                .click();
    }

    /** Gives a file to the field that the label names, as the dialogue of the system does. */
    public void give(String label, Path file) {
        field(label).sendKeys(file.toAbsolutePath().toString());
    }

    /** Presses keys where the focus is. */
    public void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** Goes with the Tab key until this element has the focus. */
    public void tabTo(String css) {
        for (int i = 0; i < 200; i++) {
            boolean there = (Boolean) Objects.requireNonNull(
                    driver.executeScript("return document.activeElement.matches(arguments[0]);", css));
            if (there) {
                return;
            }
            press(Keys.TAB);
        }
        throw new AssertionError("the Tab key does not lead to " + css);
    }

    /** What stands in the field that the label names. */
    public String valueOf(String label) {
        return Objects.requireNonNullElse(field(label).getDomProperty("value"), "");
    }

    /** Waits until the page shows this text somewhere. */
    public void see(String text) {
        await("the text '" + text + "'", page -> text().contains(text));
    }

    /** All text that is visible on the page. */
    public String text() {
        return driver.findElement(By.tagName("body")).getText();
    }

    /** The file that the browser has loaded and whose name is as wanted, when it has it whole. */
    public Path download(Predicate<String> wanted) {
        await("a download", page -> downloaded(wanted).isPresent());
        return downloaded(wanted).orElseThrow();
    }

    private Optional<Path> downloaded(Predicate<String> wanted) {
        try (Stream<Path> files = Files.list(folder.resolve("downloads"))) {
            return files.filter(file -> wanted.test(file.getFileName().toString()))
                    .filter(file -> !file.toString().endsWith(".crdownload"))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Cuts the browser off from everything, this machine included, or connects it again. */
    public void online(boolean online) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand(
                "Network.emulateNetworkConditions",
                Map.of("offline", !online, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    }

    /** A picture of what the window shows, as target/screenshots/NAME.png. */
    public Path screenshot(String name) {
        return write(name, picture());
    }

    /** A picture of all of a page that is longer than the window, as target/screenshots/NAME.png. */
    public Path screenshotOfAll(String name) {
        JsonNode content = JSON.valueToTree(driver.executeCdpCommand("Page.getLayoutMetrics", Map.of()))
                .path("cssContentSize");
        return write(
                name,
                picture(
                        0,
                        0,
                        content.path("width").asInt(),
                        Math.min(16_000, content.path("height").asInt())));
    }

    /** What the window shows, as PNG. */
    public byte[] picture() {
        return png(Map.of("format", "png"));
    }

    /** An element of the page with all that it holds, at most so high, as PNG. */
    public byte[] pictureOf(String css, int height) {
        WebElement element = find(css);
        Rectangle place = element.getRect();
        return picture(place.getX(), place.getY(), place.getWidth(), Math.min(height, place.getHeight()));
    }

    private byte[] picture(int x, int y, int width, int height) {
        return png(Map.of(
                "format",
                "png",
                "captureBeyondViewport",
                true,
                "clip",
                Map.of("x", x, "y", y, "width", width, "height", height, "scale", 1)));
    }

    private byte[] png(Map<String, Object> settings) {
        Object data =
                driver.executeCdpCommand("Page.captureScreenshot", settings).get("data");
        return Base64.getDecoder().decode(Objects.requireNonNull(data).toString());
    }

    private static Path write(String name, byte[] png) {
        try {
            return Files.write(Files.createDirectories(SCREENSHOTS).resolve(name + ".png"), png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Nothing went wrong on the page since the last look.
     *
     * @param expected parts of messages that are no fault, such as the 409 that a test provokes
     */
    public void noConsoleErrors(String... expected) {
        assertThat(driver.manage().logs().get(LogType.BROWSER).getAll())
                .filteredOn(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .extracting(LogEntry::getMessage)
                .filteredOn(message -> Stream.of(expected).noneMatch(message::contains))
                .as("errors and warnings in the browser's console")
                .isEmpty();
    }

    /** Everything that was asked for since the start came from this machine. */
    public void noForeignRequests() {
        for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE).getAll()) {
            JsonNode message = parse(entry.getMessage()).path("message");
            String method = message.path("method").asText();
            if (method.equals("Network.requestWillBeSent")) {
                requests.add(message.path("params").path("request").path("url").asText());
            }
            if (method.equals("Network.webSocketCreated")) {
                requests.add(message.path("params").path("url").asText());
            }
        }
        assertThat(requests)
                .as("requests of the page")
                .isNotEmpty()
                .allMatch(Browser::staysHere, "stays on this machine");
    }

    private static boolean staysHere(String address) {
        String scheme = address.substring(0, Math.max(0, address.indexOf(':')));
        return HARMLESS.contains(scheme)
                || "127.0.0.1".equals(URI.create(address).getHost());
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** axe-core finds no serious or critical problem on the page as it is now. */
    public void noSeriousAccessibilityProblems() {
        driver.executeScript(AxeScript.TEXT);
        Object found = driver.executeAsyncScript("const done = arguments[arguments.length - 1];"
                + " axe.run(document, {resultTypes: ['violations']})"
                + ".then(result => done(JSON.stringify(result.violations)), error => done(JSON.stringify([{impact: 'critical',"
                + " id: String(error), help: '', nodes: []}])));");
        List<String> problems = new ArrayList<>();
        for (JsonNode violation : parse(Objects.requireNonNull(found).toString())) {
            String impact = violation.path("impact").asText();
            if (impact.equals("serious") || impact.equals("critical")) {
                for (JsonNode node : violation.path("nodes")) {
                    problems.add(impact + " " + violation.path("id").asText() + ", "
                            + violation.path("help").asText() + ": "
                            + node.path("html").asText() + "\n  "
                            + node.path("failureSummary").asText());
                }
                if (violation.path("nodes").isEmpty()) {
                    problems.add(violation.toString());
                }
            }
        }
        assertThat(problems)
                .as("accessibility problems of " + driver.getCurrentUrl())
                .isEmpty();
    }

    /** No table is wider than its place, no cell wider than its column, with all the data behind charts unfolded. */
    public void noClippedTables() {
        driver.executeScript("document.querySelectorAll('details.chart-data').forEach(each => each.open = true);");
        awaitFrame();
        Object clipped = driver.executeScript("return [...document.querySelectorAll('.scroller')].filter(box =>"
                + " box.scrollWidth > box.clientWidth + 1).map(box => (box.getAttribute('aria-label') || box.innerText.slice(0, 60))"
                + " + ': ' + box.scrollWidth + ' in ' + box.clientWidth).concat([...document.querySelectorAll('.scroller td,"
                + " .scroller tbody th')].filter(cell => cell.scrollWidth > cell.clientWidth + 1).map(cell => 'cell '"
                + " + cell.innerText.slice(0, 60) + ': ' + cell.scrollWidth + ' in ' + cell.clientWidth));");
        assertThat((List<?>) Objects.requireNonNull(clipped))
                .as("what is cut off at " + driver.getCurrentUrl())
                .isEmpty();
        assertThat(all(".scroller table")).isNotEmpty();
    }

    /** The page needs no scrolling to the side. */
    public void noSidewaysScrolling() {
        assertThat(driver.executeScript("return document.documentElement.scrollWidth - window.innerWidth;"))
                .as("pixels that the page is wider than the window, at " + driver.getCurrentUrl())
                .isInstanceOfSatisfying(Long.class, wider -> assertThat(wider).isLessThanOrEqualTo(0));
    }

    @Override
    public void close() throws IOException {
        driver.quit();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** axe-core's script, read once. */
    private static final class AxeScript {
        static final String TEXT = read();

        private AxeScript() {}

        private static String read() {
            try (InputStream script = Browser.class.getResourceAsStream("/axe.min.js")) {
                return new String(
                        Objects.requireNonNull(script, "no axe.min.js").readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
