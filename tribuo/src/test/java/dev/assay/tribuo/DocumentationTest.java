package dev.assay.tribuo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DocumentationTest {
    @Test
    void theExampleOfTheDocumentationRuns(@TempDir Path folder) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        DocumentedExample.run(
                PlantedExamples.ofLabels(PlantedExamples.labels(400, 11)),
                PlantedExamples.ofLabels(PlantedExamples.labels(100, 12)),
                folder,
                new PrintStream(bytes, true, StandardCharsets.UTF_8));

        List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSize(4);
        assertThat(Double.parseDouble(lines.get(1))).isGreaterThan(0.9);
        assertThat(folder.resolve("model").resolve("model.json")).exists();
    }

    @Test
    void theDocumentationShowsWhatIsCompiledHere() throws IOException {
        String source = Files.readString(Path.of("src/test/java/dev/assay/tribuo/DocumentedExample.java"));
        String page = Files.readString(Path.of("..", "docs", "tribuo.md"));

        String shown = source.substring(source.indexOf("from here\n") + 10, source.indexOf("        // to here"));

        assertThat(page).contains(shown.stripTrailing().stripIndent().strip());
    }
}
