package dev.assay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Data held against limits, as a pipeline does it. */
class CheckCommandTest {
    private static final List<String> KINDS = List.of("ant", "bee", "cat");
    private static final double[][] CENTRES = {{0, 2.5}, {2.2, -1.3}, {-2.2, -1.3}};
    private static final int ROWS = 300;

    @TempDir
    private Path folder = Path.of("");

    /** Three kinds that lie apart, and what may be otherwise in another file of them. */
    private record Kinds(long seed, double wrong, double shift, String red, double ants) {
        static Kinds of(long seed) {
            return new Kinds(seed, 0, 0, "red", 1.0 / 3);
        }

        Kinds withWrong(double share) {
            return new Kinds(seed, share, shift, red, ants);
        }

        Kinds withShift(double other) {
            return new Kinds(seed, wrong, other, red, ants);
        }

        Kinds withRed(String other) {
            return new Kinds(seed, wrong, shift, other, ants);
        }

        Kinds withAnts(double share) {
            return new Kinds(seed, wrong, shift, red, share);
        }

        Path write(Path file) throws IOException {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder("u,v,w,colour,kind\n");
            for (int i = 0; i < ROWS; i++) {
                int kind = random.nextDouble() < ants ? 0 : 1 + random.nextInt(2);
                boolean other = random.nextDouble() < wrong;
                text.append(String.format(
                        Locale.ROOT,
                        "%.4f,%.4f,%.4f,%s,%s%n",
                        CENTRES[kind][0] + 0.7 * random.nextGaussian(),
                        CENTRES[kind][1] + 0.7 * random.nextGaussian(),
                        shift + random.nextGaussian(),
                        List.of(red, "blue", "green").get(random.nextInt(3)),
                        KINDS.get(other ? (kind + 1) % 3 : kind)));
            }
            return Files.writeString(file, text);
        }
    }

    @Test
    void limitsThatAreKeptEndWithZero() throws IOException {
        Path data = Kinds.of(1).write(folder.resolve("clean.csv"));

        CommandRun run = check(
                data,
                "kind",
                "--max-noise",
                "3%",
                "--max-blocks",
                "1",
                "--max-suspicious",
                "5",
                "--max-copies",
                "0",
                "--no-leaks");

        assertThat(run.status()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).startsWith("All 5 checks hold").doesNotContain("BROKEN");
        assertThat(lines(run, "passed")).hasSize(5);
        assertThat(lines(run, "noise")).singleElement().asString().contains("0.0 %", "95 % interval", "allowed: 3.0 %");
    }

    @Test
    void eachBrokenLimitIsALineAFailureAndAnEntry() throws Exception {
        Path data = Kinds.of(2).withWrong(0.1).write(folder.resolve("noisy.csv"));
        Path junit = folder.resolve("reports").resolve("checks.xml");
        Path out = folder.resolve("out");

        CommandRun run = check(
                data,
                "kind",
                "--max-noise",
                "0.03",
                "--max-suspicious",
                "5%",
                "--max-blocks",
                "1",
                "--junit",
                junit,
                "--out",
                out);

        assertThat(run.status()).as(run.out() + run.err()).isEqualTo(3);
        assertThat(run.out()).startsWith("2 of 3 checks do not hold\n");
        assertThat(lines(run, "BROKEN")).hasSize(2).allMatch(line -> line.contains("allowed: "));
        Map<String, Element> cases = cases(junit);
        assertThat(cases).containsOnlyKeys("noise", "blocks", "suspicious");
        assertThat(messages(cases, "failure")).containsOnlyKeys("noise", "suspicious");
        assertThat(messages(cases, "failure").get("noise")).contains("of the labels are wrong", "allowed: 3.0 %");
        JsonNode checks = json(out.resolve("check.json"));
        assertThat(checks.at("/holds").asBoolean()).isFalse();
        JsonNode noise = checks.at("/checks/0");
        assertThat(noise.at("/name").asText()).isEqualTo("noise");
        assertThat(noise.at("/passed").asBoolean()).isFalse();
        assertThat(noise.at("/limit").asDouble()).isEqualTo(0.03);
        assertThat(noise.at("/value").asDouble())
                .isBetween(noise.at("/low").asDouble(), noise.at("/high").asDouble());
        assertThat(0.1).isBetween(noise.at("/low").asDouble(), noise.at("/high").asDouble());
        assertThat(noise.at("/explanation").asText())
                .isEqualTo(messages(cases, "failure").get("noise"));
        JsonNode record = json(out.resolve("run.json"));
        assertThat(record.at("/checks")).isEqualTo(checks.at("/checks"));
        assertThat(record.at("/command").asText()).isEqualTo("check");
        assertThat(record.at("/verdict").asText()).isEqualTo("noisy");
        assertThat(out).isDirectoryContaining("glob:**report.html").isDirectoryContaining("glob:**rows.csv");
    }

    @Test
    void blocksAreCounted() throws IOException {
        Path sites = TwoRules.write(folder.resolve("sites.csv"), 400, 1);
        Path data = TwoRules.without(sites, folder.resolve("mixed.csv"), "name", "where", "colour", "site");

        CommandRun broken = check(data, "y", "--max-blocks", "1");
        CommandRun kept = check(data, "y", "--max-blocks", "2");

        assertThat(broken.status()).isEqualTo(3);
        assertThat(lines(broken, "blocks")).first().asString().contains("2 blocks", "nats per row", "allowed: 1");
        assertThat(kept.status()).as(kept.out()).isZero();
    }

    @Test
    void accuracyIsMeasuredOnRowsThatHadNoPart() throws IOException {
        Path data = Kinds.of(3).write(folder.resolve("clean.csv"));
        Path test = Kinds.of(4).withWrong(0.1).write(folder.resolve("test.csv"));

        CommandRun kept = check(data, "kind", "--min-accuracy", "80%");
        CommandRun broken = check(data, "kind", "--min-accuracy", "0.97", "--test", test);

        assertThat(kept.status()).as(kept.out() + kept.err()).isZero();
        assertThat(lines(kept, "accuracy")).first().asString().contains("60 rows, held out", "at least 0.8");
        assertThat(broken.status()).as(broken.out()).isEqualTo(3);
        assertThat(lines(broken, "accuracy")).first().asString().contains("300 rows of the test file");
    }

    @Test
    void whatIsInTheFileIsCheckedWithoutAJudgement() throws Exception {
        StringBuilder text = new StringBuilder("\"a<b>&\"\"c\"\"\u0001\",x,y\n");
        Random random = new Random(5);
        for (int i = 0; i < 200; i++) {
            int label = i % 2;
            double x = random.nextGaussian();
            String line = String.format(
                    Locale.ROOT, "%.4f,%.4f,%s%n", label + 0.1 * random.nextDouble(), x, "pq".charAt(label));
            text.append(line);
            if (i < 6) {
                text.append(line);
            }
        }
        Path data = Files.writeString(folder.resolve("leak.csv"), text);
        Path junit = folder.resolve("checks.xml");
        Path out = folder.resolve("out");

        CommandRun run = check(data, "y", "--no-leaks", "--max-copies", "2%", "--junit", junit, "--out", out);
        CommandRun kept = check(data, "y", "--max-copies", "6");

        assertThat(run.status()).as(run.out() + run.err()).isEqualTo(3);
        Map<String, Element> cases = cases(junit);
        // the control character has no place in XML; everything else comes back as it was
        assertThat(messages(cases, "failure").get("leaks")).contains("column a<b>&\"c\"\uFFFD tells the label");
        assertThat(messages(cases, "failure").get("copies")).contains("6 rows (2.9 %)", "allowed: 2.0 %");
        assertThat(json(out.resolve("run.json")).at("/checks")).hasSize(2);
        assertThat(json(out.resolve("run.json")).has("blocks")).isFalse();
        assertThat(kept.status()).as(kept.out()).isZero();
    }

    @Test
    void whatCannotBeDecidedIsNotPassed() throws Exception {
        Path data = Files.writeString(folder.resolve("three.csv"), "a,y\n1,x\n2,y\n3,x\n");
        Path junit = folder.resolve("checks.xml");

        CommandRun run =
                check(data, "y", "--max-noise", "3%", "--max-blocks", "1", "--max-suspicious", "1", "--junit", junit);

        assertThat(run.status()).isEqualTo(3);
        assertThat(lines(run, "UNDECIDED")).hasSize(3).allMatch(line -> line.contains("too few rows to tell: 3 rows"));
        assertThat(messages(cases(junit), "failure")).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--max-noise 3 | 3%",
                "--max-noise lots | 0.03",
                "--max-noise 130% | 0.03",
                "--max-noise NaN | 0.03",
                "--max-noise 0x1p-3 | 0.03",
                "--min-accuracy 1 | --min-accuracy is '1'",
                "--max-suspicious -1 | (20)",
                "--max-suspicious 1.5 | 0.05",
                "--max-copies 5%% | 5%",
                "--max-blocks 0 | --max-blocks",
                "--max-drift x --no-leaks | --max-drift",
                "--seed 2 | --max-noise 3%",
                "--test clean.csv --no-leaks | --min-accuracy 0.9",
                "--no-leaks --junit checks.txt | .xml",
                "--no-leaks --junit DATA | .xml",
                "--reference nowhere | no folder",
                "--reference HERE | run.json",
            })
    void nonsenseIsOneLine(String words, String wayOut) throws IOException {
        Path data = Kinds.of(1).write(folder.resolve("clean.csv"));
        String given = words.replace("DATA", data.toString()).replace("HERE", folder.toString());

        CommandRun run = check(data, "kind", (Object[]) given.split(" ", -1));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.errorLines().get(run.errorLines().size() - 1))
                .startsWith("assay check: ")
                .contains(wayOut);
        assertThat(run.out()).isEmpty();
        assertThat(folder).isDirectoryNotContaining("glob:**.xml");
    }

    @Test
    void anotherFileOfTheSameKindHasNotDrifted() throws IOException {
        for (String command : List.of("diagnose", "run")) {
            Path before = Kinds.of(11).withWrong(0.1).write(folder.resolve("before.csv"));
            Path reference = folder.resolve(command);
            assertThat(CommandRun.of(command, before, "--label", "kind", "--out", reference)
                            .status())
                    .isZero();
            for (long seed = 20; seed < 22; seed++) {
                Path now = Kinds.of(seed).withWrong(0.1).write(folder.resolve("now.csv"));

                CommandRun run = check(now, "kind", "--reference", reference);

                assertThat(run.status()).as(run.out() + run.err()).isZero();
                assertThat(lines(run, "drift-")).hasSize(5);
            }
        }
    }

    @Test
    void eachDriftIsFoundBeyondChanceAndLimit() throws Exception {
        Path reference = folder.resolve("reference");
        assertThat(CommandRun.of(
                                "divide",
                                Kinds.of(30).write(folder.resolve("before.csv")),
                                "--label",
                                "kind",
                                "--out",
                                reference)
                        .status())
                .isZero();

        Map<String, String> shifted = broken(Kinds.of(31).withShift(0.8), reference);
        assertThat(shifted).containsOnlyKeys("drift-features");
        assertThat(shifted.get("drift-features"))
                .contains("1 of 4 columns has moved: w by", "chance alone", "allowed: 10.0 %");
        assertThat(broken(Kinds.of(32).withRed("crimson"), reference).get("drift-features"))
                .contains("colour by");
        assertThat(broken(Kinds.of(33).withWrong(0.2), reference))
                .containsKey("drift-noise")
                .doesNotContainKeys("drift-features", "drift-blocks");
        Map<String, String> ants = broken(Kinds.of(34).withAnts(0.7), reference);
        assertThat(ants).containsKey("drift-labels").doesNotContainKeys("drift-noise", "drift-blocks");
        // what is beyond chance may be within a larger limit
        assertThat(check(
                                folder.resolve("now.csv"),
                                "kind",
                                "--reference",
                                reference,
                                "--max-drift",
                                "60%",
                                "--max-v-drift",
                                "100%")
                        .status())
                .isZero();
        Path cut = TwoRules.without(Kinds.of(35).write(folder.resolve("whole.csv")), folder.resolve("cut.csv"), "w");
        CommandRun gone = check(cut, "kind", "--reference", reference);
        assertThat(gone.status()).isEqualTo(3);
        assertThat(lines(gone, "drift-features")).first().asString().contains("gone: w");
    }

    @Test
    void aSecondRuleIsADriftOfTheBlocks() throws IOException {
        Path one = rules("one.csv", 1, 0);
        Path two = rules("two.csv", 2, 0.4);
        Path reference = folder.resolve("reference");
        assertThat(CommandRun.of("divide", one, "--label", "y", "--out", reference)
                        .status())
                .isZero();

        CommandRun run = check(two, "y", "--reference", reference, "--out", folder.resolve("next"));

        assertThat(run.status()).isEqualTo(3);
        assertThat(lines(run, "drift-blocks")).first().asString().contains("BROKEN", "2 blocks instead of 1");
        JsonNode comparison = json(folder.resolve("next").resolve("run.json")).at("/comparison");
        assertThat(comparison.at("/correction").asText()).isEqualTo("bonferroni");
        assertThat(comparison.at("/columns")).hasSize(8);
        assertThat(comparison.at("/tests").asInt()).isEqualTo(12);
        // a check is a reference, too
        CommandRun same = check(two, "y", "--reference", folder.resolve("next"));
        assertThat(same.status()).as(same.out() + same.err()).isZero();
    }

    @Test
    void aReferenceThatCannotBeUsedIsRefused() throws IOException {
        Path data = Kinds.of(40).write(folder.resolve("data.csv"));
        Path reference = folder.resolve("reference");
        assertThat(CommandRun.of("diagnose", data, "--label", "kind", "--out", reference)
                        .status())
                .isZero();
        Path record = reference.resolve("run.json");
        String whole = Files.readString(record);

        refused(data, reference, record, whole.substring(0, whole.length() / 2), "run.json");
        refused(data, reference, record, "[]", "command");
        refused(data, reference, record, whole.replace("\"diagnose\"", "\"evaluate\""), "assay evaluate");
        refused(data, reference, record, whole.replace("\"profile\"", "\"before\""), "make that run again");
        refused(data, reference, record, whole.replace("\"homogeneous\"", "\"tooFewRows\""), "without a verdict");
        refused(data, reference, record, whole.replaceFirst("\"missing\" : 0.0", "\"missing\" : 0.5"), "expected 1");
        refused(data, reference, record, whole.replaceFirst("\"missing\" : 0.0", "\"missing\" : null"), "data.profile");
        refused(data, reference, record, whole.replace("\"column\" : \"kind\"", "\"column\" : \"sort\""), "'sort'");
        Files.writeString(record, whole);
        CommandRun same = check(data, "kind", "--reference", reference, "--out", reference, "--force");
        assertThat(same.status()).isEqualTo(2);
        assertThat(same.err()).contains("--out and --reference");
        assertThat(record).hasContent(whole);
    }

    @Test
    void theSameDataGivesTheSameBytesWithAnyNumberOfThreads() throws IOException {
        Path data = Kinds.of(50).withWrong(0.1).write(folder.resolve("data.csv"));
        List<String> written = new ArrayList<>();
        for (String threads : List.of("1", "2")) {
            Path out = folder.resolve("out" + threads);
            Path junit = folder.resolve("checks" + threads + ".xml");
            check(
                    data,
                    "kind",
                    "--max-noise",
                    "3%",
                    "--min-accuracy",
                    "0.9",
                    "--junit",
                    junit,
                    "--out",
                    out,
                    "--threads",
                    threads);
            written.add(Files.readString(out.resolve("check.json")) + Files.readString(junit));
        }
        assertThat(written.get(0)).isEqualTo(written.get(1));
    }

    @Test
    void aScriptStopsWhereALimitIsBroken() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "there is no shell");
        Kinds.of(60).write(folder.resolve("good.csv"));
        Kinds.of(61).withWrong(0.2).write(folder.resolve("bad.csv"));
        Path script = Files.writeString(folder.resolve("pipeline.sh"), """
                set -eu
                assay() { "$JAVA" -XX:TieredStopAtLevel=1 -cp "$CLASSES" dev.assay.app.cli.Assay "$@"; }
                assay check good.csv --label kind --max-noise 3% --junit good.xml --quiet
                echo trained > model
                assay check bad.csv --label kind --max-noise 3% --junit bad.xml
                echo trained > model-of-bad
                """);
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", script.toString()).directory(folder.toFile());
        builder.environment()
                .put(
                        "JAVA",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString());
        builder.environment().put("CLASSES", System.getProperty("java.class.path"));
        builder.redirectError(folder.resolve("err").toFile());
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor())
                .as(Files.readString(folder.resolve("err")))
                .isEqualTo(3);
        assertThat(out).startsWith("1 of 1 check does not hold").contains("BROKEN  noise");
        assertThat(folder).isDirectoryContaining("glob:**model").isDirectoryNotContaining("glob:**model-of-bad");
        assertThat(messages(cases(folder.resolve("good.xml")), "failure")).isEmpty();
        assertThat(messages(cases(folder.resolve("bad.xml")), "failure")).containsOnlyKeys("noise");
    }

    private void refused(Path data, Path reference, Path record, String text, String wayOut) throws IOException {
        Files.writeString(record, text);
        CommandRun run = check(data, "kind", "--reference", reference);
        assertThat(run.status()).as(wayOut).isEqualTo(2);
        assertThat(run.errorLines().get(run.errorLines().size() - 1)).contains(wayOut);
    }

    /** The broken checks of other kinds beside a reference, by name. */
    private Map<String, String> broken(Kinds now, Path reference) throws IOException {
        CommandRun run = check(now.write(folder.resolve("now.csv")), "kind", "--reference", reference);
        Map<String, String> broken = new LinkedHashMap<>();
        for (String line : lines(run, "BROKEN")) {
            broken.put(line.strip().split(" +", -1)[1], line);
        }
        assertThat(run.status()).as(run.out() + run.err()).isEqualTo(broken.isEmpty() ? 0 : 3);
        return broken;
    }

    /** A share of the rows follows a second rule. */
    private Path rules(String name, long seed, double second) throws IOException {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder("x0,x1,x2,x3,x4,x5,x6,x7,y\n");
        for (int i = 0; i < 400; i++) {
            boolean other = random.nextDouble() < second;
            double sum = 0.3 * random.nextGaussian();
            for (int j = 0; j < 8; j++) {
                double x = random.nextGaussian();
                sum += (other && j % 2 == 0 ? -2 : 2) * x;
                text.append(String.format(Locale.ROOT, "%.4f,", x));
            }
            text.append(sum > 0 ? "yes\n" : "no\n");
        }
        return Files.writeString(folder.resolve(name), text);
    }

    private static CommandRun check(Path data, String label, Object... more) {
        List<Object> words = new ArrayList<>(List.of("check", data, "--label", label));
        words.addAll(List.of(more));
        return CommandRun.of(words.toArray());
    }

    private static List<String> lines(CommandRun run, String word) {
        return run.out()
                .lines()
                .filter(line -> line.matches("  (passed|BROKEN|UNDECIDED|left out) .*") && line.contains(word))
                .toList();
    }

    private static JsonNode json(Path file) throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }

    private static Map<String, Element> cases(Path junit) throws Exception {
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(junit.toFile());
        Element suite = (Element) document.getElementsByTagName("testsuite").item(0);
        NodeList list = document.getElementsByTagName("testcase");
        Map<String, Element> cases = new LinkedHashMap<>();
        for (int k = 0; k < list.getLength(); k++) {
            Element one = (Element) list.item(k);
            cases.put(one.getAttribute("name"), one);
        }
        assertThat(suite.getAttribute("tests")).isEqualTo(Integer.toString(cases.size()));
        assertThat(suite.getAttribute("failures"))
                .isEqualTo(Integer.toString(
                        document.getElementsByTagName("failure").getLength()));
        return cases;
    }

    private static Map<String, String> messages(Map<String, Element> cases, String tag) {
        Map<String, String> messages = new LinkedHashMap<>();
        cases.forEach((name, one) -> {
            if (one.getElementsByTagName(tag).item(0) instanceof Element found) {
                messages.put(name, found.getAttribute("message"));
            }
        });
        return messages;
    }
}
