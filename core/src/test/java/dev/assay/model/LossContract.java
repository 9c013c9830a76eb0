package dev.assay.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What every loss keeps to: each derivative is the finite difference of the one before. */
abstract class LossContract {
    private static final double STEP = 1e-5;

    abstract Loss loss();

    abstract double target(SplittableRandom random);

    private double[] logits(SplittableRandom random, double scale) {
        double[] z = new double[loss().logits() + 2];
        for (int c = 0; c < z.length; c++) {
            z[c] = scale * random.nextGaussian();
        }
        return z;
    }

    @Test
    void residualIsTheDerivativeOfTheValue() {
        SplittableRandom random = new SplittableRandom(1);
        for (int trial = 0; trial < 50; trial++) {
            double[] z = logits(random, 3);
            double target = target(random);
            double[] residual = new double[loss().logits()];
            loss().residual(z, 1, target, residual, 0);
            for (int c = 0; c < loss().logits(); c++) {
                double[] up = shifted(z, c, STEP);
                double[] down = shifted(z, c, -STEP);
                double difference = (loss().value(up, 1, target) - loss().value(down, 1, target)) / (2 * STEP);
                assertThat(residual[c]).isCloseTo(difference, within(1e-8));
            }
        }
    }

    @Test
    void curvatureIsTheDerivativeOfTheResidual() {
        SplittableRandom random = new SplittableRandom(2);
        int count = loss().logits();
        for (int trial = 0; trial < 50; trial++) {
            double[] z = logits(random, 3);
            double target = target(random);
            double[] curvature = new double[count * count];
            loss().curvature(z, 1, target, curvature, 0);
            for (int c = 0; c < count; c++) {
                double[] up = new double[count];
                double[] down = new double[count];
                loss().residual(shifted(z, c, STEP), 1, target, up, 0);
                loss().residual(shifted(z, c, -STEP), 1, target, down, 0);
                for (int a = 0; a < count; a++) {
                    assertThat(curvature[a * count + c]).isCloseTo((up[a] - down[a]) / (2 * STEP), within(1e-8));
                }
            }
        }
    }

    @Test
    void curvatureDerivativeIsTheDerivativeOfTheCurvatureAlongTheDirection() {
        SplittableRandom random = new SplittableRandom(3);
        int count = loss().logits();
        for (int trial = 0; trial < 50; trial++) {
            double[] z = logits(random, 3);
            double target = target(random);
            double[] direction = logits(random, 1);
            double[] derivative = new double[count * count];
            loss().curvatureDerivative(z, 1, target, direction, 1, derivative, 0);
            double[] up = z.clone();
            double[] down = z.clone();
            for (int c = 1; c <= count; c++) {
                up[c] += STEP * direction[c];
                down[c] -= STEP * direction[c];
            }
            double[] curvatureUp = new double[count * count];
            double[] curvatureDown = new double[count * count];
            loss().curvature(up, 1, target, curvatureUp, 0);
            loss().curvature(down, 1, target, curvatureDown, 0);
            for (int k = 0; k < derivative.length; k++) {
                assertThat(derivative[k]).isCloseTo((curvatureUp[k] - curvatureDown[k]) / (2 * STEP), within(1e-8));
            }
        }
    }

    @Test
    void farOutEverythingStaysFinite() {
        double[] z = new double[loss().logits() + 2];
        for (double far : new double[] {800, -800}) {
            z[1] = far;
            double target = target(new SplittableRandom(4));
            double[] residual = new double[loss().logits()];
            loss().residual(z, 1, target, residual, 0);
            assertThat(loss().value(z, 1, target)).isFinite();
            assertThat(residual[0]).isFinite();
        }
    }

    private static double[] shifted(double[] z, int c, double step) {
        double[] result = z.clone();
        result[1 + c] += step;
        return result;
    }
}
