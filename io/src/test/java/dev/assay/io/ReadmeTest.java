package dev.assay.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What README.md shows of the library can be copied and compiled, and what the documentation announces is there. */
class ReadmeTest {
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void noHeadingOfTheDocumentationHasNothingBelowIt() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("..", "docs"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".md")).toList()) {
                String heading = "";
                for (String line : Files.readAllLines(file)) {
                    boolean isHeading = line.startsWith("#");
                    assertThat(isHeading && !heading.isEmpty() && level(line) <= level(heading))
                            .as("nothing below '%s' in %s", heading, file.getFileName())
                            .isFalse();
                    heading = isHeading ? line : line.isBlank() ? heading : "";
                }
                assertThat(heading).as("the end of %s", file.getFileName()).isEmpty();
            }
        }
    }

    private static int level(String heading) {
        return heading.indexOf(' ');
    }

    @Test
    void theExampleCompiles() throws IOException {
        Matcher example = JAVA.matcher(Files.readString(Path.of("..", "README.md")));
        assertThat(example.find()).isTrue();
        Path source = Files.writeString(folder.resolve("Example.java"), example.group(1));
        assertThat(example.find()).as("a second example").isFalse();

        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            Iterable<? extends JavaFileObject> sources = files.getJavaFileObjects(source);
            boolean compiled = compiler.getTask(
                            said, files, null, List.of("-d", folder.toString(), "-Xlint:all", "-Werror"), null, sources)
                    .call();
            assertThat(compiled).as(said.toString()).isTrue();
        }
    }
}
