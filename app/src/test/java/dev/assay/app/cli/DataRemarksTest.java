package dev.assay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataRemarksTest {
    @TempDir
    Path folder;

    /** A rule with some doubt; a column that repeats the label; ten copies, one of them with the other label. */
    private Path doubtful() throws IOException {
        Random random = new Random(8);
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < 200; row++) {
            double a = random.nextGaussian();
            boolean yes = a + 0.5 * random.nextGaussian() > 0;
            lines.add(String.format(
                    Locale.ROOT, "%.5f,%.5f,%s,%s", a, random.nextGaussian(), yes ? "K1" : "K2", yes ? "yes" : "no"));
        }
        for (int row = 0; row < 10; row++) {
            String line = lines.get(row);
            lines.add(row >= 1 ? line : line.endsWith("yes") ? line.replace("yes", "no") : line.replace("no", "yes"));
        }
        return write("doubtful.csv", "a,b,paid,y", lines);
    }

    private Path write(String name, String header, List<String> lines) throws IOException {
        return Files.writeString(folder.resolve(name), header + "\n" + String.join("\n", lines) + "\n");
    }

    private JsonNode record(String out) throws IOException {
        return new ObjectMapper()
                .readTree(folder.resolve(out).resolve("run.json").toFile());
    }

    /** The library tells of parameters; the terminal, of options that can be typed. */
    @Test
    void notesNameOptionsAsTheyAreTyped() throws IOException {
        Random random = new Random(5);
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < 150; row++) {
            double a = random.nextGaussian();
            lines.add(String.format(
                    Locale.ROOT, "%d,%.5f,%s", row * 77 % 150, a, a + random.nextGaussian() > 0 ? "yes" : "no"));
        }
        CommandRun run = CommandRun.of(
                "diagnose", write("numbered.csv", "id,a,y", lines), "--label", "y", "--out", folder.resolve("o"));

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out().replaceAll("\\s+", " ")).contains("(--numeric id)").doesNotContain("(numeric:");
    }

    @Test
    void copiesAndAColumnThatTellsTheLabelAreSaidEverywhere() throws IOException {
        Path data = doubtful();
        for (String command : List.of("diagnose", "divide")) {
            CommandRun run = CommandRun.of(command, data, "--label", "y", "--out", folder.resolve(command));

            assertThat(run.status()).as(run.err()).isZero();
            String screen = run.out().replaceAll("\\s+", " ");
            assertThat(screen)
                    .contains("Column paid tells the label next to perfectly")
                    .contains(
                            "10 rows (4.8 %) equal an earlier row in every feature; 2 rows have an equal one with another");
            JsonNode record = record(command);
            assertThat(record.get("remarks").get(0).asText()).contains("Column paid", "?");
            assertThat(record.get("data").get("leaks").toString()).isEqualTo("[\"paid\"]");
            assertThat(record.get("data").get("copies").get("repeated").asInt()).isEqualTo(10);
            assertThat(record.get("data").get("copies").get("disagreeing").asInt())
                    .isEqualTo(2);
            assertThat(folder.resolve(command).resolve("report.json"))
                    .content()
                    .contains("Column paid tells the label");
        }
    }

    @Test
    void labelsThatDifferInCapitalsAndAClassWithoutWeightAreSaid() throws IOException {
        Random random = new Random(3);
        List<String> lines = new ArrayList<>();
        String[] labels = {"yes", "Yes", "yes ", "no", "neither"};
        for (int row = 0; row < 150; row++) {
            String label = labels[row % 5];
            lines.add(String.format(
                    Locale.ROOT, "%.4f,%d,%s", random.nextGaussian(), label.equals("neither") ? 0 : 1, label));
        }
        CommandRun run = CommandRun.of("diagnose", write("odd.csv", "a,w,y", lines), "--label", "y", "--weight", "w");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out().replaceAll("\\s+", " "))
                .contains("The labels \"Yes\", \"yes\" and \"yes \" differ in capitals or spaces only")
                .contains("All rows of class \"neither\" have weight 0")
                .contains("150 rows, 1 feature ");
    }

    @Test
    void evaluatingTheTrainingDataWarns() throws IOException {
        Path data = doubtful();
        Path model = folder.resolve("model");
        assertThat(CommandRun.of("run", data, "--label", "y", "--drop", "paid", "--out", model)
                        .status())
                .isZero();
        String warning = "is the very data that the model was trained on";

        CommandRun same = CommandRun.of("evaluate", model, data, "--out", folder.resolve("evaluated"));
        assertThat(same.out().replaceAll("\\s+", " ")).contains(warning);
        assertThat(record("evaluated").get("data").get("notes").get(0).asText()).contains(warning);
        List<String> others = Files.readAllLines(data);
        List<String> turned = new ArrayList<>(others.subList(1, others.size()));
        Collections.reverse(turned);
        assertThat(CommandRun.of("evaluate", model, write("turned.csv", others.get(0), turned))
                        .out()
                        .replaceAll("\\s+", " "))
                .contains(warning);
        Path other = write("other.csv", others.get(0), others.subList(1, 150));
        assertThat(CommandRun.of("evaluate", model, other).out().replaceAll("\\s+", " "))
                .doesNotContain(warning);
    }
}
