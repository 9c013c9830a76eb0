package dev.assay.route;

import dev.assay.data.InvalidInputException;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.List;

/** Fits routers by name. */
public final class RouterSelector {
    /** The name under which the router is chosen from the data. */
    public static final String AUTO = "auto";

    /** Rows that routers are fitted to and judged by at the most: they have few parameters. */
    private static final int LARGEST_SAMPLE = 8000;

    /** From the simplest to the most flexible. */
    private static final List<RouterFamily> FAMILIES = List.of(
            new PriorFamily(),
            new SoftmaxFamily(false),
            new MeansFamily(false),
            new MeansFamily(true),
            new SoftmaxFamily(true),
            new NearestFamily());

    private RouterSelector() {}

    /** All names, the simplest router first, {@link #AUTO} last. */
    public static List<String> names() {
        List<String> names =
                new ArrayList<>(FAMILIES.stream().map(RouterFamily::name).toList());
        names.add(AUTO);
        return names;
    }

    /**
     * Fits the router of that name, or, under {@link #AUTO}, all of them: then the simplest wins whose held-out log-likelihood
     * of the labels is within one standard error, or a thousandth of a nat per row, of the best.
     *
     * @throws InvalidInputException if there is no such router
     */
    public static RouterSelection fit(String name, RoutingProblem problem, Progress progress, Workers workers) {
        List<RouterFamily> families = name.equals(AUTO)
                ? FAMILIES
                : FAMILIES.stream().filter(family -> family.name().equals(name)).toList();
        if (families.isEmpty()) {
            throw new InvalidInputException(
                    "no router is called '" + name + "': expected one of " + String.join(", ", names()));
        }
        int[] sample = problem.sample(LARGEST_SAMPLE);
        RoutingProblem sampled = sample.length < problem.size() ? problem.select(sample) : problem;
        if (problem.blocks() == 1) {
            return RouterSelection.oneBlock(problem);
        }
        progress.phase("router", families.size());
        List<RouterTuning> paths = new ArrayList<>();
        for (RouterFamily family : families) {
            progress.checkCancelled();
            paths.add(RouterTuning.crossFit(family, sampled, progress, workers));
            progress.step(paths.size());
        }
        return RouterSelection.among(paths, sampled, problem, sample, workers);
    }
}
