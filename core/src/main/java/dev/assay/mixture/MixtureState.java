package dev.assay.mixture;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.Targets;
import dev.assay.learn.Evidence;
import dev.assay.learn.Expert;
import dev.assay.learn.LinearExpert;
import dev.assay.linalg.Matrix;
import dev.assay.model.LinearModel;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A mixture while it is being fitted, and what it says of the rows that it is fitted to.
 *
 * @param responsibilities n x (K + 1), block 0 in column 0
 * @param members what blocks 1 to K are
 * @param mixture shares of the blocks
 * @param logLikelihoods of each row under the mixture, in nats, as far as they were computed
 * @param expertLogLikelihoods of each row under each block's model, n x K, as far as they were computed
 * @param gate the shares of blocks 1 to K given x, null where they are constant
 */
public record MixtureState(
        Matrix responsibilities,
        List<Member> members,
        Mixture mixture,
        double[] logLikelihoods,
        Matrix expertLogLikelihoods,
        @Nullable Shares gate) {
    /** Copies the list. */
    public MixtureState {
        members = List.copyOf(members);
    }

    /**
     * A block's model.
     *
     * @param model null before the first fit
     * @param scale calibrating factor of its logits; 1 before the first cross-fit
     * @param deviation of the targets about its predictions; NaN for classes
     * @param strength the prior's: its ridge times the rows it has
     */
    record Member(
            @Nullable LinearModel model, double scale, double deviation, double strength) {
        Member withModel(LinearModel other) {
            return new Member(other, scale, deviation, strength);
        }

        Member withStrength(double other) {
            return new Member(model, scale, deviation, other);
        }
    }

    /**
     * Shares that depend on x.
     *
     * @param gate for rows to come
     * @param heldOut n x K log-shares of the rows by gates that did not see them
     */
    record Shares(Gate gate, Matrix heldOut) {}

    /** K. */
    int blocks() {
        return members.size();
    }

    /** Whether its shares depend on x. */
    public boolean isGated() {
        return gate != null;
    }

    /** Mean log-likelihood of a row, in nats. */
    double evidence(double[] weights) {
        return Evidence.perRow(logLikelihoods, weights);
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

    /** The same mixture for rows that it was not fitted to, with what its models and its gate say of them. */
    public MixtureState on(Dataset rows, Workers workers) {
        Matrix said = new Matrix(rows.size(), blocks());
        for (int b = 0; b < blocks(); b++) {
            Member member = members.get(b);
            LinearModel model = Objects.requireNonNull(member.model(), "a mixture is fitted before it is asked");
            Matrix answers = LinearExpert.answers(model, member.scale(), rows.features(), workers);
            double[] own = Expert.logLikelihoods(answers, rows.targets(), member.deviation());
            for (int i = 0; i < own.length; i++) {
                said.set(i, b, own[i]);
            }
        }
        Shares shares = gate == null
                ? null
                : new Shares(gate.gate(), gate.gate().logShares(rows.features(), workers));
        Mixture.Explained explained =
                mixture.explain(rows.targets(), said, shares == null ? null : shares.heldOut());
        return new MixtureState(
                explained.posteriors(), members, mixture, explained.logLikelihoods(), said, shares);
    }

    /** The same with other responsibilities. */
    MixtureState withResponsibilities(Matrix other) {
        return new MixtureState(other, members, mixture, logLikelihoods, expertLogLikelihoods, gate);
    }

    /** The same with each block's model changed. */
    MixtureState withMembers(UnaryOperator<Member> change) {
        List<Member> changed = new ArrayList<>();
        members.forEach(member -> changed.add(change.apply(member)));
        return new MixtureState(responsibilities, changed, mixture, logLikelihoods, expertLogLikelihoods, gate);
    }

    /** The same with another strength of the prior. */
    MixtureState withStrength(double strength) {
        return withMembers(member -> member.withStrength(strength));
    }

    /** The same with shares that depend on x. */
    MixtureState withGate(Shares other) {
        return new MixtureState(responsibilities, members, mixture, logLikelihoods, expertLogLikelihoods, other);
    }

    /** The same with a share of each row given to block 0. */
    MixtureState withUnexplained(double share) {
        Matrix other = responsibilities.copy();
        for (int i = 0; i < other.rows(); i++) {
            other.set(i, 0, share);
            for (int b = 1; b < other.columns(); b++) {
                other.set(i, b, (1 - share) * other.get(i, b));
            }
        }
        return withResponsibilities(other);
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
