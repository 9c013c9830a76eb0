package dev.assay.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.io.array.TestArrays;
import dev.assay.io.read.LoadedData;
import dev.assay.io.read.ReadSettings;
import dev.assay.work.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same rows in another order are the same numbers, to the last bit, and fall into the same parts. */
class RowOrderTest {
    private static final int ROWS = 400;

    @TempDir
    Path folder;

    private final List<Integer> order = new ArrayList<>(
            IntStream.range(0, ROWS).mapToObj(row -> (row * 7 + 3) % ROWS).toList());

    private LoadedData read(String name, List<String> lines, ReadSettings settings) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, "number,wide,when,flag,kind,w,y\n" + String.join("\n", lines) + "\n");
        return new DataReader(2).read(file, settings);
    }

    @Test
    void ofTables() throws IOException {
        Collections.shuffle(order, new Random(2));
        Random random = new Random(5);
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%.6f,%.3f,2024-%02d-%02dT%02d:10:00,%b,%s,%.2f,%.5f",
                    random.nextGaussian(),
                    1e7 + 1e3 * random.nextGaussian(),
                    1 + random.nextInt(12),
                    1 + random.nextInt(28),
                    random.nextInt(24),
                    random.nextBoolean(),
                    "k" + random.nextInt(4),
                    0.1 + random.nextDouble(),
                    random.nextGaussian()));
        }
        for (int row = 300; row < ROWS; row++) {
            lines.set(row, lines.get(row % 40));
        }
        ReadSettings settings = ReadSettings.automatic().withLabel("y").withWeight("w");
        assertSame(
                read("a.csv", lines, settings).dataset(),
                read("b.csv", order.stream().map(lines::get).toList(), settings).dataset());
    }

    @Test
    void ofArrays() throws IOException {
        Collections.shuffle(order, new Random(2));
        Random random = new Random(5);
        double[][] values = new double[ROWS][3];
        int[] labels = new int[ROWS];
        for (int row = 0; row < ROWS; row++) {
            for (int entry = 0; entry < 3; entry++) {
                values[row][entry] = 1000 + random.nextGaussian();
            }
            labels[row] = random.nextInt(2);
        }
        assertSame(
                arrays("a.npz", values, labels),
                arrays(
                        "b.npz",
                        order.stream().map(row -> values[row]).toArray(double[][]::new),
                        order.stream().mapToInt(row -> labels[row]).toArray()));
    }

    private Dataset arrays(String name, double[][] values, int[] labels) throws IOException {
        Path file = folder.resolve(name);
        double[] entries = Arrays.stream(values).flatMapToDouble(Arrays::stream).toArray();
        double[] codes = Arrays.stream(labels).asDoubleStream().toArray();
        TestArrays.npz(
                file,
                Map.of(
                        "X", TestArrays.npy("<f8", "(" + ROWS + ", 3)", TestArrays.doubles(entries)),
                        "y", TestArrays.npy("<f8", "(" + ROWS + ",)", TestArrays.doubles(codes))));
        return new DataReader(2).read(file, ReadSettings.automatic()).dataset();
    }

    private void assertSame(Dataset first, Dataset moved) {
        try (Workers workers = Workers.of(2)) {
            int[] parts = ContentOrder.of(first, workers).assign(5, 1);
            int[] movedParts = ContentOrder.of(moved, workers).assign(5, 1);
            for (int place = 0; place < ROWS; place++) {
                int row = order.get(place);
                for (int j = 0; j < first.dimension(); j++) {
                    assertThat(moved.features().get(place, j))
                            .isEqualTo(first.features().get(row, j));
                }
                assertThat(moved.targets().value(place))
                        .isEqualTo(first.targets().value(row));
                assertThat(movedParts[place]).isEqualTo(parts[row]);
            }
        }
    }
}
