package dev.assay.model;

import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.Arrays;

/** Products over the non-zero features of each row alone. */
final class SparseRows implements BatchProducts {
    /** Logits that share one pass over a row's features. */
    private static final int AT_ONCE = 4;

    private final int columns;
    private final int logitCount;
    /** Where each row begins in {@link #column} and {@link #value}. */
    private final int[] start;

    private final int[] column;
    private final double[] value;

    SparseRows(Matrix features, int logitCount) {
        this.columns = features.columns();
        this.logitCount = logitCount;
        int n = features.rows();
        double[] dense = features.values();
        start = new int[n + 1];
        int[] columnsSeen = new int[Math.max(16, n)];
        double[] valuesSeen = new double[columnsSeen.length];
        int count = 0;
        for (int i = 0; i < n; i++) {
            if (count + columns > columnsSeen.length) {
                int capacity = (int) Math.min(Integer.MAX_VALUE - 8, 2L * columnsSeen.length + columns);
                columnsSeen = Arrays.copyOf(columnsSeen, capacity);
                valuesSeen = Arrays.copyOf(valuesSeen, capacity);
            }
            int offset = features.offset(i);
            for (int j = 0; j < columns; j++) {
                if (dense[offset + j] != 0) {
                    columnsSeen[count] = j;
                    valuesSeen[count] = dense[offset + j];
                    count++;
                }
            }
            start[i + 1] = count;
        }
        column = Arrays.copyOf(columnsSeen, count);
        value = Arrays.copyOf(valuesSeen, count);
    }

    /** The share of non-zero entries, 0 to 1. */
    static double share(Matrix features) {
        long count = 0;
        for (double entry : features.values()) {
            count += entry == 0 ? 0 : 1;
        }
        return count / Math.max(1.0, features.values().length);
    }

    @Override
    public void logits(int from, int to, double[] theta, double[] logits, Workers workers) {
        for (int i = from; i < to; i++) {
            int offset = (i - from) * logitCount;
            int logit = 0;
            for (; logit + AT_ONCE <= logitCount; logit += AT_ONCE) {
                fourLogits(i, logit * columns, theta, logits, offset + logit);
            }
            for (; logit < logitCount; logit++) {
                double sum = 0;
                int base = logit * columns;
                for (int k = start[i]; k < start[i + 1]; k++) {
                    sum += value[k] * theta[base + column[k]];
                }
                logits[offset + logit] = sum;
            }
        }
    }

    private void fourLogits(int row, int base, double[] theta, double[] logits, int offset) {
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        for (int k = start[row]; k < start[row + 1]; k++) {
            double x = value[k];
            int j = base + column[k];
            sum0 += x * theta[j];
            sum1 += x * theta[j + columns];
            sum2 += x * theta[j + 2 * columns];
            sum3 += x * theta[j + 3 * columns];
        }
        logits[offset] = sum0;
        logits[offset + 1] = sum1;
        logits[offset + 2] = sum2;
        logits[offset + 3] = sum3;
    }

    @Override
    public void addGradient(int from, int to, double[] residuals, double[] gradient, Workers workers) {
        for (int i = from; i < to; i++) {
            int offset = (i - from) * logitCount;
            int logit = 0;
            for (; logit + AT_ONCE <= logitCount; logit += AT_ONCE) {
                addFour(i, logit * columns, residuals, offset + logit, gradient);
            }
            for (; logit < logitCount; logit++) {
                double residual = residuals[offset + logit];
                int base = logit * columns;
                for (int k = start[i]; k < start[i + 1]; k++) {
                    gradient[base + column[k]] += residual * value[k];
                }
            }
        }
    }

    private void addFour(int row, int base, double[] residuals, int offset, double[] gradient) {
        double residual0 = residuals[offset];
        double residual1 = residuals[offset + 1];
        double residual2 = residuals[offset + 2];
        double residual3 = residuals[offset + 3];
        for (int k = start[row]; k < start[row + 1]; k++) {
            double x = value[k];
            int j = base + column[k];
            gradient[j] += residual0 * x;
            gradient[j + columns] += residual1 * x;
            gradient[j + 2 * columns] += residual2 * x;
            gradient[j + 3 * columns] += residual3 * x;
        }
    }
}
