package dev.assay.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstStepsTest {
    @Test
    void findsTheTwoDevicesAndPredictsByThem(@TempDir Path folder) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        FirstSteps.run(folder, new PrintStream(bytes, true, StandardCharsets.UTF_8));

        String text = bytes.toString(StandardCharsets.UTF_8);
        assertThat(text).contains("verdict: MIXED").contains("known by: source");
        assertThat(text).containsPattern("device A: worn with probability (0.9|1.0)");
        assertThat(text).containsPattern("device B: good with probability (0.9|1.0)");
        assertThat(folder.resolve("model").resolve("model.json")).exists();
    }
}
