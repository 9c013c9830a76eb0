package dev.assay.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.data.InvalidInputException;
import dev.assay.io.array.TestArrays;
import dev.assay.io.read.EncodedRows;
import dev.assay.io.read.InputSchema;
import dev.assay.io.read.LoadedData;
import dev.assay.io.read.ReadSettings;
import dev.assay.linalg.Matrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A row that is given becomes the features that it would become in a file. */
class GivenRowsTest {
    @TempDir
    Path folder;

    @Test
    void givenRowsEqualTheRowsOfAFile() throws IOException {
        InputSchema form = table();
        Path file = Files.writeString(folder.resolve("new.csv"), """
            n,gap,coded,colour,flag,day
            1.5,7,3,red,true,2026-03-04
            -2,,1,violet,false,2026-12-31
            1e3,2.25,2,blue,,
            """);
        EncodedRows<Matrix> there = new DataReader(1).readNew(file, form, null);

        EncodedRows<Matrix> given = GivenRows.encode(
                List.of(
                        row("n", 1.5, "gap", "7", "coded", 3, "colour", "red", "flag", true, "day", "2026-03-04"),
                        row(
                                "n",
                                -2,
                                "gap",
                                "NA",
                                "coded",
                                "1",
                                "colour",
                                "violet",
                                "flag",
                                "false",
                                "day",
                                "2026-12-31"),
                        row("n", "1e3", "gap", 2.25, "coded", 2.0, "colour", "blue", "flag", null)),
                form);

        assertThat(given.encoded().values()).isEqualTo(there.encoded().values());
        assertThat(given.notes()).isEqualTo(there.notes());
    }

    @Test
    void whatIsNotKnownIsNamed() throws IOException {
        InputSchema form = table();

        refused(form, row("colur", "red"), "row 0", "'colur'", "did you mean 'colour'?");
        refused(form, row("n", "many"), "row 0, column 'n'", "\"many\"", "expected a number");
        refused(form, row("n", true), "expected a number");
        refused(form, row("n", "inf"), "NaN or infinite");
        refused(form, row("flag", 3), "expected true or false");
        refused(form, row("day", "yesterday"), "expected a date");
        refused(form, row("colour", List.of(1)), "expected a text or a number");
        assertThat(GivenRows.encode(List.of(row("y", "p")), form).encoded().rows())
                .isEqualTo(1);
    }

    @Test
    void anExampleOfAnArrayIsANestedListOfItsEntries() throws IOException {
        Random random = new Random(1);
        byte[] pixels = new byte[40 * 4];
        random.nextBytes(pixels);
        byte[] labels = new byte[40];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (byte) (i % 2);
        }
        Path file = TestArrays.npz(
                folder.resolve("in.npz"),
                Map.of(
                        "X", TestArrays.npy("|u1", "(40, 2, 2)", pixels),
                        "y", TestArrays.npy("|u1", "(40,)", labels)));
        LoadedData training = new DataReader(1).read(file, ReadSettings.automatic());
        InputSchema form = InputSchema.of(training);
        Object nested =
                List.of(List.of(pixels[0] & 0xff, pixels[1] & 0xff), List.of(pixels[2] & 0xff, pixels[3] & 0xff));

        assertThat(GivenRows.encode(List.of(row("X", nested)), form).encoded().values())
                .isEqualTo(training.dataset().features().selectRows(0, 1).values());
        refused(form, row("X", List.of(1, 2, 3)), "has 3 numbers, expected 4");
        refused(form, row("X", "picture"), "expected finite numbers");
        refused(form, row("Z", nested), "'Z'", "'X'");
    }

    private static void refused(InputSchema form, Map<String, @Nullable Object> row, String... parts) {
        assertThatThrownBy(() -> GivenRows.encode(List.of(row), form))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll(parts);
    }

    private InputSchema table() throws IOException {
        Random random = new Random(7);
        StringBuilder text = new StringBuilder("n,gap,coded,colour,flag,day,y\n");
        for (int i = 0; i < 200; i++) {
            text.append(random.nextGaussian())
                    .append(',')
                    .append(i % 9 == 0 ? "" : Integer.toString(random.nextInt(50)))
                    .append(',')
                    .append(1 + i % 3)
                    .append(',')
                    .append(List.of("red", "blue", "green").get(random.nextInt(3)))
                    .append(',')
                    .append(random.nextBoolean())
                    .append(",2026-")
                    .append(i % 2 == 0 ? "01" : "07")
                    .append('-')
                    .append(10 + i % 15)
                    .append(',')
                    .append(i % 2 == 0 ? "p" : "q")
                    .append('\n');
        }
        Path file = Files.writeString(folder.resolve("train.csv"), text.toString());
        return InputSchema.of(new DataReader(1)
                .read(file, ReadSettings.automatic().withLabel("y").withCategorical(List.of("coded"))));
    }

    private static Map<String, @Nullable Object> row(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> row = new HashMap<>();
        Object[] words = Arrays.copyOf(namesAndValues, namesAndValues.length);
        for (int i = 0; i < words.length; i += 2) {
            row.put(String.valueOf(words[i]), words[i + 1]);
        }
        return row;
    }
}
