package dev.assay.mixture;

import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.data.Folds;
import dev.assay.data.RealTargets;
import dev.assay.learn.CrossFit;
import dev.assay.linalg.Matrix;
import dev.assay.model.NewtonTrainer;
import dev.assay.model.Objective;
import dev.assay.model.SoftLabelLoss;
import dev.assay.model.Trainer;
import dev.assay.model.TrustRegionNewtonTrainer;
import dev.assay.work.Seeds;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A gate fitted to responsibilities, with the ridge of the highest held-out log-likelihood of the labels.
 *
 * @param heldOut n x K log-shares by gates that did not see the row
 * @param logLikelihoods of each row, of blocks 1 to K with these shares, in nats
 * @param constant the same with constant shares
 * @param gain what the gate explains more than constant shares, in nats per row
 */
public record GateFit(Gate gate, Matrix heldOut, double[] logLikelihoods, double[] constant, double gain) {
    private static final List<Double> RIDGES = List.of(1., 1e-1, 1e-2, 1e-3, 1e-4);
    private static final int PARTS = 4;
    private static final double GRADIENT_NORM = 1e-4;
    private static final int STEPS = 15;
    private static final int PRODUCTS = 100;
    private static final double TINY = 1e-12;

    /** One for the responsibilities of a mixture, judged by its experts' held-out log-likelihoods. */
    static GateFit of(Dataset data, MixtureState state, ContentOrder order, long seed, Workers workers) {
        return of(
                data.features(),
                data.weights(),
                state.responsibilities(),
                state.expertLogLikelihoods(),
                order,
                seed,
                workers);
    }

    /**
     * Fits one: O(ridges parts n K^2 d^2) at most.
     *
     * @param x n x d, the bias last
     * @param responsibilities n x (K + 1), block 0 first
     * @param expertLogLikelihoods n x K, in nats
     */
    public static GateFit of(
            Matrix x,
            double[] weights,
            Matrix responsibilities,
            Matrix expertLogLikelihoods,
            ContentOrder order,
            long seed,
            Workers workers) {
        Masses masses = Masses.of(weights, responsibilities);
        Folds parts = Folds.of(order, PARTS, Seeds.child(seed, "gate parts"));
        double[] constant = Mixture.logLikelihoods(expertLogLikelihoods, masses.constantShares());
        GateFit best = null;
        List<double[]> starts = List.of();
        for (double ridge : RIDGES) {
            List<double[]> before = starts;
            CrossFit<double[]> fits = CrossFit.train(
                    parts,
                    part -> masses.train(
                            x, parts.outside(part), ridge, before.isEmpty() ? null : before.get(part), workers),
                    workers);
            starts = fits.models();
            Matrix heldOut = fits.answers(
                    expertLogLikelihoods.columns(),
                    (theta, rows) -> masses.gate(theta, x.columns()).logShares(x.selectRows(rows), workers),
                    workers);
            double[] judged = Mixture.logLikelihoods(expertLogLikelihoods, heldOut);
            double gain = masses.gain(judged, constant);
            if (gain > (best == null ? Double.NEGATIVE_INFINITY : best.gain())) {
                int[] all = IntStream.range(0, x.rows()).toArray();
                double[] theta = masses.train(x, all, ridge, starts.get(0), workers);
                best = new GateFit(masses.gate(theta, x.columns()), heldOut, judged, constant, gain);
            }
        }
        if (best == null) {
            throw new IllegalStateException("no ridge was tried");
        }
        return best;
    }

    /**
     * What a gate is fitted to.
     *
     * @param ofBlocks n x K, responsibilities times weights
     * @param counts what each row counts for, block 0 apart
     * @param total of the counts
     * @param logShares of blocks 1 to K, among the counts
     */
    private record Masses(Matrix ofBlocks, double[] counts, double total, double[] logShares) {
        static Masses of(double[] weights, Matrix responsibilities) {
            Matrix masses = new Matrix(weights.length, responsibilities.columns() - 1);
            double[] shares = new double[masses.columns()];
            double[] counts = new double[weights.length];
            double total = 0;
            for (int i = 0; i < counts.length; i++) {
                for (int b = 0; b < shares.length; b++) {
                    double mass = weights[i] * responsibilities.get(i, b + 1);
                    masses.set(i, b, mass);
                    shares[b] += mass;
                    counts[i] += mass;
                }
                total += counts[i];
            }
            double all = total;
            Arrays.setAll(shares, b -> Math.log(shares[b] / all + TINY));
            return new Masses(masses, counts, total, shares);
        }

        Matrix constantShares() {
            Matrix result = new Matrix(counts.length, logShares.length);
            for (int i = 0; i < counts.length; i++) {
                System.arraycopy(logShares, 0, result.values(), result.offset(i), logShares.length);
            }
            return result;
        }

        /** The gate's parameters, from those of some rows that count; its ridge is meant per mass, the loss is a mean over rows. */
        double[] train(Matrix x, int[] rows, double ridge, double @Nullable [] start, Workers workers) {
            int[] counted = IntStream.of(rows).filter(i -> counts[i] > TINY).toArray();
            double mass = IntStream.of(counted).mapToDouble(i -> counts[i]).sum();
            RealTargets places =
                    new RealTargets(IntStream.of(counted).asDoubleStream().toArray(), 0, 1);
            Objective objective = new Objective(
                    Dataset.of(x.selectRows(counted), places),
                    new SoftLabelLoss(ofBlocks, logShares),
                    ridge * mass / counted.length);
            Trainer trainer = Trainer.automatic(objective) instanceof NewtonTrainer
                    ? new NewtonTrainer(GRADIENT_NORM, STEPS)
                    : new TrustRegionNewtonTrainer(GRADIENT_NORM, STEPS, PRODUCTS);
            return trainer.fit(objective, start, workers).model().theta();
        }

        /** With all K logits: with two blocks only the second one's is free. */
        Gate gate(double[] theta, int features) {
            Matrix all = new Matrix(logShares.length, features);
            System.arraycopy(theta, 0, all.values(), all.values().length - theta.length, theta.length);
            return new Gate(logShares, all);
        }

        /** In nats per row. */
        double gain(double[] logLikelihoods, double[] constant) {
            double gain = 0;
            for (int i = 0; i < counts.length; i++) {
                gain += counts[i] * (logLikelihoods[i] - constant[i]) / total;
            }
            return gain;
        }
    }
}
