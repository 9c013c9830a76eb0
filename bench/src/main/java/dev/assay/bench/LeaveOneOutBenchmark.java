package dev.assay.bench;

import dev.assay.data.Dataset;
import dev.assay.data.SyntheticSample;
import dev.assay.influence.LinearGradientSpace;
import dev.assay.model.AdamTrainer;
import dev.assay.model.Fit;
import dev.assay.model.Linearization;
import dev.assay.model.Objective;
import dev.assay.potential.Potential;
import dev.assay.potential.linear.DeltaVariance;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** 1000 rows of the paper's 700/300 mixture, p = 164: one training, V, and delta V of every row. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class LeaveOneOutBenchmark {
    private Workers workers = Workers.of(1);
    private Objective objective = objective(new int[] {1, 1});
    private Linearization at = objective.at(new double[objective.parameters()], workers);

    private static Objective objective(int[] sizes) {
        Dataset data = SyntheticSample.drawPaper(sizes, 1).toDataset();
        return Objective.of(data, MixtureExperiment.RIDGE);
    }

    /** Draws the mixture and trains on it. */
    @Setup
    public void prepare() {
        workers = Workers.of(Runtime.getRuntime().availableProcessors());
        objective = objective(new int[] {700, 300});
        at = objective.at(train().model().theta(), workers);
    }

    /** Ends the threads. */
    @TearDown
    public void close() {
        workers.close();
    }

    /** The paper's schedule, 1000 epochs. */
    @Benchmark
    public Fit train() {
        return new AdamTrainer().fit(objective, workers);
    }

    /** V of the whole set. */
    @Benchmark
    public Potential potential() {
        return Potential.of(LinearGradientSpace.of(at, workers), workers);
    }

    /** Delta V of all rows by FAST. */
    @Benchmark
    public double[] fast() {
        return DeltaVariance.deltaVariance(at, DeltaVariance.Method.FAST, workers, Progress.NONE);
    }

    /** Delta V of all rows by ONE_STEP. */
    @Benchmark
    public double[] oneStep() {
        return DeltaVariance.deltaVariance(at, DeltaVariance.Method.ONE_STEP, workers, Progress.NONE);
    }

    /** Delta V of all rows by RETRAIN. */
    @Benchmark
    public double[] retrain() {
        return DeltaVariance.deltaVariance(at, DeltaVariance.Method.RETRAIN, workers, Progress.NONE);
    }
}
