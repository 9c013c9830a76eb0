package dev.assay.purify;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.linalg.Matrix;
import dev.assay.model.Fit;
import dev.assay.potential.LinearPotential;
import dev.assay.potential.OneRule;
import dev.assay.work.Workers;

/**
 * The one rule that explains most labels, as the model of V sees it, where some labels may be wrong: cross-fitted models of the
 * kind and ridge of V, whose logits are scaled as the labels that they did not see ask ({@link LabelNoise}), trained
 * again with the trust in each label as its weight.
 */
public final class PrevailingRule {
    private static final int PARTS = 5;
    /** Trust w becomes w^g / (w^g + (1 - w)^g) in the g of each round. */
    private static final double[] SHARPENING = {1, 4, 4};
    /** Fewer unexplained labels than this change nothing. */
    private static final double SMALLEST_SHARE = 1e-3;

    private PrevailingRule() {}

    /**
     * The answers of models that did not see the row; up to 4 rounds of 6 fits.
     *
     * @param potential the model of V, made for the rows in question
     * @param seed of the parts
     */
    public static OneRule of(LinearPotential potential, long seed, Workers workers) {
        Dataset data = potential.data();
        boolean classes = data.targets() instanceof ClassTargets;
        if (!LinearPotential.isKnown(data)) {
            int columns = potential.loss().outputCount();
            return new OneRule(new Matrix(data.size(), columns), classes ? Double.NaN : 1);
        }
        int parts = Math.min(PARTS, data.size());
        Fit fit = potential.fit(data, workers);
        Matrix answers = OutOfFold.answers(fit, parts, seed, workers);
        LabelNoise noise = LabelNoise.fit(answers, data.targets(), data.weights());
        for (double exponent : SHARPENING) {
            if (!(noise.share() >= SMALLEST_SHARE)) {
                break;
            }
            fit = potential.fit(data.withWeights(trusted(data, noise.trust(), exponent)), workers);
            answers = OutOfFold.answers(fit, parts, seed, workers);
            noise = LabelNoise.fit(answers, data.targets(), data.weights());
        }
        return new OneRule(Separation.scaled(answers, data, noise.scale()), classes ? Double.NaN : noise.scale());
    }

    private static double[] trusted(Dataset data, double[] trust, double exponent) {
        double[] weights = data.weights().clone();
        for (int i = 0; i < weights.length; i++) {
            double right = Math.pow(trust[i], exponent);
            weights[i] *= right / (right + Math.pow(1 - trust[i], exponent));
        }
        return weights;
    }
}
