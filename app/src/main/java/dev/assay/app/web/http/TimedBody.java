package dev.assay.app.web.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A body that must not come more slowly, on average, than the slowest line that anyone would send a file over. */
final class TimedBody extends FilterInputStream {
    /** From its beginning; so long nothing is demanded. */
    static final int GRACE_SECONDS = 20;

    static final int LEAST_BYTES_PER_SECOND = 4096;

    private final LongSupplier nanoTime;
    private final long began;
    private long bytes;

    TimedBody(InputStream body, LongSupplier nanoTime) {
        super(body);
        this.nanoTime = nanoTime;
        this.began = nanoTime.getAsLong();
    }

    @Override
    public int read() throws IOException {
        int one = super.read();
        count(one < 0 ? one : 1);
        return one;
    }

    @Override
    public int read(byte[] block, int offset, int length) throws IOException {
        int count = super.read(block, offset, length);
        count(count);
        return count;
    }

    private void count(int came) {
        if (came < 0) {
            return;
        }
        bytes += came;
        long seconds = TimeUnit.NANOSECONDS.toSeconds(nanoTime.getAsLong() - began) - GRACE_SECONDS;
        if (seconds > 0 && bytes < seconds * LEAST_BYTES_PER_SECOND) {
            throw new ApiError(
                    408,
                    "the body came too slowly: " + bytes + " bytes in " + (seconds + GRACE_SECONDS)
                            + " seconds, expected at least " + LEAST_BYTES_PER_SECOND + " in each");
        }
    }
}
