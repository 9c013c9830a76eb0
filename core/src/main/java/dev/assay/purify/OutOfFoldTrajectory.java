package dev.assay.purify;

import dev.assay.influence.LinearGradientSpace;
import dev.assay.linalg.DenseLimits;
import dev.assay.model.Fit;
import dev.assay.model.Linearization;
import dev.assay.noise.WrongLabels;
import dev.assay.potential.Potential;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What each round of a judgement removed: all rows first, then every round. Fits were made, and V computed, for the first and the last
 * only.
 *
 * @param start the fit to all rows
 * @param purified the fit to those that are kept, the same one where all are
 */
record OutOfFoldTrajectory(
        OutOfFoldPurification.Rows rows, List<WrongLabels.Round> rounds, Fit start, Fit purified, Watched watched) {
    List<TrajectoryPoint> points(Workers workers) {
        int last = Math.max(rounds.size(), Arrays.stream(rows.removedAt()).max().orElse(0));
        Measured first = Measured.of(start, watched, workers);
        boolean allKept = Arrays.stream(rows.removedAt()).allMatch(round -> round == 0);
        Measured end = allKept ? first : Measured.of(purified, watched, workers);
        List<TrajectoryPoint> points = new ArrayList<>();
        int size = rows.removedAt().length;
        for (int round = 0; round <= last; round++) {
            int[] removed = removed(round);
            size -= removed.length;
            points.add(point(round, size, removed, round == 0 ? first : round == last ? end : Measured.NOT));
        }
        return points;
    }

    /** What went in a round, the most suspicious first. */
    private int[] removed(int round) {
        return IntStream.range(0, rows.removedAt().length)
                .filter(i -> round > 0 && rows.removedAt()[i] == round)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> rows.trust()[i])
                        .thenComparingInt(i -> i))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private TrajectoryPoint point(int round, int size, int[] removed, Measured measured) {
        boolean known = round > 0 && round <= rounds.size();
        return new TrajectoryPoint(
                round,
                size,
                measured.potential,
                measured.trainingLoss,
                Double.NaN,
                known ? rounds.get(round - 1).logLikelihood() : Double.NaN,
                known ? rounds.get(round - 1).share() : Double.NaN,
                removed,
                Arrays.stream(removed).mapToDouble(i -> 1 - rows.trust()[i]).toArray(),
                measured.accuracy);
    }

    /** What is known of a fit. */
    private record Measured(double potential, double trainingLoss, double accuracy) {
        static final Measured NOT = new Measured(Double.NaN, Double.NaN, Double.NaN);

        static Measured of(Fit fit, Watched watched, Workers workers) {
            Linearization fitted = fit.objective().at(fit.model().theta(), workers);
            double potential =
                    fit.objective().data().dimension() == 1 || fit.objective().parameters() > DenseLimits.FACTORED
                            ? Double.NaN
                            : Potential.of(LinearGradientSpace.of(fitted, workers), workers)
                                    .variance();
            return new Measured(potential, fitted.meanLoss(), watched.accuracy(fit.model(), workers));
        }
    }
}
