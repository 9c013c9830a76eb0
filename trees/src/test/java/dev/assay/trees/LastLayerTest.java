package dev.assay.trees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.Assay;
import dev.assay.data.Dataset;
import dev.assay.influence.LinearGradientSpace;
import dev.assay.job.DivideOutcome;
import dev.assay.job.PurifyMeasures;
import dev.assay.learn.FeatureMap;
import dev.assay.learn.LearnerSet;
import dev.assay.linalg.DenseLimits;
import dev.assay.linalg.Matrix;
import dev.assay.model.Fit;
import dev.assay.model.LinearModel;
import dev.assay.model.Loss;
import dev.assay.potential.Potential;
import dev.assay.potential.linear.LinearPotential;
import dev.assay.work.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** V and influences of trees are those of a linear last layer on their leaves, the trees held fixed. */
class LastLayerTest {
    private static final Workers WORKERS = Workers.shared();
    private static final BoostedTreesLearner LEARNER = new BoostedTreesLearner();

    @TempDir
    private Path folder;

    private static FeatureMap layer(Dataset data) {
        return Objects.requireNonNull(LEARNER.lastLayer(data, 1, WORKERS));
    }

    @Test
    void rowIsInOneLeafOfEachTreeAndInThatOfItsSide() {
        Dataset data = Samples.chequered(600, 1);
        FeatureMap layer = layer(data);

        Matrix seen = layer.apply(data.features(), WORKERS);

        double trees = Arrays.stream(seen.row(0)).sum() - 1;
        assertThat(layer.name())
                .isEqualTo("the " + (seen.columns() - 1) + " leaves of " + (int) trees + " boosted trees");
        for (int i = 0; i < seen.rows(); i++) {
            assertThat(Arrays.stream(seen.row(i)).filter(one -> one == 1).count())
                    .isEqualTo((long) trees + 1);
            assertThat(Arrays.stream(seen.row(i)).sum()).isEqualTo(trees + 1);
        }
        // a rule that no line tells is one for a line in the leaves
        Fit fit = LinearPotential.of(data, layer, WORKERS).fit(layer.seen(data, WORKERS), WORKERS);
        Dataset fresh = layer.seen(Samples.chequered(500, 2), WORKERS);
        Matrix logits = fit.model().logits(fresh.features(), WORKERS);
        long right = IntStream.range(0, fresh.size())
                .filter(i ->
                        (logits.get(i, 0) > 0 ? 1 : 0) == (int) fresh.targets().value(i))
                .count();
        assertThat(right).isGreaterThan(470);
    }

    @Test
    void manyClassesShareTheirTreesSoThatVStaysExact() {
        Dataset data = Samples.tiles(400, 2);

        FeatureMap layer = layer(data);

        assertThat(2 * layer.outputDimension()).isLessThanOrEqualTo(DenseLimits.FACTORED);
        LinearPotential potential = LinearPotential.of(data, layer, WORKERS);
        assertThat(potential.isExact(potential.data())).isTrue();
        assertThat(potential.variance(potential.data(), WORKERS)).isPositive();
    }

    /** Newton's step to first order, against training the last layer again. */
    @Test
    void selfInfluenceIsWhatLeavingTheRowOutOfTheLastLayerCosts() {
        Dataset data = Samples.noisyChequers(240, 3, 0.1);
        LinearPotential potential = LinearPotential.of(data, layer(data), WORKERS);
        Dataset seen = potential.data();
        Fit all = potential.fit(seen, WORKERS);
        double[] told = LinearGradientSpace.of(all, WORKERS).selfInfluences(WORKERS);
        int[] rows = IntStream.iterate(0, i -> i < seen.size(), i -> i + 8).toArray();
        double[] expected = new double[rows.length];
        double[] found = new double[rows.length];
        for (int k = 0; k < rows.length; k++) {
            int out = rows[k];
            Dataset rest = seen.select(
                    IntStream.range(0, seen.size()).filter(i -> i != out).toArray());
            found[k] = loss(potential.fit(rest, WORKERS).model(), seen, out) - loss(all.model(), seen, out);
            expected[k] = told[out] / seen.size();
        }

        assertThat(Arrays.stream(found).allMatch(cost -> cost > 0)).isTrue();
        assertThat(correlation(expected, found)).isGreaterThan(0.95);
    }

    @Test
    void influenceIsTheSlopeOfALossInTheWeightOfAnotherRow() {
        Dataset data = Samples.noisyChequers(150, 4, 0.1);
        LinearPotential potential = LinearPotential.of(data, layer(data), WORKERS);
        Dataset seen = potential.data();
        Fit all = potential.fit(seen, WORKERS);
        LinearGradientSpace space = LinearGradientSpace.of(all, WORKERS);
        int[] columns = {3, 50, 120};
        double step = 1e-3;
        for (int row : new int[] {7, 61}) {
            Matrix told = space.influences(new int[] {row}, columns, WORKERS);
            double[] more = seen.weights().clone();
            double[] less = seen.weights().clone();
            // all rows lose what the one wins, so that the mean stays one of as many rows
            Arrays.setAll(more, i -> more[i] - step / more.length);
            Arrays.setAll(less, i -> less[i] + step / less.length);
            more[row] += step;
            less[row] -= step;
            LinearModel up = potential.fit(seen.withWeights(more), WORKERS).model();
            LinearModel down = potential.fit(seen.withWeights(less), WORKERS).model();
            for (int k = 0; k < columns.length; k++) {
                double slope = (loss(up, seen, columns[k]) - loss(down, seen, columns[k])) / (2 * step) * seen.size();
                double mean = meanInfluence(space, seen, columns[k]);
                assertThat(slope).isCloseTo(told.get(0, k) - mean, within(1e-3 * (1 + Math.abs(told.get(0, k)))));
            }
        }
    }

    /** What all rows together do to the loss of one. */
    private static double meanInfluence(LinearGradientSpace space, Dataset seen, int column) {
        Matrix all = space.influences(IntStream.range(0, seen.size()).toArray(), new int[] {column}, WORKERS);
        return Arrays.stream(all.values()).average().orElseThrow();
    }

    @Test
    void treesAloneAreMeasuredByTheirLeavesInEveryCommand() throws IOException {
        Path file = table();
        PurifyMeasures purified =
                Assay.read(file).label("sign").learners(LEARNER).purify().measures();
        DivideOutcome divided = Assay.read(file).label("sign").learners(LEARNER).divide();
        Dataset data = Assay.read(file).label("sign").load().dataset();

        LinearPotential potential = LinearPotential.of(data, layer(data), WORKERS);

        assertThat(purified.layer()).contains("leaves");
        assertThat(purified.before())
                .isEqualTo(Potential.of(
                                LinearGradientSpace.of(potential.fit(potential.data(), WORKERS), WORKERS), WORKERS)
                        .variance());
        assertThat(divided.layer()).isEqualTo(purified.layer());
        assertThat(divided.measures().potential()).isEqualTo(purified.before());
        assertThat(LearnerSet.STANDARD.with(LEARNER).lastLayer(data, 1, WORKERS))
                .isNull();
    }

    private Path table() throws IOException {
        SplittableRandom random = new SplittableRandom(6);
        StringBuilder text = new StringBuilder("a,b,sign\n");
        for (int row = 0; row < 300; row++) {
            double a = 2 * random.nextDouble() - 1;
            double b = 2 * random.nextDouble() - 1;
            text.append(String.format(Locale.ROOT, "%.4f,%.4f,%s%n", a, b, a * b > 0 ? "alike" : "differ"));
        }
        return Files.writeString(folder.resolve("table.csv"), text);
    }

    private static double loss(LinearModel model, Dataset seen, int row) {
        Matrix logits = model.logits(seen.features().selectRows(new int[] {row}), WORKERS);
        return Loss.forTargets(seen.targets())
                .value(logits.values(), 0, seen.targets().value(row));
    }

    private static double correlation(double[] first, double[] second) {
        double one = Arrays.stream(first).average().orElseThrow();
        double two = Arrays.stream(second).average().orElseThrow();
        double both = 0;
        double squares = 0;
        double others = 0;
        for (int k = 0; k < first.length; k++) {
            both += (first[k] - one) * (second[k] - two);
            squares += (first[k] - one) * (first[k] - one);
            others += (second[k] - two) * (second[k] - two);
        }
        return both / Math.sqrt(squares * others);
    }
}
