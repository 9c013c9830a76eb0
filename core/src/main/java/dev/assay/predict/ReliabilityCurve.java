package dev.assay.predict;

import dev.assay.data.ClassTargets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How often predictions of a certain probability are right. Calibrated predictions lie on the diagonal; a curve below it is
 * too sure of itself, above it too timid.
 *
 * @param bins by the probability of the predicted class, with about equally many rows each, the least sure first
 */
public record ReliabilityCurve(List<Bin> bins) {
    private static final int BINS = 10;
    private static final int FEWEST_ROWS = 10;
    /** The 97.5 % point of the normal distribution. */
    private static final double NORMAL = 1.959964;

    /** Copies the list. */
    public ReliabilityCurve {
        bins = List.copyOf(bins);
    }

    /**
     * Rows of about the same probability.
     *
     * @param predicted mean probability of the predicted class
     * @param observed share of the rows whose predicted class is the right one
     * @param low lower end of Wilson's 95 % interval of {@code observed}
     * @param high its upper end
     * @param count rows
     */
    public record Bin(double predicted, double observed, double low, double high, int count) {}

    /** Sorts the rows by probability and counts; rows count alike, whatever their weight. O(n log n). */
    public static ReliabilityCurve of(ClassPredictions predictions, ClassTargets truth) {
        int n = predictions.size();
        double[] certainties = predictions.certainties();
        int[] codes = predictions.codes();
        int[] order = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> certainties[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        int count = Math.max(1, Math.min(BINS, n / FEWEST_ROWS));
        List<Bin> bins = new ArrayList<>();
        for (int bin = 0; bin < count; bin++) {
            int from = (int) ((long) n * bin / count);
            int to = (int) ((long) n * (bin + 1) / count);
            double certainty = 0;
            double right = 0;
            for (int place = from; place < to; place++) {
                certainty += certainties[order[place]];
                right += codes[order[place]] == truth.codes()[order[place]] ? 1 : 0;
            }
            if (to > from) {
                bins.add(bin(certainty, right, to - from));
            }
        }
        return new ReliabilityCurve(bins);
    }

    private static Bin bin(double certainty, double right, int count) {
        double share = right / count;
        double z = NORMAL * NORMAL / count;
        double centre = (share + z / 2) / (1 + z);
        double half = Math.sqrt(share * (1 - share) * z + z * z / 4) / (1 + z);
        return new Bin(certainty / count, share, Math.max(0, centre - half), Math.min(1, centre + half), count);
    }
}
