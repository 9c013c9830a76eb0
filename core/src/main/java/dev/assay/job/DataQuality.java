package dev.assay.job;

import dev.assay.data.ColumnFeatures;
import dev.assay.data.Dataset;
import dev.assay.data.FittedArrayEncoder;
import dev.assay.purify.EnoughRows;
import dev.assay.quality.FeatureOutliers;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import org.jspecify.annotations.Nullable;

/**
 * What is odd in the features and the order of the rows, labels aside.
 *
 * @param outliers rows far out in their features
 */
public record DataQuality(Check<FeatureOutliers> outliers) {
    /** More features than this are measurements of one thing, such as pixels. */
    public static final int MOST_FEATURES = 2000;

    private static final String PHASE = "look at the features";

    /** Why something cannot be looked for. */
    public enum Obstacle {
        /** Single entries of an array of several dimensions say little. */
        ARRAY_OF_DIMENSIONS,
        /** There are more features than {@link #MOST_FEATURES}. */
        TOO_MANY_FEATURES,
        /** There are too few rows to compare. */
        TOO_FEW_ROWS
    }

    /**
     * What was looked for.
     *
     * @param found what was found, or null
     * @param obstacle why nothing was looked for, or null; null like {@code found} where nobody asked
     */
    public record Check<T>(@Nullable T found, @Nullable Obstacle obstacle) {
        private static <T> Check<T> notAsked() {
            return new Check<>(null, null);
        }
    }

    static DataQuality of(TrainingData data, QualityChecks wanted, long seed, Workers workers, Progress progress) {
        progress.phase(PHASE, 0);
        return new DataQuality(wanted.outliers() ? outliers(data, seed, workers) : Check.notAsked());
    }

    private static Check<FeatureOutliers> outliers(TrainingData data, long seed, Workers workers) {
        boolean isArray = data.encoding() instanceof FittedArrayEncoder array
                && array.shape().size() > 1;
        Obstacle obstacle = isArray ? Obstacle.ARRAY_OF_DIMENSIONS : obstacle(data.dataset());
        if (obstacle != null) {
            return new Check<>(null, obstacle);
        }
        return new Check<>(
                FeatureOutliers.of(data.dataset().features(), ColumnFeatures.of(data.encoding()), seed, workers), null);
    }

    private static @Nullable Obstacle obstacle(Dataset data) {
        if (data.size() < EnoughRows.ROWS) {
            return Obstacle.TOO_FEW_ROWS;
        }
        return data.dimension() - 1 > MOST_FEATURES ? Obstacle.TOO_MANY_FEATURES : null;
    }
}
