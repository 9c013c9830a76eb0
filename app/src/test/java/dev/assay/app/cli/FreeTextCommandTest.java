package dev.assay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages about two topics, some filed under the wrong one. */
final class FreeTextCommandTest {
    private static final int ROWS = 240;
    private static final List<List<String>> WORDS = List.of(
            List.of("engine", "brake", "wheel", "gear", "fuel", "motor", "clutch", "tyre"),
            List.of("apple", "cherry", "juice", "pear", "plum", "Früchte", "berry", "peach"));
    private static final List<String> COMMON = List.of("the", "was", "new", "old", "really", "not", "very", "again");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void wrongLabelsOfMessagesAreFound() throws IOException {
        Set<Integer> wrong = new HashSet<>();
        Path file = write(wrong);
        Path out = folder.resolve("out");

        CommandRun refused = CommandRun.of("purify", file, "--label", "topic", "--out", out);
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.errorLines())
                .singleElement()
                .asString()
                .contains("learn from its words with --text message");

        CommandRun run =
                CommandRun.of("purify", file, "--label", "topic", "--text", "message", "--out", out, "--quiet");

        assertThat(run.status()).as(run.err()).isZero();
        Set<Integer> removed = new HashSet<>();
        List<String> rows = Files.readAllLines(out.resolve("rows.csv"));
        int kept = List.of(rows.get(0).split(",", -1)).indexOf("kept");
        for (String row : rows.subList(1, rows.size())) {
            String[] cells = row.split(",", -1);
            if (cells[kept].equals("false")) {
                removed.add(Integer.valueOf(cells[0]));
            }
        }
        Set<Integer> found = new HashSet<>(removed);
        found.retainAll(wrong);
        assertThat(found.size()).isGreaterThanOrEqualTo(wrong.size() * 9 / 10);
        assertThat(removed.size() - found.size()).isLessThanOrEqualTo(5);
        assertThat(Files.readString(out.resolve("run.json")))
                .contains("\"--text\", \"message\"", "\"kind\" : \"Text\"", "\"places\" : 2000");
    }

    private Path write(Set<Integer> wrong) throws IOException {
        Random random = new Random(5);
        List<String> lines = new ArrayList<>(List.of("message,topic"));
        for (int row = 0; row < ROWS; row++) {
            int topic = row % 2;
            StringBuilder message = new StringBuilder();
            for (int word = 0; word < 9; word++) {
                List<String> from = word % 2 == 0 ? COMMON : WORDS.get(topic);
                message.append(from.get(random.nextInt(from.size()))).append(' ');
            }
            boolean isWrong = row % 9 == 4;
            if (isWrong) {
                wrong.add(row);
            }
            lines.add(message + "," + (isWrong == (topic == 0) ? "food" : "cars"));
        }
        return Files.write(folder.resolve("messages.csv"), lines);
    }
}
