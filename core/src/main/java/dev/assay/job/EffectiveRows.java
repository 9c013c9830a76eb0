package dev.assay.job;

/** How many rows of known kind a share is worth that is estimated from rows whose kind is known by probability. */
final class EffectiveRows {
    private EffectiveRows() {}

    /**
     * With r_i the posterior probability that row i is of the kind and g the share, the score of g is s_i = (r_i - g) / (g (1 - g)), its
     * standard error 1 / sqrt(sum s_i^2) given what makes the r_i, and the rows that a count would need for the same
     * error g (1 - g) sum s_i^2: n where each r_i is 0 or 1, fewer the less is known. With weights (sum w s^2)^2 / sum (w s)^2 takes the
     * place of the sum.
     *
     * @param share g
     * @param posteriors r
     */
    static double of(double share, double[] posteriors, double[] weights) {
        double sum = 0;
        double squares = 0;
        double info = 0;
        double spread = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i];
            squares += weights[i] * weights[i];
            double score = (posteriors[i] - share) * (posteriors[i] - share);
            info += weights[i] * score;
            spread += weights[i] * weights[i] * score;
        }
        double rows = sum * sum / squares;
        double variance = share * (1 - share);
        if (!(variance > 0) || !(spread > 0)) {
            return rows;
        }
        return Math.min(rows, info * info / (spread * variance));
    }
}
