package dev.assay.potential.linear;

import dev.assay.data.Dataset;
import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.model.Linearization;
import dev.assay.potential.PairWeights;

/**
 * The examples without an average one: the normalisation about which every single removal is expanded.
 *
 * @param at the objective in its compact form
 * @param total W
 * @param weight W - mean weight
 * @param selfPairs sum a_i of all examples, with a_i as in {@link PairWeights}
 * @param pairs ordered pairs that are left
 */
record AverageRest(Linearization at, double total, double weight, double selfPairs, double pairs) {
    static AverageRest of(Linearization at) {
        Dataset data = at.objective().data();
        double total = data.totalWeight();
        double rest = total - total / data.size();
        double selfPairs = PairWeights.selfPairs(data.weights());
        return new AverageRest(at, total, rest, selfPairs, rest * rest - (selfPairs - selfPairs / data.size()));
    }

    /** n, that of all examples. */
    int size() {
        return weights().length;
    }

    /** C. */
    int logits() {
        return at.residuals().columns();
    }

    /** The inputs of all examples, n x d. */
    Matrix inputs() {
        return at.objective().data().features();
    }

    double[] weights() {
        return at.objective().data().weights();
    }

    double ridge() {
        return at.objective().ridge();
    }

    /** F_i' theta for parameters theta (C x d), C values. */
    double[] alongInputs(Matrix parameters, int i) {
        Matrix x = inputs();
        double[] result = new double[parameters.rows()];
        for (int a = 0; a < result.length; a++) {
            result[a] = Dense.dot(parameters.values(), parameters.offset(a), x.values(), x.offset(i), x.columns());
        }
        return result;
    }
}
