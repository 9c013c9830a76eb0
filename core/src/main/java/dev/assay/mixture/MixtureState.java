package dev.assay.mixture;

import dev.assay.data.ClassTargets;
import dev.assay.data.Targets;
import dev.assay.linalg.Matrix;
import dev.assay.model.LinearModel;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mixture p(y|x) = sum_k g_k p_k(y|x) + g_0 u(y) while it is being fitted.
 *
 * @param responsibilities n x (K + 1), block 0 in column 0
 * @param models of blocks 1 to K, null before the first fit
 * @param scales calibrating factor of each block's logits; 1 before the first cross-fit
 * @param deviations of the targets about each block's predictions; NaN for classes
 * @param strengths the prior's strength of each block: its ridge times the rows it has
 * @param shares g_0 to g_K
 * @param labelShares u, the distribution of labels that nothing explains; empty for regression
 * @param logLikelihoods of each row under the mixture, in nats, as far as they were computed
 * @param expertLogLikelihoods of each row under each block's model, n x K, as far as they were computed
 * @param gate the shares of blocks 1 to K given x, null where they are constant
 */
public record MixtureState(
        Matrix responsibilities,
        List<@Nullable LinearModel> models,
        double[] scales,
        double[] deviations,
        double[] strengths,
        double[] shares,
        double[] labelShares,
        double[] logLikelihoods,
        Matrix expertLogLikelihoods,
        @Nullable Shares gate) {
    /**
     * Shares that depend on x.
     *
     * @param gate for rows to come
     * @param heldOut n x K log-shares of the rows by gates that did not see them
     */
    public record Shares(Gate gate, Matrix heldOut) {}

    /** K. */
    public int blocks() {
        return responsibilities.columns() - 1;
    }

    /** Mean log-likelihood of a row, in nats. */
    double evidence(double[] weights) {
        double sum = 0;
        double total = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * logLikelihoods[i];
            total += weights[i];
        }
        return sum / total;
    }

    /**
     * How much the least predictive block explains more than the shares of its labels do, in nats per row of it: near 0, it is
     * block 0 by another name. For regression more than a normal distribution of its targets.
     */
    double leastGain(Targets targets, double[] weights) {
        double least = Double.POSITIVE_INFINITY;
        for (int b = 1; b <= blocks(); b++) {
            double[] own = weights.clone();
            for (int i = 0; i < own.length; i++) {
                own[i] *= responsibilities.get(i, b);
            }
            double total = Arrays.stream(own).sum();
            double gain = 0;
            double[] constant = constant(targets, own, total);
            for (int i = 0; i < own.length; i++) {
                gain += own[i] * (expertLogLikelihoods.get(i, b - 1) - constant[i]);
            }
            least = Math.min(least, gain / Math.max(1, total));
        }
        return least;
    }

    /** log-likelihood of each row where nothing but the distribution of the labels is known. */
    private static double[] constant(Targets targets, double[] weights, double total) {
        double[] result = new double[weights.length];
        if (targets instanceof ClassTargets labels) {
            double[] shares = new double[labels.classes()];
            for (int i = 0; i < weights.length; i++) {
                shares[labels.codes()[i]] += weights[i] / total;
            }
            for (int i = 0; i < weights.length; i++) {
                result[i] = Math.log(shares[labels.codes()[i]] + 1e-12);
            }
            return result;
        }
        double mean = 0;
        double square = 0;
        for (int i = 0; i < weights.length; i++) {
            mean += weights[i] * targets.value(i) / total;
            square += weights[i] * targets.value(i) * targets.value(i) / total;
        }
        double variance = Math.max(1e-12, square - mean * mean);
        for (int i = 0; i < weights.length; i++) {
            double from = targets.value(i) - mean;
            result[i] = -0.5 * from * from / variance - 0.5 * Math.log(2 * Math.PI * variance);
        }
        return result;
    }

    /** The same with other responsibilities. */
    MixtureState withResponsibilities(Matrix other) {
        return new MixtureState(
                other,
                models,
                scales,
                deviations,
                strengths,
                shares,
                labelShares,
                logLikelihoods,
                expertLogLikelihoods,
                gate);
    }

    /** The same with other strengths of the prior. */
    MixtureState withStrengths(double[] other) {
        return new MixtureState(
                responsibilities,
                models,
                scales,
                deviations,
                other,
                shares,
                labelShares,
                logLikelihoods,
                expertLogLikelihoods,
                gate);
    }

    /** The same with shares that depend on x. */
    MixtureState withGate(Shares other) {
        return new MixtureState(
                responsibilities,
                models,
                scales,
                deviations,
                strengths,
                shares,
                labelShares,
                logLikelihoods,
                expertLogLikelihoods,
                other);
    }

    /** The same with other models. */
    MixtureState withModels(List<@Nullable LinearModel> other) {
        return new MixtureState(
                responsibilities,
                other,
                scales,
                deviations,
                strengths,
                shares,
                labelShares,
                logLikelihoods,
                expertLogLikelihoods,
                gate);
    }

    /** The same without block 0, its rows shared out among the others. */
    MixtureState withoutUnexplained() {
        int n = responsibilities.rows();
        int k = blocks();
        Matrix other = new Matrix(n, k + 1);
        for (int i = 0; i < n; i++) {
            double rest = 0;
            for (int b = 1; b <= k; b++) {
                rest += responsibilities.get(i, b);
            }
            for (int b = 1; b <= k; b++) {
                other.set(i, b, rest > 1e-9 ? responsibilities.get(i, b) / rest : 1.0 / k);
            }
        }
        return withResponsibilities(other);
    }
}
