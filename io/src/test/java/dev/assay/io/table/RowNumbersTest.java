package dev.assay.io.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.io.DataReader;
import dev.assay.io.GivenRows;
import dev.assay.io.read.InputSchema;
import dev.assay.io.read.LoadedData;
import dev.assay.io.read.ReadSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A column that only numbers the rows, in whatever order, is no feature. */
class RowNumbersTest {
    private static final ReadSettings BY_Y = ReadSettings.automatic().withLabel("y");

    @TempDir
    Path folder;

    @Test
    void numbersInAnyOrderUnderTheNameOfAnIndexAreLeftOut() throws IOException {
        for (String name : List.of("", "id", "Index", "Unnamed: 0", "__index_level_0__", "row_id")) {
            for (int first = 0; first <= 1; first++) {
                LoadedData data = read(name, shuffled(first, 40), BY_Y);

                assertThat(data.dataset().featureNames())
                        .as("'%s' from %d", name, first)
                        .containsExactly("x", "bias");
                assertThat(data.notes()).anyMatch(note -> note.toString().contains("only numbers the rows"));
            }
        }
    }

    @Test
    void theIndexOfALargerFileIsLeftOutWhereNobodyNamedIt() throws IOException {
        assertThat(read("", shuffled(0, 90).subList(0, 40), BY_Y).dataset().featureNames())
                .containsExactly("x", "bias");
    }

    @Test
    void numbersThatMaySaySomethingStay() throws IOException {
        List<Integer> twice = new ArrayList<>(shuffled(0, 40));
        twice.set(3, twice.get(4));

        assertThat(read("height", shuffled(0, 40), BY_Y).dataset().featureNames())
                .contains("height");
        assertThat(read("id", twice, BY_Y).dataset().featureNames()).contains("id");
        assertThat(read("id", shuffled(1000, 40), BY_Y).dataset().featureNames())
                .contains("id");
        assertThat(read("id", shuffled(0, 40), BY_Y.withNumeric(List.of("id")))
                        .dataset()
                        .featureNames())
                .contains("id");
    }

    @Test
    void rowsToBePredictedMayHaveItOrNot() throws IOException {
        InputSchema form = InputSchema.of(read("id", shuffled(0, 40), BY_Y));

        assertThat(GivenRows.encode(List.of(Map.of("id", 3, "x", 1.5)), form)
                        .encoded()
                        .values())
                .isEqualTo(GivenRows.encode(List.of(Map.of("x", 1.5)), form)
                        .encoded()
                        .values());
    }

    private static List<Integer> shuffled(int first, int count) {
        List<Integer> numbers =
                new ArrayList<>(IntStream.range(first, first + count).boxed().toList());
        Collections.shuffle(numbers, new Random(5));
        return numbers;
    }

    private LoadedData read(String name, List<Integer> numbers, ReadSettings settings) throws IOException {
        StringBuilder csv = new StringBuilder("x," + name + ",y\n");
        for (int row = 0; row < numbers.size(); row++) {
            csv.append(row % 7 + 0.25).append(',').append(numbers.get(row)).append(row % 2 == 0 ? ",p\n" : ",q\n");
        }
        return new DataReader(1).read(Files.writeString(folder.resolve("rows.csv"), csv), settings);
    }
}
