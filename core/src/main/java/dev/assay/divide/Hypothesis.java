package dev.assay.divide;

import dev.assay.learn.PairedGain;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * An explanation of the labels, and how well it explains labels that it did not see.
 *
 * @param blocks K
 * @param unexplained whether block 0 is in it
 * @param view {@code linear} or {@code radial}
 * @param gate {@code constant} or {@code features}
 * @param rows that were judged, ascending
 * @param logLikelihoods of their labels, in nats
 */
record Hypothesis(int blocks, boolean unexplained, String view, String gate, int[] rows, double[] logLikelihoods) {
    /** Both on the rows that both have judged; the weights are those of all rows. */
    static PairedGain compare(Hypothesis first, Hypothesis second, double[] weights) {
        int[] common = IntStream.of(first.rows)
                .filter(row -> Arrays.binarySearch(second.rows, row) >= 0)
                .toArray();
        return PairedGain.of(
                first.at(common),
                second.at(common),
                IntStream.of(common).mapToDouble(i -> weights[i]).toArray());
    }

    private double[] at(int[] chosen) {
        return IntStream.of(chosen)
                .mapToDouble(row -> logLikelihoods[Arrays.binarySearch(rows, row)])
                .toArray();
    }

    /** Mean log-likelihood of a row, in nats. */
    double evidence(double[] weights) {
        double sum = 0;
        double total = 0;
        for (int k = 0; k < rows.length; k++) {
            sum += weights[rows[k]] * logLikelihoods[k];
            total += weights[rows[k]];
        }
        return sum / total;
    }
}
