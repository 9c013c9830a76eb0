package dev.assay.potential.linear;

import dev.assay.data.Dataset;
import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.model.Linearization;
import dev.assay.potential.PairWeights;

/**
 * The examples without an average one, or a part of them: the normalisation about which every single removal is expanded.
 *
 * @param at the objective in its compact form, of the examples at hand
 * @param totals of all examples
 */
record AverageRest(Linearization at, RestTotals totals) {
    /** All examples. */
    static AverageRest of(Linearization at) {
        Dataset data = at.objective().data();
        return new AverageRest(
                at, RestTotals.of(data.totalWeight(), data.size(), PairWeights.selfPairs(data.weights())));
    }

    /** The number of examples at hand. */
    int size() {
        return weights().length;
    }

    /** C. */
    int logits() {
        return at.residuals().columns();
    }

    /** The inputs of the examples at hand, n x d. */
    Matrix inputs() {
        return at.objective().data().features();
    }

    double[] weights() {
        return at.objective().data().weights();
    }

    /** W. */
    double total() {
        return totals.total();
    }

    /** W - mean weight. */
    double weight() {
        return totals.weight();
    }

    /** sum a_i of all examples. */
    double selfPairs() {
        return totals.selfPairs();
    }

    /** Ordered pairs that are left. */
    double pairs() {
        return totals.pairs();
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
