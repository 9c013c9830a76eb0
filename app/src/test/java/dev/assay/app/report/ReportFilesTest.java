package dev.assay.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.app.cli.Assay;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reports of real runs on data that means harm. */
class ReportFilesTest {
    private static final String HOSTILE = "<img src=x onerror=alert(1)>";
    private static final String CLOSING = "</script><script>alert(2)</script>{{script}}";

    @TempDir
    Path folder;

    /** Labels by the sign of x0, one in ten flipped; a name, a text and a label that are HTML. */
    private Path data(int rows) throws IOException {
        Random random = new Random(8);
        StringBuilder csv = new StringBuilder("x0," + HOSTILE + ",note,x3,y\n");
        for (int i = 0; i < rows; i++) {
            double x = random.nextGaussian();
            boolean high = x > 0 != (random.nextInt(10) == 0);
            csv.append(String.format(
                    Locale.ROOT,
                    "%.4f,%.4f,%s,%.4f,%s%n",
                    x,
                    random.nextGaussian(),
                    i % 2 == 0 ? CLOSING : "=1+1",
                    random.nextGaussian(),
                    high ? HOSTILE : "low"));
        }
        return Files.writeString(folder.resolve("data.csv"), csv);
    }

    private JsonNode run(String command, Path data, String... more) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                command,
                data.toString(),
                "--label",
                "y",
                "--out",
                folder.resolve(command).toString(),
                "--quiet"));
        words.addAll(List.of(more));
        StringWriter err = new StringWriter();
        int status = Assay.run(new PrintWriter(new StringWriter()), new PrintWriter(err), words.toArray(String[]::new));
        assertThat(status).as(err.toString()).isZero();
        return new ObjectMapper()
                .readTree(folder.resolve(command).resolve("report.json").toFile());
    }

    @Test
    void thePageHoldsTheDataAndLetsNothingElseIn() throws IOException, NoSuchAlgorithmException {
        JsonNode json = run("purify", data(200));
        String page = Files.readString(folder.resolve("purify/report.html"));

        // nothing of the data is markup
        assertThat(page).doesNotContain(HOSTILE).doesNotContain(CLOSING);
        Matcher data = Pattern.compile(
                        "<script type=\"application/json\" id=\"assay-report\">(.*?)</script>", Pattern.DOTALL)
                .matcher(page);
        assertThat(data.find()).isTrue();
        assertThat(new ObjectMapper().readTree(data.group(1))).isEqualTo(json);
        // the policy names the one script and the one style, and no address
        Matcher script =
                Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL).matcher(page);
        assertThat(script.find()).isTrue();
        Matcher style = Pattern.compile("<style>(.*?)</style>", Pattern.DOTALL).matcher(page);
        assertThat(style.find()).isTrue();
        assertThat(page)
                .contains("default-src 'none'; script-src '" + digest(script.group(1)) + "'; style-src '"
                        + digest(style.group(1)) + "'")
                .doesNotContain("unsafe-");
        assertThat(Pattern.compile("(src|href)=\"(?!data:)[^#\"]").matcher(page).find())
                .isFalse();
    }

    private static String digest(String text) throws NoSuchAlgorithmException {
        return "sha256-"
                + Base64.getEncoder()
                        .encodeToString(
                                MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void theReportSaysOfRowsWhatTheFileSaysOfThem() throws IOException {
        Path file = data(300);
        JsonNode json = run("diagnose", file);
        List<String> lines = Files.readAllLines(file);
        assertThat(json.at("/data/columns")).extracting(JsonNode::asText).containsExactly("x0", HOSTILE, "note", "x3");
        assertThat(json.at("/suspicious/rows")).isNotEmpty().allSatisfy(row -> {
            String[] cells = lines.get(1 + row.get("row").asInt()).split(",", -1);
            assertThat(row.get("values"))
                    .extracting(JsonNode::asText)
                    .containsExactly(cells[0], cells[1], cells[2], cells[3]);
            assertThat(row.get("label").asText()).isEqualTo(cells[4]);
            assertThat(row.get("line").asInt()).isEqualTo(2 + row.get("row").asInt());
        });
        assertThat(json.at("/rows")).isNotEmpty().allSatisfy(row -> {
            String[] cells = lines.get(row.get("line").asInt() - 1).split(",", -1);
            assertThat(row.at("/values/0").asText()).isEqualTo(cells[0]);
            assertThat(row.get("label").asText()).isEqualTo(cells[4]);
        });
        JsonNode worst = json.at("/suspicious/rows/0");
        assertThat(worst.get("judged").asBoolean()).isTrue();
        assertThat(worst.at("/against/0/column").asText()).isEqualTo("x0");
        assertThat(json.at("/heterogeneity/homogeneous/mean").asDouble())
                .isLessThan(json.at("/heterogeneity/potential").asDouble());
    }

    @Test
    void eachCellOfAPictureLeadsToRowsThatTheReportHolds() throws IOException {
        JsonNode json = run("diagnose", data(300));

        Set<Integer> held = new HashSet<>();
        json.at("/rows").forEach(row -> held.add(row.get("row").asInt()));
        json.at("/suspicious/rows").forEach(row -> held.add(row.get("row").asInt()));
        Set<Integer> judged = new HashSet<>();
        json.at("/suspicious/rows").forEach(row -> {
            if (row.get("judged").asBoolean()) {
                judged.add(row.get("row").asInt());
            }
        });
        JsonNode picture = json.at("/heterogeneity/influence/0");
        assertThat(picture.get("shown")).hasSize(picture.get("size").asInt());
        for (JsonNode group : picture.get("groups")) {
            for (int cell = group.get("from").asInt(); cell < group.get("to").asInt(); cell++) {
                assertThat(picture.get("shown").get(cell))
                        .isNotEmpty()
                        .allSatisfy(row -> assertThat(held).contains(row.asInt()))
                        .allSatisfy(row -> assertThat(judged.contains(row.asInt()))
                                .isEqualTo(group.get("name").asText().equals("taken out")));
            }
        }
    }

    @Test
    void columnsAreCountedGroupByGroup() throws IOException {
        JsonNode json = run("diagnose", data(300));

        JsonNode columns = json.get("columns");
        int[] sizes = {
            columns.at("/groupSizes/0").asInt(), columns.at("/groupSizes/1").asInt()
        };
        assertThat(sizes[0] + sizes[1]).isEqualTo(300);
        assertThat(sizes[0]).isEqualTo(json.at("/suspicious/judged").asInt());
        JsonNode number = columns.at("/list/0");
        assertThat(number.get("name").asText()).isEqualTo("x0");
        int counted = 0;
        for (JsonNode bin : number.at("/numbers/counts")) {
            counted += bin.get(0).asInt() + bin.get(1).asInt();
        }
        assertThat(counted).isEqualTo(300);
        JsonNode note = columns.at("/list/2");
        assertThat(note.get("distinct").asInt()).isEqualTo(2);
        assertThat(note.get("levels"))
                .extracting(level -> level.get("value").asText())
                .containsOnly(CLOSING, "=1+1");
        assertThat(note.at("/levels/0/counts/0").asInt()
                        + note.at("/levels/0/counts/1").asInt())
                .isEqualTo(150);
    }

    @Test
    void aRunShowsBlocksAndHowWellTheyPredict() throws IOException {
        JsonNode json = run("run", data(300), "--max-blocks", "2", "--drop", "note");
        assertThat(json.at("/run"))
                .isEqualTo(new ObjectMapper()
                        .readTree(folder.resolve("run/run.json").toFile()));
        assertThat(json.at("/blocks/list").size())
                .isEqualTo(1 + json.at("/run/blocks").size());
        JsonNode confusion = json.at("/prediction/confusion/models/0/counts");
        int rows = 0;
        int right = 0;
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                rows += confusion.get(i).get(j).asInt();
                right += i == j ? confusion.get(i).get(j).asInt() : 0;
            }
        }
        assertThat(rows).isEqualTo(60);
        assertThat((double) right / rows)
                .isEqualTo(
                        json.at("/prediction/models/0/measures/accuracy/value").asDouble());
        assertThat(json.at("/prediction/abstention/0/points/0/value").asDouble())
                .isEqualTo((double) right / rows);
        assertThat(json.at("/heterogeneity/influence/0/rows").asInt()).isEqualTo(300);
        assertThat(Files.size(folder.resolve("run/report.html"))).isLessThan(3_000_000);
    }
}
