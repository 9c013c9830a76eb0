package dev.assay.learn;

import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.data.Folds;
import dev.assay.linalg.DenseLimits;
import dev.assay.linalg.Matrix;
import dev.assay.work.Seeds;
import dev.assay.work.Workers;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Features through the eyes of experts; what they see is computed once, when first asked for. */
public final class FeatureView {
    /** Up to so many columns the features are used as they are. */
    private static final int PLAIN_COLUMNS = 64;
    /** Principal directions that are kept of a wide data set. */
    private static final int DIRECTIONS = 256;

    /** Rows around which radial functions are put. */
    static final int LANDMARKS = 500;
    /** Rows of which more would not make a better expert of so many radial functions. */
    private static final int TRAINING_ROWS = 20_000;

    private static final double SMALLEST_EIGENVALUE = 1e-6;

    private final FeatureMap map;
    private final double relativeWidth;
    private final Matrix features;
    private @Nullable Matrix seen;

    private FeatureView(FeatureMap map, double relativeWidth, Matrix features) {
        this.map = map;
        this.relativeWidth = relativeWidth;
        this.features = features;
    }

    /** The features, or their coordinates along the leading principal directions where there are many. */
    public static FeatureView linear(Dataset data, Workers workers) {
        Matrix x = data.features();
        boolean plain = x.columns() <= PLAIN_COLUMNS || Math.min(x.rows(), x.columns()) > DenseLimits.DECOMPOSED;
        FeatureMap map = plain ? new IdentityMap(x.columns()) : PrincipalMap.of(x, DIRECTIONS, workers);
        return new FeatureView(map, Double.NaN, x);
    }

    /**
     * Radial functions around up to 500 rows that stand for all.
     *
     * @param relativeWidth squared width as a share of the mean squared distance
     */
    public static FeatureView radial(Dataset data, double relativeWidth, long seed, Workers workers) {
        return radial(data, relativeWidth, LANDMARKS, seed, workers);
    }

    /** The same around up to m rows. O(m^2 d + m^3), and O(n m (d + m)) to see n rows. */
    static FeatureView radial(Dataset data, double relativeWidth, int m, long seed, Workers workers) {
        Matrix x = data.features();
        Matrix landmarks = x.selectRows(ContentOrder.of(data, workers).sample(m, Seeds.child(seed, "landmarks")));
        RadialMap map = RadialMap.of(landmarks, relativeWidth, m, SMALLEST_EIGENVALUE, workers);
        return new FeatureView(map, relativeWidth, x);
    }

    /** How reports call it. */
    public String name() {
        if (isLinear()) {
            return map.name();
        }
        return String.format(
                Locale.ROOT, "%s (%d functions of width %.2g)", map.name(), map.outputDimension() - 1, relativeWidth);
    }

    public FeatureMap map() {
        return map;
    }

    /** What experts see, n x r. */
    public synchronized Matrix seen(Workers workers) {
        Matrix known = seen;
        if (known == null) {
            known = map.apply(features, workers);
            seen = known;
        }
        return known;
    }

    /** The same view of other features. */
    public FeatureView of(Matrix other) {
        return new FeatureView(map, relativeWidth, other);
    }

    /** The same view of some of the rows, ascending. */
    synchronized FeatureView select(int[] rows) {
        if (rows.length == features.rows()) {
            return this;
        }
        FeatureView result = of(features.selectRows(rows));
        Matrix known = seen;
        if (known != null) {
            result.seen = known.selectRows(rows);
        }
        return result;
    }

    /** Those of the given rows with which an expert is trained: all, but of many some where it costs time to see them. */
    int[] training(Dataset data, int[] rows, long seed, Workers workers) {
        if (rows.length <= TRAINING_ROWS || isLinear()) {
            return rows;
        }
        int[] chosen =
                ContentOrder.of(data, workers).select(rows).sample(TRAINING_ROWS, Seeds.child(seed, "training rows"));
        return IntStream.of(chosen).map(k -> rows[k]).toArray();
    }

    /** What share of the rows of the other parts {@link #training} takes, about. */
    double trainingShare(Folds parts, double[] weights) {
        if (isLinear()) {
            return 1;
        }
        return Math.min(1, (double) TRAINING_ROWS / Math.max(1, Learner.positive(parts.outside(0), weights).length));
    }

    /** Squared width of radial functions as a share of the mean squared distance; NaN for a linear view. */
    double relativeWidth() {
        return relativeWidth;
    }

    /** Whether experts see the features themselves, if rotated. */
    boolean isLinear() {
        return !(map instanceof RadialMap);
    }

    /** Some rows of a data set as experts see them, with the given weights (of all rows). */
    Dataset dataset(Dataset data, double[] weights, int[] rows, Workers workers) {
        Matrix chosen = seen(workers).selectRows(rows);
        return new Dataset(
                        chosen,
                        data.targets().select(rows),
                        IntStream.of(rows).mapToDouble(i -> weights[i]).toArray(),
                        IntStream.of(rows).map(i -> data.rows()[i]).toArray(),
                        IntStream.range(0, chosen.columns())
                                .mapToObj(j -> "seen" + j)
                                .toList())
                .withGroups(data.groups(rows));
    }
}
