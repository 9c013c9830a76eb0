package dev.assay.predict;

import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.linalg.Matrix;
import dev.assay.work.Seeds;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a few labelled rows of an unknown source are worth ({@link Context}), measured with test rows whose sources are known:
 * the test rows of each source are dealt into groups of {@link #ROWS} or more, and every group is predicted as if its source
 * were not known but the labels of another group were. No row's own label has a part in its prediction.
 *
 * <p>It speaks of new rows of sources that were there in training. Without known sources it cannot be measured: which rows belong
 * together is then known by nothing but the labels that are to be predicted.
 */
public final class FewShotRouting {
    /** Labelled rows of a source, about. */
    public static final int ROWS = 10;

    private FewShotRouting() {}

    /**
     * Predicts the test rows.
     *
     * @param sources the source of each test row, from 0; -1 where it is not known, which is routed by its features alone, as is a
     *     source of one row
     * @param seed of the groups
     */
    public static Predictions predict(RoutedModel model, Dataset test, int[] sources, long seed, Workers workers) {
        int count = Arrays.stream(sources).max().orElse(-1) + 1;
        int[] context = new int[sources.length];
        Arrays.fill(context, -1);
        ContentOrder order = ContentOrder.of(test, workers);
        List<double[]> posteriors = new ArrayList<>();
        for (int source = 0; source < count; source++) {
            int its = source;
            int[] rows = IntStream.range(0, sources.length)
                    .filter(i -> sources[i] == its)
                    .toArray();
            if (rows.length < 2) {
                continue;
            }
            sort(rows, order.uniform(Seeds.child(seed, "few labels of source", source)));
            int groups = Math.max(2, rows.length / ROWS);
            for (int group = 0; group < groups; group++) {
                int one = group;
                int[] labelled = IntStream.range(0, rows.length)
                        .filter(place -> place % groups == one)
                        .map(place -> rows[place])
                        .toArray();
                for (int place = 0; place < rows.length; place++) {
                    if (place % groups == (group + 1) % groups) {
                        context[rows[place]] = posteriors.size();
                    }
                }
                posteriors.add(
                        Context.infer(model, test.select(labelled), workers).posterior());
            }
        }
        Matrix shares = new Matrix(posteriors.size(), model.blocks());
        for (int c = 0; c < posteriors.size(); c++) {
            System.arraycopy(posteriors.get(c), 0, shares.values(), shares.offset(c), model.blocks());
        }
        return new Predictor(model).predict(test.features(), new Routing.Sourced(context, shares), workers);
    }

    private static void sort(int[] rows, double[] drawn) {
        int[] sorted = Arrays.stream(rows)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> drawn[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        System.arraycopy(sorted, 0, rows, 0, rows.length);
    }
}
