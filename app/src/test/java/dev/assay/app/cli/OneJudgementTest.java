package dev.assay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One file, one judgement: diagnose, purify, divide and run say the same of it. */
class OneJudgementTest {
    private static final List<String> COMMANDS = List.of("diagnose", "purify", "divide", "run");
    private static final List<String> KINDS = List.of("ant", "bee", "cat");
    private static final double[][] CENTRES = {{0, 2.5}, {2.2, -1.3}, {-2.2, -1.3}};
    private static final int ROWS = 480;

    @TempDir
    private Path folder = Path.of("");

    /** What a command wrote and said. */
    private record Said(String screen, JsonNode run, JsonNode report, List<Map<String, String>> rows) {
        String verdict() {
            return run.at("/verdict").asText();
        }

        /** The rows that purify takes out, or that are in block 0. */
        Set<Integer> setApart() {
            Set<Integer> result = new TreeSet<>();
            for (Map<String, String> row : rows) {
                if ("false".equals(row.get("kept")) || "0".equals(row.get("block"))) {
                    result.add(Integer.valueOf(row.getOrDefault("row", "")));
                }
            }
            return result;
        }

        List<String> column(String name) {
            return rows.stream()
                    .map(row -> row.getOrDefault(name, "no such column"))
                    .toList();
        }
    }

    @Test
    void allFindTheSameWrongLabelsAndSayWhichClassIsTakenForWhich() throws IOException {
        Set<Integer> wrong = new TreeSet<>();
        Path data = kinds("noisy.csv", 0.2, wrong);

        Map<String, Said> all = askAll(data, "kind");

        Said first = of(all, "diagnose");
        for (Said said : all.values()) {
            assertThat(said.verdict()).isEqualTo("noisy");
            assertThat(said.screen())
                    .startsWith("Your data is of one kind, but noisy: ")
                    .contains("Which class is labelled as which?");
            assertThat(said.report().at("/headline/sentence").asText())
                    .startsWith("Your data is of one kind, but noisy");
            assertThat(said.report().at("/headline/verdict").asText()).isEqualTo("noisy");
            JsonNode labels = said.run().at("/wrongLabels");
            assertThat(labels).isEqualTo(first.run().at("/wrongLabels"));
            assertThat(labels.at("/share").asDouble()).isCloseTo((double) wrong.size() / ROWS, within(0.02));
            assertThat(labels.at("/rows").asInt()).isEqualTo(said.setApart().size());
            assertThat(labels.at("/transitions/classes")).hasSize(KINDS.size());
            assertThat(labels.at("/transitions/shares/0/1").asDouble()).isCloseTo(0.2, within(0.06));
            JsonNode confusion = said.run().at("/confusions/0");
            assertThat(confusion.at("/from").asText()).isEqualTo("ant");
            assertThat(confusion.at("/to").asText()).isEqualTo("bee");
            assertThat(confusion.at("/rows").asDouble()).isCloseTo(wrong.size(), within(6.0));
            assertThat(3.0 * wrong.size() / ROWS)
                    .isBetween(
                            confusion.at("/low").asDouble(),
                            confusion.at("/high").asDouble());
            assertThat(said.run().at("/confusions")).isEqualTo(first.run().at("/confusions"));
            assertThat(said.report().at("/confusions")).isEqualTo(first.run().at("/confusions"));
            assertThat(said.run().at("/evidence")).isEqualTo(first.run().at("/evidence"));
            assertThat(said.setApart()).isEqualTo(below(said, 0.5));
            assertThat(said.column("trust")).isEqualTo(first.column("trust"));
        }
        assertThat(first.run().at("/recommendedScore").asText()).isEqualTo("trust");
        assertThat(first.run().at("/measures/wrongShare")).isEqualTo(first.run().at("/wrongLabels/share"));
        Said divide = of(all, "divide");
        assertThat(divide.run().at("/unexplained/share")).isEqualTo(first.run().at("/wrongLabels/share"));
        Set<Integer> found = new HashSet<>(first.setApart());
        found.retainAll(wrong);
        assertThat(found).hasSizeGreaterThan((int) (0.9 * wrong.size()));
        assertThat(first.setApart()).hasSizeLessThan((int) (1.15 * wrong.size()));
        for (int row : found) {
            assertThat(first.column("suggestedLabel").get(row)).isEqualTo("ant");
            assertThat(divide.column("suggestedLabel").get(row)).isEqualTo("ant");
            assertThat(divide.column("suggestedProbability").get(row))
                    .isEqualTo(first.column("suggestedProbability").get(row));
        }
    }

    @Test
    void allFindNothingInCleanLabels() throws IOException {
        Path data = kinds("clean.csv", 0, new TreeSet<>());

        Map<String, Said> all = askAll(data, "kind");

        for (Said said : all.values()) {
            assertThat(said.verdict()).isEqualTo("homogeneous");
            assertThat(said.screen())
                    .startsWith("Your data is of one kind: one function explains the labels")
                    .doesNotContain("labelled as which");
            assertThat(said.run().at("/wrongLabels/rows").asInt()).isZero();
            assertThat(said.run().at("/wrongLabels/share").asDouble()).isZero();
            assertThat(said.run().at("/confusions")).isEmpty();
            assertThat(said.setApart()).isEmpty();
            assertThat(said.column("trust")).isEqualTo(of(all, "diagnose").column("trust"));
        }
    }

    @Test
    void allFindTwoRulesWithoutCallingTheirRowsConfusedClasses() throws IOException {
        Path sites = TwoRules.write(folder.resolve("sites.csv"), 400, 1);
        Path data = TwoRules.without(sites, folder.resolve("mixed.csv"), "name", "where", "colour", "site");

        Map<String, Said> all = askAll(data, "y");

        Said divide = of(all, "divide");
        for (Said said : all.values()) {
            assertThat(said.verdict()).isEqualTo("mixed");
            assertThat(said.screen())
                    .startsWith(divide.screen().substring(0, divide.screen().indexOf(';')));
            assertThat(said.run().at("/confusions")).isEmpty();
            assertThat(said.run().at("/wrongLabels")).isEqualTo(divide.run().at("/wrongLabels"));
        }
        Said purify = of(all, "purify");
        assertThat(purify.screen()).contains("rows of another kind than most", "assay run");
        for (int row = 0; row < purify.rows().size(); row++) {
            assertThat(purify.column("kept").get(row).equals("true"))
                    .isEqualTo(divide.column("block").get(row).equals("1"));
        }
    }

    @Test
    void threeRowsAreTooFewForAllOfThem() throws IOException {
        Path data = Files.writeString(folder.resolve("three.csv"), "a,y\n1,x\n2,y\n3,x\n");

        for (Said said : askAll(data, "y").values()) {
            assertThat(said.verdict()).isEqualTo("tooFewRows");
            assertThat(said.screen())
                    .startsWith("Too few rows to tell what your data is made of: 3 rows, a verdict needs 40")
                    .contains("Collect more rows");
            assertThat(said.run().at("/wrongLabels").isNull()).isTrue();
            assertThat(said.run().at("/confusions")).isEmpty();
            assertThat(said.column("trust")).containsOnly("");
            assertThat(said.setApart()).isEmpty();
        }
    }

    @Test
    void anotherCriterionGivesNoVerdict() throws IOException {
        Path data = kinds("noisy.csv", 0.2, new TreeSet<>());

        Said said = ask("purify", data, "kind", "--criterion", "loss", "--iterations", "3");

        assertThat(said.screen()).startsWith("No verdict: rows were looked for by the criterion loss");
        assertThat(said.run().at("/verdict").isNull()).isTrue();
        assertThat(said.run().at("/wrongLabels").isNull()).isTrue();
        assertThat(said.run().at("/confusions")).isEmpty();
        assertThat(said.report().at("/headline/verdict").asText()).isEqualTo("notAlike");
    }

    private static Said of(Map<String, Said> all, String command) {
        return Objects.requireNonNull(all.get(command), command);
    }

    private Map<String, Said> askAll(Path data, String label) throws IOException {
        Map<String, Said> all = new LinkedHashMap<>();
        for (String command : COMMANDS) {
            all.put(command, ask(command, data, label));
        }
        return all;
    }

    private Said ask(String command, Path data, String label, String... more) throws IOException {
        Path out = folder.resolve(command);
        List<Object> words = new ArrayList<>(List.of(command, data, "--label", label, "--out", out));
        words.addAll(List.of(more));
        CommandRun run = CommandRun.of(words.toArray());
        assertThat(run.status()).as(run.err()).isZero();
        return new Said(
                run.out(),
                new ObjectMapper().readTree(out.resolve("run.json").toFile()),
                new ObjectMapper().readTree(out.resolve("report.json").toFile()),
                TwoRules.csv(out.resolve("rows.csv")));
    }

    private static Set<Integer> below(Said said, double trust) {
        Set<Integer> result = new TreeSet<>();
        List<String> column = said.column("trust");
        for (int row = 0; row < column.size(); row++) {
            if (Double.parseDouble(column.get(row)) < trust) {
                result.add(row);
            }
        }
        return result;
    }

    /** Three kinds that lie apart, of 160 rows each; so large a share of the ants is called bee. */
    private Path kinds(String name, double share, Set<Integer> wrong) throws IOException {
        Random random = new Random(5);
        StringBuilder text = new StringBuilder("u,v,w,kind\n");
        for (int i = 0; i < ROWS; i++) {
            int kind = i % KINDS.size();
            for (double centre : CENTRES[kind]) {
                text.append(String.format(Locale.ROOT, "%.4f,", centre + 0.8 * random.nextGaussian()));
            }
            boolean taken = kind == 0 && random.nextDouble() < share;
            if (taken) {
                wrong.add(i);
            }
            text.append(String.format(Locale.ROOT, "%.4f,%s%n", random.nextGaussian(), KINDS.get(taken ? 1 : kind)));
        }
        return Files.writeString(folder.resolve(name), text);
    }
}
