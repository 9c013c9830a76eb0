package dev.assay.drift;

import java.util.Arrays;
import java.util.List;

/** Weights of rows, summed up. */
final class Total {
    private double sum;
    private double squares;
    private double missing;

    /** Counts a row; true where it has a value. */
    boolean add(double weight, boolean isMissing) {
        sum += weight;
        squares += weight * weight;
        missing += isMissing ? weight : 0;
        return !isMissing;
    }

    double sum() {
        return sum;
    }

    /** Share of the rows without a value. */
    double missing() {
        return missing / sum;
    }

    /** (sum w)^2 / sum w^2. */
    double rows() {
        return sum * sum / squares;
    }

    List<Double> shares(double[] sums) {
        return Arrays.stream(sums).map(one -> one / sum).boxed().toList();
    }
}
