package dev.assay.noise;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.Partition;
import dev.assay.data.RealTargets;
import dev.assay.linalg.Matrix;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Experts of one view down a path of ridges, cross-fitted: for each ridge first experts that take all labels for right, then experts
 * that see the labels through the noise that those leave unexplained, noise and experts in turn, from where the last ridge left them. No row's label has any part in what is
 * said of it, but for the few numbers of the noise: so the log-likelihoods of different views and ridges can be compared as they are,
 * without an outer set of parts.
 */
final class NoisePath {
    private static final double TOLERANCE = 5e-3;
    private static final int FIRST_STEPS = 30;
    private static final int NEXT_STEPS = 15;
    /** How often noise and experts take turns. */
    private static final int TURNS = 2;
    /** A path ends when neither kind of expert has become better so often. */
    private static final int FALLS = 1;

    private NoisePath() {}

    /**
     * What one ridge came to.
     *
     * @param plain log-likelihood of each label, in nats, under experts that take all labels for right
     * @param noise the noise, fitted to what experts that know of it said of rows they had not seen
     * @param parts parameters of the expert of each part, which the next round may start from
     */
    record Candidate(NoiseView view, double ridge, double[] plain, Noise noise, List<double[]> parts) {
        double evidence(double[] weights) {
            return sum(noise.logLikelihoods(), weights);
        }

        double plainEvidence(double[] weights) {
            return sum(plain, weights);
        }

        private static double sum(double[] values, double[] weights) {
            double sum = 0;
            for (int i = 0; i < values.length; i++) {
                sum += weights[i] * values[i];
            }
            return sum;
        }
    }

    /**
     * Down the path.
     *
     * @param seen n x d, the rows through the view
     * @param parts of the rows
     */
    static List<Candidate> down(
            NoiseView view, Matrix seen, Dataset data, Partition parts, Progress progress, Workers workers) {
        double[] weights = data.weights();
        int outputs = outputs(data);
        PartExperts experts = new PartExperts(seen, weights, outputs);
        List<Candidate> result = new ArrayList<>();
        @Nullable List<double[]> start = null;
        Noise known = null;
        double best = Double.NEGATIVE_INFINITY;
        double bestPlain = Double.NEGATIVE_INFINITY;
        int falls = 0;
        for (double ridge : view.ridges()) {
            progress.checkCancelled();
            PartExperts.Trained trained =
                    experts.train(parts, asTheyAre(data), ridge, start, TOLERANCE, FIRST_STEPS, workers);
            start = trained.parameters();
            double[] plain = plain(trained.answers(), data);
            Noise noise = fit(trained.answers(), data, known);
            // wrong labels that the experts of a small ridge have taken in are unlearnt less easily than never learnt
            List<double[]> own =
                    result.isEmpty() ? start : result.get(result.size() - 1).parts();
            for (int turn = 0; turn < TURNS; turn++) {
                trained = experts.train(parts, noise.seenThrough(), ridge, own, TOLERANCE, NEXT_STEPS, workers);
                own = trained.parameters();
                noise = fit(trained.answers(), data, noise);
            }
            known = noise;
            Candidate next = new Candidate(view, ridge, plain, noise, own);
            result.add(next);
            boolean better = next.evidence(weights) > best || next.plainEvidence(weights) > bestPlain;
            falls = better ? 0 : falls + 1;
            best = Math.max(best, next.evidence(weights));
            bestPlain = Math.max(bestPlain, next.plainEvidence(weights));
            if (falls >= FALLS) {
                break;
            }
        }
        return result;
    }

    static int outputs(Dataset data) {
        return data.targets() instanceof ClassTargets classes ? classes.classes() : 1;
    }

    /** All labels taken for right. */
    static Responses asTheyAre(Dataset data) {
        if (data.targets() instanceof ClassTargets classes) {
            return new Responses.Labels(classes.codes());
        }
        double[] all = new double[data.size()];
        java.util.Arrays.fill(all, 1);
        return new Responses.Numbers(((RealTargets) data.targets()).values(), all);
    }

    /** The noise that explains the labels best, starting from what was known of it. */
    static Noise fit(Matrix answers, Dataset data, @Nullable Noise known) {
        if (data.targets() instanceof ClassTargets classes) {
            if (known instanceof ClassNoise before) {
                return ClassNoise.fit(
                        answers,
                        classes.codes(),
                        data.weights(),
                        ClassNoise.Kind.BY_CLASS,
                        before.transitions(),
                        before.scale());
            }
            return ClassNoise.fit(answers, classes.codes(), data.weights(), ClassNoise.Kind.BY_CLASS);
        }
        return Outliers.fit(answers, ((RealTargets) data.targets()).values(), data.weights());
    }

    /** Log-likelihood of each label without any noise, the answers calibrated. */
    static double[] plain(Matrix answers, Dataset data) {
        if (data.targets() instanceof ClassTargets classes) {
            return ClassNoise.fit(answers, classes.codes(), data.weights(), ClassNoise.Kind.NONE)
                    .logLikelihoods();
        }
        return StudentNoise.logDensities(answers, ((RealTargets) data.targets()).values(), data.weights());
    }
}
