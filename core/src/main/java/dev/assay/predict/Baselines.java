package dev.assay.predict;

import dev.assay.data.Dataset;
import dev.assay.data.InvalidInputException;
import dev.assay.divide.Division;
import dev.assay.learn.Expert;
import dev.assay.learn.IdentityMap;
import dev.assay.learn.LearnerChoice;
import dev.assay.learn.LearnerSet;
import dev.assay.learn.LinearExpert;
import dev.assay.learn.RidgeSelection;
import dev.assay.linalg.Matrix;
import dev.assay.model.Fit;
import dev.assay.model.Loss;
import dev.assay.route.PriorRouter;
import dev.assay.route.Shares;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What routed experts are compared with, as routed models themselves. */
public final class Baselines {
    private static final double SMALLEST_DEVIATION = 1e-6;

    private Baselines() {}

    /**
     * One linear model of all rows, its ridge chosen by the loss on rows left out.
     *
     * @param seed of the folds, where the ridge needs folds
     */
    public static RoutedModel oneModel(Dataset data, long seed, Workers workers) {
        return alone(data, tuned(data, seed, workers));
    }

    /**
     * One strong model: what an expert is, of all rows ({@link LearnerChoice#single}). Where the division is one block of all rows it is
     * that block's expert.
     *
     * @param learners of the division, see {@link dev.assay.divide.DivideSettings}
     * @throws dev.assay.work.CancelledException if the progress was cancelled
     */
    public static RoutedModel strongSingle(
            Division division, LearnerSet learners, long seed, Progress progress, Workers workers) {
        return alone(
                division.data(),
                isWhole(division)
                        ? division.blocks().get(0).expert()
                        : LearnerChoice.single(division.data(), learners, seed, progress, workers));
    }

    /** Whether one block holds all rows: nothing was divided, and no label set apart. */
    public static boolean isWhole(Division division) {
        return division.blocks().size() == 1 && division.unexplainedShare() == 0;
    }

    /** One linear model of what purification is after, the rows of the largest block. */
    public static RoutedModel purified(Division division, long seed, Workers workers) {
        Dataset data = division.data();
        int[] kept = IntStream.range(0, data.size())
                .filter(i -> division.assigned()[i] == 1)
                .toArray();
        return kept.length == 0 ? oneModel(data, seed, workers) : oneModel(data.select(kept), seed, workers);
    }

    /**
     * The one expert that gives the labels of all rows the highest mean probability (for regression density) on rows it was not
     * trained with, for all rows. Not the highest log-likelihood: an expert that is sure of its own block pays for all others.
     */
    public static RoutedModel bestExpert(RoutedModel model, Division division) {
        Matrix logLikelihoods = division.expertLogLikelihoods();
        double[] sums = new double[model.blocks()];
        for (int i = 0; i < division.data().size(); i++) {
            for (int k = 0; k < sums.length; k++) {
                sums[k] += division.data().weights()[i] * Math.exp(logLikelihoods.get(i, k));
            }
        }
        int best = Routing.likeliest(new Matrix(1, sums.length, sums), 0);
        return alone(division.data(), model.experts().get(best));
    }

    /**
     * The oracle: one tuned linear model for each known source; predict with {@link Routing.Given}.
     *
     * @param sources of each row, 1 to count; 0 where it is not known, a row that takes no part
     * @throws InvalidInputException if a source has no rows
     */
    public static RoutedModel perSource(Dataset data, int[] sources, int count, long seed, Workers workers) {
        List<Expert> experts = new ArrayList<>();
        double[] masses = new double[count];
        for (int source = 1; source <= count; source++) {
            int its = source;
            int[] rows = IntStream.range(0, sources.length)
                    .filter(i -> sources[i] == its)
                    .toArray();
            if (rows.length == 0) {
                throw new InvalidInputException("source " + source + " has no rows to train on");
            }
            Dataset part = data.select(rows);
            masses[source - 1] = part.totalWeight();
            experts.add(tuned(part, seed, workers));
        }
        return new RoutedModel(
                LabelSpace.of(data.targets()), experts, new PriorRouter(Shares.of(masses), data.dimension()), 0);
    }

    private static RoutedModel alone(Dataset data, Expert expert) {
        return new RoutedModel(
                LabelSpace.of(data.targets()), List.of(expert), new PriorRouter(new double[] {1}, data.dimension()), 0);
    }

    private static Expert tuned(Dataset data, long seed, Workers workers) {
        Loss loss = Loss.forTargets(data.targets());
        Fit fit = RidgeSelection.standard().choose(data, loss, seed, workers).fit();
        double deviation = Double.NaN;
        if (loss.outputCount() == 1) {
            Matrix values = fit.model().outputs(data.features(), workers);
            double squares = 0;
            for (int i = 0; i < data.size(); i++) {
                double residual = data.targets().value(i) - values.get(i, 0);
                squares += data.weights()[i] * residual * residual;
            }
            double free = Math.max(1, data.size() - data.dimension());
            deviation = Math.max(SMALLEST_DEVIATION, Math.sqrt(squares / data.totalWeight() * data.size() / free));
        }
        return new LinearExpert(new IdentityMap(data.dimension()), fit.model(), 1, deviation, fit.ridge());
    }
}
