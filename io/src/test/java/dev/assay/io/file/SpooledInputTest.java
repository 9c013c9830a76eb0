package dev.assay.io.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.io.DataReader;
import dev.assay.io.read.LoadedData;
import dev.assay.io.read.ReadSettings;
import dev.assay.io.table.RowTexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes through a pipe is read like a file, as often as it takes. */
class SpooledInputTest {
    @TempDir
    Path folder;

    @Test
    void aNamedPipeIsRead() throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("a.csv"), "x,y\n" + "1.5,p\n2,q\n".repeat(20));
        Path pipe = folder.resolve("pipe.csv");
        assumeTrue(run("mkfifo " + pipe).waitFor() == 0, "no named pipes here");
        Process writer = run("cat " + file + " > " + pipe);
        ReadSettings settings = ReadSettings.automatic().withLabel("y");
        LoadedData data = new DataReader(1).read(pipe, settings);

        assertThat(writer.waitFor()).isZero();
        assertThat(data.source().path()).isEqualTo(pipe);
        assertThat(data.dataset().fingerprint())
                .isEqualTo(new DataReader(1).read(file, settings).dataset().fingerprint());
        assertThat(RowTexts.of(data.source(), List.of("x"), new int[] {1})).containsExactly(List.of("2"));
    }

    private static Process run(String command) throws IOException {
        return new ProcessBuilder("sh", "-c", command).start();
    }
}
