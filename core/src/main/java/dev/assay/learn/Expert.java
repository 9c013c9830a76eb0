package dev.assay.learn;

import dev.assay.data.ClassTargets;
import dev.assay.data.Targets;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.List;
import java.util.Map;

/**
 * The rule of a block, learned: what p(y|x) is for rows. Nothing else is asked of it, so that it may be a linear model, a tree, a network or
 * anything else that says probabilities. Plain numbers that can be stored; immutable.
 */
public interface Expert {
    /** How reports call its kind, for example {@code linear}. */
    String name();

    /** d, the features it takes, the bias included. */
    int inputDimension();

    /** C, the number of classes; 1 for regression. */
    int outputs();

    /**
     * What it says of rows.
     *
     * @param x n x d, the bias last
     * @return n x C log-probabilities of the classes, in nats; n x 1 standardised predictions for regression
     */
    Matrix answers(Matrix x, Workers workers);

    /** s, the standard deviation of the targets about its predictions, in standardised units; NaN for classes. */
    double deviation();

    /** Numbers that reports tell of it, by names that are stable; none but {@link #name} where there are none. */
    default Map<String, Number> settings() {
        return Map.of();
    }

    /** The experts that answer in it, where there are several; none where it answers by itself. */
    default List<WeightedExpert> parts() {
        return List.of();
    }

    /**
     * log p(y_i | x_i) of each example's own target, in nats; higher = better explained. For regression the log-density in
     * standardised units.
     *
     * @param answers what {@link #answers} gave for these examples
     */
    static double[] logLikelihoods(Matrix answers, Targets targets, double deviation) {
        double[] result = new double[targets.size()];
        boolean classes = targets instanceof ClassTargets;
        double constant = -Math.log(deviation) - 0.5 * Math.log(2 * Math.PI);
        for (int i = 0; i < result.length; i++) {
            if (classes) {
                result[i] = answers.get(i, (int) targets.value(i));
            } else {
                double z = (targets.value(i) - answers.get(i, 0)) / deviation;
                result[i] = constant - 0.5 * z * z;
            }
        }
        return result;
    }
}
