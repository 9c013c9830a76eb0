package dev.assay.potential.linear;

import dev.assay.data.Dataset;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import org.jspecify.annotations.Nullable;

/**
 * V of a data set between two marks, all three of the same model class ({@link LinearPotential}) on the same features: V where
 * one rule made all labels, and V where labels are shuffled. Marks, not bounds: a few wrong labels under a sharp rule can lift V
 * above that of shuffled ones. The same data, rule and seed give the same three numbers, whichever command asks.
 *
 * @param potential V of the data, larger = more mixed or noisier; NaN where there is no pair of rows
 * @param oneRule V of the same features with labels drawn from one rule; null where there is no pair of rows
 * @param permuted V of the same features with permuted labels; null where there is no pair of rows
 */
public record PotentialScale(
        double potential,
        @Nullable ReferencePotential oneRule,
        @Nullable ReferencePotential permuted) {
    /**
     * Measures; a fit and one V for the data and for each draw of a mark.
     *
     * @param rule from which labels are drawn; the caller decides whose answers these are
     * @param seed decides permutations and draws
     * @throws dev.assay.work.CancelledException if the progress was cancelled
     */
    public static PotentialScale of(
            LinearPotential model, LabelModel rule, long seed, Workers workers, Progress progress) {
        Dataset data = model.data();
        if (!LinearPotential.isKnown(data)) {
            return new PotentialScale(Double.NaN, null, null);
        }
        progress.phase("measure V", 0);
        return new PotentialScale(
                model.variance(data, workers),
                ReferencePotential.ofOneRule(model, rule, seed, workers, progress),
                ReferencePotential.ofPermutedTargets(model, seed, workers, progress));
    }

    /** Mean of V with labels of one rule, NaN where it is not known. */
    public double oneRuleMean() {
        return oneRule == null ? Double.NaN : oneRule.mean();
    }

    /** Its standard deviation over draws, 0 for a single one. */
    public double oneRuleDeviation() {
        return oneRule == null ? Double.NaN : oneRule.standardDeviation();
    }

    /** Mean of V with permuted labels, NaN where it is not known. */
    public double permutedMean() {
        return permuted == null ? Double.NaN : permuted.mean();
    }

    /** Its standard deviation over permutations, 0 for a single one. */
    public double permutedDeviation() {
        return permuted == null ? Double.NaN : permuted.standardDeviation();
    }
}
