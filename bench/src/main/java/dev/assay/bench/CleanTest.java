package dev.assay.bench;

import dev.assay.bench.rival.BoostedTrees;
import dev.assay.bench.rival.SoftmaxRegression;
import dev.assay.data.Dataset;
import dev.assay.learn.Learner;
import dev.assay.work.Workers;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What models are worth on clean rows that were trained on some of the training rows; each choice of rows is trained once. */
final class CleanTest {
    private final NoiseCase.Draw draw;
    private final long seed;
    private final Workers workers;
    private final Map<BitSet, Accuracies> known = new HashMap<>();

    /** Shares of the test rows whose most probable class is theirs. */
    record Accuracies(double softmax, double trees) {}

    CleanTest(NoiseCase.Draw draw, long seed, Workers workers) {
        this.draw = draw;
        this.seed = seed;
        this.workers = workers;
    }

    Accuracies of(boolean[] kept) {
        BitSet rows = new BitSet(kept.length);
        for (int i = 0; i < kept.length; i++) {
            rows.set(i, kept[i]);
        }
        return known.computeIfAbsent(rows, ignored -> {
            Dataset training = draw.training().select(rows.stream().toArray());
            return new Accuracies(accuracy(new SoftmaxRegression(), training), accuracy(new BoostedTrees(), training));
        });
    }

    private double accuracy(Learner learner, Dataset training) {
        AccuracyCase.Problem problem = new AccuracyCase.Problem(training, null, null, List.of(draw.test()), "", 0);
        return AccuracyScore.of(problem, AccuracyCase.Judged.WHOLE, learner.train(training, seed, workers), 0, workers)
                .accuracy();
    }
}
