package dev.assay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that belong together, and rows that have a time, from a table to run.json. */
class GroupsAndTimesTest {
    @TempDir
    private Path folder = Path.of("");

    /** Patients of a random label each, with visits that are next to copies of one another: only the patient can be remembered. */
    private Path patients(int count, int visits) throws IOException {
        Random random = new Random(3);
        StringBuilder text = new StringBuilder("patient,a,b,c,d,y\n");
        for (int patient = 0; patient < count; patient++) {
            double[] own = random.doubles(4).toArray();
            String label = random.nextBoolean() ? "ill" : "well";
            for (int visit = 0; visit < visits; visit++) {
                text.append("p").append(patient);
                for (double value : own) {
                    text.append(String.format(Locale.ROOT, ",%.4f", value + 0.004 * random.nextGaussian()));
                }
                text.append(",").append(label).append("\n");
            }
        }
        return Files.writeString(folder.resolve("patients.csv"), text);
    }

    private JsonNode run(String command, Path data, String... options) throws IOException {
        Path out = folder.resolve("result");
        List<Object> words = new ArrayList<>(List.of(command, data, "--label", "y", "--out", out, "--force"));
        words.addAll(List.of(options));
        CommandRun run = CommandRun.of(words.toArray());
        assertThat(run.status()).as(run.err()).isZero();
        return new ObjectMapper().readTree(out.resolve("run.json").toFile());
    }

    private static JsonNode accuracy(JsonNode json) {
        return json.at("/evaluation/models/0/measures/accuracy");
    }

    @Test
    void whatIsRememberedOfAPatientIsNoAccuracy() throws IOException {
        Path data = patients(80, 6);

        JsonNode apart = run("run", data, "--group", "patient");
        JsonNode rows = run("run", data, "--drop", "patient");

        assertThat(accuracy(rows).at("/value").asDouble()).isGreaterThan(0.9);
        assertThat(accuracy(apart).at("/value").asDouble()).isBetween(0.2, 0.8);
        assertThat(accuracy(apart).at("/low").asDouble()).isLessThan(0.5);
        assertThat(apart.at("/data/groups").asInt()).isEqualTo(80);
        assertThat(apart.at("/data/group").asText()).isEqualTo("patient");
        assertThat(apart.at("/data/features").asInt()).isEqualTo(4);
    }

    @Test
    void fiveGroupsAreEnoughForEveryCommand() throws IOException {
        Path data = patients(5, 40);
        for (String command : List.of("diagnose", "purify", "divide", "run")) {
            assertThat(run(command, data, "--group", "patient").at("/verdict").asText())
                    .as(command)
                    .isNotEqualTo("mixed");
        }
    }

    @Test
    void fewerGroupsAndRowsWithoutAGroupAreRefused() throws IOException {
        CommandRun few = CommandRun.of(
                "divide", patients(3, 20), "--label", "y", "--group", "patient", "--out", folder.resolve("none"));
        assertThat(few.status()).isEqualTo(2);
        assertThat(few.err()).contains("3 groups, expected at least 5").contains("--source");

        Path data = Files.writeString(folder.resolve("gap.csv"), "g,x,y\na,1,u\n,2,v\nb,3,u\n");
        CommandRun gap = CommandRun.of("divide", data, "--label", "y", "--group", "g", "--out", folder.resolve("none"));
        assertThat(gap.status()).isEqualTo(2);
        assertThat(gap.err()).contains("group column 'g'").contains("row 2");
    }

    /** One rule until the middle of the year, another one from then on. */
    @Test
    void blocksAreHeldAgainstTimeAndTheLatestRowsAreHeldOut() throws IOException {
        Random random = new Random(5);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 900; i++) {
            double a = random.nextGaussian();
            double b = random.nextGaussian();
            boolean late = random.nextDouble() < (i < 450 ? 0.05 : 0.95);
            int level = a > 0.5 ? 2 : a > -0.5 ? 1 : 0;
            lines.add(String.format(
                    Locale.ROOT,
                    "%s,%.4f,%.4f,%s%n",
                    LocalDate.of(2024, 1, 1).plusDays(i / 3),
                    a,
                    b,
                    List.of("low", "mid", "high").get(late ? (level + 1) % 3 : level)));
        }
        Collections.shuffle(lines, random);
        Path data = Files.writeString(folder.resolve("year.csv"), "day,a,b,y\n" + String.join("", lines));

        JsonNode json = run("run", data, "--time", "day");

        JsonNode overTime = json.at("/blocksOverTime");
        assertThat(json.at("/blocks")).hasSize(2);
        assertThat(overTime.at("/follows").asBoolean()).isTrue();
        assertThat(overTime.at("/periods/0/from").asText()).isEqualTo("2024-01-01T00:00:00Z");
        assertThat(json.at("/data/time").asText()).isEqualTo("day");
        assertThat(json.at("/remarks").toString()).contains("The blocks follow day");
        List<String> heldOut = Files.readAllLines(folder.resolve("result/predictions.csv"));
        assertThat(heldOut).hasSizeBetween(180, 184);
    }
}
