package dev.assay.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.data.Dataset;
import dev.assay.io.DataReader;
import dev.assay.io.read.ReadSettings;
import dev.assay.io.read.SampledData;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that counts as large. */
final class AllRowsTest {
    private static final int ROWS = 1500;
    private static final AllRows.Limits SMALL = new AllRows.Limits(0, 100, 1000, 1L << 25, 200, 3000, 10, 500);

    @TempDir
    private Path folder;

    private RunInput input;

    @BeforeEach
    void write() throws IOException {
        Random random = new Random(3);
        StringBuilder text = new StringBuilder("x,colour,answer\n");
        for (int i = 0; i < ROWS; i++) {
            double x = random.nextGaussian();
            text.append(x)
                    .append(i % 3 == 0 ? ",red," : ",blue,")
                    .append(i % 10 == 7 ? "" : x > 0 ? "yes" : "no")
                    .append('\n');
        }
        Path file = Files.writeString(folder.resolve("mine.csv"), text);
        input = new RunInput(file, ReadSettings.automatic().withLabel("answer"), null, null);
    }

    @Test
    void allRowsAreEncodedLikeTheSample() {
        DataReader reader = new DataReader(2);
        SampledData sampled = AllRows.sample(input, reader, SMALL, 5);
        Dataset whole = reader.read(input.data(), input.reading()).dataset();

        assertThat(sampled.isSample()).isTrue();
        assertThat(sampled.labelled()).isEqualTo(whole.size());
        assertThat(sampled.data().dataset().size()).isBetween(350, 650);
        try (Workers workers = Workers.of(2);
                AllRows all = AllRows.read(input, sampled.data(), sampled.labelled(), workers, Progress.NONE)) {
            assertThat(all.rows().size()).isEqualTo(whole.size());
            int[] rows = IntStream.range(0, all.rows().count())
                    .flatMap(block -> IntStream.of(all.rows().rows(block)))
                    .toArray();
            assertThat(rows).isEqualTo(whole.rows());
            assertThat(all.rows().block(0).dimension()).isEqualTo(whole.dimension());
        }
    }

    @Test
    void whatFitsIsReadAsAWhole() {
        SampledData read = AllRows.sample(input, new DataReader(2), AllRows.Limits.STANDARD, 5);

        assertThat(read.isSample()).isFalse();
        assertThat(read.data().dataset().size()).isEqualTo(read.labelled());
    }

    @Test
    void noFileIsTooLargeForWhatHasToSeeEveryRow() {
        SampledData read = AllRows.sample(input, new DataReader(2), AllRows.Limits.NONE, 5);

        assertThat(read.isSample()).isFalse();
    }
}
