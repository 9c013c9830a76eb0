package dev.assay.bench.rival;

import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.linalg.Matrix;
import dev.assay.model.LinearModel;
import dev.assay.predict.Predictor;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Plain expectation maximisation for a mixture of softmax regressions with constant shares, p(y|x) = sum_k pi_k p_k(y|x):
 * every row is scored by experts that were trained with it. Several random starts, of which the likeliest is taken; number
 * of experts (1 to 4) and ridge by the log-likelihood of held-out rows, a fifth of all or of 2000.
 */
public final class MixtureByEm implements Rival {
    private static final int MOST_EXPERTS = 4;
    private static final double[] RIDGES = {1e-2, 1e-3, 1e-4};
    private static final int STARTS = 3;
    private static final int ITERATIONS = 60;
    private static final int NEWTON_STEPS = 1;
    private static final int TUNING_ROWS = 2000;
    /** Added to every posterior, so that no expert is left without rows. */
    private static final double SMALLEST_WEIGHT = 1e-8;

    private static final double TOLERANCE = 1e-5;

    @Override
    public String name() {
        return "em";
    }

    /** Experts, shares, and the mean log-likelihood of the rows they were trained on. */
    private record Mixture(List<LinearModel> experts, double[] shares, double logLikelihood) implements Predictor {
        @Override
        public Matrix probabilities(Matrix x, Workers workers) {
            Matrix result = new Matrix(x.rows(), experts.get(0).loss().outputCount());
            for (int k = 0; k < shares.length; k++) {
                Matrix its = experts.get(k).outputs(x, workers);
                for (int i = 0; i < its.values().length; i++) {
                    result.values()[i] += shares[k] * its.values()[i];
                }
            }
            return result;
        }

        /** Posterior of each expert, n x K, and the log-likelihood in a column behind. */
        Matrix posteriors(Dataset data, Workers workers) {
            int[] codes = Linear.codes(data).codes();
            int count = shares.length;
            Matrix result = new Matrix(codes.length, count + 1);
            for (int k = 0; k < count; k++) {
                Matrix its = experts.get(k).outputs(data.features(), workers);
                for (int i = 0; i < codes.length; i++) {
                    result.set(i, k, shares[k] * Math.max(1e-300, its.get(i, codes[i])));
                }
            }
            for (int i = 0; i < codes.length; i++) {
                double sum = 0;
                for (int k = 0; k < count; k++) {
                    sum += result.get(i, k);
                }
                for (int k = 0; k < count; k++) {
                    result.set(i, k, result.get(i, k) / sum);
                }
                result.set(i, count, Math.log(sum));
            }
            return result;
        }
    }

    @Override
    public Trained train(Dataset data, long seed, Workers workers) {
        Linear.View view = Linear.view(data, workers);
        Dataset seen = view.data();
        Dataset sample = seen.select(ContentOrder.of(seen, workers).sample(TUNING_ROWS, seed));
        int[] folds = Linear.folds(sample, seed, workers);
        Dataset training = sample.select(Linear.rows(folds, 0, false));
        Dataset held = sample.select(Linear.rows(folds, 0, true));
        int bestCount = 1;
        double bestRidge = RIDGES[0];
        double highest = Double.NEGATIVE_INFINITY;
        for (int count = 1; count <= MOST_EXPERTS; count++) {
            for (double ridge : RIDGES) {
                Matrix probabilities =
                        fit(training, count, ridge, seed, workers).probabilities(held.features(), workers);
                double value = Linear.meanLogLikelihood(
                        probabilities, Linear.codes(held).codes());
                if (value > highest) {
                    highest = value;
                    bestCount = count;
                    bestRidge = ridge;
                }
            }
        }
        Mixture mixture = fit(seen, bestCount, bestRidge, seed, workers);
        Matrix posteriors = mixture.posteriors(seen, workers);
        int count = bestCount;
        int[] blocks = IntStream.range(0, seen.size())
                .map(i -> {
                    int best = 0;
                    for (int k = 1; k < count; k++) {
                        best = posteriors.get(i, k) > posteriors.get(i, best) ? k : best;
                    }
                    return best;
                })
                .toArray();
        List<Predictor> experts = mixture.experts().stream()
                .map(expert -> view.predictor(Linear.predictor(expert)))
                .toList();
        return Trained.ofSeveral(blocks, experts, view.predictor(mixture));
    }

    private static Mixture fit(Dataset data, int count, double ridge, long seed, Workers workers) {
        int starts = count == 1 ? 1 : STARTS;
        List<Mixture> fitted = workers.mapBlocks(
                starts,
                1,
                (start, ignored) -> fitFrom(data, count, ridge, new SplittableRandom(seed + 7919L * start), workers));
        Mixture best = fitted.get(0);
        for (Mixture one : fitted) {
            best = one.logLikelihood() > best.logLikelihood() ? one : best;
        }
        return best;
    }

    private static Mixture fitFrom(Dataset data, int count, double ridge, SplittableRandom random, Workers workers) {
        int n = data.size();
        Matrix weights = new Matrix(n, count + 1);
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int k = 0; k < count; k++) {
                double drawn = -Math.log(1 - random.nextDouble());
                weights.set(i, k, drawn);
                sum += drawn;
            }
            for (int k = 0; k < count; k++) {
                weights.set(i, k, weights.get(i, k) / sum);
            }
        }
        @Nullable Mixture mixture = null;
        double before = Double.NEGATIVE_INFINITY;
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            List<LinearModel> experts = new ArrayList<>();
            double[] shares = new double[count];
            for (int k = 0; k < count; k++) {
                double[] own = new double[n];
                for (int i = 0; i < n; i++) {
                    own[i] = SMALLEST_WEIGHT + weights.get(i, k);
                }
                shares[k] = Arrays.stream(own).sum() / (n * (1 + count * SMALLEST_WEIGHT));
                double @Nullable [] start =
                        mixture == null ? null : mixture.experts().get(k).theta();
                experts.add(Linear.approach(data.withWeights(own), ridge, start, NEWTON_STEPS, workers));
            }
            mixture = new Mixture(experts, shares, Double.NaN);
            weights = mixture.posteriors(data, workers);
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += weights.get(i, count);
            }
            mixture = new Mixture(experts, shares, sum / n);
            if (Math.abs(sum / n - before) < TOLERANCE) {
                break;
            }
            before = sum / n;
        }
        if (mixture == null) {
            throw new IllegalStateException("no iteration was made");
        }
        return mixture;
    }
}
