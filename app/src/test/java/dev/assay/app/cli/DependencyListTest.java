package dev.assay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The list of libraries and licences names what is shipped: all of it, and nothing else. */
class DependencyListTest {
    private static final Pattern LINE = Pattern.compile("\\| ([\\w.-]+):([\\w.-]+) \\| (\\S+) \\| (.*) \\|");

    @Test
    void everyLibraryOnTheClassPathIsListedWithItsLicence() throws IOException {
        Set<String> listed = new TreeSet<>();
        for (String line : Files.readAllLines(Path.of("../docs/dependencies.md"))) {
            Matcher entry = LINE.matcher(line);
            if (entry.matches()) {
                assertThat(entry.group(4)).as(line).isNotBlank();
                listed.add(entry.group(1).replace('.', '/') + "/" + entry.group(2) + "/" + entry.group(3));
            }
        }
        Set<String> shipped = new TreeSet<>();
        for (String entry :
                Files.readString(Path.of("target/classpath")).strip().split(System.getProperty("path.separator"), -1)) {
            // group/artifact/version/file.jar in a repository; the other modules are not from one
            Path folder = Path.of(entry).toAbsolutePath().getParent();
            boolean isOurs = entry.contains("assay-") || entry.endsWith("classes");
            if (!isOurs && folder != null) {
                String place = folder.toString().replace('\\', '/');
                shipped.add(listed.stream().filter(place::endsWith).findFirst().orElse("not listed: " + place));
            }
        }

        assertThat(shipped).isEqualTo(listed);
    }
}
