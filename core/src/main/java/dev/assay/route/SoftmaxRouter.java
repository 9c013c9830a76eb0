package dev.assay.route;

import dev.assay.learn.FeatureMap;
import dev.assay.linalg.Matrix;
import dev.assay.model.LinearModel;
import dev.assay.model.SoftmaxLoss;
import dev.assay.work.Workers;

/**
 * g_k(x) in proportion to g_k exp(theta_k' f(x)), f being how the router sees the features.
 *
 * @param map f, linear or radial
 * @param shares g_k, to which a large ridge draws the router back
 * @param weights theta, K x m
 */
public record SoftmaxRouter(FeatureMap map, double[] shares, Matrix weights) implements Router {
    /** How it is called where it is linear in the features. */
    public static final String LINEAR = "softmax";

    /** How it is called where it bends. */
    public static final String RADIAL = "softmax-radial";

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the shapes do not fit
     */
    public SoftmaxRouter {
        Shares.check(shares);
        if (weights.rows() != shares.length || weights.columns() != map.outputDimension()) {
            throw new IllegalArgumentException("weights are " + weights.rows() + " x " + weights.columns()
                    + ", expected " + shares.length + " x " + map.outputDimension());
        }
    }

    @Override
    public String name() {
        return map.name().equals("radial") ? RADIAL : LINEAR;
    }

    @Override
    public int inputDimension() {
        return map.inputDimension();
    }

    @Override
    public Matrix logShares(Matrix x, Workers workers) {
        return logShares(map.apply(x, workers), shares, weights, workers);
    }

    /** The same for features as the router sees them, n x m. */
    static Matrix logShares(Matrix seen, double[] shares, Matrix weights, Workers workers) {
        if (shares.length == 1) {
            return new Matrix(seen.rows(), 1);
        }
        LinearModel model = new LinearModel(new SoftmaxLoss(shares.length), weights.columns(), weights.values());
        return Shares.normalised(model.logits(seen, workers), shares);
    }
}
