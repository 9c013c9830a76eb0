package dev.assay.route;

import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One kind of router, to be fitted with one of several settings. Stateless. */
interface RouterFamily {
    /** How command line and reports call it. */
    String name();

    /** What there is to choose from, in the order in which to try it: each fit may start from the one before. */
    List<Double> settings();

    /** What a setting means, for a report; empty where there is nothing to choose. */
    default String describe(double setting) {
        return settings().size() == 1 ? "" : String.format(Locale.ROOT, "%.3g", setting);
    }

    /** Makes ready to be fitted to parts of a problem, again and again. */
    Prepared prepare(RoutingProblem problem, Workers workers);

    /** A family at one problem. */
    interface Prepared {
        /**
         * Fits to the rows that have mass.
         *
         * @param masses m_ik, n x K, what each row counts for in each block; 0 for rows that are left out
         * @param start where to start from, or null
         */
        Gate fit(Matrix masses, double setting, @Nullable Gate start, Workers workers);
    }

    /**
     * A fitted router and what it says of the rows of its problem.
     *
     * @param router what was fitted
     * @param logShares n x K; a row that is stored in the router is judged without itself
     */
    record Gate(Router router, Matrix logShares) {}
}
