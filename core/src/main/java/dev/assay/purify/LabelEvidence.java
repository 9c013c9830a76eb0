package dev.assay.purify;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.RealTargets;
import dev.assay.linalg.Matrix;

/**
 * Which features of a row speak against its label, as a linear model sees it: feature j has the effect (theta_sj - theta_yj)
 * (x_ij - mean_j), the log-odds that it adds for the suggested label s over the row's own y, compared with a row that is
 * average in feature j. For numbers the effect is what the feature adds to the prediction, counted positive where it leads
 * away from the row's own value.
 *
 * @param means of each feature over all rows, by weight
 */
public record LabelEvidence(Dataset data, double[] means) {
    /** For the rows of a data set; O(n d). */
    public static LabelEvidence of(Dataset data) {
        Matrix x = data.features();
        double[] means = new double[data.dimension()];
        for (int i = 0; i < x.rows(); i++) {
            double weight = data.weights()[i] / data.totalWeight();
            for (int j = 0; j < means.length; j++) {
                means[j] += weight * x.get(i, j);
            }
        }
        return new LabelEvidence(data, means);
    }

    /**
     * The effect of each feature; positive = speaks against the row's own label, in nats (numbers: in standard deviations of
     * the target). O(d).
     *
     * @param parameters of the model, C x d; with two classes one row, the logit of the second class
     * @param suggestion class code or standardised value that is held against the row's own
     */
    public double[] effects(Matrix parameters, int example, double suggestion) {
        double[] effects = new double[means.length];
        double own = data.targets().value(example);
        double sign = data.targets() instanceof RealTargets ? Math.signum(suggestion - own) : 1;
        for (int j = 0; j < effects.length; j++) {
            double slope = data.targets() instanceof ClassTargets
                    ? logit(parameters, (int) suggestion, j) - logit(parameters, (int) own, j)
                    : parameters.get(0, j);
            effects[j] = sign * slope * (data.features().get(example, j) - means[j]);
        }
        return effects;
    }

    private static double logit(Matrix parameters, int code, int feature) {
        if (parameters.rows() > 1) {
            return parameters.get(code, feature);
        }
        return code == 0 ? 0 : parameters.get(0, feature);
    }
}
