package dev.assay.io.file;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.data.InvalidInputException;
import dev.assay.io.DataReader;
import dev.assay.io.read.ReadSettings;
import dev.assay.io.table.RecordSplitter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryTest {
    @TempDir
    Path folder;

    @Test
    void allCopiesCount() {
        long examples = Runtime.getRuntime().maxMemory() / 8 / 100;
        assertThatCode(() -> Memory.require("data", examples, 50, 50)).doesNotThrowAnyException();
        assertThatThrownBy(() -> Memory.require("data", examples, 50, 100))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("data is too large")
                .hasMessageContaining("allow more memory (memory: ");
    }

    @Test
    void aRowWithoutAnEndIsRefusedInOneLine() throws IOException {
        assertTooLong("line.csv.gz", "x,y\n1,p\n");
        assertTooLong("quote.csv.gz", "x,y\n1,\"");
        assertTooLong("object.jsonl.gz", "{\"x\":1}\n{\"x\":\"");
    }

    private void assertTooLong(String name, String start) throws IOException {
        Path file = folder.resolve(name);
        byte[] block = new byte[1 << 20];
        Arrays.fill(block, (byte) 'x');
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(start.getBytes(StandardCharsets.UTF_8));
            for (long written = 0; written <= RecordSplitter.longest(); written += block.length) {
                out.write(block);
            }
        }
        assertThatThrownBy(() ->
                        new DataReader(1).read(file, ReadSettings.automatic().withLabel("y")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is longer than " + (RecordSplitter.longest() >> 20) + " MB")
                .message()
                .doesNotContain("\n");
    }
}
