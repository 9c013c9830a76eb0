package dev.assay.noise;

import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.learn.FeatureMap;
import dev.assay.learn.IdentityMap;
import dev.assay.learn.PrincipalMap;
import dev.assay.learn.RadialMap;
import dev.assay.linalg.Dense;
import dev.assay.linalg.DenseLimits;
import dev.assay.linalg.Matrix;
import dev.assay.work.Seeds;
import dev.assay.work.Workers;
import java.util.List;
import java.util.Locale;

/**
 * The features as an expert sees them, in uncorrelated columns: along their principal directions, or radial functions of them along
 * theirs.
 *
 * @param name how reports call it
 * @param map what the expert sees, before {@code rotation}
 * @param rotation onto the principal directions
 * @param scale that the columns are multiplied by
 * @param ridges to try, largest first
 */
record PrincipalView(String name, FeatureMap map, FeatureMap rotation, double scale, List<Double> ridges) {
    private static final List<Double> LINEAR_RIDGES = List.of(1e-1, 1e-2, 1e-3, 1e-4, 1e-5);
    private static final List<Double> RADIAL_RIDGES = List.of(1e-2, 1e-3, 1e-4, 1e-5);
    /** Principal directions that are kept of a wide data set. */
    private static final int DIRECTIONS = 256;
    /** Rows that stand for all when directions are looked for. */
    private static final int ROWS = 4000;

    private static final int MOST_LANDMARKS = 300;
    private static final int FEWEST_LANDMARKS = 100;
    /** Parameters of a radial expert, about, where there are many classes. */
    private static final int RADIAL_PARAMETERS = 6000;

    private static final double SMALLEST_EIGENVALUE = 1e-6;

    /** The features themselves. */
    static PrincipalView linear(Dataset data, ContentOrder order, long seed, Workers workers) {
        Matrix x = data.features();
        if (Math.min(x.rows(), x.columns()) > DenseLimits.DECOMPOSED) {
            FeatureMap identity = new IdentityMap(x.columns());
            return new PrincipalView("linear", identity, identity, 1, LINEAR_RIDGES);
        }
        int[] rows = order.sample(ROWS, Seeds.child(seed, "spectrum rows"));
        Matrix seen = rows.length == x.rows() ? x : x.selectRows(rows);
        return new PrincipalView(
                "linear", new IdentityMap(x.columns()), PrincipalMap.of(seen, DIRECTIONS, workers), 1, LINEAR_RIDGES);
    }

    /**
     * Radial functions around up to 300 rows that stand for all, fewer with many classes, of total variance 1.
     *
     * @param width squared, as a share of the mean squared distance
     */
    static PrincipalView radial(Dataset data, ContentOrder order, double width, long seed, Workers workers) {
        Matrix x = data.features();
        int count =
                Math.max(FEWEST_LANDMARKS, Math.min(MOST_LANDMARKS, RADIAL_PARAMETERS / LinearExperts.outputs(data)));
        Matrix landmarks = x.selectRows(order.sample(count, Seeds.child(seed, "landmarks")));
        RadialMap map = RadialMap.of(landmarks, width, count, SMALLEST_EIGENVALUE, workers);
        int[] rows = order.sample(ROWS, Seeds.child(seed, "spectrum rows"));
        Matrix seen = map.apply(rows.length == x.rows() ? x : x.selectRows(rows), workers);
        double variance = 0;
        for (int j = 0; j < seen.columns(); j++) {
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < seen.rows(); i++) {
                sum += seen.get(i, j);
                squares += seen.get(i, j) * seen.get(i, j);
            }
            variance += squares / seen.rows() - sum / seen.rows() * (sum / seen.rows());
        }
        double scale = variance > 0 ? 1 / Math.sqrt(variance) : 1;
        scaleColumns(seen, scale);
        return new PrincipalView(
                String.format(Locale.ROOT, "radial (width %.2g)", width),
                map,
                PrincipalMap.of(seen, seen.columns(), workers),
                scale,
                RADIAL_RIDGES);
    }

    /** The same with other ridges to try. */
    PrincipalView with(List<Double> others) {
        return new PrincipalView(name, map, rotation, scale, others);
    }

    /** n x d, what an expert sees of some rows. */
    Matrix of(Matrix features, Workers workers) {
        Matrix seen = map.apply(features, workers);
        if (scale != 1) {
            // a map makes new values wherever it has a scale
            scaleColumns(seen, scale);
        }
        return rotation.apply(seen, workers);
    }

    /**
     * What linear models of what an expert sees say of some rows.
     *
     * @param weights C x d
     */
    Matrix combine(Matrix features, Matrix weights, Workers workers) {
        // seen = rotation of the scaled map: the weights go back through both, and nothing of the size of what is seen
        // is made
        Matrix before = rotation instanceof PrincipalMap principal
                ? Dense.multiply(weights, principal.directions(), workers)
                : weights;
        if (scale != 1) {
            scaleColumns(before, scale);
        }
        return map.combine(features, before, workers);
    }

    /** All columns but the bias. */
    private static void scaleColumns(Matrix seen, double scale) {
        for (int i = 0; i < seen.rows(); i++) {
            for (int j = 0; j < seen.columns() - 1; j++) {
                seen.values()[seen.offset(i) + j] *= scale;
            }
        }
    }
}
