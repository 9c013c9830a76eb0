package dev.assay.model;

import dev.assay.linalg.Dense;
import dev.assay.work.Workers;
import org.jspecify.annotations.Nullable;

/**
 * Newton's method in a trust region, with the step from conjugate gradients (Steihaug's rule) preconditioned by
 * {@link ProductCurvature}; H is never formed: O(n p) a product.
 *
 * <p>Stops when the Euclidean norm of the gradient is at most {@code gradientNorm}, or when rounding allows no further
 * descent.
 *
 * @param gradientNorm stopping tolerance
 * @param iterationLimit outer iterations at the most
 * @param productLimit products with H at the most in one outer iteration
 */
public record TrustRegionNewtonTrainer(double gradientNorm, int iterationLimit, int productLimit) implements Trainer {
    private static final double ACCEPT = 1e-4;
    private static final double POOR = 0.25;
    private static final double GOOD = 0.75;

    /** To a gradient norm of 1e-8, at most 200 outer iterations of at most 1000 products. */
    public TrustRegionNewtonTrainer() {
        this(1e-8, 200, 1000);
    }

    /** To the given gradient norm. */
    public TrustRegionNewtonTrainer(double gradientNorm) {
        this(gradientNorm, 200, 1000);
    }

    @Override
    public Fit fit(Objective objective, double @Nullable [] start, Workers workers) {
        double[] theta = start == null ? new double[objective.parameters()] : start.clone();
        Linearization current = objective.at(theta, workers);
        double[] gradient = current.gradient(workers);
        double norm = norm(gradient);
        double radius = Double.NaN;
        int iterations = 0;
        ProductCurvature.@Nullable Inputs inputs = null;
        while (!(norm <= gradientNorm) && iterations < iterationLimit) {
            if (inputs == null) {
                inputs = ProductCurvature.Inputs.of(
                        objective.data().features(),
                        objective.data().weights(),
                        objective.loss().logits(),
                        workers);
            }
            ProductCurvature curvature =
                    new ProductCurvature(inputs, current.meanCurvature(workers), objective.ridge());
            double[] diagonal = curvature.diagonal();
            // all steps in the coordinates in which the preconditioner is diagonal
            double[] downhill = curvature.toCoordinates(gradient, workers);
            if (Double.isNaN(radius)) {
                // first step: as far as the preconditioned steepest descent would go
                radius = scaledNorm(divide(downhill, diagonal), diagonal);
            }
            Step step = conjugateGradients(current, downhill, curvature, radius, workers);
            double[] trial = current.theta();
            Dense.add(1, curvature.fromCoordinates(step.direction(), workers), trial);
            Linearization next = objective.at(trial, workers);
            double actual = current.value() - next.value();
            // where rounding hides the decrease, the quadratic model is exact enough to be trusted
            boolean hidden = step.predicted() < 1e-13 * Math.max(1, Math.abs(current.value()));
            double ratio = hidden ? 1 : actual / step.predicted();
            double length = scaledNorm(step.direction(), diagonal);
            if (ratio < POOR) {
                radius = POOR * length;
            } else if (ratio > GOOD && length > 0.99 * radius) {
                radius = 3 * radius;
            }
            iterations++;
            if (!(ratio > ACCEPT)) {
                if (!(radius > 0)) {
                    break;
                }
                continue;
            }
            double[] nextGradient = next.gradient(workers);
            double nextNorm = norm(nextGradient);
            if (hidden && nextNorm >= norm) {
                break;
            }
            current = next;
            gradient = nextGradient;
            norm = nextNorm;
        }
        LinearModel model = new LinearModel(objective.loss(), objective.data().dimension(), current.theta());
        return new Fit(model, objective, current.value(), norm, iterations, norm <= gradientNorm);
    }

    private record Step(double[] direction, double predicted) {}

    private Step conjugateGradients(
            Linearization current, double[] gradient, ProductCurvature preconditioner, double radius, Workers workers) {
        int p = gradient.length;
        double[] diagonal = preconditioner.diagonal();
        double[] direction = new double[p];
        double[] residual = new double[p];
        Dense.add(-1, gradient, residual);
        double[] preconditioned = divide(residual, diagonal);
        double[] search = preconditioned.clone();
        double product = Dense.dot(residual, preconditioned);
        double norm = norm(gradient);
        double tolerance = Math.min(0.1, Math.sqrt(norm)) * norm;
        for (int k = 0; k < productLimit; k++) {
            double[] curved = preconditioner.toCoordinates(
                    current.hessianProduct(preconditioner.fromCoordinates(search, workers), workers), workers);
            double curvature = Dense.dot(search, curved);
            double length = product / curvature;
            double[] next = direction.clone();
            Dense.add(length, search, next);
            if (!(curvature > 0) || scaledNorm(next, diagonal) >= radius) {
                double toBoundary = toBoundary(direction, search, diagonal, radius);
                Dense.add(toBoundary, search, direction);
                Dense.add(-toBoundary, curved, residual);
                break;
            }
            direction = next;
            Dense.add(-length, curved, residual);
            if (norm(residual) <= tolerance) {
                break;
            }
            preconditioned = divide(residual, diagonal);
            double nextProduct = Dense.dot(residual, preconditioned);
            double ratio = nextProduct / product;
            for (int j = 0; j < p; j++) {
                search[j] = preconditioned[j] + ratio * search[j];
            }
            product = nextProduct;
        }
        // with residual = -g - H s: predicted decrease -g's - s'Hs/2 = s'(residual - g)/2
        double predicted = (Dense.dot(direction, residual) - Dense.dot(direction, gradient)) / 2;
        return new Step(direction, predicted);
    }

    /** The positive t for which direction + t search lies on the boundary, in the norm of the preconditioner. */
    private static double toBoundary(double[] direction, double[] search, double[] diagonal, double radius) {
        double a = 0;
        double b = 0;
        double c = -radius * radius;
        for (int j = 0; j < diagonal.length; j++) {
            a += diagonal[j] * search[j] * search[j];
            b += diagonal[j] * search[j] * direction[j];
            c += diagonal[j] * direction[j] * direction[j];
        }
        double root = Math.sqrt(b * b - a * c);
        // the form without cancellation, c being at most 0
        return b > 0 ? -c / (b + root) : (root - b) / a;
    }

    private static double[] divide(double[] numerator, double[] denominator) {
        double[] result = new double[numerator.length];
        for (int j = 0; j < result.length; j++) {
            result[j] = numerator[j] / denominator[j];
        }
        return result;
    }

    private static double norm(double[] v) {
        return Math.sqrt(Dense.dot(v, v));
    }

    private static double scaledNorm(double[] v, double[] diagonal) {
        double sum = 0;
        for (int j = 0; j < v.length; j++) {
            sum += diagonal[j] * v[j] * v[j];
        }
        return Math.sqrt(sum);
    }
}
