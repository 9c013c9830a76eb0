package dev.assay.mixture;

import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.data.Partition;
import dev.assay.data.RealTargets;
import dev.assay.learn.CrossFit;
import dev.assay.linalg.LogSumExp;
import dev.assay.linalg.Matrix;
import dev.assay.model.LinearModel;
import dev.assay.model.NewtonTrainer;
import dev.assay.model.Objective;
import dev.assay.model.SoftLabelLoss;
import dev.assay.model.SoftmaxLoss;
import dev.assay.model.Trainer;
import dev.assay.model.TrustRegionNewtonTrainer;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Shares of blocks 1 to K that depend on x: g_k(x) in proportion to s_k exp(theta_k' x), block 0 left aside.
 *
 * @param logShares log s_k, to which a large ridge draws the gate back
 * @param theta K x d
 */
public record Gate(double[] logShares, Matrix theta) {
    private static final List<Double> RIDGES = List.of(1., 1e-1, 1e-2, 1e-3, 1e-4);
    private static final int PARTS = 4;
    private static final double GRADIENT_NORM = 1e-4;
    private static final int STEPS = 15;
    private static final int PRODUCTS = 100;
    private static final double TINY = 1e-12;

    /**
     * A gate with the ridge of the highest held-out log-likelihood of the labels.
     *
     * @param heldOut n x K log-shares by gates that did not see the row
     * @param logLikelihoods of each row, of blocks 1 to K with these shares, in nats
     * @param gain what the gate explains more than constant shares, in nats per row
     */
    public record Fitted(Gate gate, Matrix heldOut, double[] logLikelihoods, double[] constant, double gain) {}

    /** Fits one to the responsibilities of a mixture, judged by its experts' held-out log-likelihoods. */
    public static Fitted fit(
            Matrix x, double[] weights, MixtureState state, ContentOrder order, long seed, Workers workers) {
        return fit(x, weights, state.responsibilities(), state.expertLogLikelihoods(), order, seed, workers);
    }

    /**
     * Fits one.
     *
     * @param responsibilities n x (K + 1), block 0 first
     * @param expertLogLikelihoods n x K, in nats
     */
    public static Fitted fit(
            Matrix x,
            double[] weights,
            Matrix responsibilities,
            Matrix expertLogLikelihoods,
            ContentOrder order,
            long seed,
            Workers workers) {
        int n = x.rows();
        int k = expertLogLikelihoods.columns();
        Matrix masses = new Matrix(n, k);
        double[] shares = new double[k];
        double[] counts = new double[n];
        double total = 0;
        for (int i = 0; i < n; i++) {
            for (int b = 0; b < k; b++) {
                double mass = weights[i] * responsibilities.get(i, b + 1);
                masses.set(i, b, mass);
                shares[b] += mass;
                counts[i] += mass;
            }
            total += counts[i];
        }
        double all = total;
        double[] logShares =
                Arrays.stream(shares).map(share -> Math.log(share / all + TINY)).toArray();
        Partition parts = Partition.of(order, PARTS, seed);
        Dataset data = Dataset.of(
                x, new RealTargets(IntStream.range(0, n).asDoubleStream().toArray(), 0, 1));
        SoftLabelLoss loss = new SoftLabelLoss(masses, logShares);
        Matrix constantShares = new Matrix(n, k);
        for (int i = 0; i < n; i++) {
            System.arraycopy(logShares, 0, constantShares.values(), constantShares.offset(i), k);
        }
        double[] constant = Mixture.logLikelihoods(expertLogLikelihoods, constantShares);
        Fitted best = null;
        double highest = Double.NEGATIVE_INFINITY;
        List<double[]> starts = List.of();
        for (double ridge : RIDGES) {
            List<double[]> before = starts;
            CrossFit<double[]> fits = CrossFit.train(
                    parts,
                    part -> {
                        int[] others = IntStream.of(parts.outside(part))
                                .filter(i -> counts[i] > TINY)
                                .toArray();
                        return train(
                                data.select(others),
                                loss,
                                ridge,
                                mass(counts, others),
                                before.isEmpty() ? null : before.get(part),
                                workers);
                    },
                    workers);
            starts = fits.models();
            Matrix heldOut = fits.answers(
                    k,
                    (theta, rows) ->
                            new Gate(logShares, full(theta, k, x.columns())).logShares(x.selectRows(rows), workers),
                    workers);
            double[] judged = Mixture.logLikelihoods(expertLogLikelihoods, heldOut);
            double gain = 0;
            for (int i = 0; i < n; i++) {
                gain += counts[i] * (judged[i] - constant[i]) / all;
            }
            if (gain > highest) {
                highest = gain;
                int[] everything =
                        IntStream.range(0, n).filter(i -> counts[i] > TINY).toArray();
                double[] theta = train(data.select(everything), loss, ridge, all, starts.get(0), workers);
                best = new Fitted(new Gate(logShares, full(theta, k, x.columns())), heldOut, judged, constant, gain);
            }
        }
        if (best == null) {
            throw new IllegalStateException("no ridge was tried");
        }
        return best;
    }

    private static double mass(double[] counts, int[] rows) {
        return IntStream.of(rows).mapToDouble(i -> counts[i]).sum();
    }

    /** The ridge is meant per mass, the loss is a mean over rows. */
    private static double[] train(
            Dataset data, SoftLabelLoss loss, double ridge, double mass, double @Nullable [] start, Workers workers) {
        Objective objective = new Objective(data, loss, ridge * mass / data.size());
        Trainer trainer = Trainer.automatic(objective) instanceof NewtonTrainer
                ? new NewtonTrainer(GRADIENT_NORM, STEPS)
                : new TrustRegionNewtonTrainer(GRADIENT_NORM, STEPS, PRODUCTS);
        return trainer.fit(objective, start, workers).model().theta();
    }

    /** All K logits: with two blocks only the second one's is free. */
    private static Matrix full(double[] theta, int blocks, int features) {
        Matrix result = new Matrix(blocks, features);
        System.arraycopy(theta, 0, result.values(), result.values().length - theta.length, theta.length);
        return result;
    }

    /** log g_k(x), n x K. */
    public Matrix logShares(Matrix x, Workers workers) {
        LinearModel model = new LinearModel(new SoftmaxLoss(logShares.length), theta.columns(), theta.values());
        Matrix logits = model.logits(x, workers);
        for (int i = 0; i < logits.rows(); i++) {
            for (int b = 0; b < logShares.length; b++) {
                logits.set(i, b, logits.get(i, b) + logShares[b]);
            }
        }
        LogSumExp.normaliseRows(logits);
        return logits;
    }
}
