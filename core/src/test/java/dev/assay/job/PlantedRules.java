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
 * Rows of three numbers, put into one of four steps by a weighted sum of them: by one sum at site A, by another at site B.
 *
 * @param data the rows, with their sites as sources
 * @param wrong whether the label of a row was drawn at random, by its place in {@link Dataset#rows()}
 */
record PlantedRules(TrainingData data, boolean[] wrong) {
    private static final List<String> STEPS = List.of("a", "b", "c", "d");
    private static final int FEATURES = 4;

    /**
     * Draws rows.
     *
     * @param second share of the rows of site B
     * @param mistaken share of the labels that are drawn at random
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
            double sum = isSecond ? 2 * x.get(i, 1) + x.get(i, 2) : 2 * x.get(i, 0) - x.get(i, 1);
            int step = (sum > -1.4 ? 1 : 0) + (sum > 0 ? 1 : 0) + (sum > 1.4 ? 1 : 0);
            codes[i] = wrong[i] ? (step + 1 + random.nextInt(STEPS.size() - 1)) % STEPS.size() : step;
        }
        Dataset rows = Dataset.of(x, new ClassTargets(codes, STEPS));
        TrainingData drawn = new TrainingData(
                rows,
                new FittedArrayEncoder(List.of(3), List.of(0, 1, 2), List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0)),
                "answer",
                new Sources("site", Arrays.asList(sites)));
        return new PlantedRules(drawn.select(ContentOrder.of(rows, workers).sequence()), wrong);
    }
}
