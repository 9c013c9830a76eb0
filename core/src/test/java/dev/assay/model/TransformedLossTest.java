package dev.assay.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TransformedLossTest extends LossContract {
    @Override
    protected Loss loss() {
        return new TransformedLoss(
                new SoftmaxLoss(4),
                new Matrix(4, 3, new double[] {0.5, 0.1, -0.2, -0.5, 0.3, 0.4, 0.2, -0.7, 0.1, -0.2, 0.3, 0.6}));
    }

    @Override
    protected double target(SplittableRandom random) {
        return random.nextInt(4);
    }

    @Test
    void withAllDirectionsAlikeTheFitIsThatOfTheSoftmax() {
        SplittableRandom random = new SplittableRandom(3);
        Dataset data = steps(random, 200);
        try (Workers workers = Workers.of(1)) {
            double[] direct = new NewtonTrainer()
                    .fit(new Objective(data, new SoftmaxLoss(4), 0.01), workers)
                    .model()
                    .theta();
            LinearModel transformed =
                    new DirectionalTrainer(1e-10, 100, 1).fit(data, new SoftmaxLoss(4), 0.01, null, workers);
            for (int j = 0; j < direct.length; j++) {
                assertThat(transformed.theta()[j]).isCloseTo(direct[j], within(1e-7));
            }
        }
    }

    @Test
    void labelsThatAreStepsOfOneNumberAreLearnedFromFewerRows() {
        SplittableRandom random = new SplittableRandom(4);
        Dataset training = steps(random, 120);
        Dataset fresh = steps(random, 2000);
        try (Workers workers = Workers.of(1)) {
            double best = 0;
            double bestDirectional = 0;
            for (double ridge : new double[] {1e-2, 1e-3, 1e-4}) {
                LinearModel plain = new NewtonTrainer()
                        .fit(new Objective(training, new SoftmaxLoss(4), ridge), workers)
                        .model();
                LinearModel directional =
                        new DirectionalTrainer(1e-8, 50, 4).fit(training, new SoftmaxLoss(4), ridge, null, workers);
                best = Math.max(best, accuracy(plain, fresh, workers));
                bestDirectional = Math.max(bestDirectional, accuracy(directional, fresh, workers));
            }
            assertThat(bestDirectional).isGreaterThan(best + 0.02);
        }
    }

    private static double accuracy(LinearModel model, Dataset data, Workers workers) {
        int[] predicted = model.predictedClasses(data.features(), workers);
        int right = 0;
        for (int i = 0; i < predicted.length; i++) {
            right += predicted[i] == (int) data.targets().value(i) ? 1 : 0;
        }
        return (double) right / predicted.length;
    }

    /** Four classes that are steps of one linear function of 20 features. */
    private static Dataset steps(SplittableRandom random, int n) {
        int d = 20;
        Matrix x = new Matrix(n, d + 1);
        int[] labels = new int[n];
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int j = 0; j < d; j++) {
                double value = random.nextGaussian();
                x.set(i, j, value);
                sum += value * (j % 3 - 1) / Math.sqrt(13);
            }
            x.set(i, d, 1);
            labels[i] = (sum > -0.7 ? 1 : 0) + (sum > 0 ? 1 : 0) + (sum > 0.7 ? 1 : 0);
        }
        return Dataset.of(x, new ClassTargets(labels, List.of("a", "b", "c", "d")));
    }
}
