package dev.assay.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.Folds;
import dev.assay.data.RealTargets;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class LinearLearnerTest {
    private static final Workers WORKERS = Workers.of(2);
    private static final long SEED = 7;
    private static final LinearLearner LEARNER = new LinearLearner(true, true);
    private static final LinearLearner RADIAL = new LinearLearner(false, true);
    private static final LinearLearner LINEAR = new LinearLearner(true, false);

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void bendsAroundARing() {
        Dataset ring = binary(400, 3, x -> x[0] * x[0] + x[1] * x[1] < 1.4 ? 4 : -4);

        LinearFit expert = fit(LEARNER, ring, ring.weights());

        assertEquals("radial", expert(expert).map().name(), expert.fitted().reason());
        assertTrue(accuracy(expert, ring) > 0.9, expert.fitted().reason());
        Dataset fresh = binary(400, 4, x -> x[0] * x[0] + x[1] * x[1] < 1.4 ? 4 : -4);
        double[] said = Expert.logLikelihoods(
                expert.fitted().expert().answers(fresh.features(), WORKERS), fresh.targets(), Double.NaN);
        // what it says of itself is what it is worth on fresh rows
        assertEquals(mean(said), mean(expert.fitted().logLikelihoods()), 0.06);
    }

    @Test
    void staysStraightWhereThatIsEnough() {
        Dataset straight = binary(400, 5, x -> 2 * x[0] - 1.5 * x[1]);

        LinearFit expert = fit(LEARNER, straight, straight.weights());

        assertEquals("linear", expert(expert).map().name(), expert.fitted().reason());
        assertTrue(expert.tried().size() >= 3, "radial ones were tried");
    }

    @Test
    void bendsForMoreRightAnswersOnly() {
        // the ring only says how rare the rare label is
        Dataset rare = binary(1500, 14, x -> x[0] * x[0] + x[1] * x[1] < 1.4 ? -1 : -4);

        LinearFit expert = fit(LEARNER, rare, rare.weights());

        assertEquals("linear", expert(expert).map().name(), expert.fitted().reason());
        double linear = expert.tried().get(0).evidence();
        assertTrue(
                expert.tried().stream().anyMatch(tried -> tried.evidence() > linear + 0.02),
                expert.fitted().reason());
    }

    @Test
    void bendsWhereNothingElseIsOfferedAndRowsAreEnough() {
        Dataset straight = binary(400, 5, x -> 2 * x[0] - 1.5 * x[1]);
        double[] few = new double[400];
        Arrays.fill(few, 0, 6, 1);

        assertEquals(
                "radial",
                expert(fit(RADIAL, straight, straight.weights())).map().name());
        assertEquals("linear", expert(fit(RADIAL, straight, few)).map().name());
    }

    @Test
    void choosesOnASampleOfManyRowsAndAnswersForAll() {
        Dataset many = binary(5000, 15, x -> 4 * x[0] - 3 * x[1]);

        LinearFit expert = fit(LINEAR, many, many.weights());

        assertTrue(
                expert.fitted().reason().contains("on a sample"),
                expert.fitted().reason());
        assertEquals(5000, expert.fitted().answers().rows());
        assertTrue(accuracy(expert, many) > 0.85, expert.fitted().reason());
        assertTrue(
                Arrays.stream(expert.fitted().logLikelihoods()).allMatch(said -> said < 0),
                "every row was answered for");
    }

    @Test
    void theOrderOfTheRowsDoesNotMatter() {
        Dataset data = binary(600, 16, x -> 3 * x[0] * x[1]);
        int[] turned = IntStream.range(0, 600).map(i -> 599 - i).toArray();
        Matrix fresh = features(50, new Random(17));

        Matrix forward = fit(LEARNER, data, data.weights()).fitted().expert().answers(fresh, WORKERS);
        Matrix backward = fit(LEARNER, data.select(turned), data.weights())
                .fitted()
                .expert()
                .answers(fresh, WORKERS);

        assertArrayEquals(forward.values(), backward.values(), 1e-4);
    }

    @Test
    void aRowSaysNothingAboutItsOwnAnswer() {
        Dataset data = binary(200, 6, x -> 3 * x[0] * x[1]);
        Dataset flipped = data.withTargets(flip((ClassTargets) data.targets(), 17));
        Folds parts = Folds.of(data, 4, 1, WORKERS);
        FeatureView view = FeatureView.radial(data, 0.3, 1, WORKERS);

        Matrix before = path(view, data, parts).next(1e-3, WORKERS).answers();
        Matrix after = path(view, flipped, parts).next(1e-3, WORKERS).answers();

        for (int i = 0; i < data.size(); i++) {
            boolean samePart = parts.ofRow()[i] == parts.ofRow()[17];
            assertEquals(samePart, Arrays.equals(before.row(i), after.row(i)), "row " + i);
        }
    }

    @Test
    void weightTwoIsTheRowTwice() {
        Dataset data = binary(120, 8, x -> 3 * x[0] * x[1]);
        int[] twice = IntStream.concat(IntStream.range(0, 120), IntStream.range(0, 40))
                .toArray();
        double[] weights = new double[120];
        Arrays.setAll(weights, i -> i < 40 ? 2 : 1);
        Folds parts = Folds.of(data, 4, 1, WORKERS);
        FeatureView view = FeatureView.radial(data, 1, 1, WORKERS);

        LinearFit weighted =
                LEARNER.fit(new ViewCandidate.Scope(data, weights, parts), List.of(view), null, SEED, WORKERS);
        Dataset doubled = data.select(twice);
        LinearFit repeated = LEARNER.fit(
                new ViewCandidate.Scope(doubled, doubled.weights(), parts.select(twice)),
                List.of(view.of(doubled.features())),
                null,
                SEED,
                WORKERS);

        assertEquals(expert(weighted).ridge(), expert(repeated).ridge());
        assertEquals(expert(weighted).scale(), expert(repeated).scale(), 1e-6);
        assertArrayEquals(
                expert(weighted).model().theta(), expert(repeated).model().theta(), 1e-6);
    }

    @Test
    void oneThreadAndTwoGiveTheSameBytes() {
        Dataset data = binary(150, 9, x -> 3 * x[0] * x[1]);
        LinearFit two = fit(LEARNER, data, data.weights());
        try (Workers alone = Workers.of(1)) {
            LinearFit one = LEARNER.fit(
                    new ViewCandidate.Scope(data, data.weights(), Folds.of(data, 4, SEED, alone)),
                    List.of(),
                    null,
                    SEED,
                    alone);
            assertArrayEquals(two.theta(), one.theta());
            assertArrayEquals(
                    two.fitted().answers().values(), one.fitted().answers().values());
            assertEquals(two.fitted().reason(), one.fitted().reason());
        }
    }

    @Test
    void aSmallBlockBorrowsFromTheCommonModel() {
        Dataset data = binary(400, 10, x -> 3 * x[0] - 2 * x[1]);
        Folds parts = Folds.of(data, 4, 1, WORKERS);
        LinearFit common =
                LINEAR.fit(new ViewCandidate.Scope(data, data.weights(), parts), List.of(), null, SEED, WORKERS);

        double[] tiny = new double[400];
        Arrays.fill(tiny, 0, 6, 1);
        LinearFit stand = LINEAR.fit(new ViewCandidate.Scope(data, tiny, parts), List.of(), common, SEED, WORKERS);
        assertTrue(stand.fitted().borrowed());
        assertTrue(stand.fitted().reason().contains("6.0 rows"), stand.fitted().reason());
        assertArrayEquals(
                common.fitted().answers().values(), stand.fitted().answers().values());

        double[] few = new double[400];
        Arrays.fill(few, 0, 25, 1);
        LinearFit pulled = LINEAR.fit(new ViewCandidate.Scope(data, few, parts), List.of(), common, SEED, WORKERS);
        LinearFit alone = LINEAR.fit(new ViewCandidate.Scope(data, few, parts), List.of(), null, SEED, WORKERS);
        assertTrue(pulled.fitted().borrowed(), pulled.fitted().reason());
        assertTrue(
                mean(pulled.fitted().logLikelihoods()) > mean(alone.fitted().logLikelihoods()),
                "on the rows outside of the block");
    }

    @Test
    void aBlockOfItsOwnKindDoesNotBorrow() {
        Dataset data = binary(600, 11, x -> 3 * x[0] - 2 * x[1]);
        ClassTargets labels = (ClassTargets) data.targets();
        ClassTargets turned = labels;
        double[] block = new double[600];
        for (int i = 0; i < 200; i++) {
            turned = flip(turned, i);
            block[i] = 1;
        }
        Dataset mixed = data.withTargets(turned);
        Folds parts = Folds.of(mixed, 4, 1, WORKERS);
        LinearFit common =
                LINEAR.fit(new ViewCandidate.Scope(mixed, mixed.weights(), parts), List.of(), null, SEED, WORKERS);

        LinearFit own = LINEAR.fit(new ViewCandidate.Scope(mixed, block, parts), List.of(), common, SEED, WORKERS);

        assertFalse(own.fitted().borrowed(), own.fitted().reason());
    }

    @Test
    void findsTheDeviationOfNoise() {
        Random random = new Random(12);
        int n = 500;
        Matrix x = features(n, random);
        double[] y = new double[n];
        Arrays.setAll(y, i -> 0.8 * x.get(i, 0) - 0.5 * x.get(i, 1) + 0.3 * random.nextGaussian());
        Dataset data = Dataset.of(x, new RealTargets(y, 0, 1));

        LinearFit expert = fit(LEARNER, data, data.weights());

        assertEquals("linear", expert(expert).map().name(), expert.fitted().reason());
        assertEquals(0.3, expert(expert).deviation(), 0.02);
        assertEquals(1, expert(expert).scale());
    }

    private static LinearFit fit(LinearLearner learner, Dataset data, double[] weights) {
        Folds parts = Folds.of(data, 4, SEED, WORKERS);
        return learner.fit(new ViewCandidate.Scope(data, weights, parts), List.of(), null, SEED, WORKERS);
    }

    private static LinearExpert expert(LinearFit fit) {
        return (LinearExpert) fit.fitted().expert();
    }

    private static CrossFittedPath path(FeatureView view, Dataset data, Folds parts) {
        return new CrossFittedPath(view, new ViewCandidate.Scope(data, data.weights(), parts), null, null, 1, WORKERS);
    }

    private static Matrix features(int n, Random random) {
        Matrix x = new Matrix(n, 3);
        for (int i = 0; i < n; i++) {
            x.set(i, 0, random.nextGaussian());
            x.set(i, 1, random.nextGaussian());
            x.set(i, 2, 1);
        }
        return x;
    }

    /** Two features and labels whose log-odds are {@code function}. */
    private static Dataset binary(int n, long seed, ToDoubleFunction<double[]> function) {
        Random random = new Random(seed);
        Matrix x = features(n, random);
        int[] codes = new int[n];
        for (int i = 0; i < n; i++) {
            codes[i] = random.nextDouble() < 1 / (1 + Math.exp(-function.applyAsDouble(x.row(i)))) ? 1 : 0;
        }
        return Dataset.of(x, new ClassTargets(codes, List.of("no", "yes")));
    }

    private static ClassTargets flip(ClassTargets labels, int row) {
        int[] codes = labels.codes().clone();
        codes[row] = 1 - codes[row];
        return new ClassTargets(codes, new ArrayList<>(labels.names()));
    }

    private static double accuracy(LinearFit expert, Dataset data) {
        double right = 0;
        for (int i = 0; i < data.size(); i++) {
            int code = (int) data.targets().value(i);
            right += expert.fitted().answers().get(i, code)
                            > expert.fitted().answers().get(i, 1 - code)
                    ? 1
                    : 0;
        }
        return right / data.size();
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }
}
