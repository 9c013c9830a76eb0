package dev.assay.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.Dataset;
import dev.assay.engine.Engine;
import dev.assay.engine.LocalEngine;
import dev.assay.engine.RowBlocks;
import dev.assay.engine.RowScores;
import dev.assay.engine.RowSum;
import dev.assay.linalg.Matrix;
import dev.assay.model.Loss;
import dev.assay.model.SummedNewtonTrainer;
import dev.assay.model.SummedObjective;
import dev.assay.potential.linear.SummedInfluence;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sums over blocks on executors are those of this machine, one rung above, whatever the partitions and whoever fails. */
@ExtendWith(SparkCluster.class)
final class SparkEngineTest {
    private static final double RIDGE = 0.01;
    private static final Workers ALONE = Workers.of(1);

    /** Theta, V and its mean, and the three scores of each row. */
    private record Result(double[] theta, double potential, double mean, List<double[]> scores) {}

    private static SummedObjective fitted(Engine engine, Dataset data, double[] start) {
        return new SummedNewtonTrainer()
                .fit(engine, Loss.forTargets(data.targets()), RIDGE, start, ALONE, Progress.NONE);
    }

    private static double[] zeros(Dataset data) {
        return new double[Loss.forTargets(data.targets()).logits() * data.dimension()];
    }

    private static Result local(Dataset data) {
        LocalEngine engine = new LocalEngine(RowBlocks.of(data, 64), ALONE);
        SummedObjective fitted = fitted(engine, data, zeros(data));
        SummedInfluence influence = SummedInfluence.of(engine, fitted, ALONE, Progress.NONE);
        List<double[]> scores = new ArrayList<>();
        engine.each(
                influence.scores(),
                (index, block, worked) ->
                        IntStream.range(0, worked.rows()).mapToObj(worked::row).forEach(scores::add),
                Progress.NONE);
        return new Result(
                fitted.theta(),
                influence.potential().variance(),
                influence.potential().mean(),
                scores);
    }

    private static Result onExecutors(SparkEngine engine, Dataset data, double[] start) {
        SummedObjective fitted = fitted(engine, data, start);
        SummedInfluence influence = SummedInfluence.of(engine, fitted, ALONE, Progress.NONE);
        return new Result(
                fitted.theta(),
                influence.potential().variance(),
                influence.potential().mean(),
                engine.scores(influence.scores()).collect());
    }

    /** The rows in order, in as many partitions as there are shares; a partition of several blocks where it can be. */
    private static SparkEngine engine(Dataset data, int... shares) {
        int total = IntStream.of(shares).sum();
        List<List<RowBlock>> partitions = new ArrayList<>();
        int sum = 0;
        for (int share : shares) {
            int from = data.size() * sum / total;
            sum += share;
            int to = data.size() * sum / total;
            int middle = from + (to - from) / 3;
            partitions.add(List.of(block(data, from, middle), block(data, middle, to)));
        }
        JavaRDD<RowBlock> blocks =
                SparkCluster.context().parallelize(partitions, shares.length).flatMap(List::iterator);
        return SparkEngine.of(blocks, data.dimension(), data.targets());
    }

    private static RowBlock block(Dataset data, int from, int to) {
        return RowBlock.of(data.select(IntStream.range(from, to).toArray()));
    }

    /** One partition; several of one size, of no rows or of nearly all; more than one node of the tree can add up. */
    private static int[] shares(String partitions) {
        return switch (partitions) {
            case "one" -> new int[] {1};
            case "skewed" -> new int[] {0, 1, 90, 0, 1, 8, 0};
            default -> IntStream.range(0, 64).map(i -> 1).toArray();
        };
    }

    @ParameterizedTest
    @CsvSource({"one, 2, false", "skewed, 3, true", "many, 1, true"})
    void theyAreWhatTheyAreOnOneMachine(String partitions, int classes, boolean weighted) {
        Dataset data = GeneratedRows.of(300, 5, classes, weighted, 71);
        Result expected = local(data);

        try (SparkEngine engine = engine(data, shares(partitions))) {
            // to go all the way once is enough: each pass is 64 tasks where there are many partitions
            Result result = onExecutors(engine, data, partitions.equals("skewed") ? zeros(data) : expected.theta());

            assertThat(engine.size()).isEqualTo(300);
            assertSame(result, expected);
        }
    }

    private static void assertSame(Result result, Result expected) {
        assertThat(result.theta()).containsExactly(expected.theta(), within(1e-9));
        assertThat(result.potential()).isCloseTo(expected.potential(), within(1e-9 * expected.potential()));
        assertThat(result.mean()).isCloseTo(expected.mean(), within(1e-9));
        assertThat(result.scores()).hasSameSizeAs(expected.scores());
        double largest = expected.scores().stream()
                .mapToDouble(row -> Math.abs(row[1]))
                .max()
                .orElseThrow();
        for (int i = 0; i < expected.scores().size(); i++) {
            double[] row = expected.scores().get(i);
            assertThat(result.scores().get(i)[0]).isCloseTo(row[0], within(1e-9 * (1 + row[0])));
            assertThat(result.scores().get(i)[1]).isCloseTo(row[1], within(1e-9 * largest));
        }
    }

    /** Keeps rows whose first feature is above a number. */
    record Above(double least) implements RowScores {
        @Override
        public List<String> names() {
            return List.of("kept");
        }

        @Override
        public Matrix of(Dataset block) {
            Matrix kept = new Matrix(block.size(), 1);
            for (int i = 0; i < block.size(); i++) {
                kept.set(i, 0, block.features().get(i, 0) > least ? 1 : 0.25);
            }
            return kept;
        }
    }

    @Test
    void otherWeightsAreThoseOfOneMachineAndMultiply() {
        Dataset data = GeneratedRows.of(200, 4, 2, true, 72);
        LocalEngine here = new LocalEngine(RowBlocks.of(data, 64), ALONE);
        double[] expected = new SummedObjectiveSum(data)
                .of(here.reweighted(new Above(0), Progress.NONE).reweighted(new Above(0.5), Progress.NONE));

        try (SparkEngine all = engine(data, 1, 2, 3);
                SparkEngine some = all.reweighted(new Above(0), Progress.NONE);
                SparkEngine fewer = some.reweighted(new Above(0.5), Progress.NONE)) {
            assertThat(new SummedObjectiveSum(data).of(fewer)).containsExactly(expected, within(1e-9));
        }
    }

    /** A sum that has everything in it. */
    private record SummedObjectiveSum(Dataset data) {
        double[] of(Engine engine) {
            return engine.sum(new SummedObjective.Sum(Loss.forTargets(data.targets()), zeros(data)), Progress.NONE);
        }
    }

    /** Counts rows; the first task to come by a file takes its executor down. */
    record Deadly(String marker) implements RowSum {
        @Override
        public int length() {
            return 1;
        }

        @Override
        public void add(Dataset block, double[] total) {
            if (isFirst(Path.of(marker))) {
                Runtime.getRuntime().halt(1);
            }
            total[0] += block.features().get(0, 0) * block.size();
        }
    }

    private static boolean isFirst(Path marker) {
        try {
            Files.createFile(marker);
            return true;
        } catch (FileAlreadyExistsException later) {
            return false;
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** The blocks come by a shuffle, whose files die with the executor: they are fetched in vain, and made again. */
    @Test
    void anExecutorThatDiesWithItsRowsChangesNoBit(@TempDir Path folder) {
        Dataset data = GeneratedRows.of(240, 4, 2, false, 73);
        List<RowBlock> rows = IntStream.range(0, 24)
                .mapToObj(i -> block(data, 10 * i, 10 * i + 10))
                .toList();
        AtomicInteger lost = new AtomicInteger();
        SparkListener listener = new SparkListener() {
            @Override
            public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
                lost.incrementAndGet();
            }
        };
        SparkCluster.session().sparkContext().addSparkListener(listener);
        JavaRDD<RowBlock> shuffled = SparkCluster.context().parallelize(rows, 3).repartition(20);
        try (SparkEngine engine = SparkEngine.of(shuffled, data.dimension(), data.targets())) {
            double[] undisturbed = engine.sum(new Deadly(marker(folder)), Progress.NONE);

            double[] result = engine.sum(new Deadly(folder.resolve("second").toString()), Progress.NONE);

            assertThat(folder.resolve("second")).exists();
            assertThat(result).isEqualTo(undisturbed);
            assertThat(engine.size()).isEqualTo(240);
            assertThat(lost).hasPositiveValue();
        } finally {
            SparkCluster.session().sparkContext().removeSparkListener(listener);
        }
    }

    private static String marker(Path folder) {
        Path marker = folder.resolve("first");
        isFirst(marker);
        return marker.toString();
    }

    /** Counts rows; the first attempt of one task ends only when another attempt has begun. */
    record Straggling(String marker) implements RowSum {
        @Override
        public int length() {
            return 1;
        }

        @Override
        public void add(Dataset block, double[] total) {
            TaskContext task = TaskContext.get();
            if (task.partitionId() == 1) {
                if (task.attemptNumber() > 0) {
                    isFirst(Path.of(marker));
                }
                while (!Files.exists(Path.of(marker)) && !task.isInterrupted()) {
                    LockSupport.parkNanos(1_000_000);
                }
            }
            total[0] += block.size();
        }
    }

    @Test
    void whatRunsTwiceCountsOnce(@TempDir Path folder) {
        Dataset data = GeneratedRows.of(100, 3, 2, false, 74);
        Path marker = folder.resolve("again");

        try (SparkEngine engine = engine(data, 1, 1, 1, 1)) {
            assertThat(engine.sum(new Straggling(marker.toString()), Progress.NONE))
                    .containsExactly(100);
        }
        assertThat(marker).exists();
    }

    @Test
    void aSumThatIsNoRecordIsRefusedBeforeItIsSent() {
        Dataset data = GeneratedRows.of(20, 3, 2, false, 75);
        RowSum sum = new RowSum() {
            @Override
            public int length() {
                return 1;
            }

            @Override
            public void add(Dataset block, double[] total) {
                total[0] += block.size();
            }
        };

        try (SparkEngine engine = engine(data, 1)) {
            assertThatThrownBy(() -> engine.sum(sum, Progress.NONE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("cannot be sent to executors");
        }
    }
}
