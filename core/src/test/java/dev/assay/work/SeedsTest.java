package dev.assay.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SeedsTest {
    private static final Pattern NAMED = Pattern.compile("Seeds\\s*\\.child\\([^\"]*?\"([^\"]+)\"");
    private static final Pattern CALLED = Pattern.compile("Seeds\\s*\\.child\\(");

    @Test
    void childrenOfNeighbouringSeedsNamesAndNumbersAllDiffer() {
        Set<Long> seen = new HashSet<>();
        int drawn = 0;
        for (long seed = -50; seed < 50; seed++) {
            for (String name : List.of("round", "part", "start")) {
                for (int number = -20; number < 20; number++) {
                    seen.add(Seeds.child(seed, name, number));
                    drawn++;
                }
            }
        }
        assertThat(seen).hasSize(drawn).doesNotContain(0L, 1L);
    }

    @Test
    void noTwoNamesInTheSourcesHaveTheSameHash() throws IOException {
        Map<Integer, Set<String>> names = new TreeMap<>();
        for (Path source : sources()) {
            String text = Files.readString(source);
            NAMED.matcher(text)
                    .results()
                    .forEach(found -> names.computeIfAbsent(found.group(1).hashCode(), hash -> new TreeSet<>())
                            .add(found.group(1)));
            assertThat(CALLED.matcher(text).results().count())
                    .as("children in %s whose name is not written out", source)
                    .isEqualTo(NAMED.matcher(text).results().count());
        }

        assertThat(names).hasSizeGreaterThan(20);
        assertThat(names.values()).allMatch(same -> same.size() == 1);
    }

    /** Sums of a seed and a number are what named children replace. */
    @Test
    void noSourceReckonsWithASeed() throws IOException {
        Pattern reckoned = Pattern.compile("\\b[sS]eed(\\(\\))?\\s*[-+*^]\\s*[\\w(]");
        for (Path source : sources()) {
            if (source.endsWith("Seeds.java")) {
                continue;
            }
            List<String> lines = Files.readAllLines(source).stream()
                    .filter(line -> !line.strip().startsWith("*"))
                    .filter(line -> reckoned.matcher(line).find())
                    .toList();
            assertThat(lines).as("%s", source).isEmpty();
        }
    }

    private static List<Path> sources() throws IOException {
        Path root = Path.of("src/main/java");
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
