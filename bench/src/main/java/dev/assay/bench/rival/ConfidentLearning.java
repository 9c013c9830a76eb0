package dev.assay.bench.rival;

import dev.assay.data.Dataset;
import dev.assay.linalg.Matrix;
import dev.assay.model.LinearModel;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Confident learning (Northcutt, Jiang, Chuang 2021): out-of-fold probabilities from a tuned softmax regression; a class is
 * confident for a row where its probability reaches the mean that the rows labelled so give it; rows whose most probable
 * confident class is not their label are removed, and the model is trained on the others.
 */
public final class ConfidentLearning implements Rival {
    @Override
    public String name() {
        return "confident";
    }

    @Override
    public Trained train(Dataset data, long seed, Workers workers) {
        Linear.View view = Linear.view(data, workers);
        Dataset seen = view.data();
        double ridge = Linear.tune(seen, seed, workers).ridge();
        int[] folds = Linear.folds(seen, seed, workers);
        Matrix probabilities = new Matrix(seen.size(), Linear.classes(seen));
        for (int fold = 0; fold < Linear.foldCount(); fold++) {
            LinearModel model = Linear.fit(seen.select(Linear.rows(folds, fold, false)), ridge, null, workers);
            int[] own = Linear.rows(folds, fold, true);
            Matrix its = model.outputs(seen.features().selectRows(own), workers);
            for (int k = 0; k < own.length; k++) {
                System.arraycopy(
                        its.values(),
                        its.offset(k),
                        probabilities.values(),
                        probabilities.offset(own[k]),
                        its.columns());
            }
        }
        int[] codes = Linear.codes(seen).codes();
        boolean[] kept = kept(probabilities, codes);
        int[] rows = IntStream.range(0, kept.length).filter(i -> kept[i]).toArray();
        return Trained.ofOne(kept, Linear.predictor(Linear.tuned(data.select(rows), seed, workers)));
    }

    /** Rows on the diagonal of the confident joint, and those that no class is confident for. */
    static boolean[] kept(Matrix probabilities, int[] codes) {
        int classes = probabilities.columns();
        double[] thresholds = new double[classes];
        int[] counts = new int[classes];
        for (int i = 0; i < codes.length; i++) {
            thresholds[codes[i]] += probabilities.get(i, codes[i]);
            counts[codes[i]]++;
        }
        for (int c = 0; c < classes; c++) {
            thresholds[c] = counts[c] == 0 ? 2 : thresholds[c] / counts[c];
        }
        boolean[] kept = new boolean[codes.length];
        Arrays.fill(kept, true);
        for (int i = 0; i < codes.length; i++) {
            int confident = -1;
            for (int c = 0; c < classes; c++) {
                double probability = probabilities.get(i, c);
                if (probability >= thresholds[c] && (confident < 0 || probability > probabilities.get(i, confident))) {
                    confident = c;
                }
            }
            kept[i] = confident < 0 || confident == codes[i];
        }
        return kept;
    }
}
