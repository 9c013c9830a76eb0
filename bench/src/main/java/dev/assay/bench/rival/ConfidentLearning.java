package dev.assay.bench.rival;

import dev.assay.data.Dataset;
import dev.assay.learn.Learner;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Confident learning (Northcutt, Jiang, Chuang 2021), pruned by noise rate, which is what cleanlab 2.9 does when nothing is
 * said: out-of-fold probabilities of five folds; as many rows of each given class as the {@link ConfidentJoint} has of each
 * other class are removed, those first whose probability of the other class exceeds that of their own most, but none whose
 * own class is the most probable one. The learner is then trained on the others.
 */
public final class ConfidentLearning implements Rival {
    private final Learner learner;

    /** With the probabilities of a learner. */
    public ConfidentLearning(Learner learner) {
        this.learner = learner;
    }

    /**
     * What it thinks of each row.
     *
     * @param kept whether its label is believed
     * @param selfConfidence out-of-fold probability of its label; lower = more suspicious
     */
    public record Opinion(boolean[] kept, double[] selfConfidence) {}

    @Override
    public String name() {
        return "confident-" + learner.name();
    }

    @Override
    public Trained train(Dataset data, long seed, Workers workers) {
        boolean[] kept = opinion(data, seed, workers).kept();
        int[] rows = IntStream.range(0, kept.length).filter(i -> kept[i]).toArray();
        return Trained.ofOne(kept, learner.fit(data.select(rows), seed, workers));
    }

    /** Which labels it believes. */
    public Opinion opinion(Dataset data, long seed, Workers workers) {
        Matrix probabilities = outOfFold(data, seed, workers);
        int[] codes = Linear.codes(data).codes();
        double[] own = IntStream.range(0, codes.length)
                .mapToDouble(i -> probabilities.get(i, codes[i]))
                .toArray();
        return new Opinion(kept(probabilities, codes), own);
    }

    private Matrix outOfFold(Dataset data, long seed, Workers workers) {
        int[] folds = Linear.folds(data, seed, workers);
        List<Matrix> answers = workers.mapBlocks(
                Linear.foldCount(),
                1,
                (fold, ignored) -> learner.fit(data.select(Linear.rows(folds, fold, false)), seed, workers)
                        .probabilities(data.features().selectRows(Linear.rows(folds, fold, true)), workers));
        Matrix result = new Matrix(data.size(), Linear.classes(data));
        for (int fold = 0; fold < answers.size(); fold++) {
            Matrix its = answers.get(fold);
            int[] own = Linear.rows(folds, fold, true);
            for (int k = 0; k < own.length; k++) {
                System.arraycopy(its.values(), its.offset(k), result.values(), result.offset(own[k]), its.columns());
            }
        }
        return result;
    }

    static boolean[] kept(Matrix probabilities, int[] codes) {
        int[][] joint = ConfidentJoint.of(probabilities, codes).counts();
        boolean[] kept = new boolean[codes.length];
        Arrays.fill(kept, true);
        for (int c = 0; c < joint.length; c++) {
            int given = c;
            int[] own = IntStream.range(0, codes.length)
                    .filter(i -> codes[i] == given)
                    .toArray();
            for (int other = 0; other < joint.length; other++) {
                if (other != given && joint[given][other] > 0) {
                    prune(probabilities, own, given, other, joint[given][other], kept);
                }
            }
        }
        for (int i = 0; i < codes.length; i++) {
            kept[i] |= ConfidentJoint.likeliest(probabilities, i) == codes[i];
        }
        return kept;
    }

    /** Rows that are as far beyond the border to the other class as the one that is the count-th farthest. */
    private static void prune(Matrix probabilities, int[] own, int given, int other, int count, boolean[] kept) {
        double[] margins = IntStream.of(own)
                .mapToDouble(i -> probabilities.get(i, other) - probabilities.get(i, given))
                .toArray();
        double cut = Arrays.stream(margins).sorted().toArray()[margins.length - count];
        for (int k = 0; k < own.length; k++) {
            kept[own[k]] &= margins[k] < cut;
        }
    }
}
