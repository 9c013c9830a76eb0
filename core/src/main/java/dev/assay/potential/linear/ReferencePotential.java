package dev.assay.potential.linear;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.RealTargets;
import dev.assay.data.Targets;
import dev.assay.linalg.Dense;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * V of the same features with other targets, the same model fitted anew: the two ends of the scale on which V of a data set is
 * read. With permuted targets it is what V is where the features say nothing; with targets drawn from one model it is what V
 * is where one rule made all of them, and only its own noise is left.
 *
 * @param variances V of each repetition
 */
public record ReferencePotential(double[] variances) {
    private static final int REPEATS = 5;
    /** Above so many multiplications for one V, one repetition has to do; V hardly varies between them then. */
    private static final double CHEAP = 1e9;

    /** How many repetitions are worth their time: several where V is cheap. */
    private static int repeats(LinearPotential model) {
        Dataset data = model.data();
        double order = (double) model.loss().logits() * Math.min(data.size(), data.dimension());
        return data.size() * order * order <= CHEAP ? REPEATS : 1;
    }

    /**
     * Permutes the targets; each time O of a fit and of one V.
     *
     * @param seed decides the permutations
     * @throws dev.assay.work.CancelledException if the progress was cancelled
     */
    public static ReferencePotential ofPermutedTargets(
            LinearPotential model, long seed, Workers workers, Progress progress) {
        return of(
                model,
                seed,
                (targets, random) -> targets.select(permutation(targets.size(), random)),
                "permuted labels",
                workers,
                progress);
    }

    /**
     * Draws all targets from one rule; each time O of a fit and of one V.
     *
     * @param rule what one model says of every row
     * @param seed decides what is drawn
     * @throws dev.assay.work.CancelledException if the progress was cancelled
     */
    public static ReferencePotential ofOneRule(
            LinearPotential model, LabelModel rule, long seed, Workers workers, Progress progress) {
        return of(
                model,
                seed,
                (targets, random) -> drawn(targets, rule, random),
                "labels of one rule",
                workers,
                progress);
    }

    private static ReferencePotential of(
            LinearPotential model,
            long seed,
            BiFunction<Targets, Random, Targets> others,
            String phase,
            Workers workers,
            Progress progress) {
        Dataset data = model.data();
        Random random = new Random(seed);
        double[] variances = new double[repeats(model)];
        progress.phase(phase, variances.length);
        for (int repeat = 0; repeat < variances.length; repeat++) {
            progress.checkCancelled();
            variances[repeat] = model.variance(data.withTargets(others.apply(data.targets(), random)), workers);
            progress.step(repeat + 1L);
        }
        return new ReferencePotential(variances);
    }

    private static int[] permutation(int n, Random random) {
        int[] result = IntStream.range(0, n).toArray();
        for (int k = n - 1; k > 0; k--) {
            int other = random.nextInt(k + 1);
            int kept = result[k];
            result[k] = result[other];
            result[other] = kept;
        }
        return result;
    }

    private static Targets drawn(Targets targets, LabelModel rule, Random random) {
        if (targets instanceof RealTargets real) {
            double[] values = new double[real.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = rule.answers().get(i, 0) + rule.deviation() * random.nextGaussian();
            }
            return new RealTargets(values, real.mean(), real.scale());
        }
        int[] codes = new int[targets.size()];
        for (int i = 0; i < codes.length; i++) {
            double left = random.nextDouble();
            int code = 0;
            while (code < rule.answers().columns() - 1
                    && (left -= Math.exp(rule.answers().get(i, code))) >= 0) {
                code++;
            }
            codes[i] = code;
        }
        return new ClassTargets(codes, ((ClassTargets) targets).names());
    }

    /** Mean of V over the repetitions. */
    public double mean() {
        double sum = 0;
        for (double variance : variances) {
            sum += variance;
        }
        return sum / variances.length;
    }

    /** Sample standard deviation of V over the repetitions; 0 for a single one. */
    public double standardDeviation() {
        if (variances.length == 1) {
            return 0;
        }
        double[] deviations = variances.clone();
        double mean = mean();
        for (int k = 0; k < deviations.length; k++) {
            deviations[k] -= mean;
        }
        return Math.sqrt(Dense.dot(deviations, deviations) / (deviations.length - 1));
    }
}
