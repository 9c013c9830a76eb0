package dev.assay.job;

import dev.assay.data.ClassTargets;
import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.data.FittedArrayEncoder;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Rows of three numbers whose label is told by the difference of the first two: by one rule at site A, by the opposite at site B.
 *
 * @param data the rows, with their sites as sources
 * @param wrong whether the label of a row was turned around, by its place in {@link Dataset#rows()}
 */
record PlantedRules(TrainingData data, boolean[] wrong) {
    private static final int FEATURES = 4;

    /**
     * Draws rows.
     *
     * @param second share of the rows of site B
     * @param mistaken share of the labels that are turned around
     */
    static PlantedRules of(int n, double second, double mistaken, long seed, Workers workers) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix x = new Matrix(n, FEATURES);
        int[] codes = new int[n];
        String[] sites = new String[n];
        boolean[] wrong = new boolean[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < FEATURES - 1; j++) {
                x.set(i, j, random.nextGaussian());
            }
            x.set(i, FEATURES - 1, 1);
            boolean isSecond = random.nextDouble() < second;
            wrong[i] = random.nextDouble() < mistaken;
            sites[i] = isSecond ? "B" : "A";
            boolean isYes = x.get(i, 0) > x.get(i, 1);
            codes[i] = (isYes != isSecond) != wrong[i] ? 1 : 0;
        }
        Dataset rows = Dataset.of(x, new ClassTargets(codes, List.of("no", "yes")));
        TrainingData drawn = new TrainingData(
                rows,
                new FittedArrayEncoder(List.of(3), List.of(0, 1, 2), List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0)),
                "answer",
                new Sources("site", Arrays.asList(sites)));
        return new PlantedRules(drawn.select(ContentOrder.of(rows, workers).sequence()), wrong);
    }
}
