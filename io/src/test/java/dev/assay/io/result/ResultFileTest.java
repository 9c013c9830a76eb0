package dev.assay.io.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.data.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class ResultFileTest {
    private static final List<ResultColumn> ROWS = List.of(new ResultColumn.Integers("row", new int[] {0, 1}));
    private static final String TEXT = "row\n0\n1\n";

    @TempDir
    Path folder;

    @Test
    void aLinkStaysAndWhatItPointsToIsReplaced() throws IOException {
        Path target = Files.createDirectory(folder.resolve("elsewhere")).resolve("target.csv");
        Files.writeString(target, "before, and much longer than what comes");
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-------"));
        Path link = Files.createSymbolicLink(folder.resolve("link.csv"), Path.of("elsewhere", "target.csv"));

        ResultFile.at(link).write(ROWS);

        assertThat(link).isSymbolicLink();
        assertThat(target).isRegularFile().hasContent(TEXT);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
                .isEqualTo("rw-------");
        assertThat(target.getParent()).isDirectoryNotContaining("glob:**unfinished");
    }

    @Test
    void aLinkToNothingYetMakesItsTarget() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link.csv"), folder.resolve("target.csv"));

        ResultFile.at(link).write(ROWS);

        assertThat(link).isSymbolicLink();
        assertThat(folder.resolve("target.csv")).hasContent(TEXT);
    }

    @Test
    void aLinkToItselfIsRefused() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link.csv"), Path.of("link.csv"));

        assertThatThrownBy(() -> ResultFile.at(link))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("leads back to itself");
    }

    @Test
    void aPipeIsWrittenTo() throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "there is no mkfifo");
        Process reader = new ProcessBuilder("cat", pipe.toString()).start();

        ResultFile.at(pipe).write(ROWS);

        assertThat(new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(TEXT);
        assertThat(Files.isRegularFile(pipe)).isFalse();
        assertThat(pipe).exists();
    }

    @Test
    void aDeviceIsWrittenTo() {
        ResultFile.at(Path.of("/dev/null")).write(ROWS);

        assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
    }

    @Test
    void nothingStaysWhereItCannotBeWritten() throws IOException {
        assumeTrue(Files.exists(Path.of("/dev/full")), "there is no /dev/full");

        assertThatThrownBy(() -> ResultFile.at(Path.of("/dev/full")).write(ROWS))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("/dev/full cannot be written")
                .hasMessageContaining("No space left");
    }
}
