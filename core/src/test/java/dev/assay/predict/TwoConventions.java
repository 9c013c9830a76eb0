package dev.assay.predict;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.Folds;
import dev.assay.data.RealTargets;
import dev.assay.data.Targets;
import dev.assay.divide.Block;
import dev.assay.divide.Division;
import dev.assay.divide.Verdict;
import dev.assay.learn.CrossFittedExpert;
import dev.assay.learn.LinearLearner;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One function of x in source 1, the opposite in source 2; feature 2 gives the source away.
 *
 * @param sources 1 or 2 of each row
 */
record TwoConventions(Dataset data, int[] sources) {
    private static final int FEATURES = 4;

    /**
     * Rows.
     *
     * @param first share of source 1
     * @param apart how far feature 2 of the sources is apart, in standard deviations
     */
    static TwoConventions of(int n, double first, double apart, boolean numbers, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix x = new Matrix(n, FEATURES);
        int[] sources = new int[n];
        int[] codes = new int[n];
        double[] reals = new double[n];
        for (int i = 0; i < n; i++) {
            sources[i] = random.nextDouble() < first ? 1 : 2;
            for (int j = 0; j < FEATURES - 1; j++) {
                x.set(i, j, random.nextGaussian());
            }
            x.set(i, FEATURES - 1, 1);
            x.set(i, 2, x.get(i, 2) + (sources[i] == 1 ? apart / 2 : -apart / 2));
            double score = (x.get(i, 0) - x.get(i, 1)) * (sources[i] == 1 ? 1 : -1);
            codes[i] = score + 0.3 * random.nextGaussian() > 0 ? 1 : 0;
            reals[i] = score / Math.sqrt(2) + 0.1 * random.nextGaussian();
        }
        Targets targets = numbers ? new RealTargets(reals, 10, 2) : new ClassTargets(codes, List.of("no", "yes"));
        return new TwoConventions(Dataset.of(x, targets), sources);
    }

    /** The division that a perfect divider would find. */
    Division division(Workers workers) {
        int n = data.size();
        List<Block> blocks = new ArrayList<>();
        Matrix logLikelihoods = new Matrix(n, 2);
        Matrix posteriors = new Matrix(n, 3);
        for (int k = 0; k < 2; k++) {
            double[] weights = new double[n];
            int size = 0;
            for (int i = 0; i < n; i++) {
                weights[i] = sources[i] == k + 1 ? 1 : 0;
                size += (int) weights[i];
            }
            CrossFittedExpert expert =
                    new LinearLearner(true, false).crossFit(data, weights, Folds.of(data, 4, 1, workers), 1, workers);
            for (int i = 0; i < n; i++) {
                logLikelihoods.set(i, k, expert.logLikelihoods()[i]);
                posteriors.set(i, k + 1, weights[i]);
            }
            blocks.add(new Block(expert.expert(), size / (double) n, size, 0, 1, List.of(), ""));
        }
        return new Division(
                data,
                Verdict.MIXED,
                blocks,
                posteriors,
                sources,
                logLikelihoods,
                new Matrix(n, 2),
                new double[n],
                new double[n],
                new double[n],
                0,
                "constant",
                List.of(),
                List.of(),
                null,
                null);
    }
}
