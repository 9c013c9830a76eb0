package dev.assay.work;

import java.util.List;

/**
 * Where a long computation says how far it is, and learns that nobody waits for it any more.
 *
 * <p>It is told by one thread at a time, not always the same; {@link #isCancelled()} is asked by several at once.
 */
public interface Progress {
    /** Says nothing and is never cancelled. */
    Progress NONE = new Progress() {
        @Override
        public void phase(String name, long steps) {}

        @Override
        public void step(long done) {}

        @Override
        public boolean isCancelled() {
            return false;
        }
    };

    /**
     * What a whole run will go through, in order, once that is known; phases may be left out, and others come between. Where
     * an earlier list is not yet worked off it holds: what is part of something larger need not know of it.
     */
    default void expect(List<Stage> stages) {}

    /** A new phase begins; {@code steps} is how many steps it has, 0 where that is unknown. */
    void phase(String name, long steps);

    /** So many steps of the current phase are done, counted from its beginning. */
    void step(long done);

    /**
     * A number that is known on the way, worth seeing before the end; nothing of the result depends on it. The points of a
     * series come with growing x; where x falls back, the same is being measured anew.
     */
    default void measured(Series series, double x, double y) {}

    /** True once the computation should stop at the next point from which it can be continued. */
    boolean isCancelled();

    /**
     * Throws if the computation is to stop.
     *
     * @throws CancelledException if {@link #isCancelled()}
     */
    default void checkCancelled() {
        if (isCancelled()) {
            throw new CancelledException();
        }
    }
}
