package dev.assay.spark;

import dev.assay.data.Dataset;
import dev.assay.engine.RowSum;
import dev.assay.work.Progress;

/** W, the sum of the weights. */
record TotalWeight() implements RowSum {
    double of(SparkEngine engine) {
        return engine.sum(this, Progress.NONE)[0];
    }

    @Override
    public int length() {
        return 1;
    }

    @Override
    public void add(Dataset block, double[] total) {
        total[0] += block.totalWeight();
    }
}
