package dev.assay.work;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A fixed number of threads that work through blocks of a range.
 *
 * <p>Blocks and lanes depend on the range alone, never on the number of threads, and results are combined in block
 * order: the same input gives the same bytes whatever the number of threads. A call from inside a block runs on the
 * thread that makes it, so blocks may call code that uses workers itself.
 */
public final class Workers implements AutoCloseable {
    /** Number of accumulators in {@link #reduce}; part of the result's bytes, so not to be tuned per machine. */
    private static final int LANES = 8;

    private static final ThreadLocal<Boolean> INSIDE = ThreadLocal.withInitial(() -> false);

    private final int threads;
    private final @Nullable ExecutorService pool;
    private volatile boolean closed;

    private Workers(int threads) {
        this.threads = threads;
        this.pool = threads == 1
                ? null
                : Executors.newFixedThreadPool(threads - 1, task -> {
                    Thread thread = new Thread(task, "assay-worker");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /**
     * Workers on the given number of threads, the calling thread among them.
     *
     * @throws IllegalArgumentException if {@code threads} is below 1
     */
    public static Workers of(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads is " + threads + ", expected at least 1");
        }
        return new Workers(threads);
    }

    /** Workers on all processors, for all who need nothing else: they are made once, and closing them does nothing. */
    public static Workers shared() {
        return Shared.WORKERS;
    }

    /** Made when first asked for. */
    private static final class Shared {
        private static final Workers WORKERS = new Workers(Runtime.getRuntime().availableProcessors());
    }

    /** Number of threads, the calling one included. */
    public int threads() {
        return threads;
    }

    /** Something to do for the indices from (included) to to (excluded). */
    @FunctionalInterface
    public interface Block {
        void run(int from, int to);
    }

    /** A value made from the indices from (included) to to (excluded). */
    @FunctionalInterface
    public interface BlockFunction<T> {
        T apply(int from, int to);
    }

    /** Adds the indices from (included) to to (excluded) to an accumulator. */
    @FunctionalInterface
    public interface BlockSum<T> {
        void add(T sum, int from, int to);
    }

    /** Runs {@code block} for 0..count in pieces of {@code blockSize}; blocks must not write to the same place. */
    public void forEachBlock(int count, int blockSize, Block block) {
        int blocks = blocks(count, blockSize);
        runAll(blocks, index -> block.run(start(index, blockSize), end(index, blockSize, count)));
    }

    /** The values of all blocks, in block order. */
    public <T> List<T> mapBlocks(int count, int blockSize, BlockFunction<T> function) {
        int blocks = blocks(count, blockSize);
        List<@Nullable T> results = new ArrayList<>(blocks);
        for (int i = 0; i < blocks; i++) {
            results.add(null);
        }
        runAll(blocks, index -> {
            T value = function.apply(start(index, blockSize), end(index, blockSize, count));
            synchronized (results) {
                results.set(index, value);
            }
        });
        List<T> complete = new ArrayList<>(blocks);
        for (@Nullable T value : results) {
            if (value == null) {
                throw new IllegalStateException("a block returned null");
            }
            complete.add(value);
        }
        return complete;
    }

    /**
     * A sum over blocks in bounded memory: a fixed number of accumulators, each fed every so many blocks in order, then
     * merged in order.
     */
    public <T> T reduce(int count, int blockSize, Supplier<T> zero, BlockSum<T> sum, BinaryOperator<T> merge) {
        int blocks = blocks(count, blockSize);
        int lanes = Math.max(1, Math.min(LANES, blocks));
        List<T> partial = mapBlocks(lanes, 1, (lane, ignored) -> {
            T accumulator = zero.get();
            for (int index = lane; index < blocks; index += lanes) {
                sum.add(accumulator, start(index, blockSize), end(index, blockSize, count));
            }
            return accumulator;
        });
        T result = partial.get(0);
        for (int lane = 1; lane < lanes; lane++) {
            result = merge.apply(result, partial.get(lane));
        }
        return result;
    }

    @FunctionalInterface
    private interface Indexed {
        void run(int index);
    }

    private void runAll(int blocks, Indexed task) {
        if (closed) {
            throw new IllegalStateException(
                    "these workers are closed: compute before close(), or with Workers.shared(), which nobody has to close");
        }
        if (pool == null || blocks <= 1 || INSIDE.get()) {
            for (int index = 0; index < blocks; index++) {
                task.run(index);
            }
            return;
        }
        AtomicInteger next = new AtomicInteger();
        Runnable loop = () -> {
            INSIDE.set(true);
            try {
                for (int index = next.getAndIncrement(); index < blocks; index = next.getAndIncrement()) {
                    task.run(index);
                }
            } catch (RuntimeException | Error failure) {
                next.set(blocks);
                throw failure;
            } finally {
                INSIDE.set(false);
            }
        };
        List<Future<?>> others = new ArrayList<>();
        for (int i = 0; i < Math.min(threads, blocks) - 1; i++) {
            others.add(pool.submit(loop));
        }
        @Nullable Throwable failure = null;
        try {
            loop.run();
        } catch (RuntimeException | Error own) {
            failure = own;
        }
        for (Future<?> other : others) {
            Throwable theirs = await(other);
            failure = failure == null ? theirs : failure;
        }
        if (failure instanceof RuntimeException runtime) {
            throw runtime;
        }
        if (failure instanceof Error error) {
            throw error;
        }
    }

    private static @Nullable Throwable await(Future<?> future) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    future.get();
                    return null;
                } catch (InterruptedException again) {
                    // the block still writes to shared arrays: leave only when it is done, then pass the interrupt on
                    interrupted = true;
                } catch (ExecutionException failed) {
                    return failed.getCause();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static int blocks(int count, int blockSize) {
        if (count < 0 || blockSize < 1) {
            throw new IllegalArgumentException("count " + count + ", block size " + blockSize);
        }
        return (int) (((long) count + blockSize - 1) / blockSize);
    }

    private static int start(int index, int blockSize) {
        return index * blockSize;
    }

    private static int end(int index, int blockSize, int count) {
        return (int) Math.min(count, ((long) index + 1) * blockSize);
    }

    /** Ends the threads, but for {@link #shared}; blocks that are running finish first. */
    @Override
    public void close() {
        if (this == Shared.WORKERS) {
            return;
        }
        closed = true;
        if (pool != null) {
            pool.shutdown();
        }
    }
}
