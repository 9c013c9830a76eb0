package dev.assay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a row does not depend on where it stands in its file, to the last digit. */
class ShuffledRowsTest {
    private static final int ROWS = 240;
    private static final long SEED = 4;

    @TempDir
    Path folder;

    @Test
    void ofNoisyClasses() throws IOException {
        Random random = new Random(SEED);
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            double a = random.nextGaussian();
            double b = random.nextGaussian();
            boolean yes = a + b > 0 != random.nextInt(5) < 1;
            lines.add(String.format(Locale.ROOT, "%.4f,%.4f,%s,%s", a, b, "k" + random.nextInt(3), yes ? "yes" : "no"));
        }
        same(lines, "purify");
        same(lines, "run");
    }

    @Test
    void ofNumbersByTwoRules() throws IOException {
        Random random = new Random(SEED);
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            double a = random.nextGaussian();
            double y = (row % 3 == 0 ? -2 * a : 3 * a + 1) + 0.1 * random.nextGaussian();
            lines.add(String.format(Locale.ROOT, "%.4f,%.4f,%s,%.5f", a, random.nextGaussian(), "k", y));
        }
        same(lines, "divide");
        same(lines, "diagnose");
    }

    private void same(List<String> lines, String command) throws IOException {
        List<Integer> order = new ArrayList<>(IntStream.range(0, ROWS).boxed().toList());
        Collections.shuffle(order, new Random(SEED));
        List<Map<String, String>> plain = rows(lines, command, "plain");
        List<Map<String, String>> shuffled = rows(order.stream().map(lines::get).toList(), command, "shuffled");
        for (int place = 0; place < ROWS; place++) {
            assertThat(shuffled.get(place)).containsEntry("row", String.valueOf(place));
            Map<String, String> row = plain.get(order.get(place));
            row.putAll(Map.of("row", String.valueOf(place), "id", String.valueOf(place)));
            assertThat(shuffled.get(place)).as("%s, seed %d", command, SEED).isEqualTo(row);
        }
    }

    private List<Map<String, String>> rows(List<String> lines, String command, String name) throws IOException {
        Path file = folder.resolve(name + ".csv");
        Files.writeString(file, "a,b,c,y\n" + String.join("\n", lines) + "\n");
        Path out = folder.resolve(command + name);
        CommandRun run = CommandRun.of(command, file, "--label", "y", "--out", out, "--quiet");
        assertThat(run.status()).as(run.err()).isZero();
        return TwoRules.csv(out.resolve("rows.csv"));
    }
}
