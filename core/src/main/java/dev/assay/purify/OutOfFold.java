package dev.assay.purify;

import dev.assay.data.ClassTargets;
import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.linalg.Cholesky;
import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.model.Expert;
import dev.assay.model.Fit;
import dev.assay.model.LinearModel;
import dev.assay.model.Linearization;
import dev.assay.model.Objective;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Plain cross-fitting of one model: the probability of each example's label under the same model trained without the part
 * that the example is in. No label is doubted; this is what {@link Diagnosis} goes by
 * where there is too much data for more.
 *
 * <p>With many examples per parameter the model without a part is one Newton step from the model of all examples, with the
 * exact gradient and Hessian of the rest: one pass over the data for all parts together, O(n p^2 + parts p^3). With fewer
 * it is trained anew.
 */
public final class OutOfFold {
    /** From so many examples per parameter on, one Newton step is as good as training. */
    private static final int EXAMPLES_PER_PARAMETER = 50;

    private static final double GRADIENT_NORM = 1e-6;

    private OutOfFold() {}

    /**
     * Probability of each example's own label; lower = more suspicious. For regression the normal density of the target in
     * standardised units, with the residuals' own standard deviation.
     *
     * @param fit the model of all examples; examples of weight 0 are judged and do not take part in training
     * @param folds number of parts, at least 2
     * @param seed of the parts, which do not depend on the order of the examples
     */
    public static double[] probabilities(Fit fit, int folds, long seed, Workers workers) {
        Dataset data = fit.objective().data();
        Matrix answers = answers(fit, folds, seed, workers);
        double[] result = new double[data.size()];
        if (data.targets() instanceof ClassTargets targets) {
            Arrays.setAll(result, i -> Math.exp(answers.get(i, targets.codes()[i])));
            return result;
        }
        double squares = 0;
        for (int i = 0; i < result.length; i++) {
            double residual = data.targets().value(i) - answers.get(i, 0);
            squares += data.weights()[i] * residual * residual;
        }
        double variance = Math.max(1e-12, squares / data.totalWeight());
        Arrays.setAll(result, i -> {
            double residual = data.targets().value(i) - answers.get(i, 0);
            return Math.exp(-residual * residual / (2 * variance)) / Math.sqrt(2 * Math.PI * variance);
        });
        return result;
    }

    /** Log-probabilities of all classes, n x classes, or predictions, n x 1, by models that were not trained with the row. */
    static Matrix answers(Fit fit, int folds, long seed, Workers workers) {
        Dataset data = fit.objective().data();
        int[] parts = ContentOrder.of(data, workers).assign(folds, seed);
        boolean many = (long) EXAMPLES_PER_PARAMETER * fit.objective().parameters() <= data.size();
        return many ? oneStep(fit, parts, folds, workers) : trained(fit, parts, folds, workers);
    }

    private static Matrix trained(Fit fit, int[] parts, int folds, Workers workers) {
        Dataset data = fit.objective().data();
        CrossFit crossFit = new CrossFit(fit.objective().loss(), fit.ridge(), GRADIENT_NORM);
        return crossFit.answer(data, data.weights(), parts, folds, fit.model().theta(), workers)
                .answers();
    }

    private static Matrix oneStep(Fit fit, int[] parts, int folds, Workers workers) {
        Objective objective = fit.objective();
        Dataset data = objective.data();
        double[] theta = fit.model().theta();
        int p = theta.length;
        List<int[]> members = new ArrayList<>();
        double[] partWeights = new double[folds];
        List<double[]> gradients = new ArrayList<>();
        List<Matrix> hessians = new ArrayList<>();
        double[] gradientSum = new double[p];
        Matrix hessianSum = new Matrix(p, p);
        for (int fold = 0; fold < folds; fold++) {
            int part = fold;
            int[] own = IntStream.range(0, parts.length)
                    .filter(i -> parts[i] == part)
                    .toArray();
            members.add(own);
            double[] gradient = new double[p];
            Matrix hessian = new Matrix(p, p);
            Dataset inside = data.select(own);
            partWeights[fold] = inside.totalWeight();
            if (partWeights[fold] > 0) {
                Linearization at = new Objective(inside, objective.loss(), 0).at(theta, workers);
                Dense.add(partWeights[fold], at.gradient(workers), gradient);
                Dense.add(partWeights[fold], at.hessian(workers).values(), hessian.values());
            }
            gradients.add(gradient);
            hessians.add(hessian);
            Dense.add(1, gradient, gradientSum);
            Dense.add(1, hessian.values(), hessianSum.values());
        }
        Matrix answers = new Matrix(data.size(), objective.loss().outputCount());
        for (int fold = 0; fold < folds; fold++) {
            double rest = data.totalWeight() - partWeights[fold];
            double[] parameters = theta.clone();
            if (rest > 0) {
                double[] gradient = new double[p];
                Matrix hessian = new Matrix(p, p);
                Dense.add(1 / rest, gradientSum, gradient);
                Dense.add(-1 / rest, gradients.get(fold), gradient);
                Dense.add(objective.ridge(), theta, gradient);
                Dense.add(1 / rest, hessianSum.values(), hessian.values());
                Dense.add(-1 / rest, hessians.get(fold).values(), hessian.values());
                hessian.addToDiagonal(objective.ridge());
                double[] step = Cholesky.factorInPlace(hessian, workers).solve(gradient);
                Dense.add(-1, step, parameters);
            }
            LinearModel model = new LinearModel(objective.loss(), data.dimension(), parameters);
            int[] own = members.get(fold);
            Matrix its = Expert.answers(model, 1, data.features().selectRows(own), workers);
            CrossFit.scatter(its, own, answers);
        }
        return answers;
    }
}
