package dev.assay.potential.linear;

import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.influence.ConjugateGradients;
import dev.assay.influence.LinearGradientSpace;
import dev.assay.learn.FeatureMap;
import dev.assay.learn.IdentityMap;
import dev.assay.learn.PrincipalMap;
import dev.assay.linalg.Dense;
import dev.assay.linalg.DenseLimits;
import dev.assay.linalg.Matrix;
import dev.assay.model.Fit;
import dev.assay.model.Linearization;
import dev.assay.model.Loss;
import dev.assay.model.Objective;
import dev.assay.model.Trainer;
import dev.assay.model.TrustRegionNewtonTrainer;
import dev.assay.potential.InfluenceSummary;
import dev.assay.potential.Potential;
import dev.assay.potential.ProbedPotential;
import dev.assay.potential.RowVariance;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The one V of Assay, that of every command: of a model that is linear in the features as they are (or, where a learner is asked for alone that has a
 * last layer, in what that sees), fitted to the rows in
 * question with ridge {@value #RIDGE}, as in the paper's figures. V depends on features and ridge; with the same ones
 * throughout, that of the whole, of its blocks, of sources and of the rows that a purification keeps can be compared,
 * whatever model the rows are judged by.
 *
 * <p>Up to {@value DenseLimits#FACTORED} parameters (logits times features, as few as will do, see {@link
 * dev.assay.influence.CompactForm}) V is exact. Above, the features are rotated onto their principal directions, which changes
 * nothing under a ridge, and V is estimated by {@link ProbedPotential}, without bias, to a standard error of two hundredths of
 * it wherever 128 random vectors are enough for that. Single influences are then those of the leading directions alone, as many as
 * make {@value #PICTURED_PARAMETERS} parameters: {@link #pictured}.
 *
 * @param loss of the model
 * @param data all rows in the features of the model
 * @param layer what the features go through first, held fixed; null where the model is linear in the features as they are
 * @param map from there to the features of the model
 * @param limit parameters up to which V is exact
 */
public record LinearPotential(
        Loss loss, Dataset data, @Nullable FeatureMap layer, FeatureMap map, int limit) {
    /** The damping of the paper's figures. */
    public static final double RIDGE = 0.01;
    /** A quarter of the time of the most that is factored, as single influences come on top of it. */
    static final int PICTURED_PARAMETERS = 600;

    /** Stopping tolerance where the Hessian is not formed: against the ridge, a shift of the parameters by 1e-3 at the most. */
    private static final double WIDE_GRADIENT_NORM = 1e-5;

    /** Residuals of the solves where V is estimated; what they leave out of V is of the same order. */
    private static final double SOLVER_TOLERANCE = 1e-3;

    private static final int SOLVER_LIMIT = 500;
    private static final long SEED = 1;

    /** For all rows of a data set; O(min(n, d)^2 max(n, d)) where there are many parameters or more features than rows. */
    public static LinearPotential of(Dataset data, Workers workers) {
        return of(data, null, workers);
    }

    /**
     * The same behind a layer.
     *
     * @param layer what the features go through first; null for nothing
     */
    public static LinearPotential of(Dataset data, @Nullable FeatureMap layer, Workers workers) {
        return of(layer == null ? data : layer.seen(data, workers), layer, DenseLimits.FACTORED, workers);
    }

    /** The same with another limit for exact V. */
    static LinearPotential of(Dataset data, int limit, Workers workers) {
        return of(data, null, limit, workers);
    }

    private static LinearPotential of(Dataset data, @Nullable FeatureMap layer, int limit, Workers workers) {
        Loss loss = Loss.forTargets(data.targets());
        if (parameters(loss, data) <= limit && data.size() >= data.dimension()) {
            return new LinearPotential(loss, data, layer, new IdentityMap(data.dimension()), limit);
        }
        PrincipalMap map = PrincipalMap.of(data.features(), data.dimension(), workers);
        return new LinearPotential(loss, along(data, map.apply(data.features(), workers)), layer, map, limit);
    }

    private static Dataset along(Dataset data, Matrix directions) {
        List<String> names = IntStream.range(0, directions.columns())
                .mapToObj(direction -> "direction" + direction)
                .toList();
        return data.withFeatures(directions, names);
    }

    /** p in the compact form. */
    private static long parameters(Loss loss, Dataset rows) {
        int logits = loss.logits() > 1 && loss.isShiftInvariant() ? loss.logits() - 1 : loss.logits();
        return (long) logits * Math.min(rows.size(), rows.dimension());
    }

    /** Whether there is a feature beside the bias, and two rows with a weight, so that there is a pair. */
    public static boolean isKnown(Dataset rows) {
        return rows.dimension() > 1
                && Arrays.stream(rows.weights()).filter(weight -> weight > 0).count() > 1;
    }

    /** Whether V of so many rows is exact. */
    public boolean isExact(Dataset rows) {
        return parameters(loss, rows) <= limit;
    }

    /** The model, fitted to some of the rows of {@link #data}. */
    public Fit fit(Dataset rows, Workers workers) {
        Objective objective = new Objective(rows, loss, RIDGE);
        return trainer(objective).fit(objective, workers);
    }

    private Trainer trainer(Objective objective) {
        return isExact(objective.data())
                ? Trainer.automatic(objective)
                : new TrustRegionNewtonTrainer(WIDE_GRADIENT_NORM);
    }

    /** The model at its minimum. */
    public Linearization fitted(Dataset rows, Workers workers) {
        Fit fit = fit(rows, workers);
        return fit.objective().at(fit.model().theta(), workers);
    }

    /** V, NaN where it is not known; O(n p^2 + p^3), above the limit O(n p) times some thousands. */
    public double variance(Dataset rows, Workers workers) {
        return isKnown(rows) ? variance(fitted(rows, workers), workers) : Double.NaN;
    }

    /** The same for a model that is fitted already. */
    public double variance(Linearization fitted, Workers workers) {
        return isExact(fitted.objective().data())
                ? Potential.of(LinearGradientSpace.of(fitted, workers), workers).variance()
                : probed(fitted, workers).variance();
    }

    private static ProbedPotential probed(Linearization at, Workers workers) {
        return ProbedPotential.of(ConjugateGradients.of(at, SOLVER_TOLERANCE, SOLVER_LIMIT, workers), SEED, workers);
    }

    /** V and what each row has to do with it: its share of the second moment of X. */
    public record WithShares(double potential, double[] shares) {}

    /** V and shares, NaN where V is not known; estimated where V is, single shares then to about a third of them. */
    public WithShares withShares(Dataset rows, Workers workers) {
        if (!isKnown(rows)) {
            double[] unknown = new double[rows.size()];
            Arrays.fill(unknown, Double.NaN);
            return new WithShares(Double.NaN, unknown);
        }
        Linearization at = fitted(rows, workers);
        if (isExact(rows)) {
            LinearGradientSpace space = LinearGradientSpace.of(at, workers);
            return new WithShares(Potential.of(space, workers).variance(), RowVariance.shares(space, workers));
        }
        ProbedPotential probed = probed(at, workers);
        double sum = Arrays.stream(probed.squares()).sum();
        return new WithShares(
                probed.variance(),
                Arrays.stream(probed.squares()).map(square -> square / sum).toArray());
    }

    /** Features of {@link #pictured}: all of them, or the leading principal directions where there are many parameters. */
    public int picturedFeatures() {
        return parameters(loss, data) <= limit
                ? data.dimension()
                : Math.min(data.dimension(), Math.max(2, PICTURED_PARAMETERS / loss.logits()));
    }

    /** Along how many principal directions of the features single influences are, or null where they are those of all features. */
    public @Nullable Integer picturedDirections() {
        return picturedFeatures() == data.dimension() ? null : picturedFeatures();
    }

    /** The model whose single influences are shown, fitted to some of the rows: of the leading directions where p is large. */
    public Fit pictured(Dataset rows, Workers workers) {
        int features = picturedFeatures();
        if (features == rows.dimension()) {
            return fit(rows, workers);
        }
        Matrix leading = new Matrix(rows.size(), features);
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(
                    rows.features().values(), rows.features().offset(i), leading.values(), leading.offset(i), features);
        }
        return fit(along(rows, leading), workers);
    }

    /**
     * The influences of some of the rows on each other under {@link #pictured}; O(n p^2 + p^3).
     *
     * @param groups the group of each row, from 0 to {@code count} - 1, or -1 for those that the map leaves out
     * @param seed decides what is sampled where there are many rows
     */
    public InfluenceSummary influences(Dataset rows, int[] groups, int count, long seed, Workers workers) {
        Fit fit = pictured(rows, workers);
        ContentOrder order = ContentOrder.of(fit.objective().data(), workers);
        return InfluenceSummary.of(LinearGradientSpace.of(fit, workers), order, groups, count, seed, workers);
    }

    /** Parameters of {@link #pictured} as those of the features as they are, C x d; null behind a layer. */
    public @Nullable Matrix original(Fit pictured, Workers workers) {
        if (layer != null) {
            return null;
        }
        Matrix parameters = pictured.model().parameters();
        return map instanceof PrincipalMap principal
                ? Dense.multiply(parameters, principal.directions().selectRows(0, parameters.columns()), workers)
                : parameters;
    }
}
