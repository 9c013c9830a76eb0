package dev.assay.job;

import dev.assay.data.Dataset;
import dev.assay.divide.Judgement;
import dev.assay.influence.Curvature;
import dev.assay.judge.PrevailingRule;
import dev.assay.judge.Purified;
import dev.assay.model.Fit;
import dev.assay.potential.InfluenceMap;
import dev.assay.potential.InfluenceView;
import dev.assay.potential.LinearPotential;
import dev.assay.potential.PotentialScale;
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
 * @param scale V of all rows between its marks
 * @param before V of all rows: that of the scale, but under the paper's preset
 * @param after V of the kept rows; that of all where nothing was removed
 * @param pictures what a report shows, or null where nobody asked for one
 */
public record PurifyMeasures(
        boolean paper,
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
            InfluenceView all,
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
            return new PurifyMeasures(true, scale, first.potential(), last.potential(), pictures);
        }
        return new PurifyMeasures(
                false, scale, scale.potential(), removed ? model.variance(rest, workers) : scale.potential(), pictures);
    }

    private static Pictures pictures(
            Purification purification, LinearPotential model, @Nullable Dataset rest, long seed, Workers workers) {
        int[] groups = IntStream.range(0, model.data().size())
                .map(i -> purification.isKept(i) ? 0 : 1)
                .toArray();
        Fit all = model.pictured(model.data(), workers);
        InfluenceMap kept = null;
        if (rest != null && LinearPotential.isKnown(rest)) {
            Fit fit = model.pictured(rest, workers);
            Curvature curvature = Curvature.of(fit.objective().at(fit.model().theta(), workers), workers);
            kept = InfluenceMap.of(curvature, new int[curvature.size()], 1, InfluenceView.SIDE, workers);
        }
        return new Pictures(
                InfluenceView.of(all.objective().at(all.model().theta(), workers), groups, 2, seed, workers),
                kept,
                model.picturedDirections());
    }
}
