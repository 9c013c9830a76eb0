package dev.assay.job;

import dev.assay.data.ColumnFeatures;
import dev.assay.data.Dataset;
import dev.assay.data.FittedArrayEncoder;
import dev.assay.data.ReadableColumns;
import dev.assay.purify.MinimumSampleSize;
import dev.assay.quality.FeatureOutliers;
import dev.assay.quality.NearDuplicates;
import dev.assay.quality.OrderDrift;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What is odd in the features and the order of the rows, labels aside.
 *
 * @param outliers rows far out in their features
 * @param nearDuplicates rows that are next to equal
 * @param orderDrift what changes along the file, the label among the columns
 */
public record DataQuality(
        Check<FeatureOutliers> outliers, Check<NearDuplicates> nearDuplicates, Check<OrderDrift> orderDrift) {
    /** More features than this are measurements of one thing, such as pixels. */
    public static final int MOST_FEATURES = 2000;

    /** How the progress calls it. */
    public static final String PHASE = "look at the features";

    /** Why something cannot be looked for. */
    public enum Obstacle {
        /** Single entries of an array of several dimensions say little. */
        ARRAY_OF_DIMENSIONS,
        /** There are more features than {@link #MOST_FEATURES}. */
        TOO_MANY_FEATURES,
        /** There are too few rows to compare. */
        TOO_FEW_ROWS,
        /** There are no features, labels alone. */
        NO_FEATURES
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
        Check<FeatureOutliers> outliers = wanted.outliers() ? outliers(data, seed, workers) : Check.notAsked();
        progress.checkCancelled();
        Check<NearDuplicates> near = wanted.nearDuplicates() ? nearDuplicates(data, seed, workers) : Check.notAsked();
        progress.checkCancelled();
        return new DataQuality(
                outliers, near, wanted.orderDrift() ? orderDrift(data, seed, workers) : Check.notAsked());
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

    private static Check<NearDuplicates> nearDuplicates(TrainingData data, long seed, Workers workers) {
        Obstacle obstacle = obstacle(data.dataset());
        return obstacle != null
                ? new Check<>(null, obstacle)
                : new Check<>(
                        NearDuplicates.of(data.dataset(), ColumnFeatures.of(data.encoding()), seed, workers), null);
    }

    /** Each row is a case; with groups the first row of each in the file, since the rows of a group mostly stand together. */
    private static Check<OrderDrift> orderDrift(TrainingData data, long seed, Workers workers) {
        Dataset dataset = data.dataset();
        int[] groups = dataset.groups();
        Set<Integer> seen = new HashSet<>();
        int[] cases = IntStream.range(0, dataset.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> dataset.rows()[i]))
                .filter(i -> groups == null || seen.add(groups[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        if (cases.length < OrderDrift.FEWEST_ROWS) {
            return new Check<>(null, Obstacle.TOO_FEW_ROWS);
        }
        Obstacle obstacle = obstacle(dataset);
        if (obstacle != null) {
            return new Check<>(null, obstacle);
        }
        int most = Math.min(cases.length, OrderDrift.MOST_ROWS);
        int[] some = IntStream.range(0, most)
                .map(k -> cases[(int) ((long) k * cases.length / most)])
                .toArray();
        return new Check<>(
                OrderDrift.of(
                        ReadableColumns.of(data.encoding(), dataset.features(), some),
                        data.labelColumn(some),
                        seed,
                        workers),
                null);
    }

    private static @Nullable Obstacle obstacle(Dataset data) {
        if (data.size() < MinimumSampleSize.ROWS) {
            return Obstacle.TOO_FEW_ROWS;
        }
        if (data.dimension() == 1) {
            return Obstacle.NO_FEATURES;
        }
        return data.dimension() - 1 > MOST_FEATURES ? Obstacle.TOO_MANY_FEATURES : null;
    }
}
