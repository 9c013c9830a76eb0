package dev.assay.job;

import dev.assay.data.Dataset;
import dev.assay.engine.RowBlocks;
import dev.assay.learn.FeatureMap;
import dev.assay.work.Workers;

/**
 * Rows as a layer sees them.
 *
 * @param of the rows
 * @param layer what their features go through
 */
record LayeredBlocks(RowBlocks of, FeatureMap layer) implements RowBlocks {
    @Override
    public int count() {
        return of.count();
    }

    @Override
    public long size() {
        return of.size();
    }

    @Override
    public Dataset block(int index) {
        return layer.seen(of.block(index), Workers.of(1));
    }
}
