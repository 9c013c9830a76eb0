package dev.assay.io.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.data.InvalidInputException;
import dev.assay.io.DataReader;
import dev.assay.io.array.Pictures;
import dev.assay.io.array.TestArrays;
import dev.assay.io.read.LoadedData;
import dev.assay.io.read.ReadSettings;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowTextsTest {
    @TempDir
    Path folder;

    @Test
    void rowsComeAsTheyStandInTheFileInTheOrderAskedFor() throws IOException {
        Path file = folder.resolve("data.csv");
        Files.writeString(file, "code,name,y\r\n007,\"a, \"\"b\"\"\",u\r\n1.50,,v\r\n1e3,<img src=x>,u\r\n");
        LoadedData data = new DataReader(1).read(file, ReadSettings.automatic().withLabel("y"));

        assertThat(RowTexts.of(data.source(), List.of("name", "code"), new int[] {2, 0, 1}))
                .containsExactly(List.of("<img src=x>", "1e3"), List.of("a, \"b\"", "007"), List.of("", "1.50"));
    }

    @Test
    void jsonTextsAreTheValuesWithoutTheirQuotes() throws IOException {
        Path file = folder.resolve("data.jsonl");
        Files.writeString(file, "{\"x\": 1.0, \"t\": \"é\", \"y\": \"u\"}\n{\"x\": 2, \"t\": null, \"y\": \"v\"}\n");
        LoadedData data = new DataReader(1).read(file, ReadSettings.automatic().withLabel("y"));

        assertThat(RowTexts.of(data.source(), List.of("x", "t"), new int[] {1, 0}))
                .containsExactly(List.of("2", ""), List.of("1.0", "é"));
    }

    @Test
    void aFileThatHasChangedIsRefused() throws IOException {
        Path file = folder.resolve("data.csv");
        Files.writeString(file, "x,y\n1,u\n2,v\n3,u\n");
        LoadedData data = new DataReader(1).read(file, ReadSettings.automatic().withLabel("y"));
        Files.writeString(file, "x,y\n1,u\n2,v\n");

        assertThatThrownBy(() -> RowTexts.of(data.source(), List.of("x"), new int[] {0}))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("was changed");
    }

    @Test
    void picturesKeepTheirOrientationWhicheverWayTheChannelsLie() throws IOException {
        byte[] channelsLast = new byte[2 * 4 * 5 * 3];
        byte[] channelsFirst = new byte[channelsLast.length];
        for (int example = 0; example < 2; example++) {
            for (int line = 0; line < 4; line++) {
                for (int point = 0; point < 5; point++) {
                    for (int channel = 0; channel < 3; channel++) {
                        byte value = (byte) (100 * example + 20 * line + 3 * point + channel);
                        channelsLast[((example * 4 + line) * 5 + point) * 3 + channel] = value;
                        channelsFirst[((example * 3 + channel) * 4 + line) * 5 + point] = value;
                    }
                }
            }
        }

        Pictures last = pictures("|u1", "(2, 4, 5, 3)", channelsLast);
        Pictures first = pictures("|u1", "(2, 3, 4, 5)", channelsFirst);

        assertThat(last.width()).isEqualTo(5);
        assertThat(last.height()).isEqualTo(4);
        assertThat(last.channels()).isEqualTo(3);
        assertThat(last.pixels().get(0)).startsWith(100, 101, 102, 103);
        assertThat(last.pixels().get(1)).startsWith(0, 1, 2, 3);
        assertThat(first.pixels().get(0)).isEqualTo(last.pixels().get(0));
    }

    @Test
    void numbersFromNoughtToOneAndLargePicturesAreBroughtToSize() throws IOException {
        int side = 130;
        Pictures pictures = pictures(
                "<f8",
                "(2, " + side + ", " + side + ")",
                TestArrays.bytes(ByteOrder.LITTLE_ENDIAN, 2 * side * side * 8, buffer -> {
                    for (int index = 0; index < 2 * side * side; index++) {
                        // left half white, right half black; the first example all black
                        buffer.putDouble(index >= side * side && index % side < side / 2 ? 1 : 0);
                    }
                }));

        assertThat(pictures.width()).isEqualTo(43);
        assertThat(pictures.height()).isEqualTo(43);
        assertThat(pictures.pixels().get(0)[0]).isEqualTo((byte) 255);
        assertThat(pictures.pixels().get(0)[42]).isEqualTo((byte) 0);
    }

    /** The second and the first example as pictures. */
    private Pictures pictures(String type, String shape, byte[] entries) throws IOException {
        Map<String, byte[]> arrays = new LinkedHashMap<>();
        arrays.put("X", TestArrays.npy(type, shape, entries));
        arrays.put("y", TestArrays.npy("|u1", "(2,)", new byte[] {0, 1}));
        Path file = TestArrays.npz(folder.resolve("data.npz"), arrays);
        LoadedData data = new DataReader(1)
                .read(file, ReadSettings.automatic().withLabel("y").withFeatures(List.of("X")));
        return Objects.requireNonNull(Pictures.of(data.source(), new int[] {1, 0}));
    }
}
