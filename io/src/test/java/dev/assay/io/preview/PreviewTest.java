package dev.assay.io.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.data.InvalidInputException;
import dev.assay.io.array.Pictures;
import dev.assay.io.array.TestArrays;
import dev.assay.io.file.FileFormat;
import dev.assay.io.preview.PreviewColumn.Kind;
import dev.assay.io.read.ReadSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A first look tells what is in a file before anyone says what it is for. */
class PreviewTest {
    @TempDir
    Path folder;

    @Test
    void columnsAreWhatTheEncoderWouldTakeThemFor() throws IOException {
        StringBuilder text = new StringBuilder("name,size,colour,ok,day,class\n");
        for (int i = 0; i < 60; i++) {
            text.append("<img src=x onerror=alert(1)> ").append(i * 37 % 61).append(',');
            text.append(i % 7 == 0 ? "NA" : Double.toString(i * 0.5)).append(',');
            text.append(i % 5 == 0 ? "" : i % 2 == 0 ? "red" : "blue").append(',');
            text.append(i % 3 == 0).append(",2026-01-").append(10 + i % 19).append(',');
            text.append(i % 2 == 0 ? "a" : "b").append('\n');
        }
        Path file = Files.writeString(folder.resolve("in.csv"), text.toString());

        Preview preview = Preview.of(file, ReadSettings.Header.AUTO, 1);

        assertThat(preview.format()).isEqualTo(FileFormat.CSV);
        assertThat(preview.records()).isEqualTo(60);
        assertThat(preview.columns())
                .extracting(PreviewColumn::kind)
                .containsExactly(Kind.TEXT, Kind.NUMBER, Kind.CATEGORY, Kind.TRUTH, Kind.DATE, Kind.CATEGORY);
        assertThat(preview.columns()).extracting(PreviewColumn::missing).containsExactly(0, 9, 12, 0, 0, 0);
        assertThat(preview.columns().get(2).detail()).isEqualTo("2 values");
        assertThat(preview.rows()).hasSize(Preview.ROWS);
        assertThat(preview.rows().get(0)).startsWith("<img src=x onerror=alert(1)> 0", "NA", null);
        assertThat(preview.labels()).startsWith("class").endsWith("name").hasSize(6);
        assertThat(preview.needsLabels()).isFalse();
        assertThat(preview.pictures()).isNull();
    }

    @Test
    void everyTextFormatIsLookedAtPackedOrNot() throws IOException {
        assertThat(names("in.tsv", "x\ty\n1\ta\n2\tb\n", ReadSettings.Header.AUTO))
                .isEqualTo("[x, y] 2");
        assertThat(names("in.json", "[{\"x\":1,\"y\":[1,2]},{\"x\":2,\"y\":[3]}]", ReadSettings.Header.AUTO))
                .isEqualTo("[x, y] 2");
        assertThat(names("in.jsonl", "{\"x\":1,\"y\":\"a\"}\n{\"x\":null,\"y\":\"b\"}\n", ReadSettings.Header.AUTO))
                .isEqualTo("[x, y] 2");
        assertThat(names("bare.csv", "1,2\n3,4\n5,6\n", ReadSettings.Header.ABSENT))
                .isEqualTo("[1, 2] 3");
        Path packed = folder.resolve("in.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write("x,y\n1,a\n2,b\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(Preview.of(packed, ReadSettings.Header.AUTO, 1).records()).isEqualTo(2);
    }

    @Test
    void picturesWithoutLabelsAskForThem() throws IOException {
        byte[] bytes = new byte[16 + 3 * 16];
        bytes[2] = 8;
        bytes[3] = 3;
        bytes[7] = 3;
        bytes[11] = 4;
        bytes[15] = 4;
        bytes[16] = (byte) 200;
        Path file = Files.write(folder.resolve("images-idx3-ubyte"), bytes);

        Preview preview = Preview.of(file, ReadSettings.Header.AUTO, 1);

        assertThat(preview.needsLabels()).isTrue();
        assertThat(preview.columns()).extracting(PreviewColumn::kind).containsExactly(Kind.ARRAY);
        Pictures pictures = Objects.requireNonNull(preview.pictures());
        assertThat(pictures.pixels()).hasSize(3);
        assertThat(pictures.pixels().get(0)[0]).isEqualTo((byte) 200);
    }

    @Test
    void arraysOfOneValuePerExampleMayBeLabels() throws IOException {
        Path file = TestArrays.npz(
                folder.resolve("in.npz"),
                Map.of(
                        "X", TestArrays.npy("<f8", "(2, 2)", TestArrays.doubles(1, 2, 3, 4)),
                        "y", TestArrays.npy("|u1", "(2,)", new byte[] {4, 5})));

        Preview preview = Preview.of(file, ReadSettings.Header.AUTO, 1);

        assertThat(preview.labels()).containsExactly("y");
        assertThat(preview.needsLabels()).isFalse();
        assertThat(preview.records()).isEqualTo(2);
    }

    @Test
    void whatCannotBeReadIsOneLine() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.csv"));

        assertThatThrownBy(() -> Preview.of(empty, ReadSettings.Header.AUTO, 1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is empty");
    }

    private String names(String name, String text, ReadSettings.Header header) throws IOException {
        Preview preview = Preview.of(Files.writeString(folder.resolve(name), text), header, 1);
        return preview.columns().stream().map(PreviewColumn::name).toList() + " " + preview.records();
    }
}
