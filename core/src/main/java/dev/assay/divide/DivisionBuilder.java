package dev.assay.divide;

import dev.assay.data.ClassTargets;
import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.learn.CrossFittedExpert;
import dev.assay.learn.FeatureView;
import dev.assay.learn.LearnerChoice;
import dev.assay.learn.PairedGain;
import dev.assay.linalg.Matrix;
import dev.assay.mixture.GateFit;
import dev.assay.mixture.Mixture;
import dev.assay.noise.WrongLabels;
import dev.assay.work.Progress;
import dev.assay.work.Seeds;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** From the responsibilities of a mixture to a division: experts, posteriors by experts that did not see the row, words. */
final class DivisionBuilder {
    private static final int SHARE_ROUNDS = 10;
    private static final double TINY = 1e-12;
    /** A block of fewer rows than this has no expert of its own. */
    private static final double SMALLEST_BLOCK = 10;

    /** A gate has to be better than constant shares by so many standard errors. */
    private static final double GATE_ERRORS = 2;

    private static final int GATE_ROUNDS = 3;

    private final Judgement judgement;
    private final Dataset data;
    private final Matrix seen;
    private final ContentOrder order;
    private final List<CrossFittedExpert> experts;
    /** Of each row by each of them, n x K, in nats. */
    private final Matrix logLikelihoods;

    private final int classes;

    private DivisionBuilder(Judgement judgement, Matrix seen, ContentOrder order, List<CrossFittedExpert> experts) {
        this.judgement = judgement;
        this.data = judgement.data();
        this.seen = seen;
        this.order = order;
        this.experts = experts;
        this.logLikelihoods = new Matrix(data.size(), experts.size());
        for (int b = 0; b < experts.size(); b++) {
            double[] own = experts.get(b).logLikelihoods();
            for (int i = 0; i < own.length; i++) {
                logLikelihoods.set(i, b, own[i]);
            }
        }
        this.classes = data.targets() instanceof ClassTargets labels ? labels.classes() : 0;
    }

    /** Posteriors, shares g_0 to g_K, and log-shares of blocks 1 to K given x by gates that did not see the row. */
    private record Posteriors(
            Matrix posteriors, double[] shares, @Nullable Matrix gate) {}

    /** Trains the experts that a judgement asks for, and asks them about the rows. */
    static Division build(Judgement judgement, DivideSettings settings, Progress progress, Workers workers) {
        Dataset data = judgement.data();
        Matrix responsibilities = judgement.responsibilities();
        int k = responsibilities.columns() - 1;
        List<double[]> weights = new ArrayList<>();
        for (int b = 1; b <= k; b++) {
            double[] own = data.weights().clone();
            for (int i = 0; i < own.length; i++) {
                own[i] *= responsibilities.get(i, b);
            }
            weights.add(own);
        }
        progress.phase("train the experts", 0);
        List<CrossFittedExpert> experts =
                LearnerChoice.train(data, weights, settings.learners(), settings.seed(), progress, workers);
        Matrix seen = FeatureView.linear(data, workers).seen(workers);
        DivisionBuilder builder = new DivisionBuilder(judgement, seen, ContentOrder.of(data, workers), experts);
        List<String> words = new ArrayList<>(judgement.explanation());
        WrongLabels labels = k == 1 ? judgement.labels() : null;
        Posteriors posteriors = labels == null
                ? builder.gated(responsibilities, settings.seed(), words, workers)
                : builder.trusted(labels);
        Integer[] order = IntStream.rangeClosed(1, k)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer b) -> -posteriors.shares()[b])
                        .thenComparing(b -> b))
                .toArray(Integer[]::new);
        return builder.division(posteriors, order, labels, words);
    }

    /** Of one block: as far as labels are trusted. */
    private Posteriors trusted(WrongLabels labels) {
        Matrix known = Judgement.trusted(labels);
        return new Posteriors(known, Mixture.of(data, known, true).shares(), null);
    }

    /** With shares that depend on x where that explains more labels than chance would. */
    private Posteriors gated(Matrix start, long seed, List<String> words, Workers workers) {
        Posteriors constant = posteriors(start, null);
        if (experts.size() == 1) {
            return constant;
        }
        Posteriors current = constant;
        for (int round = 0; round < GATE_ROUNDS; round++) {
            GateFit fitted = GateFit.of(
                    seen,
                    data.weights(),
                    current.posteriors(),
                    logLikelihoods,
                    order,
                    Seeds.child(seed, "gate round", round),
                    workers);
            PairedGain gain = PairedGain.of(
                    fitted.logLikelihoods(),
                    fitted.constant(),
                    data.samplingUnits().withWeights(explained(current)));
            boolean pays = gain.isBetter(GATE_ERRORS, 2);
            if (round == 0) {
                words.add(String.format(
                        Locale.ROOT,
                        "the shares of the blocks %s: %+.1f nats (standard error %.1f) on labels that the gate did not see",
                        pays ? "depend on the features" : "are taken as constant",
                        gain.difference(),
                        gain.standardError()));
            }
            if (!pays) {
                return constant;
            }
            current = posteriors(current.posteriors(), fitted.heldOut());
        }
        return current;
    }

    /** What each row counts for, block 0 apart. */
    private double[] explained(Posteriors found) {
        double[] result = data.weights().clone();
        for (int i = 0; i < result.length; i++) {
            result[i] *= 1 - found.posteriors().get(i, 0);
        }
        return result;
    }

    /** Shares and posteriors in turn, the experts' answers given. */
    private Posteriors posteriors(Matrix start, @Nullable Matrix gate) {
        Matrix current = start;
        double[] shares = new double[0];
        for (int round = 0; round < SHARE_ROUNDS; round++) {
            Mixture mixture = Mixture.normalised(data, current, judgement.unexplained());
            shares = mixture.shares();
            current = mixture.explain(data.targets(), logLikelihoods, gate).posteriors();
        }
        return new Posteriors(current, shares, gate);
    }

    /**
     * Blocks in order of size.
     *
     * @param order the block, from 1, that each is in what was found
     * @param judged what one function says of each label, which is what is said of one block; or null
     */
    private Division division(
            Posteriors found, Integer[] order, @Nullable WrongLabels judged, List<String> explanation) {
        Matrix posteriors = columns(found.posteriors(), 0, order);
        Matrix said = columns(logLikelihoods, -1, order);
        Matrix gate = found.gate();
        Matrix logShares = gate == null ? constant(found.shares(), order) : columns(gate, -1, order);
        int[] assigned = new int[data.size()];
        for (int i = 0; i < assigned.length; i++) {
            for (int b = 1; b < posteriors.columns(); b++) {
                assigned[i] = posteriors.get(i, b) > posteriors.get(i, assigned[i]) ? b : assigned[i];
            }
        }
        List<CrossFittedExpert> ordered =
                Arrays.stream(order).map(b -> experts.get(b - 1)).toList();
        List<Block> blocks = new ArrayList<>();
        List<String> words = new ArrayList<>(explanation);
        for (int b = 0; b < order.length; b++) {
            blocks.add(block(ordered.get(b), b + 1, found.shares()[order[b]], assigned));
            words.add("block " + (b + 1) + ": " + ordered.get(b).reason());
            words.addAll(overRivals(b + 1, ordered.get(b)));
        }
        Suggested suggested = suggested(ordered, logShares);
        Division result = new Division(
                data,
                judgement.verdict(),
                blocks,
                posteriors,
                assigned,
                said,
                logShares,
                judged == null ? outOfFold(said, logShares) : judged.outOfFoldProbability(),
                judged == null ? suggested.suggestion() : judged.suggestion(),
                judged == null ? suggested.probability() : judged.suggestedProbability(),
                found.shares()[0],
                gate == null ? "constant" : "features",
                judgement.candidates(),
                words,
                judgement.labels(),
                order.length == 1 ? null : answers(ordered));
        return result.suggesting(logShares);
    }

    private static List<String> overRivals(int block, CrossFittedExpert chosen) {
        return chosen.rivals().stream()
                .map(rival -> String.format(
                        Locale.ROOT,
                        "block %d: %s against %s: %+.1f nats (standard error %.1f) on labels that neither expert saw",
                        block,
                        chosen.expert().name(),
                        rival.name(),
                        rival.gain().difference(),
                        rival.gain().standardError()))
                .toList();
    }

    /** Those of the blocks in another order; block b is column b + {@code shift}, what is before block 1 stays. */
    private static Matrix columns(Matrix all, int shift, Integer[] order) {
        Matrix result = all.copy();
        for (int i = 0; i < all.rows(); i++) {
            for (int b = 0; b < order.length; b++) {
                result.set(i, b + 1 + shift, all.get(i, order[b] + shift));
            }
        }
        return result;
    }

    private Matrix constant(double[] shares, Integer[] order) {
        Matrix result = new Matrix(data.size(), order.length);
        for (int i = 0; i < result.rows(); i++) {
            for (int b = 0; b < order.length; b++) {
                result.set(i, b, Math.log(shares[order[b]] / (1 - shares[0]) + TINY));
            }
        }
        return result;
    }

    private static double[] outOfFold(Matrix logLikelihoods, Matrix logShares) {
        double[] result = new double[logShares.rows()];
        for (int i = 0; i < result.length; i++) {
            double sum = 0;
            for (int b = 0; b < logShares.columns(); b++) {
                sum += Math.exp(logShares.get(i, b) + logLikelihoods.get(i, b));
            }
            result[i] = sum;
        }
        return result;
    }

    private BlockAnswers answers(List<CrossFittedExpert> ordered) {
        int n = data.size();
        Matrix suggestion = new Matrix(n, ordered.size());
        Matrix probability = new Matrix(n, ordered.size());
        for (int b = 0; b < ordered.size(); b++) {
            Matrix said = ordered.get(b).answers();
            for (int i = 0; i < n; i++) {
                int best = 0;
                for (int c = 1; c < classes; c++) {
                    best = said.get(i, c) > said.get(i, best) ? c : best;
                }
                suggestion.set(i, b, classes > 0 ? best : said.get(i, 0));
                probability.set(i, b, classes > 0 ? Math.exp(said.get(i, best)) : Double.NaN);
            }
        }
        return new BlockAnswers(suggestion, probability);
    }

    private record Suggested(double[] suggestion, double[] probability) {}

    /** What the mixture expects of each row. */
    private Suggested suggested(List<CrossFittedExpert> ordered, Matrix logShares) {
        int n = data.size();
        double[] suggestion = new double[n];
        double[] probability = new double[n];
        Arrays.fill(probability, Double.NaN);
        for (int i = 0; i < n; i++) {
            double[] expected = new double[Math.max(1, classes)];
            for (int b = 0; b < ordered.size(); b++) {
                double share = Math.exp(logShares.get(i, b));
                Matrix answers = ordered.get(b).answers();
                for (int c = 0; c < expected.length; c++) {
                    double answer = answers.get(i, c);
                    expected[c] += share * (classes > 0 ? Math.exp(answer) : answer);
                }
            }
            int best = 0;
            for (int c = 1; c < expected.length; c++) {
                best = expected[c] > expected[best] ? c : best;
            }
            suggestion[i] = classes > 0 ? best : expected[0];
            if (classes > 0) {
                probability[i] = expected[best];
            }
        }
        return new Suggested(suggestion, probability);
    }

    private Block block(CrossFittedExpert expert, int number, double share, int[] assigned) {
        int size = 0;
        double weight = 0;
        double loss = 0;
        double right = 0;
        for (int i = 0; i < assigned.length; i++) {
            if (assigned[i] != number) {
                continue;
            }
            size++;
            weight += data.weights()[i];
            loss -= data.weights()[i] * expert.logLikelihoods()[i];
            int best = 0;
            for (int c = 1; c < classes; c++) {
                best = expert.answers().get(i, c) > expert.answers().get(i, best) ? c : best;
            }
            right += classes > 0 && best == (int) data.targets().value(i) ? data.weights()[i] : 0;
        }
        String note = size < SMALLEST_BLOCK
                ? "too small for an expert of its own: it takes the common model"
                : expert.borrowed() ? "small: its expert leans on the common model" : "";
        return new Block(
                expert.expert(),
                share,
                size,
                weight > 0 ? loss / weight : Double.NaN,
                classes > 0 && weight > 0 ? right / weight : Double.NaN,
                expert.rivals(),
                note);
    }
}
