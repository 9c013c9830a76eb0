package dev.assay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** V of a file is one number, whichever command is asked. */
class OnePotentialTest {
    private static final Pattern LINE =
            Pattern.compile("V of the data \\S+: labels of one rule would give \\S+, shuffled labels \\S+");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void allFourCommandsSayTheSameOfTheSameFile() throws IOException {
        Path data = TwoRules.write(folder.resolve("data.csv"), 240, 3);
        Map<String, List<String>> more = Map.of(
                "diagnose", List.of(),
                "purify", List.of(),
                "divide", List.of("--max-blocks", "1"),
                "run", List.of("--max-blocks", "1"));
        List<JsonNode> measures = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (String command : List.of("diagnose", "purify", "divide", "run")) {
            Path out = folder.resolve(command);
            List<Object> words =
                    new ArrayList<>(List.of(command, data, "--label", "y", "--drop", "name,colour,where,site"));
            words.addAll(more.getOrDefault(command, List.of()));
            words.addAll(List.of("--explain", "--out", out));
            CommandRun run = CommandRun.of(words.toArray());
            assertThat(run.status()).as(run.err()).isZero();
            Matcher matcher = LINE.matcher(run.out());
            assertThat(matcher.find()).as(run.out()).isTrue();
            lines.add(matcher.group());
            measures.add(new ObjectMapper()
                    .readTree(out.resolve("run.json").toFile())
                    .path("measures"));
        }
        assertThat(lines).containsOnly(lines.get(0));
        for (String key : List.of(
                "potential",
                "potentialModel",
                "potentialOneRule",
                "potentialOneRuleDeviation",
                "potentialPermuted",
                "potentialPermutedDeviation",
                "permutations")) {
            assertThat(measures)
                    .extracting(one -> one.path(key))
                    .containsOnly(measures.get(0).path(key));
        }
        double potential = measures.get(0).path("potential").asDouble();
        assertThat(potential).isPositive();
        assertThat(measures.get(0).path("potentialPermuted").asDouble()).isPositive();
        assertThat(measures.get(0).path("potentialOneRule").asDouble()).isPositive();
        assertThat(measures.get(1).path("potentialBefore").asDouble()).isEqualTo(potential);
        // its own ridge, so another V, and named so
        assertThat(measures.get(1).at("/potentialAtRidge/before").asDouble()).isNotEqualTo(potential);
        assertThat(measures.get(1).at("/potentialAtRidge/ridge").asDouble()).isPositive();
    }
}
