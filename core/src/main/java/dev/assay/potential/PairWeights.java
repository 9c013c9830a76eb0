package dev.assay.potential;

/**
 * Which pairs a weighted data set has. A row of weight w stands for w copies of itself, so it makes w w' pairs with another
 * row and w (w - 1) with its own copies, none where w is below 1: w^2 - a in all with a = w min(1, w).
 *
 * <p>For whole numbers this is the data set with its rows repeated, with W (W - 1) pairs; when all weights are below 1
 * their common scale does not matter.
 */
public final class PairWeights {
    private PairWeights() {}

    /** a = w min(1, w): what w^2 has too much, the pairs of each copy with itself. */
    public static double selfPairs(double weight) {
        return weight * Math.min(1, weight);
    }

    /** W, the sum of all weights. */
    static double total(double[] weights) {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        return sum;
    }

    /** The sum of a over all examples. */
    public static double selfPairs(double[] weights) {
        double sum = 0;
        for (double weight : weights) {
            sum += selfPairs(weight);
        }
        return sum;
    }

    /**
     * W^2 - sum a, the ordered pairs of different rows or copies.
     *
     * @throws IllegalArgumentException if there is no pair
     */
    public static double pairs(double[] weights) {
        checkPairsRemain(weights, 0);
        double total = total(weights);
        return total * total - selfPairs(weights);
    }

    /**
     * Makes sure that there is a pair left whichever rows are left out.
     *
     * @param leftOut how many rows will be left out, 0 or 1
     * @throws IllegalArgumentException if that may leave a single row of weight 1 or less, or none
     */
    public static void checkPairsRemain(double[] weights, int leftOut) {
        int rows = 0;
        int repeated = 0;
        for (double weight : weights) {
            rows += weight > 0 ? 1 : 0;
            repeated += weight > 1 ? 1 : 0;
        }
        boolean distinct = rows >= 2 + leftOut;
        boolean copied = rows == 1 + leftOut && repeated == rows;
        if (!distinct && !copied) {
            throw new IllegalArgumentException("the data has " + rows + " rows with a weight, expected at least "
                    + (2 + leftOut) + ": there is no pair to speak of");
        }
    }
}
