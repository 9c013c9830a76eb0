package dev.assay.compare;

/**
 * How far two partitions of the same rows agree, whatever their parts are called. Both numbers: 1 for the same partition,
 * larger = better.
 *
 * @param adjustedRand pairs of rows on which the partitions agree, adjusted so that independent ones get 0 on average (Hubert
 *     and Arabie); may be below 0
 * @param normalisedMutualInformation mutual information over the arithmetic mean of the two entropies, 0 to 1; not adjusted, so
 *     that many small parts get more than 0 by chance
 */
public record PartitionAgreement(double adjustedRand, double normalisedMutualInformation) {
    /**
     * Compares.
     *
     * @param first the part of each row, from 0
     * @param second the same of the other partition
     */
    public static PartitionAgreement of(int[] first, int[] second) {
        return of(counts(first, second));
    }

    /** Rows in each part of the first partition (row) and of the second (column). */
    static long[][] counts(int[] first, int[] second) {
        if (first.length != second.length) {
            throw new IllegalArgumentException(
                    first.length + " rows in one partition, " + second.length + " in the other");
        }
        int rows = 0;
        int columns = 0;
        for (int i = 0; i < first.length; i++) {
            rows = Math.max(rows, first[i] + 1);
            columns = Math.max(columns, second[i] + 1);
        }
        long[][] result = new long[rows][columns];
        for (int i = 0; i < first.length; i++) {
            result[first[i]][second[i]]++;
        }
        return result;
    }

    private static PartitionAgreement of(long[][] counts) {
        int columns = counts.length == 0 ? 0 : counts[0].length;
        long[] rowSums = new long[counts.length];
        long[] columnSums = new long[columns];
        long n = 0;
        double together = 0;
        for (int a = 0; a < counts.length; a++) {
            for (int b = 0; b < columns; b++) {
                rowSums[a] += counts[a][b];
                columnSums[b] += counts[a][b];
                n += counts[a][b];
                together += pairs(counts[a][b]);
            }
        }
        double inFirst = pairs(rowSums);
        double inSecond = pairs(columnSums);
        double expected = n > 1 ? inFirst * inSecond / pairs(n) : 0;
        double largest = (inFirst + inSecond) / 2;
        // where both put everything together, or nothing, they agree
        double rand = largest == expected ? 1 : (together - expected) / (largest - expected);

        double first = entropy(rowSums, n);
        double second = entropy(columnSums, n);
        double joint = 0;
        for (long[] row : counts) {
            joint += entropy(row, n);
        }
        double mean = (first + second) / 2;
        double information = mean > 0 ? Math.max(0, Math.min(1, (first + second - joint) / mean)) : 1;
        return new PartitionAgreement(rand, information);
    }

    private static double pairs(long count) {
        return count * (count - 1.0) / 2;
    }

    private static double pairs(long[] counts) {
        double sum = 0;
        for (long count : counts) {
            sum += pairs(count);
        }
        return sum;
    }

    /** Sum of -(count / n) log(count / n), in nats. */
    private static double entropy(long[] counts, long n) {
        double sum = 0;
        for (long count : counts) {
            double share = (double) count / n;
            sum -= count > 0 ? share * Math.log(share) : 0;
        }
        return sum;
    }
}
