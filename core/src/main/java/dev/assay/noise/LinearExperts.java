package dev.assay.noise;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.Folds;
import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Linear experts of a view.
 *
 * @param parameters of the expert of each part, which the rounds start from
 */
record LinearExperts(PrincipalView view, double ridge, List<double[]> parameters) implements TriedExperts {
    private static final double TOLERANCE = 2e-3;
    private static final int STEPS = 25;
    private static final int FINAL_STEPS = 60;

    private static final double TRIAL_TOLERANCE = 5e-3;
    private static final int FIRST_STEPS = 30;
    private static final int NEXT_STEPS = 15;
    /** A path ends when neither kind of expert has become better so often. */
    private static final int FALLS = 1;

    /** C classes, or 1 for numbers. */
    static int outputs(Dataset data) {
        return data.targets() instanceof ClassTargets classes ? classes.classes() : 1;
    }

    /**
     * Tries those of a view down its path of ridges: for each ridge first experts that take all labels for right, then experts that see the
     * labels through the noise that those leave unexplained, noise and experts in turn, from where the last ridge left them. No row's label
     * has any part in what is said of it, but for the few numbers of the noise: so the log-likelihoods of different views and ridges can be
     * compared as they are, without an outer set of parts.
     */
    static List<ExpertTrial> tried(PrincipalView view, OutOfFoldRows sample, Progress progress, Workers workers) {
        Dataset data = sample.data();
        Folds parts = sample.parts();
        double[] weights = data.weights();
        FoldExperts experts = new FoldExperts(view.of(data.features(), workers), weights, outputs(data));
        List<ExpertTrial> result = new ArrayList<>();
        @Nullable List<double[]> start = null;
        @Nullable List<double[]> knowing = null;
        LabelNoise known = null;
        double best = Double.NEGATIVE_INFINITY;
        double bestPlain = Double.NEGATIVE_INFINITY;
        int falls = 0;
        for (double ridge : view.ridges()) {
            progress.checkCancelled();
            FoldExperts.Trained trained = experts.train(
                    parts, Responses.asTheyAre(data), ridge, start, TRIAL_TOLERANCE, FIRST_STEPS, workers);
            start = trained.parameters();
            double[] plain = LabelNoise.plain(trained.answers(), data, workers);
            LabelNoise noise = LabelNoise.fit(trained.answers(), data, known, workers);
            // wrong labels that the experts of a small ridge have taken in are unlearnt less easily than never learnt
            knowing = knowing == null ? start : knowing;
            for (int turn = 0; turn < TURNS; turn++) {
                trained =
                        experts.train(parts, noise.seenThrough(), ridge, knowing, TRIAL_TOLERANCE, NEXT_STEPS, workers);
                knowing = trained.parameters();
                noise = LabelNoise.fit(trained.answers(), data, noise, workers);
            }
            known = noise;
            ExpertTrial next = new ExpertTrial(new LinearExperts(view, ridge, knowing), plain, noise);
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

    @Override
    public String name() {
        return view.name();
    }

    @Override
    public String inWords() {
        return String.format(Locale.ROOT, "a %s expert with ridge %.2g", name(), ridge);
    }

    @Override
    public RetrainableExperts on(Dataset rows, double share, Workers workers) {
        return new Taught(
                view.of(rows.features(), workers), rows.weights(), outputs(rows), view, ridge * share, parameters);
    }

    private static final class Taught implements RetrainableExperts {
        private final Matrix seen;
        private final FoldExperts experts;
        private final PrincipalView view;
        private final double ridge;
        private List<double[]> parameters;

        Taught(
                Matrix seen,
                double[] weights,
                int outputs,
                PrincipalView view,
                double ridge,
                List<double[]> parameters) {
            this.seen = seen;
            this.experts = new FoldExperts(seen, weights, outputs);
            this.view = view;
            this.ridge = ridge;
            this.parameters = parameters;
        }

        @Override
        public Matrix untaught(double scale, Workers workers) {
            Matrix sum = new Matrix(seen.rows(), experts.outputs());
            for (double[] part : parameters) {
                Matrix one = FoldExperts.answers(part, seen, experts.outputs(), workers);
                Dense.add(scale / parameters.size(), one.values(), sum.values());
            }
            return sum;
        }

        @Override
        public Matrix teach(Folds parts, LabelNoise noise, double sharpness, boolean seenThrough, Workers workers) {
            Responses responses = seenThrough ? noise.seenThrough() : noise.corrected(sharpness);
            FoldExperts.Trained trained = experts.train(parts, responses, ridge, parameters, TOLERANCE, STEPS, workers);
            parameters = trained.parameters();
            return trained.answers();
        }

        @Override
        public UnaryOperator<Matrix> teachOne(LabelNoise noise, Workers workers) {
            double[] one = experts.train(
                            Folds.whole(experts.weights().length),
                            noise.corrected(1),
                            ridge,
                            null,
                            TOLERANCE,
                            FINAL_STEPS,
                            workers)
                    .parameters()
                    .get(0);
            Matrix weights = new Matrix(experts.outputs(), one.length / experts.outputs(), one);
            return features -> FoldExperts.normalised(view.combine(features, weights, workers));
        }
    }
}
