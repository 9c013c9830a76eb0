package dev.assay.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What every loss keeps to: each derivative is the finite difference of the one before. */
public abstract class LossContract {
    private static final double STEP = 1e-5;

    protected abstract Loss loss();

    protected abstract double target(SplittableRandom random);

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
    void theProductIsThatOfTheCurvature() {
        SplittableRandom random = new SplittableRandom(7);
        int count = loss().logits();
        for (int trial = 0; trial < 20; trial++) {
            double[] z = logits(random, 3);
            double target = target(random);
            double[] curvature = new double[count * count];
            double[] residual = new double[count + 1];
            loss().curvature(z, 1, target, curvature, 0);
            loss().residual(z, 1, target, residual, 1);
            double[] direction = logits(random, 1);
            double[] product = direction.clone();
            loss().curve(z, 1, target, residual, 1, product, 1, 1);
            for (int a = 0; a < count; a++) {
                double expected = 0;
                for (int b = 0; b < count; b++) {
                    expected += curvature[a * count + b] * direction[1 + b];
                }
                assertThat(product[1 + a]).isCloseTo(expected, within(1e-12));
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
    void curvatureSecondDerivativeIsTheDerivativeOfTheContractedCurvatureDerivative() {
        SplittableRandom random = new SplittableRandom(5);
        int count = loss().logits();
        for (int trial = 0; trial < 50; trial++) {
            double[] z = logits(random, 3);
            double target = target(random);
            double[] matrix = new double[count * count];
            for (int a = 0; a < count; a++) {
                for (int b = 0; b <= a; b++) {
                    matrix[a * count + b] = random.nextGaussian();
                    matrix[b * count + a] = matrix[a * count + b];
                }
            }
            double[] second = new double[count * count];
            loss().curvatureSecondDerivative(z, 1, target, matrix, 0, second, 0);
            for (int a = 0; a < count; a++) {
                for (int b = 0; b < count; b++) {
                    double up = contracted(shifted(z, a, STEP), target, b, matrix);
                    double down = contracted(shifted(z, a, -STEP), target, b, matrix);
                    assertThat(second[a * count + b]).isCloseTo((up - down) / (2 * STEP), within(1e-8));
                }
            }
        }
    }

    /** sum_cd matrix_cd dLambda_cd / dz_b. */
    private double contracted(double[] z, double target, int b, double[] matrix) {
        int count = loss().logits();
        double[] unit = new double[count];
        unit[b] = 1;
        double[] derivative = new double[count * count];
        loss().curvatureDerivative(z, 1, target, unit, 0, derivative, 0);
        double sum = 0;
        for (int k = 0; k < derivative.length; k++) {
            sum += matrix[k] * derivative[k];
        }
        return sum;
    }

    @Test
    void claimsShiftInvarianceWhereItHolds() {
        SplittableRandom random = new SplittableRandom(6);
        double[] z = logits(random, 3);
        double target = target(random);
        double[] shifted = z.clone();
        for (int c = 1; c <= loss().logits(); c++) {
            shifted[c] += 1.5;
        }
        double change = Math.abs(loss().value(shifted, 1, target) - loss().value(z, 1, target));
        assertThat(change < 1e-9).isEqualTo(loss().isShiftInvariant());
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
