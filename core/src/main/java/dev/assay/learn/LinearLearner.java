package dev.assay.learn;

import dev.assay.data.ClassTargets;
import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.data.Folds;
import dev.assay.learn.ViewCandidate.Scope;
import dev.assay.linalg.Matrix;
import dev.assay.model.LinearModel;
import dev.assay.model.Loss;
import dev.assay.model.SideBySideTrainer;
import dev.assay.work.Seeds;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Linear experts: in the features, or in radial functions of them. View, ridge, and the scale that calibrates the logits are those of the
 * highest weighted log-likelihood of rows by experts that did not see them. The linear view, the simpler one, is taken unless a radial
 * one is better by more than two standard errors, in log-likelihood and in the share of right answers.
 *
 * <p>Beyond 4,000 rows the view is chosen on a sample of so many; the ridge is then adjusted on all rows, on which the expert
 * is trained (radial ones on 20,000 at the most).
 *
 * @param linear whether the linear view is offered; where the rows are too few for radial ones it stands in
 * @param radial whether radial views are offered
 */
public record LinearLearner(boolean linear, boolean radial) implements Learner {
    private static final double SMALLEST_BLOCK = 10;
    private static final int CHOICE_ROWS = 4000;
    private static final double GRADIENT_NORM = 1e-3;
    private static final int STEPS = 50;

    /**
     * Checks that something is offered.
     *
     * @throws IllegalArgumentException if no view is
     */
    public LinearLearner {
        if (!linear && !radial) {
            throw new IllegalArgumentException("neither linear nor radial views are offered, expected at least one");
        }
    }

    @Override
    public String name() {
        return !radial ? "linear" : linear ? "linear or radial" : "radial";
    }

    @Override
    public LinearExpert train(Dataset data, long seed, Workers workers) {
        Folds parts = Learner.folds(data, seed, workers);
        return (LinearExpert)
                crossFit(data, data.weights(), parts, seed, workers).expert();
    }

    @Override
    public CrossFittedExpert crossFit(Dataset data, double[] weights, Folds parts, long seed, Workers workers) {
        return fit(new Scope(data, weights, parts), List.of(), null, seed, workers)
                .fitted();
    }

    /**
     * Chooses and trains.
     *
     * @param whole all rows, what each counts for in the block, and which experts answer for it
     * @param views to choose from, of these very rows; the learner's own if empty
     * @param common a model of all blocks, with the same rows and parts, towards which the ridge may pull; or null
     */
    LinearFit fit(Scope whole, List<FeatureView> views, @Nullable LinearFit common, long seed, Workers workers) {
        Dataset data = whole.data();
        double[] weights = whole.weights();
        double total = Arrays.stream(weights).sum();
        boolean small = total < SMALLEST_BLOCK || !hasTwoClasses(data, weights);
        if (small && common != null) {
            return standIn(common, total);
        }
        int[] sample = sample(data, weights, seed, workers);
        Scope scope = whole.select(sample);
        ViewSearch search = new ViewSearch(seed, workers);
        // the view of all rows behind each candidate's view of the sample
        List<FeatureView> full = new ArrayList<>();
        List<ViewCandidate> candidates = new ArrayList<>();
        for (FeatureView view : views) {
            candidates.add(search.coarse(scope, view.select(sample), null));
            full.add(view);
        }
        if (views.isEmpty()) {
            ViewCandidate straight = search.coarse(scope, FeatureView.linear(scope.data(), workers), null);
            if (linear || small) {
                candidates.add(straight);
            }
            if (radial && !small) {
                candidates.addAll(search.radial(scope, straight));
            }
            candidates.forEach(one -> full.add(
                    sample.length == data.size() ? one.view() : one.view().of(data.features())));
        }
        if (common != null) {
            candidates.add(search.coarse(scope, common.view().select(sample), common));
            full.add(common.view());
        }
        ViewCandidate best = ViewCandidate.choose(candidates, scope.weights());
        FeatureView view = full.get(candidates.indexOf(best));
        // the ridge of a mean loss is the prior's share per row: with more rows it counts for less
        double share = Arrays.stream(scope.weights()).sum() / (total * view.trainingShare(whole.parts(), weights));
        ViewCandidate refined = search.refine(whole, view, best, best.step().ridge() * Math.min(1, share), true);
        if (views.isEmpty() && best.common() == null) {
            refined = search.finer(whole, scope, refined);
        }
        return finish(whole, refined, candidates, reason(refined, candidates, scope.weights()), seed, workers);
    }

    private static boolean hasTwoClasses(Dataset data, double[] weights) {
        if (!(data.targets() instanceof ClassTargets labels)) {
            return true;
        }
        double[] totals = new double[labels.classes()];
        for (int i = 0; i < weights.length; i++) {
            totals[labels.codes()[i]] += weights[i];
        }
        return Arrays.stream(totals).filter(total -> total >= 1).count() >= 2;
    }

    /** Rows on which the view is chosen, ascending: all, or of many that count some. */
    static int[] sample(Dataset data, double[] weights, long seed, Workers workers) {
        int[] rows = rows(weights);
        if (rows.length <= CHOICE_ROWS) {
            return IntStream.range(0, weights.length).toArray();
        }
        int[] chosen =
                ContentOrder.of(data, workers).select(rows).sample(CHOICE_ROWS, Seeds.child(seed, "choice rows"));
        return IntStream.of(chosen).map(k -> rows[k]).toArray();
    }

    static int[] rows(double[] weights) {
        return Learner.positive(IntStream.range(0, weights.length).toArray(), weights);
    }

    private static LinearFit finish(
            Scope whole,
            ViewCandidate chosen,
            List<ViewCandidate> candidates,
            String reason,
            long seed,
            Workers workers) {
        Loss loss = Loss.forTargets(whole.data().targets());
        FeatureView view = chosen.view();
        int[] rows = view.training(whole.data(), rows(whole.weights()), seed, workers);
        Dataset training = view.dataset(whole.data(), whole.weights(), rows, workers);
        LinearFit common = chosen.common();
        SideBySideTrainer.Model model = new SideBySideTrainer.Model(
                training.weights(),
                chosen.step().ridge(),
                mean(chosen.step().parameters()),
                common == null ? null : common.theta());
        double[] theta = new SideBySideTrainer(GRADIENT_NORM, STEPS, true)
                .fit(
                        training.features(),
                        training.targets(),
                        loss,
                        Matrix.identity(loss.logits()),
                        List.of(model),
                        workers)
                .get(0);
        Calibration calibration = chosen.calibration();
        LinearExpert expert = new LinearExpert(
                view.map(),
                new LinearModel(loss, training.dimension(), theta),
                calibration.scale(),
                calibration.deviation(),
                chosen.step().ridge());
        List<LinearFit.Tried> tried = candidates.stream()
                .map(one -> new LinearFit.Tried(
                        one.view().name(), one.common() != null, one.step().ridge(), one.evidence()))
                .toList();
        Matrix answers = Calibration.scaled(chosen.step().answers(), calibration.scale());
        return new LinearFit(
                new CrossFittedExpert(expert, answers, calibration.logLikelihoods(), common != null, reason),
                view,
                chosen.step().parameters(),
                tried);
    }

    private static String reason(ViewCandidate chosen, List<ViewCandidate> candidates, double[] weights) {
        StringBuilder result = new StringBuilder(String.format(
                Locale.ROOT,
                "%s expert with ridge %.2g, log-likelihood out of fold %.4f nats per row; compared%s:",
                named(chosen),
                chosen.step().ridge(),
                chosen.evidence(),
                weights.length == chosen.step().answers().rows() ? "" : " on a sample"));
        for (ViewCandidate one : candidates) {
            result.append(String.format(Locale.ROOT, " %s %.4f,", named(one), one.evidence()));
        }
        result.setLength(result.length() - 1);
        List<ViewCandidate> linear =
                candidates.stream().filter(one -> one.view().isLinear()).toList();
        List<ViewCandidate> bent =
                candidates.stream().filter(one -> !one.view().isLinear()).toList();
        if (!linear.isEmpty() && !bent.isEmpty()) {
            ViewCandidate straight = ViewCandidate.highest(linear);
            ViewCandidate curved = ViewCandidate.highest(bent);
            result.append("; radial minus linear: ").append(curved.minus(straight, weights));
            if (curved.right() != null) {
                result.append(" nats, ")
                        .append(curved.moreRight(straight, weights))
                        .append(" of the rows right");
            }
        }
        return result.toString();
    }

    private static String named(ViewCandidate candidate) {
        return candidate.view().name() + (candidate.common() == null ? "" : " borrowing");
    }

    private static double[] mean(List<double[]> parameters) {
        double[] result = new double[parameters.get(0).length];
        for (double[] one : parameters) {
            for (int j = 0; j < result.length; j++) {
                result[j] += one[j] / parameters.size();
            }
        }
        return result;
    }

    private static LinearFit standIn(LinearFit common, double total) {
        CrossFittedExpert fitted = common.fitted();
        String reason = String.format(
                Locale.ROOT,
                "%.1f rows or one class only: too little for an expert of its own, the common model stands in",
                total);
        return new LinearFit(
                new CrossFittedExpert(fitted.expert(), fitted.answers(), fitted.logLikelihoods(), true, reason),
                common.view(),
                common.partParameters(),
                common.tried());
    }
}
