package dev.assay.bench;

import dev.assay.bench.rival.Predictor;
import dev.assay.bench.rival.Rival;
import dev.assay.bench.rival.Trained;
import dev.assay.data.Dataset;
import dev.assay.learn.CrossFittedExpert;
import dev.assay.learn.Expert;
import dev.assay.learn.LearnerChoice;
import dev.assay.learn.LearnerSet;
import dev.assay.linalg.Matrix;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.List;

/**
 * One expert of all rows, chosen as those of blocks are. Nothing is divided.
 *
 * @param learners that it may be of
 */
record ExpertMethod(LearnerSet learners) implements Rival {
    @Override
    public String name() {
        return "expert";
    }

    @Override
    public Trained train(Dataset data, long seed, Workers workers) {
        CrossFittedExpert chosen = LearnerChoice.train(
                        data, List.of(data.weights()), learners, seed, Progress.NONE, workers)
                .get(0);
        int[] blocks = new int[data.size()];
        Arrays.fill(blocks, 1);
        Predictor predictor = predictor(chosen.expert());
        return new Trained(
                blocks, List.of(predictor), predictor, chosen.expert().name());
    }

    /** An expert's answers as probabilities. */
    static Predictor predictor(Expert expert) {
        return (x, workers) -> {
            Matrix answers = expert.answers(x, workers);
            Arrays.setAll(answers.values(), k -> Math.exp(answers.values()[k]));
            return answers;
        };
    }
}
