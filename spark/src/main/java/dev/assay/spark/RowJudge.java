package dev.assay.spark;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.divide.BlockAnswers;
import dev.assay.divide.Division;
import dev.assay.divide.Verdict;
import dev.assay.learn.Expert;
import dev.assay.linalg.Matrix;
import dev.assay.mixture.Mixture;
import dev.assay.predict.ClassPredictions;
import dev.assay.predict.Predictions;
import dev.assay.predict.Predictor;
import dev.assay.predict.RoutedModel;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.List;

/**
 * Judges labelled rows by experts that did not see them: rows of the sample by what was said of them out of fold, all others by the experts
 * that the whole sample trained. p(block|x, y) is that of {@link Mixture}, the shares given x those of the router.
 *
 * @param model experts, router and g_0
 * @param labelShares u of each class; empty for regression
 * @param verdict of the sample
 * @param sample what was said of its rows
 */
record RowJudge(RoutedModel model, double[] labelShares, Verdict verdict, SampleVerdicts sample) {
    private static final Workers ALONE = Workers.of(1);

    /**
     * What is said of rows.
     *
     * @param assigned block 0 to K of each
     * @param posteriors n x (K + 1), block 0 first
     * @param suggestion class code or standardised value, of interest where the block is 0
     */
    record Judged(int[] assigned, Matrix posteriors, double[] suggestion) {}

    /**
     * Judges; as one expert answers each, O(n d K C) for linear ones.
     *
     * @param keys content hash of each row
     */
    Judged of(Dataset rows, long[] keys) {
        int n = rows.size();
        int blocks = model.blocks();
        boolean classes = rows.targets() instanceof ClassTargets;
        Matrix logLikelihoods = new Matrix(n, blocks);
        Matrix likeliest = new Matrix(n, blocks);
        Matrix probability = new Matrix(n, blocks);
        for (int k = 0; k < blocks; k++) {
            Expert expert = model.experts().get(k);
            Matrix answers = expert.answers(rows.features(), ALONE);
            double[] own = Expert.logLikelihoods(answers, rows.targets(), expert.deviation());
            for (int i = 0; i < n; i++) {
                int best = largest(answers, i);
                logLikelihoods.set(i, k, own[i]);
                likeliest.set(i, k, classes ? best : answers.get(i, 0));
                probability.set(i, k, classes ? Math.exp(answers.get(i, best)) : Double.NaN);
            }
        }
        Matrix logShares = model.router().logShares(rows.features(), ALONE);
        Matrix posteriors =
                mixture().explain(rows.targets(), logLikelihoods, logShares).posteriors();
        double[] suggestion = new double[n];
        Predictions mixed = blocks > 1 && classes ? new Predictor(model).predict(rows.features(), ALONE) : null;
        Arrays.setAll(suggestion, i -> mixed instanceof ClassPredictions said ? said.codes()[i] : likeliest.get(i, 0));
        Judged judged = new Judged(new int[n], posteriors, suggestion);
        if (blocks > 1) {
            judged = suggesting(rows, judged, logLikelihoods, logShares, new BlockAnswers(likeliest, probability));
        }
        remember(judged, keys);
        for (int i = 0; i < n; i++) {
            judged.assigned[i] = largest(posteriors, i);
        }
        return judged;
    }

    private Mixture mixture() {
        double[] shares = new double[model.blocks() + 1];
        shares[0] = model.unexplainedShare();
        for (int k = 1; k < shares.length; k++) {
            shares[k] = (1 - shares[0]) * model.shares()[k - 1];
        }
        return new Mixture(shares, labelShares, shares[0] > 0);
    }

    /** What the experts of several blocks suggest is the division's to say. */
    private Judged suggesting(
            Dataset rows, Judged judged, Matrix logLikelihoods, Matrix logShares, BlockAnswers answers) {
        int[] assigned = new int[rows.size()];
        Arrays.setAll(assigned, i -> largest(judged.posteriors, i));
        double[] unknown = new double[rows.size()];
        Arrays.fill(unknown, Double.NaN);
        Division division = new Division(
                rows,
                verdict,
                List.of(),
                judged.posteriors,
                assigned,
                logLikelihoods,
                logShares,
                unknown,
                judged.suggestion,
                unknown.clone(),
                model.unexplainedShare(),
                "features",
                List.of(),
                List.of(),
                null,
                answers);
        return new Judged(
                assigned, judged.posteriors, division.suggesting(logShares).suggestion());
    }

    private void remember(Judged judged, long[] keys) {
        Matrix posteriors = judged.posteriors;
        for (int i = 0; i < keys.length; i++) {
            int place = sample.place(keys[i]);
            if (place >= 0) {
                int columns = posteriors.columns();
                System.arraycopy(
                        sample.posteriors(), place * columns, posteriors.values(), posteriors.offset(i), columns);
                judged.suggestion[i] = sample.suggestion()[place];
            }
        }
    }

    private static int largest(Matrix values, int row) {
        int best = 0;
        for (int k = 1; k < values.columns(); k++) {
            best = values.get(row, k) > values.get(row, best) ? k : best;
        }
        return best;
    }

    /** Whether there were rows enough to judge any. */
    boolean isJudged() {
        return verdict != Verdict.TOO_FEW_ROWS;
    }

    /** Shares of blocks given features alone, as posteriors without a label: block 0 has none. */
    static Matrix withoutLabel(Predictions predictions) {
        Matrix shares = predictions.blocks();
        Matrix result = new Matrix(shares.rows(), shares.columns() + 1);
        for (int i = 0; i < shares.rows(); i++) {
            System.arraycopy(
                    shares.values(), shares.offset(i), result.values(), result.offset(i) + 1, shares.columns());
        }
        return result;
    }
}
