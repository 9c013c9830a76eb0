package dev.assay.route;

import dev.assay.data.Dataset;
import dev.assay.data.RealTargets;
import dev.assay.learn.FeatureMap;
import dev.assay.learn.IdentityMap;
import dev.assay.learn.PrincipalMap;
import dev.assay.learn.RadialMap;
import dev.assay.linalg.Matrix;
import dev.assay.model.Fit;
import dev.assay.model.NewtonTrainer;
import dev.assay.model.Objective;
import dev.assay.model.SoftLabelLoss;
import dev.assay.model.Trainer;
import dev.assay.model.TrustRegionNewtonTrainer;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Softmax routers: the ridge is the setting, from large to small.
 *
 * @param radial whether it bends
 */
record SoftmaxFamily(boolean radial) implements RouterFamily {
    private static final List<Double> LINEAR_RIDGES = List.of(1.0, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5);
    private static final List<Double> RADIAL_RIDGES = List.of(1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7);
    private static final double GRADIENT_NORM = 1e-5;
    private static final int STEPS = 30;
    private static final int PRODUCTS = 200;
    /** Up to so many columns the features are used as they are. */
    private static final int PLAIN_COLUMNS = 64;

    private static final int DIRECTIONS = 100;
    private static final int LANDMARKS = 800;
    private static final int COMPONENTS = 200;
    private static final int FEWEST_COMPONENTS = 50;
    private static final double WIDTH = 0.3;

    @Override
    public String name() {
        return radial ? SoftmaxRouter.RADIAL : SoftmaxRouter.LINEAR;
    }

    @Override
    public List<Double> settings() {
        return radial ? RADIAL_RIDGES : LINEAR_RIDGES;
    }

    @Override
    public String describe(double setting) {
        return String.format(Locale.ROOT, "ridge %.3g", setting);
    }

    @Override
    public Prepared prepare(RoutingProblem problem, Workers workers) {
        FeatureMap map = map(problem, workers);
        Matrix seen = map.apply(problem.features(), workers);
        double[] rows = IntStream.range(0, problem.size()).asDoubleStream().toArray();
        Dataset data = Dataset.of(seen, new RealTargets(rows, 0, 1));
        return (Matrix masses, double setting, @Nullable Gate start, Workers its) -> {
            double[] shares = RoutingProblem.shares(masses);
            Matrix theta = fit(data, masses, shares, setting, start, its);
            return new Gate(new SoftmaxRouter(map, shares, theta), SoftmaxRouter.logShares(seen, shares, theta, its));
        };
    }

    private FeatureMap map(RoutingProblem problem, Workers workers) {
        Matrix x = problem.features();
        if (radial) {
            // the parameters grow with the blocks: fewer components for each where there are many
            int components = Math.max(FEWEST_COMPONENTS, COMPONENTS / Math.max(1, problem.blocks() - 1));
            return RadialMap.of(x.selectRows(problem.sample(LANDMARKS)), WIDTH, components, workers);
        }
        if (x.columns() <= PLAIN_COLUMNS) {
            return new IdentityMap(x.columns());
        }
        return PrincipalMap.of(x, DIRECTIONS, workers);
    }

    /** Theta, K x m, of the least mean loss per mass plus ridge. */
    private static Matrix fit(
            Dataset data, Matrix masses, double[] shares, double ridge, @Nullable Gate start, Workers workers) {
        int blocks = shares.length;
        double mass = Arrays.stream(masses.values()).sum();
        double count = Arrays.stream(data.weights()).sum();
        SoftLabelLoss loss =
                new SoftLabelLoss(masses, Arrays.stream(shares).map(Math::log).toArray());
        // the mean is over rows, the ridge is meant per mass
        Objective objective = new Objective(data, loss, ridge * mass / count);
        Trainer trainer = Trainer.automatic(objective) instanceof NewtonTrainer
                ? new NewtonTrainer(GRADIENT_NORM * mass / count, STEPS)
                : new TrustRegionNewtonTrainer(GRADIENT_NORM * mass / count, STEPS, PRODUCTS);
        double[] from = new double[objective.parameters()];
        if (start != null && start.router() instanceof SoftmaxRouter before) {
            double[] weights = before.weights().values();
            System.arraycopy(weights, weights.length - from.length, from, 0, from.length);
        }
        Fit fit = trainer.fit(objective, from, workers);
        double[] theta = fit.model().theta();
        Matrix result = new Matrix(blocks, data.dimension());
        System.arraycopy(theta, 0, result.values(), result.values().length - theta.length, theta.length);
        return result;
    }
}
