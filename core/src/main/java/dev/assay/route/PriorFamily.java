package dev.assay.route;

import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The shares alone. */
record PriorFamily() implements RouterFamily {
    @Override
    public String name() {
        return PriorRouter.NAME;
    }

    @Override
    public List<Double> settings() {
        return List.of(0.0);
    }

    @Override
    public Prepared prepare(RoutingProblem problem, Workers workers) {
        return (Matrix masses, double setting, @Nullable Gate start, Workers its) -> {
            Matrix x = problem.features();
            PriorRouter router = new PriorRouter(RoutingProblem.shares(masses), x.columns());
            return new Gate(router, router.logShares(x, its));
        };
    }
}
