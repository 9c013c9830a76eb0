package dev.assay.potential.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.SyntheticFunction;
import dev.assay.data.SyntheticSample;
import dev.assay.linalg.Matrix;
import dev.assay.model.Linearization;
import dev.assay.model.NewtonTrainer;
import dev.assay.model.Objective;
import dev.assay.potential.linear.DeltaVariance.Method;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** FAST against RETRAIN over all rows of the paper's data; skipped where that is not at hand. */
class PaperAgreementTest {
    private static final int PIXELS = 28 * 28;

    private static Path paperFile(String name) {
        String given = System.getProperty("ASSAY_DATA", System.getenv("ASSAY_DATA"));
        Path folder = given == null ? Path.of("../../shared/data") : Path.of(given);
        Path file = folder.resolve("paper").resolve(name);
        assumeTrue(Files.exists(file), () -> "needs the paper's file " + file + " (set ASSAY_DATA)");
        return file;
    }

    private static RankAgreement agreement(Dataset data, double ridge) {
        try (Workers workers = Workers.of(2)) {
            Objective objective = Objective.of(data, ridge);
            Linearization at = objective.at(
                    new NewtonTrainer().fit(objective, workers).model().theta(), workers);
            return RankAgreement.of(
                    DeltaVariance.deltaVariance(at, Method.FAST, workers, Progress.NONE),
                    DeltaVariance.deltaVariance(at, Method.RETRAIN, workers, Progress.NONE));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "synthetic_train_mix_2spec.csv, 1e-3",
        "synthetic_train_mix_2spec.csv, 1e-4",
        "synthetic_train_mix_3spec.csv, 1e-4"
    })
    void onTheSyntheticMixtures(String name, double ridge) throws IOException {
        List<String> lines = Files.readAllLines(paperFile("synthetic/" + name));
        int n = lines.size() - 1;
        int[] letters = new int[n * SyntheticFunction.POSITIONS];
        int[] labels = new int[n];
        for (int i = 0; i < n; i++) {
            String row = lines.get(i + 1).replace(",", "");
            for (int j = 0; j < SyntheticFunction.POSITIONS; j++) {
                letters[i * SyntheticFunction.POSITIONS + j] = SyntheticFunction.LETTERS.indexOf(row.charAt(j));
            }
            labels[i] = SyntheticFunction.LETTERS.indexOf(row.charAt(SyntheticFunction.POSITIONS));
        }
        RankAgreement agreement = agreement(new SyntheticSample(letters, labels, new int[n]).toDataset(), ridge);
        assertThat(agreement.spearman()).isGreaterThanOrEqualTo(0.97);
        assertThat(agreement.sharedLowest(100)).isGreaterThanOrEqualTo(85);
    }

    @Test
    void onImagesWithWrongLabels() throws IOException {
        try (ZipFile archive =
                new ZipFile(paperFile("emnist-4-8/train_30error.npz").toFile())) {
            ByteBuffer pixels = array(archive, "X_train.npy");
            ByteBuffer labels = array(archive, "y_train.npy");
            int n = pixels.remaining() / PIXELS;
            Matrix x = new Matrix(n, PIXELS + 1);
            int[] codes = new int[n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < PIXELS; j++) {
                    x.set(i, j, (pixels.get() & 0xff) / 255.0);
                }
                x.set(i, PIXELS, 1);
                codes[i] = labels.getInt() == 4 ? 0 : 1;
            }
            RankAgreement agreement = agreement(Dataset.of(x, new ClassTargets(codes, List.of("4", "8"))), 1e-2);
            assertThat(agreement.spearman()).isGreaterThanOrEqualTo(0.95);
            assertThat(agreement.sharedLowest(100)).isGreaterThanOrEqualTo(85);
        }
    }

    /** The numbers of a member in NumPy's format, version 1, little-endian. */
    private static ByteBuffer array(ZipFile archive, String name) throws IOException {
        byte[] bytes = archive.getInputStream(archive.getEntry(name)).readAllBytes();
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int header = 10 + buffer.getShort(8);
        return buffer.slice(header, bytes.length - header).order(ByteOrder.LITTLE_ENDIAN);
    }
}
