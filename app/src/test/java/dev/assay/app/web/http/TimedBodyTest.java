package dev.assay.app.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Who sends too slowly is cut off, who has a slow line is not. */
class TimedBodyTest {
    private final AtomicLong now = new AtomicLong(-5);
    private final TimedBody body = new TimedBody(new ByteArrayInputStream(new byte[1 << 20]), now::get);

    @Test
    void aByteNowAndThenIsTooSlow() throws IOException {
        pass(TimedBody.GRACE_SECONDS);
        assertThat(body.read()).isZero();
        pass(1);

        assertThatThrownBy(() -> body.read(new byte[1]))
                .isInstanceOfSatisfying(
                        ApiError.class, slow -> assertThat(slow.status()).isEqualTo(408))
                .hasMessage("the body came too slowly: 2 bytes in 21 seconds, expected at least 4096 in each");
    }

    @Test
    void aSlowLineIsFastEnough() throws IOException {
        byte[] block = new byte[TimedBody.LEAST_BYTES_PER_SECOND];
        int read = 0;
        for (int count = body.read(block); count >= 0; count = body.read(block)) {
            read += count;
            pass(1);
        }

        assertThat(read).isEqualTo(1 << 20);
    }

    private void pass(int seconds) {
        now.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }
}
