package dev.assay.mixture;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.Targets;
import dev.assay.linalg.LogSumExp;
import dev.assay.linalg.Matrix;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The density of a mixture of blocks 1 to K and block 0, which holds labels that nothing explains:
 *
 * <pre>p(y|x) = g_0 u(y) + sum_k g_k(x) p_k(y|x)</pre>
 *
 * <p>with u the distribution of such labels, for regression a normal one as broad as all targets. Where the shares depend on x, a gate says
 * how 1 - g_0 is shared out.
 *
 * @param shares g_0 to g_K, adding up to 1
 * @param labelShares u of each class; empty for regression
 * @param unexplained whether block 0 takes part; its share is 0 otherwise
 */
public record Mixture(double[] shares, double[] labelShares, boolean unexplained) {
    /** Rows' worth of a uniform prior on the labels of block 0. */
    private static final double LABEL_PRIOR = 20;

    /** Keeps logarithms of shares finite. */
    static final double TINY = 1e-12;

    /**
     * What a mixture says of rows.
     *
     * @param logLikelihoods log p(y_i|x_i), in nats
     * @param posteriors n x (K + 1), of blocks 0 to K given label and features; a row adds up to 1
     */
    public record Explained(double[] logLikelihoods, Matrix posteriors) {}

    /**
     * The shares that responsibilities ask for: the step of maximisation, with a prior on the labels of block 0.
     *
     * @param responsibilities n x (K + 1), block 0 first
     */
    public static Mixture of(Dataset data, Matrix responsibilities, boolean unexplained) {
        double[] shares = new double[responsibilities.columns()];
        for (int i = 0; i < responsibilities.rows(); i++) {
            for (int b = 0; b < shares.length; b++) {
                shares[b] += data.weights()[i] * responsibilities.get(i, b) / data.totalWeight();
            }
        }
        if (!unexplained) {
            double explained = 1 - shares[0];
            for (int b = 1; b < shares.length; b++) {
                shares[b] = explained > TINY ? shares[b] / explained : 1.0 / (shares.length - 1);
            }
            shares[0] = 0;
        }
        return new Mixture(shares, labelShares(data, responsibilities), unexplained);
    }

    /**
     * The same with shares that add up to 1 to the last digit: sums of responsibilities are divided by their own sum.
     *
     * @param responsibilities n x (K + 1), block 0 first
     */
    public static Mixture normalised(Dataset data, Matrix responsibilities, boolean unexplained) {
        double[] shares = new double[responsibilities.columns()];
        for (int i = 0; i < responsibilities.rows(); i++) {
            for (int b = unexplained ? 0 : 1; b < shares.length; b++) {
                shares[b] += data.weights()[i] * responsibilities.get(i, b);
            }
        }
        double total = Arrays.stream(shares).sum();
        Arrays.setAll(shares, b -> shares[b] / total);
        return new Mixture(shares, labelShares(data, responsibilities), unexplained);
    }

    private static double[] labelShares(Dataset data, Matrix responsibilities) {
        if (!(data.targets() instanceof ClassTargets labels)) {
            return new double[0];
        }
        double[] result = new double[labels.classes()];
        Arrays.fill(result, LABEL_PRIOR / result.length);
        double total = LABEL_PRIOR;
        for (int i = 0; i < data.size(); i++) {
            double weight = data.weights()[i] * responsibilities.get(i, 0);
            result[labels.codes()[i]] += weight;
            total += weight;
        }
        double sum = total;
        Arrays.setAll(result, c -> result[c] / sum);
        return result;
    }

    /**
     * Log-likelihoods and posteriors of rows; O(n K).
     *
     * @param experts log p_k(y_i|x_i), n x K
     * @param gate log-shares of blocks 1 to K given x, block 0 left aside, n x K; null where they are constant
     */
    public Explained explain(Targets targets, Matrix experts, @Nullable Matrix gate) {
        return explain(targets, experts, gate, 1, TINY);
    }

    /**
     * The same.
     *
     * @param exponent of the joint density that posteriors are in proportion to: below 1 they are less sure, for annealing
     * @param least added to g_0: while a mixture is being fitted, its block 0 may come back from nothing
     */
    Explained explain(Targets targets, Matrix experts, @Nullable Matrix gate, double exponent, double least) {
        int n = experts.rows();
        double[] logShares =
                Arrays.stream(shares).map(share -> Math.log(share + TINY)).toArray();
        logShares[0] = Math.log(shares[0] + least);
        double logExplained = Math.log1p(-shares[0] + TINY);
        double[] logLikelihoods = new double[n];
        Matrix posteriors = new Matrix(n, shares.length);
        double[] joint = new double[shares.length];
        for (int i = 0; i < n; i++) {
            joint[0] = unexplained ? logShares[0] + logUnexplained(targets, i) : Double.NEGATIVE_INFINITY;
            for (int b = 1; b < joint.length; b++) {
                joint[b] = experts.get(i, b - 1) + (gate == null ? logShares[b] : logExplained + gate.get(i, b - 1));
            }
            logLikelihoods[i] = LogSumExp.of(joint);
            double norm = logLikelihoods[i];
            if (exponent != 1) {
                for (int b = 0; b < joint.length; b++) {
                    joint[b] *= exponent;
                }
                norm = LogSumExp.of(joint);
            }
            for (int b = 0; b < joint.length; b++) {
                posteriors.set(i, b, Math.exp(joint[b] - norm));
            }
        }
        return new Explained(logLikelihoods, posteriors);
    }

    /** log u(y_i). */
    private double logUnexplained(Targets targets, int row) {
        double target = targets.value(row);
        return labelShares.length > 0
                ? Math.log(labelShares[(int) target])
                : -0.5 * target * target - 0.5 * Math.log(2 * Math.PI);
    }

    /** log sum_k g_k(x_i) p_k(y_i|x_i) of blocks 1 to K alone, in nats; both n x K. */
    public static double[] logLikelihoods(Matrix experts, Matrix gate) {
        double[] result = new double[experts.rows()];
        double[] joint = new double[experts.columns()];
        for (int i = 0; i < result.length; i++) {
            for (int b = 0; b < joint.length; b++) {
                joint[b] = experts.get(i, b) + gate.get(i, b);
            }
            result[i] = LogSumExp.of(joint);
        }
        return result;
    }
}
