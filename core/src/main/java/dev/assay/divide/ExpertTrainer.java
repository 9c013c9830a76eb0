package dev.assay.divide;

import dev.assay.data.ClassTargets;
import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.linalg.Matrix;
import dev.assay.model.CentredRidgeTrainer;
import dev.assay.model.Expert;
import dev.assay.model.LinearModel;
import dev.assay.model.Loss;
import dev.assay.model.Objective;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Trains the expert of a block. View, ridge, and the scale that calibrates its logits are those of the highest weighted
 * log-likelihood of rows by experts that did not see them. The linear view, the simpler one, is taken unless a radial one
 * is better by more than one standard error.
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
    /** Steps of a factor 10 first, of its root around the best. */
    private static final double COARSE = 10;

    private static final double LARGEST_RIDGE = 0.1;
    private static final double SMALLEST_RIDGE = 1e-8;
    /** A path ends when the evidence has not risen so often since its maximum. */
    private static final int FALLS = 2;

    private static final double[] WIDTHS = {0.03, 0.1, 0.3, 1, 3};
    private static final int FIRST_WIDTH = 2;
    private static final double GRADIENT_NORM = 1e-4;

    /** Linear or radial experts and four parts. */
    public static ExpertTrainer automatic(long seed) {
        return new ExpertTrainer(true, 4, seed);
    }

    /** The same without radial views. */
    public ExpertTrainer linearOnly() {
        return new ExpertTrainer(false, parts, seed);
    }

    /** What an expert of one view and kind reached with its best ridge. */
    private record Reached(
            ExpertView view,
            @Nullable TrainedExpert common,
            CrossFittedPath.Step step,
            Calibration calibration,
            double evidence) {}

    /** The rows that are looked at. */
    private record Scope(Dataset data, double[] weights, Parts parts) {
        Scope select(int[] rows) {
            if (rows.length == data.size()) {
                return this;
            }
            double[] chosen = IntStream.of(rows).mapToDouble(i -> weights[i]).toArray();
            return new Scope(data.select(rows), chosen, parts.select(rows));
        }
    }

    /** Chooses among the views of this trainer; parts by the rows' content. */
    public TrainedExpert train(Dataset data, double[] weights, Workers workers) {
        return train(data, weights, List.of(), Parts.of(data, parts, seed, workers), null, workers);
    }

    /**
     * Chooses and trains.
     *
     * @param weights n, of each row in this block: its posterior probability times its own weight
     * @param views to choose from, of these very rows, the simplest first; the trainer's own if empty
     * @param split which rows are answered for by which experts
     * @param common a model of all blocks, with the same parts, towards which the ridge may pull; or null
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
            return borrowed(common, total);
        }
        Scope whole = new Scope(data, weights, split);
        int[] sample = sample(data, weights, workers);
        Scope scope = whole.select(sample);
        double share = Arrays.stream(scope.weights).sum() / total;
        List<Reached> reached = new ArrayList<>();
        if (!views.isEmpty()) {
            for (ExpertView view : views) {
                reached.add(coarse(scope, view.select(sample), null, workers));
            }
        } else {
            reached.add(coarse(scope, ExpertView.linear(scope.data, workers), null, workers));
            if (radial && !small) {
                reached.addAll(radial(scope, workers));
            }
        }
        if (common != null) {
            reached.add(coarse(scope, common.view().select(sample), common, workers));
        }
        Reached best = best(reached, scope.weights);
        ExpertView view = best.view;
        if (sample.length < data.size()) {
            view = given(views, common, view).of(data.features());
        }
        Reached refined = refine(whole, view, best, share, workers);
        return finish(whole, refined, reached, scope.weights, workers);
    }

    /**
     * Trains with the view and ridge of an expert again, for weights that have changed, starting where that one is.
     */
    public TrainedExpert again(TrainedExpert before, Dataset data, double[] weights, Workers workers) {
        Scope scope = new Scope(data, weights, before.parts());
        CrossFittedPath path = new CrossFittedPath(
                before.view(), data, weights, before.parts(), null, before.partParameters(), workers);
        Reached reached =
                judge(scope, before.view(), null, path.next(before.expert().ridge(), workers));
        return finish(scope, reached, List.of(reached), weights, workers);
    }

    private static ExpertView given(List<ExpertView> views, @Nullable TrainedExpert common, ExpertView sampled) {
        if (common != null && common.view().map().equals(sampled.map())) {
            return common.view();
        }
        return views.stream()
                .filter(view -> view.map().equals(sampled.map()))
                .findFirst()
                .orElse(sampled);
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
        int[] rows = IntStream.range(0, weights.length)
                .filter(i -> weights[i] > SMALLEST_WEIGHT)
                .toArray();
        if (rows.length <= CHOICE_ROWS) {
            return IntStream.range(0, weights.length).toArray();
        }
        int[] chosen = ContentOrder.of(data, workers).select(rows).sample(CHOICE_ROWS, seed);
        return IntStream.of(chosen).map(k -> rows[k]).toArray();
    }

    /** From the middle width in the direction in which the evidence rises. */
    private List<Reached> radial(Scope scope, Workers workers) {
        List<Reached> result = new ArrayList<>();
        Reached middle = radial(scope, FIRST_WIDTH, workers);
        Reached wider = radial(scope, FIRST_WIDTH + 1, workers);
        result.add(middle);
        result.add(wider);
        int step = wider.evidence > middle.evidence ? 1 : -1;
        double evidence = Math.max(wider.evidence, middle.evidence);
        for (int k = step > 0 ? FIRST_WIDTH + 2 : FIRST_WIDTH - 1; k >= 0 && k < WIDTHS.length; k += step) {
            Reached next = radial(scope, k, workers);
            result.add(next);
            if (next.evidence <= evidence) {
                break;
            }
            evidence = next.evidence;
        }
        return result;
    }

    private Reached radial(Scope scope, int width, Workers workers) {
        return coarse(scope, ExpertView.radial(scope.data, WIDTHS[width], seed, workers), null, workers);
    }

    private static Reached coarse(Scope scope, ExpertView view, @Nullable TrainedExpert common, Workers workers) {
        CrossFittedPath path = new CrossFittedPath(
                view,
                scope.data,
                scope.weights,
                scope.parts,
                common == null ? null : common.partParameters(),
                null,
                workers);
        Reached best = null;
        int falls = 0;
        for (double ridge = LARGEST_RIDGE; ridge > SMALLEST_RIDGE && falls < FALLS; ridge /= COARSE) {
            Reached next = judge(scope, view, common, path.next(ridge, workers));
            falls++;
            if (best == null || next.evidence > best.evidence) {
                best = next;
                falls = 0;
            }
        }
        if (best == null) {
            throw new IllegalStateException("no ridge was tried");
        }
        return best;
    }

    /** Half a step around the best ridge, on all rows. */
    private static Reached refine(Scope whole, ExpertView view, Reached coarse, double share, Workers workers) {
        TrainedExpert common = coarse.common;
        CrossFittedPath path = new CrossFittedPath(
                view,
                whole.data,
                whole.weights,
                whole.parts,
                common == null ? null : common.partParameters(),
                coarse.step.parameters(),
                workers);
        // the ridge of a mean loss is the prior's share per row: with more rows it counts for less
        double ridge = coarse.step.ridge() * share;
        Reached best = null;
        for (double factor : new double[] {Math.sqrt(COARSE), 1, 1 / Math.sqrt(COARSE)}) {
            Reached next = judge(whole, view, common, path.next(factor * ridge, workers));
            if (best == null || next.evidence > best.evidence) {
                best = next;
            }
        }
        if (best == null) {
            throw new IllegalStateException("no ridge was tried");
        }
        return best;
    }

    private static Reached judge(
            Scope scope, ExpertView view, @Nullable TrainedExpert common, CrossFittedPath.Step step) {
        Calibration calibration = Calibration.of(step.answers(), scope.data.targets(), scope.weights);
        double sum = 0;
        double total = 0;
        for (int i = 0; i < scope.weights.length; i++) {
            sum += scope.weights[i] * calibration.logLikelihoods()[i];
            total += scope.weights[i];
        }
        return new Reached(view, common, step, calibration, sum / total);
    }

    /** The best of all, or the best linear one where that is within one standard error. */
    private static Reached best(List<Reached> reached, double[] weights) {
        Reached best = highest(reached);
        List<Reached> simple = reached.stream().filter(ExpertTrainer::isLinear).toList();
        if (isLinear(best) || simple.isEmpty()) {
            return best;
        }
        Reached linear = highest(simple);
        double[] difference = difference(best, linear, weights);
        return difference[0] > difference[1] ? best : linear;
    }

    private static boolean isLinear(Reached reached) {
        return reached.view.map().name().equals("linear");
    }

    private static Reached highest(List<Reached> reached) {
        return reached.stream()
                .max(Comparator.comparingDouble(Reached::evidence))
                .orElseThrow(() -> new IllegalStateException("nothing was tried"));
    }

    /** Mean difference of the log-likelihoods and its standard error, a row of weight 2 counting as two rows. */
    private static double[] difference(Reached first, Reached second, double[] weights) {
        double sum = 0;
        double squares = 0;
        double total = 0;
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] == 0) {
                continue;
            }
            double one =
                    first.calibration.logLikelihoods()[i] - second.calibration.logLikelihoods()[i];
            sum += weights[i] * one;
            squares += weights[i] * one * one;
            total += weights[i];
        }
        double mean = sum / total;
        return new double[] {mean, Math.sqrt(Math.max(0, squares / total - mean * mean) / total)};
    }

    private static TrainedExpert finish(
            Scope whole, Reached chosen, List<Reached> reached, double[] weights, Workers workers) {
        Loss loss = Loss.forTargets(whole.data.targets());
        int[] rows = IntStream.range(0, whole.weights.length)
                .filter(i -> whole.weights[i] > SMALLEST_WEIGHT)
                .toArray();
        Dataset training = chosen.view.dataset(whole.data, whole.weights, rows, workers);
        double[] theta = new CentredRidgeTrainer(GRADIENT_NORM)
                .fit(
                        new Objective(training, loss, chosen.step.ridge()),
                        chosen.common == null
                                ? null
                                : chosen.common.expert().model().theta(),
                        mean(chosen.step.parameters()),
                        workers);
        Calibration calibration = chosen.calibration;
        Expert expert = new Expert(
                chosen.view.map(),
                new LinearModel(loss, training.dimension(), theta),
                calibration.scale(),
                calibration.deviation(),
                chosen.step.ridge());
        List<TrainedExpert.Tried> tried = reached.stream()
                .map(one ->
                        new TrainedExpert.Tried(one.view.name(), one.common != null, one.step.ridge(), one.evidence))
                .toList();
        Matrix answers = Calibration.scaled(chosen.step.answers(), calibration.scale());
        return new TrainedExpert(
                expert,
                chosen.view,
                whole.parts,
                chosen.step.parameters(),
                answers,
                calibration.logLikelihoods(),
                tried,
                chosen.common != null,
                reason(chosen, reached, weights));
    }

    private static String reason(Reached chosen, List<Reached> reached, double[] weights) {
        StringBuilder result = new StringBuilder(String.format(
                Locale.ROOT,
                "%s expert%s with ridge %.2g: %.4f nats per row out of fold",
                chosen.view.name(),
                chosen.common == null ? "" : " that borrows from the common model",
                chosen.step.ridge(),
                chosen.evidence));
        for (Reached one : reached) {
            result.append(String.format(
                    Locale.ROOT, ", %s%s %.4f", one.view.name(), one.common == null ? "" : " borrowing", one.evidence));
        }
        List<Reached> simple = reached.stream().filter(ExpertTrainer::isLinear).toList();
        if (!simple.isEmpty() && simple.size() < reached.size()) {
            List<Reached> bent = reached.stream().filter(one -> !isLinear(one)).toList();
            double[] difference = difference(highest(bent), highest(simple), weights);
            result.append(
                    String.format(Locale.ROOT, "; radial over linear %.4f +- %.4f", difference[0], difference[1]));
        }
        return result.toString();
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

    private static TrainedExpert borrowed(TrainedExpert common, double total) {
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
