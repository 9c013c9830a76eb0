package dev.assay.noise;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.linalg.Dense;
import dev.assay.linalg.LogSumExp;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Classes taken for one another: p(y | x) = sum_c T(c, y) q_c(x), with q the softmax of a times the experts' log-probabilities and T(c, y)
 * the share of the rows that are c which are labelled y. T and a are fitted together by maximum a posteriori: T by expectation
 * maximisation, shrunk towards labels that are wrong with one common share e, evenly, which is fitted as well; log a has a normal prior of
 * deviation 1.
 *
 * <p>Answers of experts that take all labels for right have priced wrong ones in: a plateau of certain rows at 1 - e says the same of the
 * labels as no noise and calibrated doubt, and the likelihood can hardly tell. What tells is the plateau itself. With anchors, the surest rows
 * of each class count twice, once more as what they are: the labels there are a sample of T, as far as the class is certain somewhere.
 *
 * @param transitions T, C x C, rows are the true classes and add up to 1
 * @param scale a, above 0
 * @param posteriors n x C, probability of each true class given x and the label
 * @param anchored whether anchors have a say in T
 */
record TransitionMatrixNoise(
        int[] codes,
        Matrix transitions,
        double scale,
        Matrix posteriors,
        Matrix answers,
        double[] logLikelihoods,
        double[] weights,
        boolean anchored)
        implements LabelNoise {
    /** What T may be. */
    enum Kind {
        /** All labels are right. */
        NONE,
        /** One share e of wrong labels, evenly among the other classes. */
        EVEN,
        /** Every class has its own. */
        BY_CLASS
    }

    /** Rows' worth of the prior on each row of T. */
    private static final double STRENGTH = 10;

    private static final double FIRST_SHARE = 0.05;
    private static final double LARGEST_LOG_SCALE = 2.5;
    private static final int ROUNDS = 15;
    private static final int STEPS = 3;
    private static final double CLOSE = 5e-4;
    private static final double FLOOR = 1e-300;
    private static final int ROWS = 4096;
    /** Share of the rows of a class that are its anchors ... */
    private static final double ANCHORS = 0.25;
    /** ... and rows that they are at least. */
    private static final double FEWEST_ANCHORS = 30;

    /**
     * Fits T and a; O(n C) a step.
     *
     * @param answers n x C log-probabilities by experts that did not see the row
     * @param weights of the rows
     */
    static TransitionMatrixNoise fit(Matrix answers, int[] codes, double[] weights, Kind kind, Workers workers) {
        Matrix even = even(answers.columns(), kind == Kind.NONE ? 0 : FIRST_SHARE);
        return fit(answers, codes, weights, kind, even, 1, workers);
    }

    /** The same from a T and an a that are about right. */
    static TransitionMatrixNoise fit(
            Matrix answers,
            int[] codes,
            double[] weights,
            Kind kind,
            Matrix transitions,
            double firstScale,
            Workers workers) {
        return fit(answers, codes, weights, kind, transitions, Math.log(firstScale), null, workers);
    }

    /** The same with anchors; O(n (C + log n)) more. */
    static TransitionMatrixNoise fitAnchored(
            Matrix answers, int[] codes, double[] weights, Kind kind, Workers workers) {
        Matrix anchors = anchors(answers, codes, weights);
        Matrix t = shrunk(anchors, kind);
        double logScale = 0;
        double before = Double.NaN;
        for (int step = 0; step < ROUNDS && !(Math.abs(logScale - before) < CLOSE); step++) {
            before = logScale;
            logScale = logScale(answers, codes, weights, t, before, workers);
        }
        return fit(answers, codes, weights, kind, t, logScale, anchors, workers);
    }

    /** A noise of this or another kind, fitted in the same way to these answers and other weights. */
    TransitionMatrixNoise refit(double[] others, Kind kind, Workers workers) {
        return anchored
                ? fitAnchored(answers, codes, others, kind, workers)
                : fit(answers, codes, others, kind, workers);
    }

    /**
     * Labels of the anchors, C x C: of each class the rows that it is the likeliest of, a quarter of them, those of which it is surest, and
     * all that are as sure.
     */
    private static Matrix anchors(Matrix answers, int[] codes, double[] weights) {
        int classes = answers.columns();
        List<List<Integer>> own = new ArrayList<>();
        IntStream.range(0, classes).forEach(c -> own.add(new ArrayList<>()));
        for (int i = 0; i < codes.length; i++) {
            int likeliest = 0;
            for (int c = 1; c < classes; c++) {
                likeliest = answers.get(i, c) > answers.get(i, likeliest) ? c : likeliest;
            }
            if (weights[i] > 0) {
                own.get(likeliest).add(i);
            }
        }
        Matrix counts = new Matrix(classes, classes);
        for (int c = 0; c < classes; c++) {
            int code = c;
            List<Integer> rows = own.get(c);
            rows.sort(Comparator.comparingDouble((Integer i) -> -answers.get(i, code)));
            double total = rows.stream().mapToDouble(i -> weights[i]).sum();
            double wanted = Math.max(ANCHORS * total, Math.min(total, FEWEST_ANCHORS));
            double taken = 0;
            double least = Double.POSITIVE_INFINITY;
            for (int i : rows) {
                if (taken >= wanted && answers.get(i, c) < least) {
                    break;
                }
                least = answers.get(i, c);
                taken += weights[i];
                counts.set(c, codes[i], counts.get(c, codes[i]) + weights[i]);
            }
        }
        return counts;
    }

    private static TransitionMatrixNoise fit(
            Matrix answers,
            int[] codes,
            double[] weights,
            Kind kind,
            Matrix transitions,
            double firstLogScale,
            @Nullable Matrix anchors,
            Workers workers) {
        Matrix t = transitions;
        double logScale = firstLogScale;
        Matrix q = new Matrix(answers.rows(), answers.columns());
        for (int round = 0; round < ROUNDS; round++) {
            softmax(answers, Math.exp(logScale), q, workers);
            Matrix before = t;
            for (int step = 0; kind != Kind.NONE && step < STEPS; step++) {
                t = next(counts(q, codes, weights, t, workers), kind, anchors);
            }
            double scaled = logScale(answers, codes, weights, t, logScale, workers);
            boolean still = Math.abs(scaled - logScale) < 10 * CLOSE && largestDifference(t, before) < CLOSE;
            logScale = scaled;
            if (still) {
                break;
            }
        }
        return of(answers, codes, weights, t, Math.exp(logScale), anchors != null);
    }

    /** Posteriors for a given T and a, of any rows. */
    static TransitionMatrixNoise of(Matrix answers, int[] codes, double[] weights, Matrix transitions, double scale) {
        return of(answers, codes, weights, transitions, scale, false);
    }

    private static TransitionMatrixNoise of(
            Matrix answers, int[] codes, double[] weights, Matrix transitions, double scale, boolean anchored) {
        int classes = answers.columns();
        Matrix scaled = answers.copy();
        Matrix posteriors = new Matrix(codes.length, classes);
        double[] logLikelihoods = new double[codes.length];
        double[] probabilities = new double[classes];
        for (int i = 0; i < codes.length; i++) {
            int at = scaled.offset(i);
            for (int c = 0; c < classes; c++) {
                scaled.values()[at + c] *= scale;
            }
            LogSumExp.normalise(scaled.values(), at, probabilities);
            double sum = 0;
            for (int c = 0; c < classes; c++) {
                double joint = probabilities[c] * transitions.get(c, codes[i]);
                posteriors.set(i, c, joint);
                sum += joint;
            }
            logLikelihoods[i] = sum > FLOOR ? Math.log(sum) : scaled.values()[at + codes[i]];
            for (int c = 0; c < classes; c++) {
                posteriors.set(i, c, sum > FLOOR ? posteriors.get(i, c) / sum : c == codes[i] ? 1 : 0);
            }
        }
        return new TransitionMatrixNoise(
                codes, transitions, scale, posteriors, scaled, logLikelihoods, weights, anchored);
    }

    @Override
    public TransitionMatrixNoise judge(Matrix said, double otherScale, Dataset rows) {
        return of(said, ((ClassTargets) rows.targets()).codes(), rows.weights(), transitions, otherScale);
    }

    /** T of labels that are wrong with one share, evenly. */
    static Matrix even(int classes, double share) {
        Matrix result = new Matrix(classes, classes);
        for (int c = 0; c < classes; c++) {
            for (int y = 0; y < classes; y++) {
                result.set(c, y, c == y ? 1 - share : share / (classes - 1));
            }
        }
        return result;
    }

    private static void softmax(Matrix answers, double scale, Matrix q, Workers workers) {
        int classes = answers.columns();
        workers.forEachBlock(answers.rows(), ROWS, (from, to) -> {
            double[] z = new double[classes];
            double[] p = new double[classes];
            for (int i = from; i < to; i++) {
                for (int c = 0; c < classes; c++) {
                    z[c] = scale * answers.get(i, c);
                }
                LogSumExp.normalise(z, 0, p);
                System.arraycopy(p, 0, q.values(), q.offset(i), classes);
            }
        });
    }

    /** Expectation: how many rows of each class (row) have each label (column). */
    private static Matrix counts(Matrix q, int[] codes, double[] weights, Matrix t, Workers workers) {
        int classes = q.columns();
        Matrix byLabel = t.transpose();
        return workers.reduce(
                        codes.length,
                        ROWS,
                        () -> new Matrix(classes, classes),
                        (counts, from, to) -> {
                            double[] joint = new double[classes];
                            for (int i = from; i < to; i++) {
                                int label = byLabel.offset(codes[i]);
                                double sum = FLOOR;
                                for (int c = 0; c < classes; c++) {
                                    joint[c] = q.values()[q.offset(i) + c] * byLabel.values()[label + c];
                                    sum += joint[c];
                                }
                                double factor = weights[i] / sum;
                                for (int c = 0; c < classes; c++) {
                                    counts.values()[label + c] += factor * joint[c];
                                }
                            }
                        },
                        (left, right) -> {
                            Dense.add(1, right.values(), left.values());
                            return left;
                        })
                .transpose();
    }

    /** Maximisation. */
    private static Matrix next(Matrix counts, Kind kind, @Nullable Matrix anchors) {
        if (anchors != null) {
            Dense.add(1, anchors.values(), counts.values());
        }
        return shrunk(counts, kind);
    }

    /** T of counts, of the true classes by label, shrunk towards one share, evenly. */
    private static Matrix shrunk(Matrix counts, Kind kind) {
        int classes = counts.columns();
        double all = 0;
        double right = 0;
        for (int c = 0; c < classes; c++) {
            right += counts.get(c, c);
            for (int y = 0; y < classes; y++) {
                all += counts.get(c, y);
            }
        }
        // beyond this a label would speak against its own class
        double share = Math.min((classes - 1.0) / classes, all > 0 ? (all - right) / all : 0);
        Matrix prior = even(classes, share);
        if (kind == Kind.EVEN) {
            return prior;
        }
        for (int c = 0; c < classes; c++) {
            double total = STRENGTH;
            for (int y = 0; y < classes; y++) {
                total += counts.get(c, y);
            }
            for (int y = 0; y < classes; y++) {
                prior.set(c, y, (counts.get(c, y) + STRENGTH * prior.get(c, y)) / total);
            }
        }
        return prior;
    }

    private static double largestDifference(Matrix a, Matrix b) {
        double largest = 0;
        for (int k = 0; k < a.values().length; k++) {
            largest = Math.max(largest, Math.abs(a.values()[k] - b.values()[k]));
        }
        return largest;
    }

    /** One safeguarded Newton step in log a. */
    private static double logScale(
            Matrix answers, int[] codes, double[] weights, Matrix t, double from, Workers workers) {
        double[] here = slope(answers, codes, weights, t, from, workers);
        double step = here[2] < 0 ? -here[1] / here[2] : 0.3 * Math.signum(here[1]);
        step = Math.max(-0.5, Math.min(0.5, step));
        for (int halving = 0; halving < 6; halving++) {
            double to = Math.max(-LARGEST_LOG_SCALE, Math.min(LARGEST_LOG_SCALE, from + step));
            if (slope(answers, codes, weights, t, to, workers)[0] >= here[0]) {
                return to;
            }
            step /= 2;
        }
        return from;
    }

    /**
     * Log-posterior, its first and second derivative in log a: with E over the posterior r and over q of the answers, E_r - E_q and
     * Var_r - Var_q.
     */
    private static double[] slope(
            Matrix answers, int[] codes, double[] weights, Matrix t, double logScale, Workers workers) {
        double a = Math.exp(logScale);
        int classes = answers.columns();
        Matrix byLabel = t.transpose();
        List<double[]> ofLabel =
                IntStream.range(0, classes).mapToObj(byLabel::row).toList();
        double[] sums = workers.reduce(
                codes.length,
                ROWS,
                () -> new double[3],
                (sum, from, to) -> {
                    double[] z = new double[classes];
                    double[] p = new double[classes];
                    for (int i = from; i < to; i++) {
                        if (weights[i] != 0) {
                            addSlope(
                                    answers.values(),
                                    answers.offset(i),
                                    a,
                                    ofLabel.get(codes[i]),
                                    weights[i],
                                    z,
                                    p,
                                    sum);
                        }
                    }
                },
                (left, right) -> {
                    Dense.add(1, right, left);
                    return left;
                });
        double value = sums[0];
        double first = sums[1];
        double second = sums[2];
        return new double[] {value - logScale * logScale / 2, a * first - logScale, a * first + a * a * second - 1};
    }

    private static void addSlope(
            double[] answers, int at, double a, double[] t, double weight, double[] z, double[] p, double[] sums) {
        for (int c = 0; c < z.length; c++) {
            z[c] = a * answers[at + c];
        }
        LogSumExp.normalise(z, 0, p);
        double sum = FLOOR;
        double meanR = 0;
        double squareR = 0;
        double meanQ = 0;
        double squareQ = 0;
        for (int c = 0; c < z.length; c++) {
            double own = answers[at + c];
            double joint = p[c] * t[c];
            sum += joint;
            meanR += joint * own;
            squareR += joint * own * own;
            meanQ += p[c] * own;
            squareQ += p[c] * own * own;
        }
        meanR /= sum;
        squareR /= sum;
        sums[0] += weight * Math.log(sum);
        sums[1] += weight * (meanR - meanQ);
        sums[2] += weight * (squareR - meanR * meanR - squareQ + meanQ * meanQ);
    }

    @Override
    public double share() {
        double wrong = 0;
        double total = 0;
        for (int i = 0; i < codes.length; i++) {
            wrong += weights[i] * (1 - posteriors.get(i, codes[i]));
            total += weights[i];
        }
        return total > 0 ? Math.max(0, wrong / total) : 0;
    }

    @Override
    public double[] trust() {
        double[] result = new double[codes.length];
        Arrays.setAll(result, i -> posteriors.get(i, codes[i]));
        return result;
    }

    @Override
    public double[] logDensities() {
        double[] result = new double[codes.length];
        Arrays.setAll(result, i -> answers.get(i, codes[i]));
        return result;
    }

    @Override
    public Responses seenThrough() {
        return new Responses.SeenThrough(transitions.transpose(), codes);
    }

    @Override
    public Responses.OfWeightedRows corrected(double sharpness) {
        Matrix shares = posteriors.copy();
        for (int i = 0; i < codes.length; i++) {
            double sum = 0;
            for (int c = 0; c < shares.columns(); c++) {
                double sharp = Math.pow(shares.get(i, c), sharpness);
                shares.set(i, c, sharp);
                sum += sharp;
            }
            for (int c = 0; c < shares.columns(); c++) {
                shares.set(i, c, shares.get(i, c) / sum);
            }
        }
        return new Responses.SoftLabels(shares);
    }
}
