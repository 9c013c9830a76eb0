package dev.assay.io.scratch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.data.ClassTargets;
import dev.assay.data.ColumnEncoding;
import dev.assay.data.Dataset;
import dev.assay.data.FittedEncoder;
import dev.assay.data.RealTargets;
import dev.assay.linalg.Matrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScratchRowsTest {
    /** A number, a category of three levels and its gaps, another number, the bias. */
    private static final FittedEncoder ENCODER = new FittedEncoder(
            List.of(
                    new ColumnEncoding.Numeric("size", 0, 1, 0, false),
                    new ColumnEncoding.Category("colour", List.of("red", "green"), List.of("grey"), true, false),
                    new ColumnEncoding.Numeric("age", 0, 1, 0, false)),
            List.of());

    @TempDir
    private Path folder;

    private static Dataset rows(int first, double... values) {
        int d = ENCODER.featureNames().size();
        int n = values.length / d;
        int[] codes = new int[n];
        int[] numbers = new int[n];
        double[] weights = new double[n];
        for (int i = 0; i < n; i++) {
            codes[i] = (first + i) % 2;
            numbers[i] = first + 3 * i;
            weights[i] = 0.1 * (first + i + 1);
        }
        return new Dataset(
                new Matrix(n, d, values),
                new ClassTargets(codes, List.of("no", "yes")),
                weights,
                numbers,
                ENCODER.featureNames());
    }

    @Test
    void rowsComeBackAsTheyWent() {
        Dataset first = rows(0, 1.5, 0, 1, 0, 0, -2, 1, 0.25, 0, 0, 0, 1, 7, 1);
        Dataset second = rows(100, -3, 0, 0, 0, 0, 0.5, 1);
        try (ScratchRows scratch = new ScratchRows(folder, ENCODER)) {
            scratch.add(first, List.of("a", "ü"));
            scratch.add(second, null);

            assertThat(scratch.size()).isEqualTo(3);
            assertThat(scratch.count()).isEqualTo(2);
            assertThat(scratch.block(0).fingerprint()).isEqualTo(first.fingerprint());
            assertThat(scratch.block(0).rows()).isEqualTo(first.rows());
            assertThat(scratch.block(1).fingerprint()).isEqualTo(second.fingerprint());
            assertThat(scratch.rows(1)).containsExactly(100);
            assertThat(scratch.ids(0)).containsExactly("a", "ü");
            assertThat(scratch.ids(1)).isNull();
        }
    }

    /** What 32 bits lose is 6e-8 of a value; a category takes four bytes whatever the number of its levels. */
    @Test
    void aRowIsSmall() {
        Dataset one = rows(0, 0.1, 1, 0, 0, 0, 1e-3, 1);
        try (ScratchRows scratch = new ScratchRows(folder, ENCODER)) {
            scratch.add(one, null);

            assertThat(scratch.block(0).features().get(0, 0)).isEqualTo((float) 0.1);
            assertThat(ScratchRows.bytes(ENCODER, 1)).isEqualTo(2 * 4 + 4 + 8 + 8 + 4);
        }
    }

    @Test
    void numbersKeepTheirScale() {
        Dataset numbers = rows(0, 1, 0, 0, 0, 0, 2, 1).withTargets(new RealTargets(new double[] {0.3}, 50, 4));
        try (ScratchRows scratch = new ScratchRows(folder, ENCODER)) {
            scratch.add(numbers, null);

            assertThat(scratch.block(0).targets())
                    .satisfies(targets -> assertThat(((RealTargets) targets).original(targets.value(0)))
                            .isEqualTo(50 + 4 * 0.3));
        }
    }

    @Test
    void nothingStaysBehind() throws IOException {
        try (ScratchRows scratch = new ScratchRows(folder, ENCODER);
                ScratchScores scores = new ScratchScores(folder)) {
            scratch.add(rows(0, 1, 0, 0, 0, 0, 2, 1), null);
            scores.put(0, new Matrix(2, 2, new double[] {1, Double.NaN, 3, 4}));

            assertThat(scores.get(0).values()).containsExactly(1, Double.NaN, 3, 4);
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }
}
