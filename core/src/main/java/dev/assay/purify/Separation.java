package dev.assay.purify;

import dev.assay.data.ClassTargets;
import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.model.Expert;
import dev.assay.work.Progress;
import dev.assay.work.Series;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Explained and unexplained labels told apart by cross-fitted expectation maximisation: in each round every part's labels
 * are judged by an expert that was trained on the other parts with the trust of the round before as weights, then {@link
 * LabelNoise} turns the answers into new trust. The parts are drawn afresh in every round, and the answers of the last
 * rounds are averaged.
 *
 * @param noise what the averaged answers say
 * @param answers the averaged answers: n x C log-probabilities (scaled), or n x 1 predictions
 * @param state where another run may go on, with another ridge for instance
 * @param rounds the rounds in order
 */
record Separation(LabelNoise noise, Matrix answers, State state, List<LabelNoise> rounds) {
    private static final long SEED_STEP = 1_000_003;

    private static final Series UNEXPLAINED =
            new Series("Labels that experts which did not see them do not explain", "round", "share of the labels, %");

    /**
     * How the rounds go. Trust w is sharpened to w^g / (w^g + (1 - w)^g) before it becomes a weight: experts with many
     * parameters leave the softness of the first rounds only that way.
     *
     * @param sharpening g of each round
     * @param averaged number of last rounds whose answers are averaged
     * @param parts number of parts
     */
    record Schedule(List<Double> sharpening, int averaged, int parts) {
        Schedule {
            sharpening = List.copyOf(sharpening);
        }

        /** For each ridge on the way down a path: sharp in the middle, soft in the end. */
        static Schedule onTheWay(int parts) {
            return new Schedule(List.of(1., 8., 20., 4., 1.), 1, parts);
        }

        /** For the result: soft, so that the trust in the end is a probability. */
        static Schedule atTheEnd(int parts) {
            return new Schedule(List.of(4., 2., 1., 1., 1., 1., 1., 1., 1., 1., 1., 1., 1., 1., 1., 1., 1.), 12, parts);
        }
    }

    /**
     * Between two rounds.
     *
     * @param trainingWeights weights with which experts are trained next, those of the examples included
     * @param start parameters from which their training starts, null for zero
     * @param round number of rounds so far
     */
    record State(double[] trainingWeights, double @Nullable [] start, int round) {
        /** Before the first round everything is trusted. */
        static State beginning(Dataset data) {
            return new State(data.weights(), null, 0);
        }
    }

    /** Runs the rounds of the schedule; O(rounds * parts) fits. */
    static Separation run(
            Dataset data,
            ContentOrder order,
            CrossFit crossFit,
            Schedule schedule,
            State from,
            long seed,
            Progress progress,
            Workers workers) {
        double[] weights = data.weights();
        State state = from;
        int rounds = schedule.sharpening().size();
        List<LabelNoise> course = new ArrayList<>();
        Matrix sum = new Matrix(data.size(), crossFit.loss().outputCount());
        int firstAveraged = rounds - schedule.averaged();
        for (int round = 0; round < rounds; round++) {
            progress.checkCancelled();
            int[] parts = order.assign(schedule.parts(), seed + SEED_STEP * state.round());
            CrossFit.Answers said =
                    crossFit.answer(data, state.trainingWeights(), parts, schedule.parts(), state.start(), workers);
            LabelNoise noise = LabelNoise.fit(said.answers(), data.targets(), weights);
            course.add(noise);
            progress.measured(UNEXPLAINED, state.round() + 1.0, 100 * noise.share());
            double[] training = sharpened(noise.trust(), schedule.sharpening().get(round), weights);
            state = new State(training, said.start(), state.round() + 1);
            if (round >= firstAveraged) {
                Dense.add(1, scaled(said.answers(), data, noise.scale()).values(), sum.values());
            } else if (noise.share() == 0) {
                // everything is explained: the rounds in between would only draw other parts
                round = firstAveraged - 1;
            }
        }
        Arrays.setAll(sum.values(), k -> sum.values()[k] / schedule.averaged());
        LabelNoise noise = LabelNoise.fit(sum, data.targets(), weights);
        return new Separation(noise, scaled(sum, data, noise.scale()), state, course);
    }

    /** Log-probabilities with the temperature applied; predictions stay as they are. */
    static Matrix scaled(Matrix answers, Dataset data, double scale) {
        Matrix result = answers.copy();
        if (data.targets() instanceof ClassTargets) {
            Arrays.setAll(result.values(), k -> scale * result.values()[k]);
            Expert.normalise(result);
        }
        return result;
    }

    private static double[] sharpened(double[] trust, double exponent, double[] weights) {
        double[] result = new double[trust.length];
        double sum = 0;
        for (int i = 0; i < result.length; i++) {
            double w = Math.min(1 - 1e-12, Math.max(1e-12, trust[i]));
            double logOdds = exponent * (Math.log(w) - Math.log1p(-w));
            result[i] = weights[i] / (1 + Math.exp(-logOdds));
            sum += result[i];
        }
        // where nothing at all is trusted there is no expert to train: begin again from all
        return sum > 0 ? result : weights.clone();
    }
}
