package dev.assay.divide;

import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.linalg.Matrix;
import dev.assay.model.FeatureMap;
import dev.assay.model.IdentityMap;
import dev.assay.model.PrincipalMap;
import dev.assay.model.RadialMap;
import dev.assay.work.Workers;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Features through the eyes of experts; what they see is computed once, when first asked for. */
public final class ExpertView {
    /** Up to so many columns the features are used as they are. */
    private static final int PLAIN_COLUMNS = 64;
    /** Principal directions that are kept of a wide data set. */
    private static final int DIRECTIONS = 256;
    /** Above this order of the smaller side the features are used as they are. */
    private static final int LARGEST_ORDER = 2000;

    private static final int LANDMARKS = 500;
    private static final double SMALLEST_EIGENVALUE = 1e-6;

    private final String name;
    private final FeatureMap map;
    private final Matrix features;
    private @Nullable Matrix seen;

    /**
     * A view of features.
     *
     * @param name how reports call it
     * @param features n x d, the bias last
     */
    public ExpertView(String name, FeatureMap map, Matrix features) {
        this.name = name;
        this.map = map;
        this.features = features;
    }

    /** The features, or their coordinates along the leading principal directions where there are many. */
    public static ExpertView linear(Dataset data, Workers workers) {
        Matrix x = data.features();
        boolean plain = x.columns() <= PLAIN_COLUMNS || Math.min(x.rows(), x.columns()) > LARGEST_ORDER;
        FeatureMap map = plain ? new IdentityMap(x.columns()) : PrincipalMap.of(x, DIRECTIONS, workers);
        return new ExpertView(map.name(), map, x);
    }

    /**
     * Radial functions around up to 500 rows that stand for all. O(m^2 d + m^3) for m of them, and O(n m (d + m)) to see n
     * rows.
     *
     * @param relativeWidth squared width as a share of the mean squared distance
     */
    public static ExpertView radial(Dataset data, double relativeWidth, long seed, Workers workers) {
        Matrix x = data.features();
        Matrix landmarks = x.selectRows(ContentOrder.of(data, workers).sample(LANDMARKS, seed));
        return new ExpertView(
                String.format(Locale.ROOT, "radial (width %.2g)", relativeWidth),
                RadialMap.of(landmarks, relativeWidth, LANDMARKS, SMALLEST_EIGENVALUE, workers),
                x);
    }

    /** How reports call it. */
    public String name() {
        return name;
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
    public ExpertView of(Matrix other) {
        return new ExpertView(name, map, other);
    }

    /** The same view of some of the rows, ascending. */
    synchronized ExpertView select(int[] rows) {
        if (rows.length == features.rows()) {
            return this;
        }
        ExpertView result = of(features.selectRows(rows));
        Matrix known = seen;
        if (known != null) {
            result.seen = known.selectRows(rows);
        }
        return result;
    }

    /** Some rows of a data set as experts see them, with the given weights (of all rows). */
    Dataset dataset(Dataset data, double[] weights, int[] rows, Workers workers) {
        Matrix chosen = seen(workers).selectRows(rows);
        return new Dataset(
                chosen,
                data.targets().select(rows),
                IntStream.of(rows).mapToDouble(i -> weights[i]).toArray(),
                IntStream.of(rows).map(i -> data.rows()[i]).toArray(),
                IntStream.range(0, chosen.columns()).mapToObj(j -> "seen" + j).toList());
    }
}
