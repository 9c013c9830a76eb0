package dev.assay.app.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bundles of the front end that are committed are those of its sources. */
class BundleTest {
    private static final Path FRONTEND = Path.of("src/main/frontend");
    private static final Path RESOURCES = Path.of("src/main/resources/dev/assay/app");

    @ParameterizedTest
    @CsvSource({"report, report", "page, web"})
    void bundleIsThatOfItsSources(String name, String folder) throws Exception {
        assumeTrue(Files.exists(FRONTEND.resolve("src").resolve(name)), "there is no front end " + name);

        Path digest = RESOURCES.resolve(folder).resolve(name + ".sources.sha256");
        assertThat(Files.readString(digest).strip())
                .as(
                        "%s was not made from the sources in app/src/main/frontend as they are:"
                                + " run npm ci && npm run build there and commit what it writes (its README.md says more)",
                        digest)
                .isEqualTo(digestOfSources(name));
    }

    /** SHA-256 over path, line feed and bytes of each source file, sorted by path: as build.mjs writes it. */
    private static String digestOfSources(String name) throws Exception {
        SortedMap<String, Path> sources = new TreeMap<>();
        addFilesBelow(FRONTEND.resolve("src").resolve(name), sources);
        addFilesBelow(FRONTEND.resolve("src/shared"), sources);
        addFilesBelow(FRONTEND.resolve("package-lock.json"), sources);
        addFilesBelow(FRONTEND.resolve("build.mjs"), sources);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (var source : sources.entrySet()) {
            digest.update((source.getKey() + "\n").getBytes(StandardCharsets.UTF_8));
            digest.update(Files.readAllBytes(source.getValue()));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void addFilesBelow(Path start, SortedMap<String, Path> sources) throws IOException {
        try (Stream<Path> files = Files.walk(start)) {
            files.filter(Files::isRegularFile)
                    .forEach(file ->
                            sources.put(FRONTEND.relativize(file).toString().replace('\\', '/'), file));
        }
    }
}
