package dev.assay.rules;

/** How likely chance is to give a rule so many rows of a set. */
final class ChanceTest {
    private ChanceTest() {}

    /**
     * P(at least {@code hits} members among {@code rows} rows drawn without replacement): Fisher's exact test, one-sided. Exact
     * where membership has nothing to do with the rule; O(rows + total).
     *
     * @param total rows in all
     * @param members of them in the set
     * @param rows that the rule holds for
     * @param hits of these in the set
     */
    static double tail(int total, int members, int rows, int hits) {
        double[] factorial = new double[total + 1];
        for (int k = 1; k <= total; k++) {
            factorial[k] = factorial[k - 1] + Math.log(k);
        }
        double all = choose(factorial, total, rows);
        double sum = 0;
        for (int k = Math.max(hits, rows - (total - members)); k <= Math.min(rows, members); k++) {
            sum += Math.exp(choose(factorial, members, k) + choose(factorial, total - members, rows - k) - all);
        }
        return Math.min(1, sum);
    }

    private static double choose(double[] factorial, int n, int k) {
        return factorial[n] - factorial[k] - factorial[n - k];
    }

    /**
     * Bound of P(mean of {@code rows} values from 0 to 1, drawn without replacement from values of mean {@code base}, is at least
     * {@code mean}): exp(-rows KL(mean || base)) (Hoeffding 1963); 1 where the mean is not above the base.
     */
    static double bound(double base, double rows, double mean) {
        if (!(mean > base)) {
            return 1;
        }
        double divergence =
                mean * Math.log(mean / base) + (mean < 1 ? (1 - mean) * Math.log((1 - mean) / (1 - base)) : 0);
        return Math.exp(-rows * divergence);
    }
}
