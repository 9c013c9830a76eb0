package dev.assay.app.web.http;

import io.javalin.http.Context;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * What goes between a client and the disk on a thread of its own. Clients that stall must not take all threads: so many at once
 * and no more, and none that sends more slowly than a bad line does. One that sends nothing at all is cut off by Jetty.
 */
public final class Transfers {
    /** All places together; the server needs more threads than that. */
    public static final int PLACES = Kind.UPLOAD.places + Kind.BODY.places + Kind.DOWNLOAD.places;

    private final Map<Kind, Semaphore> free = new EnumMap<>(Kind.class);

    /** What goes over. */
    public enum Kind {
        /** A file that comes in. */
        UPLOAD(8, 0, "files are being received"),
        /** A body of JSON; many small ones may come at once. */
        BODY(32, 1, "requests are being received"),
        /** A file that goes out. */
        DOWNLOAD(24, 1, "files are being sent");

        private final int places;
        private final int patienceSeconds;
        private final String words;

        Kind(int places, int patienceSeconds, String words) {
            this.places = places;
            this.patienceSeconds = patienceSeconds;
            this.words = words;
        }
    }

    public Transfers() {
        for (Kind kind : Kind.values()) {
            free.put(kind, new Semaphore(kind.places, true));
        }
    }

    /**
     * The body of a request, which is to come in time; its place is given back when it is closed.
     *
     * @throws ApiError 503 if no place becomes free in a moment
     */
    public InputStream receive(Context context, Kind kind) {
        Semaphore place = take(kind);
        return new PlacedStream(new TimedBody(context.bodyInputStream(), System::nanoTime), place);
    }

    /** Answers with what a stream holds; the place is given back when it is sent, or cannot be. */
    public void send(Context context, InputStream content) throws IOException {
        Semaphore place;
        try {
            place = take(Kind.DOWNLOAD);
        } catch (ApiError busy) {
            content.close();
            throw busy;
        }
        context.result(new PlacedStream(content, place));
    }

    private Semaphore take(Kind kind) {
        Semaphore places = Objects.requireNonNull(free.get(kind), "each kind has some");
        try {
            if (places.tryAcquire(kind.patienceSeconds, TimeUnit.SECONDS)) {
                return places;
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
        throw ApiError.busy(kind.places + " " + kind.words + " at this moment; ask again in a while");
    }

    private static final class PlacedStream extends FilterInputStream {
        private final Semaphore place;
        private boolean open = true;

        PlacedStream(InputStream content, Semaphore place) {
            super(content);
            this.place = place;
        }

        @Override
        public void close() throws IOException {
            if (open) {
                open = false;
                place.release();
            }
            super.close();
        }
    }
}
