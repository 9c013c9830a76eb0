package dev.assay.purify;

import dev.assay.work.Progress;

/**
 * Passes on whether to stop and nothing else: the phases of a single scoring would drown those of the loop, and several
 * paths at once may not report to one progress.
 */
record CancellationOnly(Progress progress) implements Progress {
    @Override
    public void phase(String name, long steps) {}

    @Override
    public void step(long done) {}

    @Override
    public boolean isCancelled() {
        return progress.isCancelled();
    }
}
