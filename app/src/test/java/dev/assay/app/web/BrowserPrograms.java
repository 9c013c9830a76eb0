package dev.assay.app.web;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Chromium or Chrome and its driver, as they are installed on this machine. The environment variables ASSAY_CHROMIUM and
 * ASSAY_CHROMEDRIVER name them where they are in an unusual place.
 *
 * @param browser the program of the browser
 * @param driver the program chromedriver
 */
record BrowserPrograms(Path browser, Path driver) {
    /** What to do where they are missing. */
    static final String HINT =
            "install Chromium and its driver, for example 'apt-get install chromium chromium-driver',"
                    + " or name them in ASSAY_CHROMIUM and ASSAY_CHROMEDRIVER";

    private static final List<String> BROWSERS = List.of(
            "chromium",
            "chromium-browser",
            "google-chrome",
            "google-chrome-stable",
            "chrome",
            "Google Chrome",
            "Chromium");
    private static final List<String> DRIVERS = List.of("chromedriver", "chromium.chromedriver");
    private static final List<String> FOLDERS = List.of(
            "/usr/bin",
            "/usr/local/bin",
            "/usr/lib/chromium",
            "/usr/lib/chromium-browser",
            "/snap/bin",
            "/opt/homebrew/bin",
            "/Applications/Google Chrome.app/Contents/MacOS",
            "/Applications/Chromium.app/Contents/MacOS");

    /** The programs, or nothing where one of the two is missing. */
    static Optional<BrowserPrograms> find() {
        return named("ASSAY_CHROMIUM", BROWSERS)
                .flatMap(browser ->
                        named("ASSAY_CHROMEDRIVER", DRIVERS).map(driver -> new BrowserPrograms(browser, driver)));
    }

    private static Optional<Path> named(String variable, List<String> names) {
        String given = System.getenv(variable);
        if (given != null && !given.isBlank()) {
            return Optional.of(Path.of(given)).filter(Files::isExecutable);
        }
        List<Path> folders = new ArrayList<>();
        String path = System.getenv("PATH");
        if (path != null) {
            Stream.of(path.split(File.pathSeparator))
                    .filter(entry -> !entry.isBlank())
                    .map(Path::of)
                    .forEach(folders::add);
        }
        FOLDERS.stream().map(Path::of).forEach(folders::add);
        return names.stream()
                .flatMap(name -> folders.stream().map(folder -> folder.resolve(name)))
                .filter(Files::isExecutable)
                .filter(file -> !Files.isDirectory(file))
                .findFirst();
    }
}
