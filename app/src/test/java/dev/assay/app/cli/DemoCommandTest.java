package dev.assay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration finds what it planted. */
class DemoCommandTest {
    private static final Pattern FOUND =
            Pattern.compile("found (\\d+) of (\\d+) wrong labels, and removed (\\d+) of (\\d+) other rows");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void findsMostOfWhatItPlanted() throws IOException {
        CommandRun run = CommandRun.of("demo", "--out", folder.resolve("tour"));

        assertThat(run.status()).as(run.err()).isZero();
        Matcher found = FOUND.matcher(run.out());
        assertThat(found.find()).isTrue();
        assertThat(share(found, 1, 2)).as("mixture, found").isGreaterThan(0.6);
        assertThat(share(found, 3, 4)).as("mixture, innocent").isLessThan(0.05);
        assertThat(found.find()).isTrue();
        assertThat(found.group(2)).isEqualTo("180");
        assertThat(share(found, 1, 2)).as("digits, found").isGreaterThan(0.85);
        assertThat(share(found, 3, 4)).as("digits, innocent").isLessThan(0.03);
        assertThat(folder.resolve("tour/digits/purified.csv")).isNotEmptyFile();
        assertThat(folder.resolve("tour/mixture/run.json")).isNotEmptyFile();
        assertThat(run.out())
                .contains("Your data is mixed: 2 blocks")
                .contains("the routed experts predict better than one strong model");
        assertThat(folder.resolve("tour/devices/model.json")).isNotEmptyFile();
    }

    @Test
    void plantsOneWrongDigitInTen() throws IOException {
        PlantedData first = PlantedData.digits(folder.resolve("first"), 1);
        PlantedData again = PlantedData.digits(folder.resolve("again"), 1);
        PlantedData other = PlantedData.digits(folder.resolve("other"), 2);

        List<String> lines = Files.readAllLines(first.file());
        assertThat(lines).hasSize(1798);
        assertThat(lines.get(0)).startsWith("pixel00,pixel01,").endsWith(",pixel77,digit");
        assertThat(first.wrongCount()).isEqualTo(180);
        assertThat(again.file()).hasSameTextualContentAs(first.file());
        assertThat(other.wrong()).isNotEqualTo(first.wrong());
        List<String> otherLines = Files.readAllLines(other.file());
        for (int row = 0; row < first.wrong().length; row++) {
            if (!first.wrong()[row] && !other.wrong()[row]) {
                assertThat(lines.get(row + 1)).isEqualTo(otherLines.get(row + 1));
            }
            if (first.wrong()[row] != other.wrong()[row]) {
                assertThat(lines.get(row + 1)).isNotEqualTo(otherLines.get(row + 1));
            }
        }
    }

    private static double share(Matcher matcher, int part, int whole) {
        return Double.parseDouble(matcher.group(part)) / Double.parseDouble(matcher.group(whole));
    }
}
