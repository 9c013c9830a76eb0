package dev.assay.learn;

import dev.assay.data.Dataset;
import dev.assay.data.Folds;
import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.linalg.RowSpace;
import dev.assay.model.ApproximateLeaveOneOut;
import dev.assay.model.Fit;
import dev.assay.model.LinearModel;
import dev.assay.model.Loss;
import dev.assay.model.Objective;
import dev.assay.model.ProductCurvature;
import dev.assay.model.SideBySideTrainer;
import dev.assay.model.Trainer;
import dev.assay.work.Seeds;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the ridge for a CLEAN block: the value on a path for which the loss on examples left out of the fit is lowest.
 * By approximate leave-one-out or by five folds, whichever costs less: the former forms and inverts H, the latter asks for
 * products with it only, in coordinates along the principal directions, in which its diagonal says most about it.
 *
 * <p>On mixed data or with wrong labels this asks for a ridge so large that nothing can be told apart; there, choose the
 * ridge under a model that knows of wrong labels.
 *
 * @param ridges the path, from large to small
 */
public record RidgeSelection(List<Double> ridges) {
    /** Products with H in the fits of all folds, about. */
    private static final double FOLD_PRODUCTS = 5 * 40;
    /** How much slower the arithmetic of a product with H is than that of H itself. */
    private static final double PRODUCT_COST = 5;

    private static final int FOLDS = 5;
    /** The path ends when the loss has risen this often since its minimum. */
    private static final int RISES = 2;
    /** The same by folds: their losses are smooth along the path, and the smallest ridges cost most. */
    private static final int FOLD_RISES = 1;
    /** Against the ridges that folds choose among, losses to 1e-4 nats or better. */
    private static final double FOLD_GRADIENT_NORM = 1e-4;

    private static final int FOLD_STEPS = 100;

    /**
     * Checks the path.
     *
     * @throws IllegalArgumentException if it is empty or not falling, or holds a ridge that is not above 0
     */
    public RidgeSelection {
        ridges = List.copyOf(ridges);
        if (ridges.isEmpty()) {
            throw new IllegalArgumentException("a ridge path needs at least one ridge");
        }
        double last = Double.POSITIVE_INFINITY;
        for (double ridge : ridges) {
            if (!(ridge > 0) || !(ridge < last)) {
                throw new IllegalArgumentException("a ridge path falls and stays above 0, got " + ridges);
            }
            last = ridge;
        }
    }

    /** From 1 down to 1e-6, two values a decade. */
    public static RidgeSelection standard() {
        List<Double> ridges = new ArrayList<>();
        for (int half = 0; half <= 12; half++) {
            ridges.add(Math.pow(10, -half / 2.0));
        }
        return new RidgeSelection(ridges);
    }

    /**
     * A choice and what it rests on.
     *
     * @param ridge the chosen ridge
     * @param fit the fit with it, on all examples
     * @param ridges the ridges that were tried
     * @param losses the mean loss left out of the fit for each of them, in nats for classification; lower is better
     * @param reason the choice in words
     */
    public record Choice(double ridge, Fit fit, List<Double> ridges, List<Double> losses, String reason) {}

    /**
     * Fits along the path with warm starts and chooses.
     *
     * @param seed of the folds, where folds are needed
     */
    public Choice choose(Dataset data, Loss loss, long seed, Workers workers) {
        boolean leaveOneOut = isLeaveOneOutCheaper(data, loss);
        @Nullable Matrix basis = basis(data, leaveOneOut, workers);
        Dataset reduced = basis == null ? data : rotated(data, basis, workers);
        List<Double> tried = new ArrayList<>();
        List<Double> losses = new ArrayList<>();
        @Nullable
        FoldFits folds = leaveOneOut
                ? null
                : new FoldFits(
                        reduced, loss, Folds.of(data, FOLDS, Seeds.child(seed, "ridge folds"), workers), workers);
        double @Nullable [] start = null;
        int best = 0;
        @Nullable Fit bestFit = null;
        for (double ridge : ridges) {
            Objective objective = new Objective(reduced, loss, ridge);
            double leftOut;
            @Nullable Fit fit = null;
            if (folds == null) {
                fit = Trainer.automatic(objective).fit(objective, start, workers);
                start = fit.model().theta();
                leftOut = ApproximateLeaveOneOut.of(objective.at(fit.model().theta(), workers), workers)
                        .meanLoss();
            } else {
                leftOut = folds.meanLoss(ridge);
            }
            tried.add(ridge);
            losses.add(leftOut);
            if (!(leftOut >= losses.get(best)) || losses.size() == 1) {
                best = losses.size() - 1;
                bestFit = fit;
            }
            if (losses.size() - 1 - best >= (leaveOneOut ? RISES : FOLD_RISES)) {
                break;
            }
        }
        Objective objective = new Objective(reduced, loss, tried.get(best));
        if (bestFit == null) {
            bestFit = Trainer.automatic(objective).fit(objective, null, workers);
        }
        Fit fit = basis == null ? bestFit : inOriginalSpace(bestFit, data, basis, workers);
        String reason = String.format(
                Locale.ROOT,
                "ridge %.3g: lowest %s loss on the path %.3g to %.3g (%.4f)",
                tried.get(best),
                leaveOneOut ? "approximate leave-one-out" : FOLDS + "-fold",
                tried.get(0),
                tried.get(tried.size() - 1),
                losses.get(best));
        return new Choice(tried.get(best), fit, tried, losses, reason);
    }

    /** By the multiplications for one ridge: H, its inverse and the leverages, against the products of five fits. */
    private static boolean isLeaveOneOutCheaper(Dataset data, Loss loss) {
        double n = data.size();
        double c = loss.logits();
        double d = Math.min(data.size(), data.dimension());
        double p = c * d;
        return n * p * d * (c + 1) + p * p * p * 5 / 3 <= PRODUCT_COST * FOLD_PRODUCTS * 2 * n * p;
    }

    /** Orthonormal directions in whose coordinates the fits are made, one a row; null for the features as they are. */
    private static @Nullable Matrix basis(Dataset data, boolean leaveOneOut, Workers workers) {
        if (!leaveOneOut) {
            return PrincipalMap.of(data.features(), data.dimension(), workers).directions();
        }
        return data.dimension() > data.size() ? RowSpace.of(data.features()).basis() : null;
    }

    private static Dataset rotated(Dataset data, Matrix basis, Workers workers) {
        List<String> names = new ArrayList<>();
        for (int j = 0; j < basis.rows(); j++) {
            names.add("direction" + j);
        }
        return data.withFeatures(Dense.multiplyTransposed(data.features(), basis, workers), names);
    }

    private static Fit inOriginalSpace(Fit fit, Dataset data, Matrix basis, Workers workers) {
        double[] theta =
                Dense.multiply(fit.model().parameters(), basis, workers).values();
        LinearModel model = new LinearModel(fit.model().loss(), data.dimension(), theta);
        return new Fit(
                model,
                new Objective(data, fit.model().loss(), fit.ridge()),
                fit.value(),
                fit.gradientNorm(),
                fit.iterations(),
                fit.converged());
    }

    /** The five fits of a ridge, all folds side by side, each started where the ridge before ended. */
    private static final class FoldFits {
        private final Dataset data;
        private final Loss loss;
        private final Folds folds;
        private final ProductCurvature.Inputs inputs;
        private final Workers workers;
        private final List<double[]> weights = new ArrayList<>();
        private List<double @Nullable []> thetas = new ArrayList<>(Arrays.asList(new double[FOLDS][]));

        FoldFits(Dataset data, Loss loss, Folds folds, Workers workers) {
            this.data = data;
            this.loss = loss;
            this.folds = folds;
            this.workers = workers;
            this.inputs = ProductCurvature.Inputs.of(data.features(), data.weights(), loss.logits(), workers);
            for (int fold = 0; fold < FOLDS; fold++) {
                weights.add(folds.outside(fold, data.weights()));
            }
        }

        /** The mean loss of the rows by fits that did not see them. */
        double meanLoss(double ridge) {
            List<SideBySideTrainer.Model> models = new ArrayList<>();
            for (int fold = 0; fold < FOLDS; fold++) {
                models.add(new SideBySideTrainer.Model(weights.get(fold), ridge, thetas.get(fold)));
            }
            thetas = new ArrayList<>(new SideBySideTrainer(FOLD_GRADIENT_NORM, FOLD_STEPS)
                    .fit(
                            data.features(),
                            data.targets(),
                            loss,
                            Matrix.identity(loss.logits()),
                            models,
                            inputs,
                            workers));
            double sum = 0;
            for (int fold = 0; fold < FOLDS; fold++) {
                int[] rows = folds.inside(fold);
                double[] theta = Objects.requireNonNull(thetas.get(fold));
                Matrix logits = new LinearModel(loss, data.dimension(), theta)
                        .logits(data.features().selectRows(rows), workers);
                for (int k = 0; k < rows.length; k++) {
                    double target = data.targets().value(rows[k]);
                    sum += data.weights()[rows[k]] * loss.value(logits.values(), logits.offset(k), target);
                }
            }
            return sum / data.totalWeight();
        }
    }
}
