package dev.assay;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.learn.Expert;
import dev.assay.learn.Learner;
import dev.assay.linalg.LogSumExp;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;

/** A learner from outside: features that are normal and independent within each class, all with variances of their own. */
record NaiveBayes() implements Learner {
    private static final double SMALLEST_VARIANCE = 1e-3;

    @Override
    public String name() {
        return "naive Bayes";
    }

    @Override
    public Expert train(Dataset data, long seed, Workers workers) {
        ClassTargets labels = (ClassTargets) data.targets();
        int classes = labels.classes();
        int d = data.dimension();
        double[] counts = new double[classes];
        Matrix sums = new Matrix(classes, d);
        Matrix squares = new Matrix(classes, d);
        for (int i = 0; i < data.size(); i++) {
            int c = labels.codes()[i];
            counts[c] += data.weights()[i];
            for (int j = 0; j < d; j++) {
                double x = data.features().get(i, j);
                sums.set(c, j, sums.get(c, j) + data.weights()[i] * x);
                squares.set(c, j, squares.get(c, j) + data.weights()[i] * x * x);
            }
        }
        Matrix means = new Matrix(classes, d);
        Matrix variances = new Matrix(classes, d);
        double[] shares = new double[classes];
        for (int c = 0; c < classes; c++) {
            shares[c] = (counts[c] + 1) / (data.totalWeight() + classes);
            for (int j = 0; j < d; j++) {
                double mean = sums.get(c, j) / (counts[c] + 1);
                means.set(c, j, mean);
                // one row's worth of variance 1
                double centred = squares.get(c, j) - 2 * mean * sums.get(c, j) + counts[c] * mean * mean;
                variances.set(c, j, SMALLEST_VARIANCE + Math.max(0, centred + 1) / (counts[c] + 1));
            }
        }
        return new Learned(shares, means, variances);
    }

    /**
     * What it learned.
     *
     * @param shares of the classes
     * @param means C x d
     * @param variances C x d
     */
    record Learned(double[] shares, Matrix means, Matrix variances) implements Expert {
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
                    for (int j = 0; j < x.columns() - 1; j++) {
                        double from = x.get(i, j) - means.get(c, j);
                        sum -= 0.5 * (from * from / variances.get(c, j) + Math.log(variances.get(c, j)));
                    }
                    result.set(i, c, sum);
                }
            }
            LogSumExp.normaliseRows(result);
            return result;
        }
    }
}
