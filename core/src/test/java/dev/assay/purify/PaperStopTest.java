package dev.assay.purify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.data.Dataset;
import dev.assay.data.SyntheticFunction;
import dev.assay.data.SyntheticSample;
import dev.assay.judge.Purifier;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The automatic stop on the paper's own files, which are not part of the project. */
class PaperStopTest {
    private static Dataset read(String name) throws IOException {
        String given = System.getProperty("ASSAY_DATA", System.getenv("ASSAY_DATA"));
        Path folder = given == null ? Path.of("..", "..", "shared", "data") : Path.of(given);
        Path file = folder.resolve("paper/synthetic/" + name);
        assumeTrue(Files.exists(file), () -> "needs the paper's file " + file + " (set ASSAY_DATA)");
        List<String> lines = Files.readAllLines(file);
        int n = lines.size() - 1;
        int positions = SyntheticFunction.POSITIONS;
        int[] letters = new int[n * positions];
        int[] labels = new int[n];
        for (int i = 0; i < n; i++) {
            String line = lines.get(i + 1);
            for (int j = 0; j < positions; j++) {
                letters[i * positions + j] = SyntheticFunction.LETTERS.indexOf(line.charAt(2 * j));
            }
            labels[i] = SyntheticFunction.LETTERS.indexOf(line.charAt(2 * positions));
        }
        return new SyntheticSample(letters, labels, new int[n]).toDataset();
    }

    /** Everything but the ridge is chosen by the program: the search for it would take most of the time here. */
    @ParameterizedTest
    @CsvSource({"synthetic_train_mix_2spec.csv, 0.855", "synthetic_train_mix_3spec.csv, 0.85"})
    void stopsNearTheBestPointOfItsOwnTrajectory(String name, double least) throws IOException {
        PurifySettings settings = PurifySettings.AUTOMATIC
                .withCriterion(CriterionKind.DELTA_VARIANCE)
                .withRidge(2e-4);
        try (Workers workers = Workers.of(2)) {
            Purification result = Purifier.purify(
                    read(name), read("synthetic_test_dis1.csv"), settings, new PurifyJournal(), workers, Progress.NONE);
            double best = result.trajectory().stream()
                    .mapToDouble(TrajectoryPoint::watchedAccuracy)
                    .max()
                    .orElseThrow();
            assertThat(best).isGreaterThan(least);
            assertThat(result.trajectory().get(result.stop()).watchedAccuracy()).isGreaterThanOrEqualTo(best - 0.015);
        }
    }
}
