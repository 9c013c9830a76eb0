package dev.assay.job;

import dev.assay.data.Dataset;
import dev.assay.divide.Judgement;
import dev.assay.influence.LinearGradientSpace;
import dev.assay.judge.PrevailingRule;
import dev.assay.judge.Purified;
import dev.assay.potential.InfluenceMap;
import dev.assay.potential.InfluenceSummary;
import dev.assay.potential.linear.LinearPotential;
import dev.assay.potential.linear.PotentialScale;
import dev.assay.purify.Purification;
import dev.assay.purify.PurifySettings;
import dev.assay.purify.TrajectoryPoint;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How mixed the data is, before and after, between labels of one rule and labels that mean nothing: the one V, that of
 * {@link LinearPotential}. Under the paper's preset V before and after are those of the paper's own training instead.
 *
 * @param paper whether {@link #before} and {@link #after} are of the paper's own training
 * @param layer what the model of V is linear in; null for the features as they are
 * @param scale V of all rows between its marks
 * @param before V of all rows: that of the scale, but under the paper's preset
 * @param after V of the kept rows; that of all where nothing was removed
 * @param pictures what a report shows, or null where nobody asked for one
 */
public record PurifyMeasures(
        boolean paper,
        @Nullable String layer,
        PotentialScale scale,
        double before,
        double after,
        @Nullable Pictures pictures) {
    /**
     * Influences on each other as a report shows them.
     *
     * @param all of all rows under one model: group 0 the kept rows, group 1 the others
     * @param kept among the kept rows under a model of their own; null where nothing was removed
     * @param directions along how many principal directions of the features, or null for all features as they are
     */
    public record Pictures(
            InfluenceSummary all,
            @Nullable InfluenceMap kept,
            @Nullable Integer directions) {}

    /**
     * Measures what a purification started from and came to.
     *
     * @param pictured whether a report will be made
     */
    static PurifyMeasures of(
            Purified purified, PurifySettings settings, boolean pictured, Workers workers, Progress progress) {
        Purification purification = purified.purification();
        Judgement judgement = purified.judgement();
        Dataset data = purification.data();
        String layer = purified.layer() == null ? null : purified.layer().name();
        LinearPotential model = LinearPotential.of(data, workers);
        PotentialScale scale = PotentialScale.of(
                model,
                PrevailingRule.of(judgement == null ? null : judgement.labels(), model, workers),
                settings.seed(),
                workers,
                progress);
        boolean removed = purification.kept().length < data.size();
        Dataset rest = removed ? model.data().select(purification.kept()) : model.data();
        Pictures pictures = null;
        if (pictured && LinearPotential.isKnown(data)) {
            progress.phase("look at influences", 0);
            pictures = pictures(purification, model, removed ? rest : null, settings.seed(), workers);
        }
        if (settings.paperPreset()) {
            TrajectoryPoint first = purification.trajectory().get(0);
            TrajectoryPoint last = purification.trajectory().get(purification.stop());
            return new PurifyMeasures(true, layer, scale, first.potential(), last.potential(), pictures);
        }
        return new PurifyMeasures(
                false,
                layer,
                scale,
                scale.potential(),
                removed ? model.variance(rest, workers) : scale.potential(),
                pictures);
    }

    private static Pictures pictures(
            Purification purification, LinearPotential model, @Nullable Dataset rest, long seed, Workers workers) {
        int[] groups = IntStream.range(0, model.data().size())
                .map(i -> purification.isKept(i) ? 0 : 1)
                .toArray();
        InfluenceMap kept = null;
        if (rest != null && LinearPotential.isKnown(rest)) {
            LinearGradientSpace space = LinearGradientSpace.of(model.pictured(rest, workers), workers);
            kept = InfluenceMap.of(space, new int[rest.size()], 1, InfluenceSummary.SIDE, workers);
        }
        return new Pictures(model.influences(model.data(), groups, 2, seed, workers), kept, model.picturedDirections());
    }
}
