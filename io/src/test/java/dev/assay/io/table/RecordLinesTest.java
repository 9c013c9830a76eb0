package dev.assay.io.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.data.InvalidInputException;
import dev.assay.io.file.FileFormat;
import dev.assay.io.file.SourceContent;
import dev.assay.io.read.DataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A row of the results is found again in the file by the line that an editor shows. */
class RecordLinesTest {
    private static final String TABLE = "text,x,y\n\"a\nb\",1,u\n\nc,2,v\n\"d\r\n\ne\",3,u\nf,4,v\n";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void quotedLineBreaksAndEmptyLinesAreCounted() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.csv"), TABLE);

        assertThat(RecordLines.of(source(file, true), new int[] {3, 0, 2, 1})).containsExactly(9, 2, 6, 5);
    }

    @Test
    void withoutALineOfNamesTheFirstRowIsLineOne() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.csv"), "a,1,u\nc,2,v\n");

        assertThat(RecordLines.of(source(file, false), new int[] {0, 1})).containsExactly(1, 2);
    }

    @Test
    void whereLinesEndWithCarriageReturnsAloneNoneIsSaid() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.csv"), "text,x,y\ra,1,u\rc,2,v\r");

        assertThat(RecordLines.of(source(file, true), new int[] {0, 1})).isNull();
    }

    @Test
    void aFileThatBecameShorterIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.csv"), TABLE);
        DataSource source = source(file, true);

        assertThatThrownBy(() -> RecordLines.of(source, new int[] {4}))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("was changed since it was read");
    }

    private static DataSource source(Path file, boolean header) {
        return new DataSource(
                file,
                FileFormat.CSV,
                false,
                null,
                4,
                List.of("text", "x"),
                "y",
                null,
                null,
                new DataSource.TextLayout(',', header),
                SourceContent.UNKNOWN);
    }
}
