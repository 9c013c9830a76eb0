package dev.assay.compare;

import dev.assay.data.ColumnFeatures;
import dev.assay.data.Dataset;
import dev.assay.divide.Division;
import dev.assay.linalg.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A column of the user's that tells the block: the mutual information of its values and the block over the entropy of the blocks,
 *
 * <pre>  share = sum_s p_s sum_k q_sk log(q_sk / g_k) / H,     g = sum_s p_s q_s,   H = - sum_k g_k log g_k,</pre>
 *
 * with q_s the shares of the blocks among the rows of value s ({@link GroupShares}). Values are the levels of a text, the two
 * values of a flag, or ten ranges of a number with about as many rows each.
 *
 * @param column its name
 * @param share 0 (the column says nothing) to 1 (it decides the block)
 */
public record BlockColumn(String column, double share) {
    /** From this share on a column decides the block. */
    public static final double DECIDES = 0.9;
    /** Columns below this share are not named. */
    private static final double NAMED = 0.5;

    private static final int RANGES = 10;
    private static final double PRIOR = 1;
    /** More columns than this are measurements of one thing, such as pixels. */
    private static final int MOST_COLUMNS = 200;

    /** Whether the block is known where the column is. */
    public boolean decides() {
        return share >= DECIDES;
    }

    /**
     * The columns that tell at least half of what there is to know, the clearest first. None where the features do not help to
     * find the block of rows that the gate did not see: what a column seems to say is then chance, or of no use.
     */
    public static List<BlockColumn> of(Division division, List<ColumnFeatures> columns) {
        if (division.blocks().size() < 2 || !division.gate().equals("features") || columns.size() > MOST_COLUMNS) {
            return List.of();
        }
        double[] counts = GroupShares.explained(division);
        double[] common = division.explainedShares();
        Matrix constant = new Matrix(counts.length, common.length);
        for (int i = 0; i < counts.length; i++) {
            for (int k = 0; k < common.length; k++) {
                constant.set(i, k, Math.log(common[k]));
            }
        }
        List<BlockColumn> found = new ArrayList<>();
        for (ColumnFeatures column : columns) {
            double best = 0;
            for (int[] values : values(division.data(), column)) {
                int groups = Arrays.stream(values).max().orElse(-1) + 1;
                Matrix shares = GroupShares.of(
                        constant, division.expertLogLikelihoods(), counts, values, groups, common, PRIOR);
                best = Math.max(best, share(shares, values, counts));
            }
            if (best >= NAMED) {
                found.add(new BlockColumn(column.column(), best));
            }
        }
        found.sort(Comparator.comparingDouble((BlockColumn one) -> -one.share()));
        return List.copyOf(found);
    }

    /** The values of a column as groups: of all its features of 0 and 1 together, and of each other one by itself. */
    private static List<int[]> values(Dataset data, ColumnFeatures column) {
        List<int[]> result = new ArrayList<>();
        int[] levels = null;
        for (int feature = column.from(); feature < column.to(); feature++) {
            int j = feature;
            double[] x = IntStream.range(0, data.size())
                    .mapToDouble(i -> data.features().get(i, j))
                    .toArray();
            if (Arrays.stream(x).allMatch(value -> value == 0 || value == 1)) {
                levels = levels == null ? new int[x.length] : levels;
                for (int i = 0; i < x.length; i++) {
                    levels[i] = x[i] == 1 ? feature - column.from() + 1 : levels[i];
                }
            } else {
                result.add(ranges(x));
            }
        }
        if (levels != null) {
            result.add(levels);
        }
        return result;
    }

    private static int[] ranges(double[] x) {
        double[] sorted = x.clone();
        Arrays.sort(sorted);
        double[] bounds = IntStream.range(1, RANGES)
                .mapToDouble(r -> sorted[(int) ((long) r * sorted.length / RANGES)])
                .distinct()
                .toArray();
        return Arrays.stream(x)
                .mapToInt(value -> {
                    int place = Arrays.binarySearch(bounds, value);
                    return place < 0 ? -place - 1 : place + 1;
                })
                .toArray();
    }

    private static double share(Matrix shares, int[] values, double[] counts) {
        double[] masses = new double[shares.rows()];
        double total = 0;
        for (int i = 0; i < values.length; i++) {
            masses[values[i]] += counts[i];
            total += counts[i];
        }
        double[] common = new double[shares.columns()];
        for (int s = 0; s < masses.length; s++) {
            for (int k = 0; k < common.length; k++) {
                common[k] += masses[s] / total * shares.get(s, k);
            }
        }
        double information = 0;
        double entropy = 0;
        for (int k = 0; k < common.length; k++) {
            entropy -= common[k] > 0 ? common[k] * Math.log(common[k]) : 0;
            for (int s = 0; s < masses.length; s++) {
                double share = shares.get(s, k);
                information += common[k] > 0 ? masses[s] / total * share * Math.log(share / common[k]) : 0;
            }
        }
        return entropy > 0 && total > 0 ? Math.min(1, information / entropy) : 0;
    }
}
