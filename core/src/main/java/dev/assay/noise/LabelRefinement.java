package dev.assay.noise;

import dev.assay.data.Folds;
import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.work.Progress;
import dev.assay.work.Seeds;
import dev.assay.work.Series;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rounds in which experts teach one another: each is taught what the labels seem to be to all of them on the mean.
 *
 * @param course the noise of each round, the last one fitted to answers averaged over the last rounds
 * @param pupils of each kind
 * @param scales of their answers in the last round
 */
record LabelRefinement(List<LabelNoise> course, List<RetrainableExperts> pupils, double[] scales) {
    /** Sharpness of the posteriors in each round: experts with many parameters leave their first doubts only that way. */
    private static final double[] ROUNDS = {4, 8, 4, 2, 1, 1, 1, 1};
    /**
     * So many of the last rounds train experts that see the labels through the noise, where rows are many: a small group of rows that took
     * its own wrong labels for doubt is put right by what its labels say together. With few rows such experts learn labels by heart.
     */
    private static final int SEEN_THROUGH = 4;
    /** The same where next to nothing is wrong. */
    private static final double[] FEW_ROUNDS = {1, 1};
    /** A share below this needs no rounds. */
    private static final double NOTHING = 0.002;

    private static final int AVERAGED = 4;
    private static final Series WRONG =
            new Series("Labels that experts which did not see them do not explain", "round", "share of the labels, %");

    static LabelRefinement of(ExpertChoice choice, OutOfFoldRows whole, long seed, Progress progress, Workers workers) {
        progress.phase("experts teach one another", ROUNDS.length);
        List<ExpertTrial> experts = choice.experts();
        double share = (double) choice.sample().size() / whole.size();
        List<RetrainableExperts> pupils = new ArrayList<>();
        for (ExpertTrial expert : experts) {
            pupils.add(expert.experts().on(whole.data(), share, workers));
        }
        int outputs = LinearExperts.outputs(whole.data());
        LabelNoise noise = LabelNoise.fit(
                first(choice, whole, pupils, workers),
                whole.data(),
                experts.get(0).noise(),
                workers);
        List<LabelNoise> course = new ArrayList<>(List.of(noise));
        double[] schedule = noise.share() < NOTHING ? FEW_ROUNDS : ROUNDS;
        int averaged = Math.min(AVERAGED, schedule.length);
        Matrix sum = new Matrix(whole.size(), outputs);
        double[] scales = new double[experts.size()];
        Arrays.fill(scales, 1);
        for (int round = 0; round < schedule.length; round++) {
            progress.checkCancelled();
            progress.step(round);
            Matrix mean = new Matrix(whole.size(), outputs);
            boolean seenThrough = whole.size() >= OutOfFoldRows.FEW_ROWS
                    && schedule.length > FEW_ROUNDS.length
                    && schedule.length - round <= SEEN_THROUGH;
            Folds parts = Folds.of(whole.order(), whole.parts().count(), Seeds.child(seed, "teaching round", round));
            for (int e = 0; e < pupils.size(); e++) {
                Matrix said = pupils.get(e).teach(parts, noise, schedule[round], seenThrough, workers);
                if (pupils.size() > 1) {
                    LabelNoise own = LabelNoise.fit(said, whole.data(), noise, workers);
                    said = own.answers();
                    scales[e] = own.scale();
                }
                Dense.add(1.0 / pupils.size(), said.values(), mean.values());
            }
            noise = LabelNoise.fit(mean, whole.data(), noise, workers);
            course.add(noise);
            progress.measured(WRONG, round + 1.0, 100 * noise.share());
            if (round >= schedule.length - averaged) {
                Dense.add(1.0 / averaged, mean.values(), sum.values());
            }
        }
        course.add(LabelNoise.fit(sum, whole.data(), noise, workers));
        return new LabelRefinement(course, pupils, scales);
    }

    /** What the experts of the choice say: of their own rows out of fold, of others the mean of all parts' experts. */
    private static Matrix first(
            ExpertChoice choice, OutOfFoldRows whole, List<RetrainableExperts> pupils, Workers workers) {
        int[] own = choice.sample().rows();
        Matrix mean = new Matrix(whole.size(), LinearExperts.outputs(whole.data()));
        for (int e = 0; e < pupils.size(); e++) {
            LabelNoise noise = choice.experts().get(e).noise();
            Matrix said = noise.answers();
            if (own.length != whole.size()) {
                said = pupils.get(e).untaught(noise.scale(), workers);
                int outputs = said.columns();
                for (int k = 0; k < own.length; k++) {
                    int at = Arrays.binarySearch(whole.rows(), own[k]);
                    if (at >= 0) {
                        System.arraycopy(noise.answers().values(), k * outputs, said.values(), at * outputs, outputs);
                    }
                }
            }
            Dense.add(1.0 / pupils.size(), said.values(), mean.values());
        }
        return mean;
    }

    /** Of the averaged answers. */
    LabelNoise noise() {
        return course.get(course.size() - 1);
    }
}
