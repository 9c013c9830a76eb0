package dev.assay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the start script of the checkout says where there is no Java to start. */
class StartScriptTest {
    private static final Path SCRIPT = Path.of("..", "assay").toAbsolutePath().normalize();

    @TempDir
    private Path folder = Path.of("");

    private Path tools = Path.of("");

    @BeforeEach
    void giveItNothingButReadlink() throws IOException {
        assumeTrue(!tool("bash").isEmpty() && !tool("readlink").isEmpty(), "needs bash and readlink");
        tools = Files.createDirectory(folder.resolve("tools"));
        Files.createSymbolicLink(tools.resolve("readlink"), Path.of(tool("readlink")));
    }

    @Test
    void withoutJavaItSaysWhatToInstall() throws Exception {
        refusesToStart(SCRIPT, null);
    }

    @Test
    void throughASymbolicLinkToo() throws Exception {
        Path link = Files.createDirectory(folder.resolve("my tools")).resolve("assay");
        Files.createSymbolicLink(link, SCRIPT);
        refusesToStart(link, null);
    }

    @Test
    void anOldJavaWillNotDo() throws Exception {
        Path home = folder.resolve("old java");
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.createFile(java, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");
        refusesToStart(SCRIPT, home);
    }

    private void refusesToStart(Path script, @Nullable Path home) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(tool("bash"), script.toString(), "--help");
        builder.environment().put("PATH", tools.toString());
        builder.environment().remove("JAVA_HOME");
        if (home != null) {
            builder.environment().put("JAVA_HOME", home.toString());
        }
        Process process = builder.directory(folder.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(out).isEmpty();
        assertThat(err.lines().toList()).hasSize(1).first().asString().contains("install", "openjdk-17");
    }

    /** Where a tool is, empty if nowhere. */
    private static String tool(String name) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(place -> Path.of(place, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse("");
    }
}
