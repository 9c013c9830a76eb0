package dev.assay.route;

import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A router, what else was considered, and what the features know about the block.
 *
 * @param router fitted to all rows (to a sample of them where there are many)
 * @param contenders what was considered, the simplest first
 * @param information what x knows about the block
 * @param heldOutLogShares n x K, log g_k(x_i) by routers that did not see the row
 * @param explanation what was chosen and why, one sentence each
 */
public record RouterSelection(
        Router router,
        List<Contender> contenders,
        BlockInformation information,
        Matrix heldOutLogShares,
        List<String> explanation) {
    /** Nats per row that are not worth a more flexible router. */
    private static final double SMALL = 1e-3;

    /**
     * A router that was considered.
     *
     * @param name of the router
     * @param setting chosen for it, in words; empty where there is nothing to choose
     * @param nats held-out log-likelihood of the labels, per explained row; higher is better
     * @param behind how far it is behind the best, in nats per row; 0 for the best
     * @param standardError of {@code behind}
     */
    public record Contender(String name, String setting, double nats, double behind, double standardError) {}

    /** Copies the lists. */
    public RouterSelection {
        contenders = List.copyOf(contenders);
        explanation = List.copyOf(explanation);
    }

    /** Where there is nothing to route. */
    static RouterSelection oneBlock(RoutingProblem problem) {
        Matrix none = new Matrix(problem.size(), 1);
        double nats = RouterTuning.mean(problem.logLikelihoods(none), problem.explained());
        return new RouterSelection(
                new PriorRouter(new double[] {1}, problem.features().columns()),
                List.of(new Contender(PriorRouter.NAME, "", nats, 0, 0)),
                BlockInformation.NONE,
                none,
                List.of(BlockInformation.NONE.sentence()));
    }

    /** The simplest that is within one standard error, or a thousandth of a nat, of the best. */
    static RouterSelection among(
            List<RouterTuning> paths, RoutingProblem sampled, RoutingProblem problem, int[] sample, Workers workers) {
        double[] counts = sampled.explained();
        RouterTuning best = paths.get(0);
        for (RouterTuning path : paths) {
            best = path.nats() > best.nats() ? path : best;
        }
        double[] highest = sampled.logLikelihoods(best.bestHeldOut());
        List<Contender> contenders = new ArrayList<>();
        int chosen = -1;
        for (int k = 0; k < paths.size(); k++) {
            RouterTuning path = paths.get(k);
            double[] lost = sampled.logLikelihoods(path.bestHeldOut());
            for (int i = 0; i < lost.length; i++) {
                lost[i] = highest[i] - lost[i];
            }
            double behind = RouterTuning.mean(lost, counts);
            double error = RouterTuning.standardError(lost, counts);
            String setting = path.family().describe(path.settings().get(path.best()));
            contenders.add(new Contender(path.family().name(), setting, path.nats(), behind, error));
            if (chosen < 0 && behind <= Math.max(error, SMALL)) {
                chosen = k;
            }
        }
        RouterTuning winner = paths.get(chosen);
        Router router = winner.fitAll(sampled, workers);
        BlockInformation information = BlockInformation.of(sampled, winner.bestHeldOut());
        return new RouterSelection(
                router,
                contenders,
                information,
                everywhere(router, winner.bestHeldOut(), problem, sample, workers),
                List.of(sentence(contenders, chosen), information.sentence()));
    }

    /** Rows outside of the sample are judged by the router itself, which has not seen them. */
    private static Matrix everywhere(
            Router router, Matrix heldOut, RoutingProblem problem, int[] sample, Workers workers) {
        if (sample.length == problem.size()) {
            return heldOut;
        }
        Matrix result = router.logShares(problem.features(), workers);
        for (int k = 0; k < sample.length; k++) {
            System.arraycopy(
                    heldOut.values(), heldOut.offset(k), result.values(), result.offset(sample[k]), heldOut.columns());
        }
        return result;
    }

    private static String sentence(List<Contender> contenders, int chosen) {
        Contender winner = contenders.get(chosen);
        String named = winner.setting().isEmpty() ? winner.name() : winner.name() + " (" + winner.setting() + ")";
        if (contenders.size() == 1) {
            return "Router: " + named + ", as asked for.";
        }
        StringBuilder compared = new StringBuilder();
        for (Contender contender : contenders) {
            compared.append(String.format(
                    Locale.ROOT, "%s%s %.4f", compared.length() == 0 ? "" : ", ", contender.name(), contender.nats()));
        }
        return "Router: " + named
                + ", the simplest within one standard error (or 0.001) of the best held-out log-likelihood of the"
                + " labels (nats per row: " + compared + ").";
    }
}
