package dev.assay.potential.linear;

import static dev.assay.linalg.Close.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.Dataset;
import dev.assay.engine.LocalEngine;
import dev.assay.engine.RowBlocks;
import dev.assay.engine.RowScores;
import dev.assay.influence.LinearGradientSpace;
import dev.assay.linalg.Matrix;
import dev.assay.model.GeneratedData;
import dev.assay.model.Linearization;
import dev.assay.model.Loss;
import dev.assay.model.NewtonTrainer;
import dev.assay.model.Objective;
import dev.assay.model.SummedNewtonTrainer;
import dev.assay.model.SummedObjective;
import dev.assay.potential.Potential;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sums over blocks are what they are of all rows in memory, one rung above. */
final class SummedInfluenceTest {
    private static final double RIDGE = 0.01;

    private final Workers workers = Workers.of(2);

    @AfterEach
    void close() {
        workers.close();
    }

    private SummedObjective fitted(LocalEngine engine, Loss loss, int parameters) {
        return new SummedNewtonTrainer().fit(engine, loss, RIDGE, new double[parameters], workers, Progress.NONE);
    }

    /** One class stands for regression. A block of many, one of few, and one row in the last block. */
    @ParameterizedTest
    @CsvSource({"400, 5, 2, false, 400", "401, 5, 2, true, 50", "300, 4, 3, true, 37", "300, 6, 1, true, 11"})
    void blocksAddUpToTheWhole(int n, int d, int classes, boolean weighted, int block) {
        Dataset data = GeneratedData.of(n, d, classes, weighted, 31);
        Objective objective = Objective.of(data, RIDGE);
        Linearization at = objective.at(
                new NewtonTrainer(1e-12, 100).fit(objective, workers).model().theta(), workers);
        LocalEngine engine = new LocalEngine(RowBlocks.of(data, block), workers);

        SummedObjective fitted = fitted(engine, objective.loss(), objective.parameters());
        SummedInfluence influence = SummedInfluence.of(engine, fitted, workers, Progress.NONE);

        assertClose(fitted.theta(), at.theta(), 1e-9);
        assertThat(fitted.value()).isCloseTo(at.value(), within(1e-12));
        LinearGradientSpace space = LinearGradientSpace.of(at, workers);
        Potential whole = Potential.of(space, workers);
        assertThat(influence.potential().variance()).isCloseTo(whole.variance(), within(1e-9 * whole.variance()));
        assertThat(influence.potential().mean()).isCloseTo(whole.mean(), within(1e-9));
        assertThat(SummedInfluence.potential(engine, fitted, workers, Progress.NONE))
                .isEqualTo(influence.potential());
        double[] self = space.selfInfluences(workers);
        double[] delta = DeltaVariance.deltaVariance(at, DeltaVariance.Method.FAST, workers, Progress.NONE);
        List<Integer> seen = new ArrayList<>();
        engine.each(
                influence.scores(),
                (index, rows, scores) -> {
                    for (int i = 0; i < rows.size(); i++) {
                        int row = rows.rows()[i];
                        seen.add(row);
                        assertThat(scores.get(i, 0)).isCloseTo(self[row], within(1e-8 * (1 + self[row])));
                        assertThat(scores.get(i, 1)).isCloseTo(delta[row], within(1e-8 * whole.variance()));
                    }
                },
                Progress.NONE);
        assertThat(seen).hasSize(n).isSorted();
    }

    @Test
    void aBlockWithoutRowsHasNoScores() {
        Dataset data = GeneratedData.of(60, 4, 2, false, 34);
        LocalEngine engine = new LocalEngine(RowBlocks.of(data, 16), workers);
        SummedObjective fitted = fitted(engine, Loss.forTargets(data.targets()), data.dimension());

        RowScores scores =
                SummedInfluence.of(engine, fitted, workers, Progress.NONE).scores();

        assertThat(scores.of(data.select(new int[0])).rows()).isZero();
    }

    @Test
    void rowsWithoutWeightAreAsGoodAsNone() {
        Dataset data = GeneratedData.of(120, 4, 2, false, 32);
        LocalEngine all = new LocalEngine(RowBlocks.of(data, 16), workers);
        LocalEngine half = all.reweighted(
                new RowScores() {
                    @Override
                    public List<String> names() {
                        return List.of("kept");
                    }

                    @Override
                    public Matrix of(Dataset block) {
                        Matrix kept = new Matrix(block.size(), 1);
                        for (int i = 0; i < block.size(); i++) {
                            // the first three blocks are left out as a whole
                            kept.set(i, 0, block.rows()[i] >= 48 ? 1 : 0);
                        }
                        return kept;
                    }
                },
                Progress.NONE);
        Dataset rest = data.select(IntStream.range(48, 120).toArray());
        LocalEngine alone = new LocalEngine(RowBlocks.of(rest, 16), workers);
        Loss loss = Loss.forTargets(data.targets());

        SummedObjective fitted = fitted(half, loss, data.dimension());
        SummedObjective expected = fitted(alone, loss, data.dimension());

        assertClose(fitted.theta(), expected.theta(), 1e-9);
        assertThat(SummedInfluence.potential(half, fitted, workers, Progress.NONE)
                        .variance())
                .isCloseTo(
                        SummedInfluence.potential(alone, expected, workers, Progress.NONE)
                                .variance(),
                        within(1e-9));
    }

    @Test
    void theBytesDoNotDependOnTheNumberOfThreads() {
        Dataset data = GeneratedData.of(500, 5, 3, true, 33);
        Loss loss = Loss.forTargets(data.targets());
        try (Workers one = Workers.of(1)) {
            LocalEngine alone = new LocalEngine(RowBlocks.of(data, 20), one);
            SummedObjective first = new SummedNewtonTrainer()
                    .fit(alone, loss, RIDGE, new double[data.dimension() * loss.logits()], one, Progress.NONE);
            SummedObjective second =
                    fitted(new LocalEngine(RowBlocks.of(data, 20), workers), loss, data.dimension() * loss.logits());

            assertThat(second.theta()).isEqualTo(first.theta());
        }
    }
}
