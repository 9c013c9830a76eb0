package dev.assay.noise;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.GivenProbabilities;
import dev.assay.data.InvalidInputException;
import dev.assay.learn.ExpertRival;
import dev.assay.learn.LearnerSet;
import dev.assay.linalg.Matrix;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One function, and labels that are wrong: which, how many, and which classes are taken for which. See docs/method.md, "Finding wrong
 * labels".
 *
 * @param noisy whether there are wrong labels beyond doubt: at least one in a hundred, and not honest doubt
 * @param share estimated share of wrong labels, whether or not the data is called noisy
 * @param trust n, posterior probability that the label is right; lower = more suspicious; wrong where below {@value #LEAST_TRUST}
 * @param outOfFoldProbability n, probability of the label (density of the standardised target) under experts that had not seen the row;
 *     lower = more suspicious
 * @param suggestion n, code of the likeliest true class, or the prediction
 * @param suggestedProbability of the suggestion; NaN for numbers
 * @param answers n x C log-probabilities of the true class, or n x 1 predictions, by experts that had not seen the row
 * @param deviation of right targets about their predictions; NaN for classes
 * @param transitions T, C x C: of the rows that are c, the share that is labelled y; null for numbers
 * @param wrongSince n, the round from which on the row was out, 0 where it is not
 * @param rounds in order
 * @param evidence what never-seen labels say, with and without noise
 * @param explanation what was chosen and why
 * @param further who judges rows that had no part in this, made when asked for; null where probabilities were given
 */
public record WrongLabels(
        boolean noisy,
        double share,
        double[] trust,
        double[] outOfFoldProbability,
        double[] suggestion,
        double[] suggestedProbability,
        Matrix answers,
        double deviation,
        @Nullable Matrix transitions,
        int[] wrongSince,
        List<Round> rounds,
        Evidence evidence,
        List<String> explanation,
        @Nullable Supplier<LabelJudge> further) {
    /** Below this, a label is wrong rather than right. */
    public static final double LEAST_TRUST = 0.5;

    /** Share of wrong labels and log-likelihood of all labels, in nats, after a round. */
    public record Round(double share, double logLikelihood) {}

    /**
     * Log-likelihoods, in nats, of labels that had no part in what was said of them.
     *
     * @param view how the experts see the features
     * @param rows that were judged
     * @param plain with all labels taken for right
     * @param noisy with labels that may be wrong
     * @param rivals other kinds of experts that were tried, and how much more those that were chosen say
     */
    public record Evidence(
            String plainView, String view, int[] rows, double[] plain, double[] noisy, List<ExpertRival> rivals) {
        /** Copies the list. */
        public Evidence {
            rivals = List.copyOf(rivals);
        }
    }

    /** Copies the lists. */
    public WrongLabels {
        rounds = List.copyOf(rounds);
        explanation = List.copyOf(explanation);
    }

    /**
     * Looks for wrong labels.
     *
     * @param ridge of the experts, linear ones then and no others; null to choose among the learners, and the ridge
     * @param learners whose experts judge the labels, those that say most of labels they never saw
     * @param seed of parts and samples
     * @throws IllegalArgumentException if a learner does not know such targets
     * @throws dev.assay.work.CancelledException if the progress was cancelled
     */
    public static WrongLabels of(
            Dataset data, @Nullable Double ridge, LearnerSet learners, long seed, Workers workers, Progress progress) {
        return new NoiseSearch(data, seed, workers, progress).run(ridge, learners);
    }

    /**
     * Looks for wrong labels by what a model of the user's own says; nothing is trained. O(n C) a step.
     *
     * @param given probabilities of the rows, by a model that did not learn from them
     * @param seed of parts
     * @throws InvalidInputException if labels are numbers, or rows or classes are not those of the data
     * @throws dev.assay.work.CancelledException if the progress was cancelled
     */
    public static WrongLabels of(
            Dataset data, GivenProbabilities given, long seed, Workers workers, Progress progress) {
        given.requireOf(data);
        return GivenAnswers.judge(data, given, seed, workers, progress);
    }

    /** Whether the label of a row is wrong rather than right; never where the data is not noisy. */
    public boolean isWrong(int row) {
        return noisy && trust[row] < LEAST_TRUST;
    }

    /** The likeliest class of each row to experts that had not seen it, the first one on a tie; null for numbers. */
    public int @Nullable [] predicted() {
        int classes = answers.columns();
        return transitions == null
                ? null
                : IntStream.range(0, answers.rows())
                        .map(i -> IntStream.range(0, classes)
                                .reduce((a, b) -> answers.get(i, b) > answers.get(i, a) ? b : a)
                                .orElse(0))
                        .toArray();
    }

    /**
     * Which classes are taken for which, the most frequent first; none where the data is not noisy, or for numbers.
     *
     * @param data that was judged
     */
    public List<Confusion> confusions(Dataset data) {
        Matrix t = transitions;
        if (!noisy || t == null || !(data.targets() instanceof ClassTargets classes)) {
            return List.of();
        }
        int count = t.rows();
        Matrix rows = new Matrix(count, count);
        double[] posterior = new double[count];
        for (int i = 0; i < trust.length; i++) {
            int label = classes.codes()[i];
            double sum = 0;
            for (int c = 0; c < count; c++) {
                posterior[c] = Math.exp(answers.get(i, c)) * t.get(c, label);
                sum += posterior[c];
            }
            for (int c = 0; c < count && sum > 0; c++) {
                rows.set(c, label, rows.get(c, label) + data.weights()[i] * posterior[c] / sum);
            }
        }
        List<Confusion> result = new ArrayList<>();
        for (int c = 0; c < count; c++) {
            double total = 0;
            for (int y = 0; y < count; y++) {
                total += rows.get(c, y);
            }
            for (int y = 0; y < count; y++) {
                if (y != c && rows.get(c, y) >= 0.5) {
                    result.add(Confusion.of(c, y, rows.get(c, y), total));
                }
            }
        }
        result.sort(Comparator.comparingDouble((Confusion one) -> -one.rows())
                .thenComparing(Confusion::from)
                .thenComparing(Confusion::to));
        return result;
    }
}
