package dev.assay.potential;

import dev.assay.influence.DirectInfluence;
import dev.assay.influence.GradientSpace;
import dev.assay.influence.LinearGradientSpace;
import dev.assay.model.GeneratedData;
import dev.assay.model.Objective;
import dev.assay.work.Workers;
import java.util.Arrays;

/** Softmax regression with weights, away from its minimum. */
class LinearPredictorSpaceTest extends GradientSpaceContract {
    private static final int N = 70;

    private final Objective objective = objective();
    private final double[] theta = theta();

    private static Objective objective() {
        double[] weights = new double[N];
        Arrays.setAll(weights, i -> new double[] {1, 0, 0.3, 2, 1.5}[i % 5]);
        return Objective.of(GeneratedData.of(N, 4, 3, false, 21).withWeights(weights), 0.05);
    }

    private double[] theta() {
        double[] result = new double[objective.parameters()];
        Arrays.setAll(result, k -> Math.sin(k));
        return result;
    }

    @Override
    GradientSpace space(Workers workers) {
        return LinearGradientSpace.of(objective.at(theta, workers), workers);
    }

    @Override
    double[][] influences() {
        return DirectInfluence.matrix(objective, theta);
    }
}
