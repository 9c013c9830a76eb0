package dev.assay.potential;

import dev.assay.influence.GradientSpace;
import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Moments of X(i, j) over the ordered pairs i != j. Mean, variance and raw second moment are exact; the others are too,
 * up to {@link #EXACT_LIMIT} examples. Above it they come from all pairs inside of a number of disjoint random groups, with
 * the standard error of the mean over the groups.
 *
 * @param potential mean and V, exact
 * @param skewness E (X - mean)^3 / V^(3/2)
 * @param excessKurtosis E (X - mean)^4 / V^2 - 3; 0 for a normal distribution, large where few pairs make up V
 * @param rawSecond E X^2, exact
 * @param rawFourth E X^4
 * @param skewnessError standard error of the skewness, 0 where it is exact
 * @param excessKurtosisError standard error of the excess kurtosis, 0 where it is exact
 * @param rawFourthError standard error of the raw fourth moment, 0 where it is exact
 * @param pairs ordered pairs that were looked at
 */
public record InfluenceMoments(
        Potential potential,
        double skewness,
        double excessKurtosis,
        double rawSecond,
        double rawFourth,
        double skewnessError,
        double excessKurtosisError,
        double rawFourthError,
        long pairs) {
    /** Up to so many examples all pairs are looked at. */
    public static final int EXACT_LIMIT = 5000;

    private static final int ROWS = 256;
    private static final int GROUPS = 16;

    /**
     * The moments; O(n p^2 + min(n, 5000)^2 p) time, O(block + p^2) memory.
     *
     * @param seed decides which examples are sampled above the limit
     */
    public static InfluenceMoments of(GradientSpace space, long seed, Workers workers) {
        return of(space, EXACT_LIMIT, seed, workers);
    }

    /** The same with another limit for looking at all pairs, and groups of a sixteenth of it above. */
    static InfluenceMoments of(GradientSpace space, int exactLimit, long seed, Workers workers) {
        Potential potential = Potential.of(space, workers);
        int n = space.size();
        if (n <= exactLimit) {
            int[] all = IntStream.range(0, n).toArray();
            return from(potential, List.of(powers(space, potential.mean(), all, workers)));
        }
        int[] sample = sample(n, exactLimit / GROUPS * GROUPS, seed);
        int size = sample.length / GROUPS;
        return from(
                potential,
                IntStream.range(0, GROUPS)
                        .mapToObj(group -> powers(
                                space,
                                potential.mean(),
                                Arrays.copyOfRange(sample, group * size, (group + 1) * size),
                                workers))
                        .toList());
    }

    /** Distinct indices below n, in random order. */
    private static int[] sample(int n, int count, long seed) {
        Random random = new Random(seed);
        int[] indices = IntStream.range(0, n).toArray();
        for (int k = 0; k < count; k++) {
            int other = k + random.nextInt(n - k);
            int kept = indices[k];
            indices[k] = indices[other];
            indices[other] = kept;
        }
        return Arrays.copyOf(indices, count);
    }

    private static InfluenceMoments from(Potential potential, List<Powers> groups) {
        double variance = potential.variance();
        double[] skewness = groups.stream()
                .mapToDouble(group -> group.third / group.weight / Math.pow(variance, 1.5))
                .toArray();
        double[] kurtosis = groups.stream()
                .mapToDouble(group -> group.fourth / group.weight / (variance * variance) - 3)
                .toArray();
        double[] rawFourth = groups.stream()
                .mapToDouble(group -> group.rawFourth / group.weight)
                .toArray();
        return new InfluenceMoments(
                potential,
                mean(skewness),
                mean(kurtosis),
                variance + potential.mean() * potential.mean(),
                mean(rawFourth),
                standardError(skewness),
                standardError(kurtosis),
                standardError(rawFourth),
                groups.stream().mapToLong(group -> group.pairs).sum());
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double standardError(double[] values) {
        if (values.length == 1) {
            return 0;
        }
        double mean = mean(values);
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        return Math.sqrt(sum / (values.length - 1) / values.length);
    }

    /** Weighted sums of powers over ordered pairs. */
    private static final class Powers {
        private double weight;
        private double third;
        private double fourth;
        private double rawFourth;
        private long pairs;

        void add(double pairWeight, double influence, double mean, int count) {
            double deviation = influence - mean;
            double square = deviation * deviation;
            double rawSquare = influence * influence;
            weight += pairWeight;
            third += pairWeight * square * deviation;
            fourth += pairWeight * square * square;
            rawFourth += pairWeight * rawSquare * rawSquare;
            pairs += count;
        }

        Powers merge(Powers other) {
            weight += other.weight;
            third += other.third;
            fourth += other.fourth;
            rawFourth += other.rawFourth;
            pairs += other.pairs;
            return this;
        }
    }

    /** All pairs among the given examples, by blocks of rows; X is symmetric, so only blocks on and above the diagonal. */
    private static Powers powers(GradientSpace space, double mean, int[] examples, Workers workers) {
        double[] weights = space.weights();
        return workers.reduce(
                examples.length,
                ROWS,
                Powers::new,
                (powers, from, to) -> {
                    Matrix left =
                            space.solve(space.gradients(Arrays.copyOfRange(examples, from, to), workers), workers);
                    for (int start = from; start < examples.length; start += ROWS) {
                        int end = Math.min(examples.length, start + ROWS);
                        Matrix right = space.gradients(Arrays.copyOfRange(examples, start, end), workers);
                        Matrix block = Dense.multiplyTransposed(left, right, workers);
                        for (int i = from; i < to; i++) {
                            double w = weights[examples[i]];
                            for (int j = Math.max(i, start); j < end; j++) {
                                double influence = -block.get(i - from, j - start);
                                if (i == j) {
                                    // copies of the same example that its weight stands for
                                    powers.add(w * w - PairWeights.selfPairs(w), influence, mean, 0);
                                } else {
                                    powers.add(2 * w * weights[examples[j]], influence, mean, 2);
                                }
                            }
                        }
                    }
                },
                Powers::merge);
    }
}
