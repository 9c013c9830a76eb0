package dev.assay.divide;

import dev.assay.data.Dataset;
import dev.assay.influence.Curvature;
import dev.assay.model.Fit;
import dev.assay.model.Linearization;
import dev.assay.model.Loss;
import dev.assay.model.Objective;
import dev.assay.model.Trainer;
import dev.assay.potential.PermutedLabels;
import dev.assay.potential.Potential;
import dev.assay.potential.RowVariance;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.Arrays;

/**
 * V of some rows, always measured with the same model: linear in the features, ridge {@value #RIDGE} as in the paper. V
 * depends on features and ridge; with the same ones throughout, that of the whole, of blocks and of sources can be compared,
 * whatever the experts of a division see.
 *
 * @param loss of the model
 */
record LinearPotential(Loss loss) {
    /** The damping of the paper's figures. */
    static final double RIDGE = 0.01;
    /** Above so many parameters V costs too much. */
    private static final int MOST_PARAMETERS = 3000;

    private static final int PERMUTATIONS = 5;
    /** Above so many multiplications for one V, one permutation has to do; V hardly varies between them then. */
    private static final double CHEAP = 1e9;

    /** For the targets of a data set. */
    static LinearPotential of(Dataset data) {
        return new LinearPotential(Loss.forTargets(data.targets()));
    }

    /** Whether V can be afforded, and there are two rows with a weight. */
    boolean isKnown(Dataset rows) {
        long weighted =
                Arrays.stream(rows.weights()).filter(weight -> weight > 0).count();
        return weighted > 1 && loss.logits() * rows.dimension() <= MOST_PARAMETERS;
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
    double of(Dataset rows, Workers workers) {
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
        double order = (double) loss.logits() * Math.min(rows.size(), rows.dimension());
        int repeats = rows.size() * order * order <= CHEAP ? PERMUTATIONS : 1;
        PermutedLabels permuted =
                PermutedLabels.of(objective, Trainer.automatic(objective), seed, repeats, workers, progress);
        return new double[] {permuted.mean(), permuted.standardDeviation()};
    }
}
