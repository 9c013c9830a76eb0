package dev.assay.potential.linear;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.linalg.Matrix;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The standard error of V beside how far V of other rows is elsewhere. */
class PotentialErrorTest {
    private static final int SAMPLES = 60;
    private static final int ROWS = 200;

    @Test
    void itIsHowFarVOfOtherRowsIsElsewhere() {
        try (Workers workers = Workers.of(2)) {
            double sum = 0;
            double squares = 0;
            double errors = 0;
            for (int sample = 0; sample < SAMPLES; sample++) {
                LinearPotential model = LinearPotential.of(rows(sample), workers);
                double potential = model.variance(model.data(), workers);
                sum += potential;
                squares += potential * potential;
                errors += PotentialError.of(model, 1, workers, Progress.NONE).standardError() / SAMPLES;
            }
            double deviation = Math.sqrt((squares - sum * sum / SAMPLES) / (SAMPLES - 1));

            assertThat(errors / deviation).isBetween(0.75, 1.6);
        }
    }

    @Test
    void whereVIsAnEstimateItsErrorIsNotKnown() {
        try (Workers workers = Workers.of(1)) {
            LinearPotential model = LinearPotential.of(rows(1), 2, workers);

            assertThat(PotentialError.of(model, 1, workers, Progress.NONE).standardError())
                    .isNaN();
        }
    }

    private static Dataset rows(long seed) {
        Random random = new Random(seed);
        Matrix features = new Matrix(ROWS, 4);
        int[] codes = new int[ROWS];
        for (int i = 0; i < ROWS; i++) {
            double sum = 0.7 * random.nextGaussian();
            for (int j = 0; j < 3; j++) {
                features.set(i, j, random.nextGaussian());
                sum += features.get(i, j);
            }
            features.set(i, 3, 1);
            codes[i] = sum > 0 ? 1 : 0;
        }
        return Dataset.of(features, new ClassTargets(codes, List.of("no", "yes")));
    }
}
