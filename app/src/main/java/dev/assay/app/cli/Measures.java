package dev.assay.app.cli;

import dev.assay.data.Dataset;
import dev.assay.model.Fit;
import dev.assay.model.Linearization;
import dev.assay.model.Objective;
import dev.assay.model.Trainer;
import dev.assay.potential.InfluenceMoments;
import dev.assay.potential.PermutedLabels;
import dev.assay.potential.Potential;
import dev.assay.purify.Purification;
import dev.assay.purify.PurifySettings;
import dev.assay.purify.TrajectoryPoint;
import dev.assay.work.Progress;
import dev.assay.work.Workers;

/**
 * How mixed the data is, before and after, and against labels that mean nothing.
 *
 * @param before V of all rows
 * @param after V of the kept rows, NaN where nothing was removed from the fit
 * @param moments of X for all rows
 * @param permuted V of all rows with their labels permuted
 */
record Measures(double before, double after, InfluenceMoments moments, PermutedLabels permuted) {
    private static final int PERMUTATIONS = 5;
    /** Above so many multiplications for one V, one permutation has to do; V hardly varies between them then. */
    private static final double CHEAP = 1e9;

    /** Measures what a purification started from and came to, with its own ridge. */
    static Measures of(Purification purification, PurifySettings settings, Workers workers, Progress progress) {
        Dataset data = purification.data();
        Fit purified = purification.fit();
        Objective all = new Objective(data, purified.objective().loss(), purified.ridge());
        progress.phase("measure V", 0);
        Trainer trainer = Trainer.automatic(all);
        Linearization whole = all.at(
                trainer.fit(all, purified.model().theta(), workers).model().theta(), workers);
        InfluenceMoments moments = InfluenceMoments.of(whole, settings.seed(), workers);
        TrajectoryPoint first = purification.trajectory().get(0);
        TrajectoryPoint last = purification.trajectory().get(purification.stop());
        double order = (double) all.loss().logits() * Math.min(data.size(), data.dimension());
        PermutedLabels permuted = PermutedLabels.of(
                all,
                trainer,
                settings.seed(),
                data.size() * order * order <= CHEAP ? PERMUTATIONS : 1,
                workers,
                progress);
        return new Measures(
                known(first.potential(), moments.potential().variance()),
                purification.stop() == 0 ? Double.NaN : known(last.potential(), potential(purified, workers)),
                moments,
                permuted);
    }

    private static double known(double measured, double otherwise) {
        return Double.isNaN(measured) ? otherwise : measured;
    }

    private static double potential(Fit fit, Workers workers) {
        return Potential.of(fit.objective().at(fit.model().theta(), workers), workers)
                .variance();
    }
}
