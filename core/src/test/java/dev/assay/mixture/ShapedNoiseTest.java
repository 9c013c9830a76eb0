package dev.assay.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.Dataset;
import dev.assay.data.Folds;
import dev.assay.data.RealTargets;
import dev.assay.learn.CrossFittedExpert;
import dev.assay.learn.Evidence;
import dev.assay.learn.Learner;
import dev.assay.learn.LinearLearner;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** What one rule says where its noise is not normal: known densities are the bound. */
class ShapedNoiseTest {
    private static final Workers WORKERS = Workers.shared();
    private static final int ROWS = 1500;

    @Test
    void normalNoiseIsExplainedAsOneExpertDoes() {
        Judged judged = judge(random -> 0.5 * random.nextGaussian(), 0);

        assertThat(judged.shaped()).isCloseTo(judged.normal(), within(0.01));
    }

    /** The entropy of an exponential distribution of mean 0.5 is 1 + log 0.5; a normal one of its deviation says 1.419 + log 0.5. */
    @Test
    void skewedNoiseIsExplainedBetter() {
        Judged judged = judge(random -> -0.5 * Math.log(1 - random.nextDouble()), 0);

        assertThat(judged.normal()).isLessThan(-0.68);
        assertThat(judged.shaped()).isBetween(-0.55, -0.307);
    }

    /** Breadth exp(1.5 x), x uniform on -1 to 1: on average log-breadth 0, so the density says what it says at breadth 1. */
    @Test
    void unevenNoiseIsExplainedAsIfItsBreadthWereKnown() {
        Judged judged = judge(SplittableRandom::nextGaussian, 1.5);

        assertThat(judged.normal()).isLessThan(-1.7);
        assertThat(judged.shaped()).isCloseTo(-1.419, within(0.08));
    }

    private record Judged(double normal, double shaped) {}

    private static Judged judge(ToDoubleFunction<SplittableRandom> noise, double uneven) {
        SplittableRandom random = new SplittableRandom(1);
        Matrix x = new Matrix(ROWS, 2);
        double[] y = new double[ROWS];
        for (int i = 0; i < ROWS; i++) {
            x.set(i, 0, 2 * random.nextDouble() - 1);
            x.set(i, 1, 1);
            y[i] = 2 * x.get(i, 0) + Math.exp(uneven * x.get(i, 0)) * noise.applyAsDouble(random);
        }
        Dataset data = Dataset.of(x, new RealTargets(y, 0, 1));
        LinearLearner learner = new LinearLearner(true, false);
        Folds parts = Learner.folds(data, 1, WORKERS);
        CrossFittedExpert rule = learner.crossFit(data, data.weights(), parts, 1, WORKERS);
        double[] shaped = ShapedNoise.logLikelihoods(data, rule, learner, parts, 1, WORKERS);
        return new Judged(
                Evidence.perRow(rule.logLikelihoods(), data.weights()), Evidence.perRow(shaped, data.weights()));
    }
}
