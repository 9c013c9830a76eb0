package dev.assay.model;

import dev.assay.data.Dataset;
import dev.assay.engine.Engine;
import dev.assay.engine.RowSum;
import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.Arrays;

/**
 * An {@link Objective} at one point theta whose rows are with an {@link Engine}: value, gradient and Hessian from one pass.
 *
 * @param loss of one row
 * @param ridge lambda
 * @param theta p values
 * @param totalWeight W
 * @param value L(theta)
 * @param gradient dL/dtheta, p values
 * @param hessian H, p x p
 */
public record SummedObjective(
        Loss loss, double ridge, double[] theta, double totalWeight, double value, double[] gradient, Matrix hessian) {
    /**
     * Evaluates; O(n p^2) and one pass.
     *
     * @throws IllegalArgumentException if no row has a weight
     */
    static SummedObjective at(Engine engine, Loss loss, double ridge, double[] theta, Progress progress) {
        int p = theta.length;
        double[] sum = engine.sum(new Sum(loss, theta), progress);
        double total = sum[0];
        if (!(total > 0)) {
            throw new IllegalArgumentException("no row has a weight above 0");
        }
        double[] gradient = Arrays.copyOfRange(sum, 2, 2 + p);
        Matrix hessian = new Matrix(p, p, Arrays.copyOfRange(sum, 2 + p, 2 + p + p * p));
        Arrays.setAll(gradient, k -> gradient[k] / total + ridge * theta[k]);
        double[] entries = hessian.values();
        Arrays.setAll(entries, k -> entries[k] / total);
        hessian.addToDiagonal(ridge);
        double value = sum[1] / total + ridge / 2 * Dense.dot(theta, theta);
        return new SummedObjective(loss, ridge, theta, total, value, gradient, hessian);
    }

    /**
     * W, sum w_i l_i, sum w_i r_i (x) x_i and sum w_i h_i.
     *
     * @param loss of one row
     * @param theta p values
     */
    public record Sum(Loss loss, double[] theta) implements RowSum {
        @Override
        public int length() {
            return 2 + theta.length + theta.length * theta.length;
        }

        @Override
        public void add(Dataset block, double[] total) {
            double weight = block.totalWeight();
            if (!(weight > 0)) {
                return;
            }
            Workers alone = Workers.of(1);
            Linearization at = new Objective(block, loss, 0).at(theta, alone);
            total[0] += weight;
            total[1] += weight * at.value();
            double[] gradient = at.gradient(alone);
            for (int k = 0; k < gradient.length; k++) {
                total[2 + k] += weight * gradient[k];
            }
            double[] hessian = at.hessian(alone).values();
            for (int k = 0; k < hessian.length; k++) {
                total[2 + gradient.length + k] += weight * hessian[k];
            }
        }
    }
}
