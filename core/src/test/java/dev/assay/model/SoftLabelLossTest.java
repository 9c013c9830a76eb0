package dev.assay.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.linalg.Matrix;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SoftLabelLossTest extends LossContract {
    private static final Matrix MASSES = new Matrix(3, 3, new double[] {0.2, 0.5, 0.3, 1.5, 0, 0.1, 0, 0, 0});

    @Override
    protected Loss loss() {
        return new SoftLabelLoss(MASSES, new double[] {Math.log(0.5), Math.log(0.3), Math.log(0.2)});
    }

    @Override
    protected double target(SplittableRandom random) {
        return random.nextInt(MASSES.rows());
    }

    static class WithTwoBlocks extends LossContract {
        @Override
        protected Loss loss() {
            Matrix masses = new Matrix(2, 2, new double[] {0.3, 0.7, 2, 0.5});
            return new SoftLabelLoss(masses, new double[] {Math.log(0.9), Math.log(0.1)});
        }

        @Override
        protected double target(SplittableRandom random) {
            return random.nextInt(2);
        }
    }

    @Test
    void logitsOfZeroGiveTheSharesAndTheirCrossEntropy() {
        double[] g = new double[3];
        loss().outputs(new double[3], 0, g, 0);
        assertThat(g).containsExactly(new double[] {0.5, 0.3, 0.2}, within(1e-15));
        double expected = -(0.2 * Math.log(0.5) + 0.5 * Math.log(0.3) + 0.3 * Math.log(0.2));
        assertThat(loss().value(new double[3], 0, 0)).isCloseTo(expected, within(1e-12));
    }

    @Test
    void aRowOfNoBlockCostsNothing() {
        assertThat(loss().value(new double[] {3, -1, 2}, 0, 2)).isZero();
    }
}
