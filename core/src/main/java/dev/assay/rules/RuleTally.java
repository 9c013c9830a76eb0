package dev.assay.rules;

/**
 * Some rows and how many of them are in a set.
 *
 * @param weight W, sum of their weights
 * @param squares sum of the squares of their weights
 * @param members weighted sum of their memberships, each from 0 to 1
 * @param rows their number
 */
record RuleTally(double weight, double squares, double members, int rows) {

    static RuleTally of(boolean[] chosen, double[] weights, double[] target) {
        double weight = 0;
        double squares = 0;
        double members = 0;
        int rows = 0;
        for (int row = 0; row < chosen.length; row++) {
            if (chosen[row]) {
                weight += weights[row];
                squares += weights[row] * weights[row];
                members += weights[row] * target[row];
                rows++;
            }
        }
        return new RuleTally(weight, squares, members, rows);
    }

    /** Weighted mean of the memberships; NaN without rows. */
    double rate() {
        return Math.min(1, members / weight);
    }

    /** The number of rows of equal weight that would say as much (Kish). */
    double effective() {
        return squares > 0 ? weight * weight / squares : 0;
    }

    /** The rate with its interval. */
    Proportion proportion() {
        return Proportion.of(rate(), effective());
    }
}
