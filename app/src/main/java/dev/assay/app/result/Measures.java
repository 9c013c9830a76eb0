package dev.assay.app.result;

import dev.assay.data.Dataset;
import dev.assay.data.RealTargets;
import dev.assay.influence.Curvature;
import dev.assay.linalg.Matrix;
import dev.assay.model.Expert;
import dev.assay.model.Fit;
import dev.assay.model.LinearModel;
import dev.assay.model.Linearization;
import dev.assay.model.Objective;
import dev.assay.model.Trainer;
import dev.assay.potential.InfluenceMap;
import dev.assay.potential.InfluenceView;
import dev.assay.potential.Potential;
import dev.assay.potential.ReferencePotential;
import dev.assay.purify.Purification;
import dev.assay.purify.PurifySettings;
import dev.assay.purify.TrajectoryPoint;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How mixed the data is, before and after, between labels of one rule and labels that mean nothing.
 *
 * @param before V of all rows
 * @param after V of the kept rows, NaN where nothing was removed from the fit
 * @param influences of all rows under one model: group 0 the kept rows, group 1 the others
 * @param kept influences among the kept rows under the purified model; null where nothing was removed
 * @param permuted V of all rows with their labels permuted
 * @param oneRule V of all rows with labels drawn from the purified model
 */
public record Measures(
        double before,
        double after,
        InfluenceView influences,
        @Nullable InfluenceMap kept,
        ReferencePotential permuted,
        ReferencePotential oneRule) {

    /** Measures what a purification started from and came to, with its own ridge. */
    public static Measures of(Purification purification, PurifySettings settings, Workers workers, Progress progress) {
        Dataset data = purification.data();
        Fit purified = purification.fit();
        LinearModel model = purified.model();
        Objective all = new Objective(data, purified.objective().loss(), purified.ridge());
        progress.phase("measure V", 0);
        Trainer trainer = Trainer.automatic(all);
        Linearization whole =
                all.at(trainer.fit(all, model.theta(), workers).model().theta(), workers);
        int[] removed = IntStream.range(0, data.size())
                .map(i -> purification.isKept(i) ? 0 : 1)
                .toArray();
        InfluenceView influences = InfluenceView.of(whole, removed, 2, settings.seed(), workers);
        int repeats = ReferencePotential.repeats(all);
        ReferencePotential permuted =
                ReferencePotential.ofPermutedTargets(all, trainer, settings.seed(), repeats, workers, progress);
        ReferencePotential oneRule = ReferencePotential.ofOneRule(
                all,
                trainer,
                Expert.answers(model, 1, data.features(), workers),
                deviation(purification, workers),
                settings.seed(),
                repeats,
                workers,
                progress);
        TrajectoryPoint first = purification.trajectory().get(0);
        TrajectoryPoint last = purification.trajectory().get(purification.stop());
        double before = Double.isNaN(first.potential())
                ? influences.moments().potential().variance()
                : first.potential();
        if (purification.stop() == 0) {
            return new Measures(before, Double.NaN, influences, null, permuted, oneRule);
        }
        Curvature curvature = Curvature.of(purified.objective().at(model.theta(), workers), workers);
        InfluenceMap kept = InfluenceMap.of(curvature, new int[curvature.size()], 1, InfluenceView.SIDE, workers);
        double after = Double.isNaN(last.potential()) ? potential(purified, workers) : last.potential();
        return new Measures(before, after, influences, kept, permuted, oneRule);
    }

    /** For numbers: how far the kept rows lie from what the purified model predicts, standardised; NaN for classes. */
    private static double deviation(Purification purification, Workers workers) {
        Dataset data = purification.data();
        if (!(data.targets() instanceof RealTargets)) {
            return Double.NaN;
        }
        Matrix predicted = purification.fit().model().outputs(data.features(), workers);
        double sum = 0;
        double weight = 0;
        for (int i : purification.kept()) {
            double error = data.targets().value(i) - predicted.get(i, 0);
            sum += data.weights()[i] * error * error;
            weight += data.weights()[i];
        }
        return Math.sqrt(sum / weight);
    }

    private static double potential(Fit fit, Workers workers) {
        return Potential.of(fit.objective().at(fit.model().theta(), workers), workers)
                .variance();
    }
}
