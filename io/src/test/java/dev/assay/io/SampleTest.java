package dev.assay.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.data.Dataset;
import dev.assay.data.InvalidInputException;
import dev.assay.io.array.TestArrays;
import dev.assay.io.read.LoadedData;
import dev.assay.io.read.ReadSettings;
import dev.assay.io.read.SampleSize;
import dev.assay.io.read.SampledData;
import dev.assay.io.read.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sample to learn from is drawn by what rows hold, whatever their order. */
final class SampleTest {
    private static final ReadSettings BY_Y =
            ReadSettings.automatic().withLabel("y").withId("id");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void itHoldsAboutSoManyRowsAndTheirTruePlaces() throws IOException {
        List<String> lines = lines(5000);
        Path file = write("all.csv", lines);
        SampledData sampled = read(file, 500);
        Dataset sample = sampled.data().dataset();
        LoadedData whole = new DataReader(2).read(file, BY_Y);

        assertThat(sample.size()).isBetween(500, 503);
        assertThat(sampled.labelled()).isEqualTo(whole.dataset().size()).isLessThan(5000);
        assertThat(sampled.isSample()).isTrue();
        assertThat(sampled.data().source().records()).isEqualTo(5000);
        assertThat(sampled.data().notes()).anyMatch(note -> note.toString().contains("no label"));
        assertThat(sample.rows()).isSorted();
        assertThat(sampled.data().ids())
                .isEqualTo(IntStream.of(sample.rows())
                        .mapToObj(row -> lines.get(row).split(",", 2)[0])
                        .toList());
        // the classes are drawn as often as they are there
        long p = IntStream.range(0, sample.size())
                .filter(i -> sampled.data().labelText(i).equals("p"))
                .count();
        assertThat(p / (double) sample.size()).isBetween(0.18, 0.32);
    }

    @Test
    void theOrderOfTheRowsAndTheThreadsDoNotMatter() throws IOException {
        List<String> lines = lines(3000);
        List<String> shuffled = new ArrayList<>(lines);
        Collections.shuffle(shuffled, new Random(3));
        Set<String> drawn = ids(read(write("a.csv", lines), 300));

        assertThat(ids(read(write("b.csv", shuffled), 300))).isEqualTo(drawn);
        assertThat(ids(new DataReader(1).readSample(write("b.csv", shuffled), BY_Y, new SampleSize(300, 1))))
                .isEqualTo(drawn);
        assertThat(ids(new DataReader(1).readSample(write("b.csv", shuffled), BY_Y, new SampleSize(300, 2))))
                .isNotEqualTo(drawn);
        // a larger sample holds the smaller one
        assertThat(ids(read(write("b.csv", shuffled), 600))).containsAll(drawn);
    }

    @Test
    void rowsOfOneContentStayTogether() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < 4000; row++) {
            lines.add("r" + row + "," + row % 1000 + ".5,k," + (row % 1000 % 4 == 0 ? "p" : "q"));
        }
        Path file = write("copies.csv", lines);
        int[] rows = read(file, 400).data().dataset().rows();
        Map<Integer, Long> copies = Arrays.stream(rows)
                .mapToObj(row -> row % 1000)
                .collect(Collectors.groupingBy(content -> content, Collectors.counting()));

        assertThat(copies.values()).containsOnly(4L);
        assertThat(copies).hasSize(100);
    }

    @Test
    void aFileWithoutMoreRowsIsReadWhole() throws IOException {
        Path file = write("all.csv", lines(200));
        SampledData sampled = read(file, 200);

        assertThat(sampled.isSample()).isFalse();
        assertThat(sampled.data().dataset().fingerprint())
                .isEqualTo(new DataReader(1).read(file, BY_Y).dataset().fingerprint());
    }

    @Test
    void aLabelThatIsInNoRowOfTheSampleIsTold() throws IOException {
        List<String> lines = lines(3000);
        lines.set(1234, "rare,1,a,seldom");
        assertThat(read(write("rare.csv", lines), 30).data().notes())
                .anyMatch(note -> note.toString()
                        .startsWith("1 label ('seldom') of 1 row of the file is in none of the 30 rows"));
    }

    @Test
    void aValueThatTheFirstRowsDoNotFitDoesNotHideAway() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < 22_000; row++) {
            lines.add("r" + row + "," + (row == 21_500 ? "word" : row) + ",a," + (row % 2 == 0 ? "p" : "q"));
        }
        SampledData sampled = read(write("late.csv", lines), 500);

        assertThat(sampled.data().dataset().size()).isEqualTo(500);
        assertThat(sampled.data().source().records()).isEqualTo(22_000);
    }

    @Test
    void noLabelAtAllIsRefused() throws IOException {
        List<String> lines =
                lines(300).stream().map(line -> line.replaceAll(",[^,]*$", ",")).toList();
        assertThatThrownBy(() -> read(write("none.csv", lines), 30))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("all 300 labels in column 'y' are missing");
    }

    @Test
    void arraysAreDrawnInTheSameWay() throws IOException {
        int n = 2000;
        double[] x = new SplittableRandom(9).doubles(3L * n).toArray();
        double[] y = IntStream.range(0, n)
                .mapToDouble(i -> i % 40 == 0 ? Double.NaN : x[3 * i] > 0.5 ? 1 : 0)
                .toArray();
        int[] order = IntStream.range(0, n).map(i -> (i * 7 + 3) % n).toArray();
        double[] otherX = new double[3 * n];
        double[] otherY = new double[n];
        for (int place = 0; place < n; place++) {
            System.arraycopy(x, 3 * order[place], otherX, 3 * place, 3);
            otherY[place] = y[order[place]];
        }
        SampledData drawn = arrays(n, x, y);
        SampledData other = arrays(n, otherX, otherY);

        assertThat(drawn.labelled()).isEqualTo(n - n / 40);
        assertThat(drawn.data().dataset().size()).isEqualTo(250);
        assertThat(drawn.data().source().records()).isEqualTo(n);
        assertThat(new TreeSet<>(Arrays.stream(other.data().dataset().rows())
                        .mapToObj(row -> order[row])
                        .toList()))
                .isEqualTo(new TreeSet<>(
                        Arrays.stream(drawn.data().dataset().rows()).boxed().toList()));
    }

    private SampledData arrays(int n, double[] x, double[] y) throws IOException {
        Map<String, byte[]> arrays = new LinkedHashMap<>();
        arrays.put("X", TestArrays.npy("<f8", "(" + n + ", 3)", TestArrays.doubles(x)));
        arrays.put("y", TestArrays.npy("<f8", "(" + n + ",)", TestArrays.doubles(y)));
        return new DataReader(1)
                .readSample(
                        TestArrays.npz(folder.resolve("arrays.npz"), arrays),
                        ReadSettings.automatic().withTask(Task.CLASSIFICATION),
                        new SampleSize(250, 1));
    }

    private SampledData read(Path file, int rows) {
        return new DataReader(2).readSample(file, BY_Y, new SampleSize(rows, 1));
    }

    private static Set<String> ids(SampledData sampled) {
        List<String> ids = sampled.data().ids();
        return ids == null ? Set.of() : new TreeSet<>(ids);
    }

    private static List<String> lines(int count) {
        SplittableRandom random = new SplittableRandom(7);
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            String label = row % 50 == 3 ? "NA" : random.nextInt(4) == 0 ? "p" : "q";
            lines.add("r" + row + "," + random.nextDouble() + "," + "abc".charAt(random.nextInt(3)) + "," + label);
        }
        return lines;
    }

    private Path write(String name, List<String> lines) throws IOException {
        return Files.writeString(folder.resolve(name), "id,x,c,y\n" + String.join("\n", lines) + "\n");
    }
}
