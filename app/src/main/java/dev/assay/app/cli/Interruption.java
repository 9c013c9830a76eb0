package dev.assay.app.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C, turned into a wish that a computation looks at: while this is open, the virtual machine waits with its end
 * until the computation has come to a point from which it can be continued, has written it down and closes this.
 */
final class Interruption implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook = new Thread(this::waitForEnd, "assay-interruption");
    private volatile boolean wished;

    /** From now on. */
    Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** True once the user has pressed Ctrl-C, or something has asked the process to end. */
    boolean isWished() {
        return wished;
    }

    private void waitForEnd() {
        wished = true;
        try {
            boolean unused = finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException endAtOnce) {
            Thread.currentThread().interrupt();
        }
    }

    /** The computation has ended, one way or the other. */
    @Override
    public void close() {
        finished.countDown();
        if (!wished) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException alreadyEnding) {
                // then the hook finds the latch open and waits for nothing
                wished = true;
            }
        }
    }
}
