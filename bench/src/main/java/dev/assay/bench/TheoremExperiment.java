package dev.assay.bench;

import dev.assay.data.Dataset;
import dev.assay.data.SyntheticSample;
import dev.assay.influence.LinearGradientSpace;
import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.model.Fit;
import dev.assay.model.NewtonTrainer;
import dev.assay.model.Objective;
import dev.assay.work.Workers;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What the paper's Theorems 1 and 2 and their corollary say, measured: sets S of k rows are removed at random, the model is
 * trained again to its minimum, and the moments of X on the rest are compared with those on the whole.
 *
 * <p>Theorem 1: averaged over S, the even raw moments do not exceed those of the whole, up to terms of higher order. Theorem
 * 2: the same for the variance V. Corollary: some S lowers each of them.
 *
 * <p>Softmax regression with a ridge of 0.01 is strongly convex. The ridge can be counted in two ways. OUTSIDE: it belongs to
 * the objective, and gradients are those of the loss alone, as everywhere in this project. INSIDE: each example's loss has
 * its share of it, so that the gradients sum to zero at the minimum, which the theorems' proofs use.
 *
 * <p>With weights on the examples the moments do not change when all weights are multiplied by a number, so the changes of a
 * moment to first order in single weights sum to zero: what is left on average is of second order, k / n^2. Hence several n,
 * and the change times n^2 / k, which tends to a constant where that is so.
 */
final class TheoremExperiment implements Figure {
    private static final String LABEL = "theorem";
    private static final double RIDGE = 0.01;
    private static final double MAJORITY = 0.7;
    private static final int[] SIZES = {250, 500, 1000};
    private static final int[] REMOVED = {1, 10};
    private static final int MOST_SETS = 500;

    /** Even raw moments and the variance of X over the ordered pairs i != j. */
    record Moments(double second, double fourth, double variance) {}

    /** The moments by both ways to count the ridge. */
    record BothMoments(Moments outside, Moments inside) {}

    @Override
    public void reproduce(Session session) throws IOException {
        FigureTable table = new FigureTable(
                "n",
                "mixed",
                "ridgeInside",
                "removed",
                "sets",
                "varianceChangePercent",
                "varianceChangeError",
                "varianceChangeTimesNSquaredOverK",
                "varianceLoweredShare",
                "secondMomentChangePercent",
                "secondMomentChangeError",
                "secondMomentChangeTimesNSquaredOverK",
                "secondMomentLoweredShare",
                "fourthMomentChangePercent",
                "fourthMomentChangeError",
                "fourthMomentChangeTimesNSquaredOverK",
                "fourthMomentLoweredShare");
        for (int mixed = 0; mixed <= 1; mixed++) {
            for (int n : SIZES) {
                int first = mixed == 1 ? (int) Math.round(MAJORITY * n) : n;
                Dataset data = SyntheticSample.drawPaper(new int[] {first, n - first}, session.seed())
                        .toDataset();
                measure(data, mixed, session, table);
            }
        }
        table.write(file(session, LABEL, "csv"));
    }

    private static void measure(Dataset data, int mixed, Session session, FigureTable table) {
        int n = data.size();
        Fit whole = new NewtonTrainer().fit(Objective.of(data, RIDGE), session.workers());
        BothMoments reference = moments(whole, session.workers());
        for (int removed : REMOVED) {
            int sets = removed == 1 && n <= MOST_SETS ? n : MOST_SETS;
            BothMoments[] results = new BothMoments[sets];
            session.workers().forEachBlock(sets, 1, (set, end) -> {
                int[] out =
                        removed == 1 && sets == n ? new int[] {set} : draw(n, removed, session.random(removed, set));
                results[set] = without(whole, out, session.workers());
            });
            for (int inside = 0; inside <= 1; inside++) {
                boolean within = inside == 1;
                double[] row = new double[17];
                row[0] = n;
                row[1] = mixed;
                row[2] = inside;
                row[3] = removed;
                row[4] = sets;
                change(results, reference, within, Moments::variance, (double) n * n / removed, row, 5);
                change(results, reference, within, Moments::second, (double) n * n / removed, row, 9);
                change(results, reference, within, Moments::fourth, (double) n * n / removed, row, 13);
                table.add(row);
                session.say(
                        "%s: n %4d %s, ridge %s, %2d removed, %d sets: V %+.3f %% (+-%.3f), lowered by %2.0f %%; "
                                + "second moment %+.3f %% (+-%.3f), %2.0f %%; fourth %+.3f %% (+-%.3f), %2.0f %%",
                        LABEL,
                        n,
                        mixed == 1 ? "mixed" : "pure ",
                        within ? "inside " : "outside",
                        removed,
                        sets,
                        row[5],
                        row[6],
                        100 * row[8],
                        row[9],
                        row[10],
                        100 * row[12],
                        row[13],
                        row[14],
                        100 * row[16]);
            }
        }
    }

    /** Mean relative change in percent, its standard error, the change times n^2 / k, and the share of sets that lower it. */
    private static void change(
            BothMoments[] results,
            BothMoments reference,
            boolean inside,
            ToDoubleFunction<Moments> moment,
            double scale,
            double[] row,
            int at) {
        double whole = moment.applyAsDouble(inside ? reference.inside() : reference.outside());
        double[] changes = Arrays.stream(results)
                .mapToDouble(both -> moment.applyAsDouble(inside ? both.inside() : both.outside()) / whole - 1)
                .toArray();
        Spread spread = Spread.ofSample(changes);
        row[at] = 100 * spread.mean();
        row[at + 1] = 100 * spread.deviation() / Math.sqrt(changes.length);
        row[at + 2] = scale * spread.mean();
        row[at + 3] = Arrays.stream(changes).filter(value -> value < 0).count() / (double) changes.length;
    }

    private static int[] draw(int n, int removed, Random random) {
        return Arrays.copyOf(MixtureExperiment.permutation(n, random), removed);
    }

    private static BothMoments without(Fit whole, int[] out, Workers workers) {
        Dataset data = whole.objective().data();
        boolean[] gone = new boolean[data.size()];
        for (int i : out) {
            gone[i] = true;
        }
        int[] rest = IntStream.range(0, data.size()).filter(i -> !gone[i]).toArray();
        return moments(
                new NewtonTrainer()
                        .fit(
                                Objective.of(data.select(rest), RIDGE),
                                whole.model().theta(),
                                workers),
                workers);
    }

    static BothMoments moments(Fit fit, Workers workers) {
        LinearGradientSpace space = LinearGradientSpace.of(fit, workers);
        int n = space.size();
        int[] all = IntStream.range(0, n).toArray();
        Matrix influences = space.influences(all, all, workers);
        // with c = ridge theta added to each gradient: X(i,j) - c'H^-1 g_i - c'H^-1 g_j - c'H^-1 c
        double[] ridgeGradient = space.compact().theta();
        for (int k = 0; k < ridgeGradient.length; k++) {
            ridgeGradient[k] *= RIDGE;
        }
        double[] solved = space.factor().solve(ridgeGradient);
        double[] along = Dense.multiply(space.gradients(all, workers), solved);
        double constant = Dense.dot(ridgeGradient, solved);
        return new BothMoments(moments(influences, new double[n], 0), moments(influences, along, constant));
    }

    private static Moments moments(Matrix influences, double[] along, double constant) {
        int n = influences.rows();
        double first = 0;
        double second = 0;
        double fourth = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if (i != j) {
                    double x = influences.get(i, j) - along[i] - along[j] - constant;
                    double square = x * x;
                    first += x;
                    second += square;
                    fourth += square * square;
                }
            }
        }
        double pairs = (double) n * (n - 1);
        double mean = first / pairs;
        return new Moments(second / pairs, fourth / pairs, second / pairs - mean * mean);
    }
}
