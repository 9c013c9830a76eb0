package dev.assay.learn;

import dev.assay.data.ClassTargets;
import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.learn.ExpertCandidate.Scope;
import dev.assay.linalg.Matrix;
import dev.assay.model.LinearModel;
import dev.assay.model.Loss;
import dev.assay.model.SideBySideTrainer;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Trains the expert of a block. View, ridge, and the scale that calibrates its logits are those of the highest weighted
 * log-likelihood of rows by experts that did not see them. The linear view, the simpler one, is taken unless a radial one
 * is better by more than two standard errors, in log-likelihood and in the share of right answers.
 *
 * <p>Beyond 4,000 rows the view is chosen on a sample of so many; the ridge is then adjusted on all rows, on which the expert
 * is trained (radial ones on 20,000 at the most).
 *
 * @param radial whether radial views are offered
 * @param parts number of parts for out-of-fold answers, at least 2
 * @param seed of parts, landmarks and samples
 */
public record ExpertTrainer(boolean radial, int parts, long seed) {
    /** Rows of less weight do not take part: they would cost time and change nothing. */
    static final double SMALLEST_WEIGHT = 1e-6;

    private static final double SMALLEST_BLOCK = 10;
    private static final int CHOICE_ROWS = 4000;
    private static final double GRADIENT_NORM = 1e-3;
    private static final int STEPS = 50;

    /** Linear or radial experts and four parts. */
    public static ExpertTrainer automatic(long seed) {
        return new ExpertTrainer(true, 4, seed);
    }

    /** The same without radial views. */
    public ExpertTrainer linearOnly() {
        return new ExpertTrainer(false, parts, seed);
    }

    /** Chooses among the views of this trainer; parts by the rows' content. */
    public TrainedExpert train(Dataset data, double[] weights, Workers workers) {
        return train(data, weights, List.of(), Parts.of(data, parts, seed, workers), null, workers);
    }

    /**
     * Chooses and trains.
     *
     * @param weights n, of each row in this block: its posterior probability times its own weight
     * @param views to choose from, of these very rows; the trainer's own if empty
     * @param split which rows are answered for by which experts
     * @param common a model of all blocks, with the same rows and parts, towards which the ridge may pull; or null
     */
    public TrainedExpert train(
            Dataset data,
            double[] weights,
            List<ExpertView> views,
            Parts split,
            @Nullable TrainedExpert common,
            Workers workers) {
        double total = Arrays.stream(weights).sum();
        boolean small = total < SMALLEST_BLOCK || !hasTwoClasses(data, weights);
        if (small && common != null) {
            return standIn(common, total);
        }
        Scope whole = new Scope(data, weights, split);
        int[] sample = sample(data, weights, workers);
        Scope scope = whole.select(sample);
        ExpertSearch search = new ExpertSearch(seed, workers);
        // the view of all rows behind each candidate's view of the sample
        List<ExpertView> full = new ArrayList<>();
        List<ExpertCandidate> candidates = new ArrayList<>();
        for (ExpertView view : views) {
            candidates.add(search.coarse(scope, view.select(sample), null));
            full.add(view);
        }
        if (views.isEmpty()) {
            ExpertCandidate linear = search.coarse(scope, ExpertView.linear(scope.data(), workers), null);
            candidates.add(linear);
            if (radial && !small) {
                candidates.addAll(search.radial(scope, linear));
            }
            candidates.forEach(one -> full.add(
                    sample.length == data.size() ? one.view() : one.view().of(data.features())));
        }
        if (common != null) {
            candidates.add(search.coarse(scope, common.view().select(sample), common));
            full.add(common.view());
        }
        ExpertCandidate best = ExpertCandidate.choose(candidates, scope.weights());
        ExpertView view = full.get(candidates.indexOf(best));
        // the ridge of a mean loss is the prior's share per row: with more rows it counts for less
        double share = Arrays.stream(scope.weights()).sum() / (total * view.trainingShare(split, weights));
        ExpertCandidate refined = search.refine(whole, view, best, best.step().ridge() * Math.min(1, share), true);
        if (views.isEmpty() && best.common() == null) {
            refined = search.finer(whole, scope, refined);
        }
        return finish(whole, refined, candidates, reason(refined, candidates, scope.weights()), workers);
    }

    /**
     * Trains with the view and ridge of an expert again, for weights that have changed, starting where that one is.
     *
     * @param common the model that it borrowed from, if it did
     */
    public TrainedExpert again(
            TrainedExpert before, Dataset data, double[] weights, @Nullable TrainedExpert common, Workers workers) {
        double total = Arrays.stream(weights).sum();
        if (total < SMALLEST_BLOCK) {
            return common == null ? before : standIn(common, total);
        }
        TrainedExpert centre = before.borrowed() ? common : null;
        Scope scope = new Scope(data, weights, before.parts());
        CrossFittedPath path = new CrossFittedPath(
                before.view(),
                scope,
                centre == null ? null : centre.partParameters(),
                before.partParameters(),
                seed,
                workers);
        ExpertCandidate candidate = ExpertCandidate.of(
                scope, before.view(), centre, path, before.expert().ridge(), workers);
        return finish(scope, candidate, List.of(candidate), before.reason(), workers);
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

    private int[] sample(Dataset data, double[] weights, Workers workers) {
        int[] rows = rows(weights);
        if (rows.length <= CHOICE_ROWS) {
            return IntStream.range(0, weights.length).toArray();
        }
        int[] chosen = ContentOrder.of(data, workers).select(rows).sample(CHOICE_ROWS, seed);
        return IntStream.of(chosen).map(k -> rows[k]).toArray();
    }

    private static int[] rows(double[] weights) {
        return IntStream.range(0, weights.length)
                .filter(i -> weights[i] > SMALLEST_WEIGHT)
                .toArray();
    }

    private TrainedExpert finish(
            Scope whole, ExpertCandidate chosen, List<ExpertCandidate> candidates, String reason, Workers workers) {
        Loss loss = Loss.forTargets(whole.data().targets());
        ExpertView view = chosen.view();
        int[] rows = view.training(whole.data(), rows(whole.weights()), seed, workers);
        Dataset training = view.dataset(whole.data(), whole.weights(), rows, workers);
        TrainedExpert common = chosen.common();
        SideBySideTrainer.Model model = new SideBySideTrainer.Model(
                training.weights(),
                chosen.step().ridge(),
                mean(chosen.step().parameters()),
                common == null ? null : common.expert().model().theta());
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
        Expert expert = new Expert(
                view.map(),
                new LinearModel(loss, training.dimension(), theta),
                calibration.scale(),
                calibration.deviation(),
                chosen.step().ridge());
        List<TrainedExpert.Tried> tried = candidates.stream()
                .map(one -> new TrainedExpert.Tried(
                        one.view().name(), one.common() != null, one.step().ridge(), one.evidence()))
                .toList();
        Matrix answers = Calibration.scaled(chosen.step().answers(), calibration.scale());
        return new TrainedExpert(
                expert,
                view,
                whole.parts(),
                chosen.step().parameters(),
                answers,
                calibration.logLikelihoods(),
                tried,
                common != null,
                reason);
    }

    private static String reason(ExpertCandidate chosen, List<ExpertCandidate> candidates, double[] weights) {
        StringBuilder result = new StringBuilder(String.format(
                Locale.ROOT,
                "%s expert with ridge %.2g, log-likelihood out of fold %.4f nats per row; compared%s:",
                named(chosen),
                chosen.step().ridge(),
                chosen.evidence(),
                weights.length == chosen.step().answers().rows() ? "" : " on a sample"));
        for (ExpertCandidate one : candidates) {
            result.append(String.format(Locale.ROOT, " %s %.4f,", named(one), one.evidence()));
        }
        result.setLength(result.length() - 1);
        List<ExpertCandidate> linear =
                candidates.stream().filter(one -> one.view().isLinear()).toList();
        List<ExpertCandidate> bent =
                candidates.stream().filter(one -> !one.view().isLinear()).toList();
        if (!linear.isEmpty() && !bent.isEmpty()) {
            ExpertCandidate straight = ExpertCandidate.highest(linear);
            ExpertCandidate curved = ExpertCandidate.highest(bent);
            result.append("; radial minus linear: ").append(curved.minus(straight, weights));
            if (curved.right() != null) {
                result.append(" nats, ")
                        .append(curved.moreRight(straight, weights))
                        .append(" of the rows right");
            }
        }
        return result.toString();
    }

    private static String named(ExpertCandidate candidate) {
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

    private static TrainedExpert standIn(TrainedExpert common, double total) {
        return new TrainedExpert(
                common.expert(),
                common.view(),
                common.parts(),
                common.partParameters(),
                common.answers(),
                common.logLikelihoods(),
                common.tried(),
                true,
                String.format(
                        Locale.ROOT,
                        "%.1f rows or one class only: too little for an expert of its own, the common model stands in",
                        total));
    }
}
