package dev.assay.divide;

import dev.assay.data.Dataset;
import dev.assay.influence.Curvature;
import dev.assay.linalg.Matrix;
import dev.assay.model.FeatureMap;
import dev.assay.model.Fit;
import dev.assay.model.IdentityMap;
import dev.assay.model.Linearization;
import dev.assay.model.Loss;
import dev.assay.model.Objective;
import dev.assay.model.PrincipalMap;
import dev.assay.model.Trainer;
import dev.assay.potential.Potential;
import dev.assay.potential.ReferencePotential;
import dev.assay.potential.RowVariance;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * V of some rows, always measured with the same model: linear in the features, ridge {@value #RIDGE} as in the paper. V
 * depends on features and ridge; with the same ones throughout, that of the whole, of blocks and of sources can be compared,
 * whatever the experts of a division see.
 *
 * <p>Above {@value #MOST_PARAMETERS} parameters the model sees the leading principal directions of the features instead, as many
 * as make {@value #REDUCED_PARAMETERS}.
 *
 * @param loss of the model
 * @param data all rows as the model sees them
 * @param map how it sees features
 */
record LinearPotential(Loss loss, Dataset data, FeatureMap map) {
    /** The damping of the paper's figures. */
    static final double RIDGE = 0.01;
    /** Above so many parameters V costs too much. */
    static final int MOST_PARAMETERS = 3000;

    static final int REDUCED_PARAMETERS = 900;

    /** For all rows of a data set. */
    static LinearPotential of(Dataset data, Workers workers) {
        Loss loss = Loss.forTargets(data.targets());
        if ((long) loss.logits() * data.dimension() <= MOST_PARAMETERS) {
            return new LinearPotential(loss, data, new IdentityMap(data.dimension()));
        }
        PrincipalMap map = PrincipalMap.of(data.features(), Math.max(2, REDUCED_PARAMETERS / loss.logits()), workers);
        Matrix seen = map.apply(data.features(), workers);
        List<String> names = IntStream.range(0, seen.columns())
                .mapToObj(direction -> "direction" + direction)
                .toList();
        return new LinearPotential(loss, data.withFeatures(seen, names), map);
    }

    /** Whether there are two rows with a weight, so that there is a pair. */
    static boolean isKnown(Dataset rows) {
        return Arrays.stream(rows.weights()).filter(weight -> weight > 0).count() > 1;
    }

    /** The model at its minimum. */
    Linearization fitted(Dataset rows, Workers workers) {
        Fit fit = fit(rows, workers);
        return fit.objective().at(fit.model().theta(), workers);
    }

    /** The model. */
    Fit fit(Dataset rows, Workers workers) {
        Objective objective = new Objective(rows, loss, RIDGE);
        return Trainer.automatic(objective).fit(objective, workers);
    }

    /** V, NaN where it is not known. */
    double variance(Dataset rows, Workers workers) {
        return isKnown(rows) ? Potential.of(fitted(rows, workers), workers).variance() : Double.NaN;
    }

    /** V and what each row has to do with it: its share of the second moment of X. */
    record WithShares(double potential, double[] shares) {}

    /** V and shares, NaN where V is not known. */
    WithShares withShares(Dataset rows, Workers workers) {
        if (!isKnown(rows)) {
            double[] unknown = new double[rows.size()];
            Arrays.fill(unknown, Double.NaN);
            return new WithShares(Double.NaN, unknown);
        }
        Linearization at = fitted(rows, workers);
        return new WithShares(
                Potential.of(at, workers).variance(), RowVariance.shares(Curvature.of(at, workers), workers));
    }

    /** V with the labels permuted, a few times: mean and standard deviation, NaN where V is not known. */
    double[] permuted(Dataset rows, long seed, Workers workers, Progress progress) {
        if (!isKnown(rows)) {
            return new double[] {Double.NaN, Double.NaN};
        }
        Objective objective = new Objective(rows, loss, RIDGE);
        ReferencePotential permuted = ReferencePotential.ofPermutedTargets(
                objective,
                Trainer.automatic(objective),
                seed,
                ReferencePotential.repeats(objective),
                workers,
                progress);
        return new double[] {permuted.mean(), permuted.standardDeviation()};
    }
}
