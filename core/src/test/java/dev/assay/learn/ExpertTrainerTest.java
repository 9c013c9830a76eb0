package dev.assay.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
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

class ExpertTrainerTest {
    private static final Workers WORKERS = Workers.of(2);
    private static final ExpertTrainer TRAINER = ExpertTrainer.automatic(7);

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void bendsAroundARing() {
        Dataset ring = binary(400, 3, x -> x[0] * x[0] + x[1] * x[1] < 1.4 ? 4 : -4);

        TrainedExpert expert = TRAINER.train(ring, ring.weights(), WORKERS);

        assertEquals("radial", expert.expert().map().name(), expert.reason());
        assertTrue(accuracy(expert, ring) > 0.9, expert.reason());
        Dataset fresh = binary(400, 4, x -> x[0] * x[0] + x[1] * x[1] < 1.4 ? 4 : -4);
        double[] said =
                Expert.logLikelihoods(expert.expert().answers(fresh.features(), WORKERS), fresh.targets(), Double.NaN);
        // what it says of itself is what it is worth on fresh rows
        assertEquals(mean(said), mean(expert.logLikelihoods()), 0.06);
    }

    @Test
    void staysStraightWhereThatIsEnough() {
        Dataset straight = binary(400, 5, x -> 2 * x[0] - 1.5 * x[1]);

        TrainedExpert expert = TRAINER.train(straight, straight.weights(), WORKERS);

        assertEquals("linear", expert.expert().map().name(), expert.reason());
        assertTrue(expert.tried().size() >= 3, "radial ones were tried");
    }

    @Test
    void bendsForMoreRightAnswersOnly() {
        // the ring only says how rare the rare label is
        Dataset rare = binary(1500, 14, x -> x[0] * x[0] + x[1] * x[1] < 1.4 ? -1 : -4);

        TrainedExpert expert = TRAINER.train(rare, rare.weights(), WORKERS);

        assertEquals("linear", expert.expert().map().name(), expert.reason());
        double linear = expert.tried().get(0).evidence();
        assertTrue(expert.tried().stream().anyMatch(tried -> tried.evidence() > linear + 0.02), expert.reason());
    }

    @Test
    void choosesOnASampleOfManyRowsAndAnswersForAll() {
        Dataset many = binary(5000, 15, x -> 4 * x[0] - 3 * x[1]);

        TrainedExpert expert = TRAINER.linearOnly().train(many, many.weights(), WORKERS);

        assertTrue(expert.reason().contains("on a sample"), expert.reason());
        assertEquals(5000, expert.answers().rows());
        assertTrue(accuracy(expert, many) > 0.85, expert.reason());
        assertTrue(Arrays.stream(expert.logLikelihoods()).allMatch(said -> said < 0), "every row was answered for");
    }

    @Test
    void theOrderOfTheRowsDoesNotMatter() {
        Dataset data = binary(600, 16, x -> 3 * x[0] * x[1]);
        int[] turned = IntStream.range(0, 600).map(i -> 599 - i).toArray();
        Matrix fresh = features(50, new Random(17));

        Matrix forward = TRAINER.train(data, data.weights(), WORKERS).expert().answers(fresh, WORKERS);
        Matrix backward = TRAINER.train(data.select(turned), data.weights(), WORKERS)
                .expert()
                .answers(fresh, WORKERS);

        assertArrayEquals(forward.values(), backward.values(), 1e-4);
    }

    @Test
    void aRowSaysNothingAboutItsOwnAnswer() {
        Dataset data = binary(200, 6, x -> 3 * x[0] * x[1]);
        Dataset flipped = data.withTargets(flip((ClassTargets) data.targets(), 17));
        Parts parts = Parts.of(data, 4, 1, WORKERS);
        ExpertView view = ExpertView.radial(data, 0.3, 1, WORKERS);

        Matrix before = path(view, data, parts).next(1e-3, WORKERS).answers();
        Matrix after = path(view, flipped, parts).next(1e-3, WORKERS).answers();

        for (int i = 0; i < data.size(); i++) {
            boolean samePart = parts.ofExample()[i] == parts.ofExample()[17];
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
        Parts parts = Parts.of(data, 4, 1, WORKERS);
        ExpertView view = ExpertView.radial(data, 1, 1, WORKERS);

        TrainedExpert weighted = TRAINER.train(data, weights, List.of(view), parts, null, WORKERS);
        Dataset doubled = data.select(twice);
        TrainedExpert repeated = TRAINER.train(
                doubled, doubled.weights(), List.of(view.of(doubled.features())), parts.select(twice), null, WORKERS);

        assertEquals(weighted.expert().ridge(), repeated.expert().ridge());
        assertEquals(weighted.expert().scale(), repeated.expert().scale(), 1e-6);
        assertArrayEquals(
                weighted.expert().model().theta(), repeated.expert().model().theta(), 1e-6);
    }

    @Test
    void oneThreadAndTwoGiveTheSameBytes() {
        Dataset data = binary(150, 9, x -> 3 * x[0] * x[1]);
        TrainedExpert two = TRAINER.train(data, data.weights(), WORKERS);
        try (Workers alone = Workers.of(1)) {
            TrainedExpert one = TRAINER.train(data, data.weights(), alone);
            assertArrayEquals(two.expert().model().theta(), one.expert().model().theta());
            assertArrayEquals(two.answers().values(), one.answers().values());
            assertEquals(two.reason(), one.reason());
        }
    }

    @Test
    void aSmallBlockBorrowsFromTheCommonModel() {
        Dataset data = binary(400, 10, x -> 3 * x[0] - 2 * x[1]);
        Parts parts = Parts.of(data, 4, 1, WORKERS);
        ExpertTrainer linear = TRAINER.linearOnly();
        TrainedExpert common = linear.train(data, data.weights(), List.of(), parts, null, WORKERS);

        double[] tiny = new double[400];
        Arrays.fill(tiny, 0, 6, 1);
        TrainedExpert stand = linear.train(data, tiny, List.of(), parts, common, WORKERS);
        assertTrue(stand.borrowed());
        assertTrue(stand.reason().contains("6.0 rows"), stand.reason());
        assertArrayEquals(common.answers().values(), stand.answers().values());

        double[] few = new double[400];
        Arrays.fill(few, 0, 25, 1);
        TrainedExpert pulled = linear.train(data, few, List.of(), parts, common, WORKERS);
        TrainedExpert alone = linear.train(data, few, List.of(), parts, null, WORKERS);
        assertTrue(pulled.borrowed(), pulled.reason());
        assertTrue(mean(pulled.logLikelihoods()) > mean(alone.logLikelihoods()), "on the rows outside of the block");
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
        Parts parts = Parts.of(mixed, 4, 1, WORKERS);
        TrainedExpert common = TRAINER.linearOnly().train(mixed, mixed.weights(), List.of(), parts, null, WORKERS);

        TrainedExpert own = TRAINER.linearOnly().train(mixed, block, List.of(), parts, common, WORKERS);

        assertFalse(own.borrowed(), own.reason());
    }

    @Test
    void findsTheDeviationOfNoise() {
        Random random = new Random(12);
        int n = 500;
        Matrix x = features(n, random);
        double[] y = new double[n];
        Arrays.setAll(y, i -> 0.8 * x.get(i, 0) - 0.5 * x.get(i, 1) + 0.3 * random.nextGaussian());
        Dataset data = Dataset.of(x, new RealTargets(y, 0, 1));

        TrainedExpert expert = TRAINER.train(data, data.weights(), WORKERS);

        assertEquals("linear", expert.expert().map().name(), expert.reason());
        assertEquals(0.3, expert.expert().deviation(), 0.02);
        assertEquals(1, expert.expert().scale());
    }

    @Test
    void goesOnFromAnExpertWithNewWeights() {
        Dataset data = binary(300, 13, x -> 3 * x[0] * x[1]);
        TrainedExpert first = TRAINER.train(data, data.weights(), WORKERS);
        TrainedExpert second = TRAINER.again(first, data, data.weights(), null, WORKERS);

        assertEquals(first.expert().ridge(), second.expert().ridge());
        assertEquals(mean(first.logLikelihoods()), mean(second.logLikelihoods()), 0.01);
    }

    private static CrossFittedPath path(ExpertView view, Dataset data, Parts parts) {
        return new CrossFittedPath(
                view, new ExpertCandidate.Scope(data, data.weights(), parts), null, null, 1, WORKERS);
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

    private static double accuracy(TrainedExpert expert, Dataset data) {
        double right = 0;
        for (int i = 0; i < data.size(); i++) {
            int code = (int) data.targets().value(i);
            right += expert.answers().get(i, code) > expert.answers().get(i, 1 - code) ? 1 : 0;
        }
        return right / data.size();
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }
}
