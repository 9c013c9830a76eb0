package dev.assay.io.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.data.InvalidInputException;
import dev.assay.io.file.InputFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DelimitedRecordsTest {

    @TempDir
    Path folder;

    @Test
    void quotesProtectDelimitersLineEndsAndQuotes() throws IOException {
        assertThat(texts("a,\"b,c\",\"d\"\"e\"\n\"f\r\ng\",,h\n"))
                .containsExactly(List.of("a", "b,c", "d\"e"), List.of("f\r\ng", "", "h"));
    }

    @Test
    void aQuoteInsideAFieldIsALetter() throws IOException {
        assertThat(texts("5\" pipe,x\n")).containsExactly(List.of("5\" pipe", "x"));
    }

    @Test
    void allLineEndsAndEmptyLinesAreUnderstood() throws IOException {
        assertThat(texts("a,b\n\nc,d\r\n\r\ne,f\rg,h"))
                .containsExactly(List.of("a", "b"), List.of("c", "d"), List.of("e", "f"), List.of("g", "h"));
    }

    @Test
    void theByteOrderMarkIsNoPartOfTheFirstName() throws IOException {
        assertThat(texts("\ufeffname,b\n1,2\n")).containsExactly(List.of("name", "b"), List.of("1", "2"));
        assertThat(texts("\ufeff\"na,me\",b\n")).containsExactly(List.of("na,me", "b"));
    }

    @Test
    void theBytesOfAllRecordsAreTheFile() throws IOException {
        Random random = new Random(20260309);
        for (int round = 0; round < 50; round++) {
            String end = List.of("\n", "\r\n", "\r").get(round % 3);
            List<List<String>> expected = new ArrayList<>();
            StringBuilder text = new StringBuilder();
            for (int row = 0; row < 200; row++) {
                List<String> fields = new ArrayList<>();
                List<String> written = new ArrayList<>();
                for (int field = 0; field < 4; field++) {
                    String value = randomText(random);
                    fields.add(value);
                    boolean quoted = random.nextBoolean() || !value.matches("[^\",\r\n]*");
                    written.add(quoted ? '"' + value.replace("\"", "\"\"") + '"' : value);
                }
                expected.add(fields);
                text.append(String.join(",", written)).append(row == 199 && round % 2 == 0 ? "" : end);
            }
            Path file = write(text.toString());

            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            List<List<String>> found = new ArrayList<>();
            try (DelimitedRecords records = new DelimitedRecords(InputFile.at(file), ',')) {
                while (records.next()) {
                    found.add(records.texts());
                    assertThat(records.fieldCount()).isEqualTo(4);
                    bytes.write(records.buffer(), 0, records.length());
                }
                assertThat(records.hasMixedEnds()).isFalse();
            }

            assertThat(found).isEqualTo(expected);
            assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(text.toString());
        }
    }

    @Test
    void mixedLineEndsAreNoticed() throws IOException {
        try (DelimitedRecords records = new DelimitedRecords(InputFile.at(write("a,b\r\nc,d\n")), ',')) {
            assertThat(records.next()).isTrue();
            assertThat(records.next()).isTrue();
            assertThat(records.hasMixedEnds()).isTrue();
        }
    }

    @Test
    void brokenQuotesAreNamedWithTheirLine() {
        assertThatThrownBy(() -> texts("a,b\n\"c,d\ne,f\n"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("line 2: a quote is opened and never closed");
        assertThatThrownBy(() -> texts("a,b\n\"c\"d,e\n"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("line 2: 'd' after a closing quote");
    }

    @Test
    void otherEncodingsAreNamedWithTheirLine() throws IOException {
        Path file = folder.resolve("latin.csv");
        Files.write(file, "a,b\nc,caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> texts(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("not UTF-8")
                .hasMessageContaining("0xe9 in line 2");
    }

    private static String randomText(Random random) {
        StringBuilder text = new StringBuilder("x");
        int length = random.nextInt(8);
        for (int index = 0; index < length; index++) {
            text.append(List.of("a", "\"", ",", "\n", "\r\n", "\u00e9", "\ud83d\ude00", " ")
                    .get(random.nextInt(8)));
        }
        return text.toString();
    }

    private List<List<String>> texts(String content) throws IOException {
        return texts(write(content));
    }

    private static List<List<String>> texts(Path file) throws IOException {
        List<List<String>> all = new ArrayList<>();
        try (DelimitedRecords records = new DelimitedRecords(InputFile.at(file), ',')) {
            while (records.next()) {
                all.add(records.texts());
            }
        }
        return all;
    }

    private Path write(String content) throws IOException {
        return Files.writeString(folder.resolve("records.csv"), content);
    }
}
