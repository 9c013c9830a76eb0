package dev.assay.learn;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.linalg.LogSumExp;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;

/** A learner that has nothing in common with linear experts: features that are normal and independent within each class. */
public record GaussianNaiveBayes() implements Learner {
    private static final double SMALLEST_VARIANCE = 1e-3;

    @Override
    public String name() {
        return "naive Bayes";
    }

    @Override
    public Expert train(Dataset data, long seed, Workers workers) {
        if (!(data.targets() instanceof ClassTargets labels)) {
            throw new IllegalArgumentException("naive Bayes knows classes, but the targets are numbers");
        }
        int d = data.dimension();
        Matrix x = data.features();
        double[] shares = new double[labels.classes()];
        Matrix means = new Matrix(shares.length, d);
        Matrix variances = new Matrix(shares.length, d);
        for (int i = 0; i < data.size(); i++) {
            int c = labels.codes()[i];
            double weight = data.weights()[i];
            shares[c] += weight;
            for (int j = 0; j < d; j++) {
                double step = weight / shares[c] * (x.get(i, j) - means.get(c, j));
                variances.set(
                        c,
                        j,
                        variances.get(c, j)
                                + weight * (x.get(i, j) - means.get(c, j)) * (x.get(i, j) - means.get(c, j) - step));
                means.set(c, j, means.get(c, j) + step);
            }
        }
        for (int c = 0; c < shares.length; c++) {
            for (int j = 0; j < d; j++) {
                // one row's worth of variance 1
                variances.set(c, j, (variances.get(c, j) + 1) / (shares[c] + 1) + SMALLEST_VARIANCE);
            }
            shares[c] = (shares[c] + 1) / (data.totalWeight() + shares.length);
        }
        return new Learned(shares, means, variances);
    }

    private record Learned(double[] shares, Matrix means, Matrix variances) implements Expert {
        @Override
        public String name() {
            return "naive Bayes";
        }

        @Override
        public int inputDimension() {
            return means.columns();
        }

        @Override
        public int outputs() {
            return shares.length;
        }

        @Override
        public double deviation() {
            return Double.NaN;
        }

        @Override
        public Matrix answers(Matrix x, Workers workers) {
            Matrix result = new Matrix(x.rows(), shares.length);
            for (int i = 0; i < x.rows(); i++) {
                for (int c = 0; c < shares.length; c++) {
                    double sum = Math.log(shares[c]);
                    // the bias is the same in all classes
                    for (int j = 0; j < x.columns() - 1; j++) {
                        double z = x.get(i, j) - means.get(c, j);
                        sum -= 0.5 * (z * z / variances.get(c, j) + Math.log(variances.get(c, j)));
                    }
                    result.set(i, c, sum);
                }
            }
            LogSumExp.normaliseRows(result);
            return result;
        }
    }
}
