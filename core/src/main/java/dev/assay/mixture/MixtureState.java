package dev.assay.mixture;

import dev.assay.data.Dataset;
import dev.assay.learn.Evidence;
import dev.assay.learn.Expert;
import dev.assay.learn.LinearExpert;
import dev.assay.linalg.Matrix;
import dev.assay.model.LinearModel;
import dev.assay.work.Workers;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A mixture while it is being fitted, and what it says of the rows that it is fitted to.
 *
 * @param responsibilities n x (K + 1), block 0 in column 0
 * @param members what blocks 1 to K are
 * @param strength of the blocks' prior: the ridge of each times the rows that it has
 * @param mixture shares of the blocks
 * @param logLikelihoods of each row under the mixture, in nats, as far as they were computed
 * @param expertLogLikelihoods of each row under each block's model, n x K, as far as they were computed
 * @param gate the shares of blocks 1 to K given x, null where they are constant
 */
public record MixtureState(
        Matrix responsibilities,
        List<Member> members,
        double strength,
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
     */
    record Member(@Nullable LinearModel model, double scale, double deviation) {}

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

    /** Whether block 0 takes part. */
    public boolean unexplained() {
        return mixture.unexplained();
    }

    /** Mean log-likelihood of a row, in nats. */
    double evidence(double[] weights) {
        return Evidence.perRow(logLikelihoods, weights);
    }

    /** What each row counts for in a block from 0 to K: its weight times the block's responsibility for it. */
    double[] weights(Dataset data, int block) {
        double[] result = data.weights().clone();
        for (int i = 0; i < result.length; i++) {
            result[i] *= responsibilities.get(i, block);
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
        Shares shares =
                gate == null ? null : new Shares(gate.gate(), gate.gate().logShares(rows.features(), workers));
        Mixture.Explained explained = mixture.explain(rows.targets(), said, shares == null ? null : shares.heldOut());
        return new MixtureState(
                explained.posteriors(), members, strength, mixture, explained.logLikelihoods(), said, shares);
    }

    /** The same with other responsibilities. */
    MixtureState withResponsibilities(Matrix other) {
        return new MixtureState(other, members, strength, mixture, logLikelihoods, expertLogLikelihoods, gate);
    }

    /** The same with other models of the blocks. */
    MixtureState withMembers(List<Member> other) {
        return new MixtureState(responsibilities, other, strength, mixture, logLikelihoods, expertLogLikelihoods, gate);
    }

    /** The same with another strength of the prior. */
    MixtureState withStrength(double other) {
        return new MixtureState(responsibilities, members, other, mixture, logLikelihoods, expertLogLikelihoods, gate);
    }

    /** The same with shares that depend on x. */
    MixtureState withGate(Shares other) {
        return new MixtureState(
                responsibilities, members, strength, mixture, logLikelihoods, expertLogLikelihoods, other);
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
