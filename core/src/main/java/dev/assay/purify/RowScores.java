package dev.assay.purify;

/**
 * What is known of each example of the data set, kept or removed; one value per example, in the data set's order.
 *
 * @param loss loss under the purified model, nats; higher = more suspicious
 * @param outOfFoldProbability probability of the row's own label under a model that was not trained with it; lower = more
 *     suspicious; for regression the density of the target, in standardised units
 * @param selfInfluence g' H^-1 g in the fit to all rows; higher = more suspicious; NaN above 1000
 *     parameters unless asked for
 * @param deltaVariance change of V of the same fit, at its own ridge, by leaving the row out; NaN above 1000 parameters
 *     unless asked for; negative lowers V, so lower = more suspicious
 * @param trust probability that the row belongs to what is kept, from 0 to 1; lower = more suspicious; NaN where no judgement was
 *     made
 * @param suggested whether the label is taken for wrong, so that another one is to be suggested
 * @param suggestion the label that the row should have: a class code, or a (standardised) prediction
 * @param suggestedProbability the probability of that label; for regression NaN
 */
public record RowScores(
        double[] loss,
        double[] outOfFoldProbability,
        double[] selfInfluence,
        double[] deltaVariance,
        double[] trust,
        boolean[] suggested,
        double[] suggestion,
        double[] suggestedProbability) {
    /** Names of the columns of rows.csv with these scores, in the order of the components. */
    public static final String LOSS = "loss";

    public static final String OUT_OF_FOLD_PROBABILITY = "outOfFoldProbability";
    public static final String SELF_INFLUENCE = "selfInfluence";
    public static final String DELTA_VARIANCE = "deltaVariance";
    public static final String TRUST = "trust";

    /** The same with what was judged of each row. */
    RowScores judged(OutOfFoldPurification.Rows rows) {
        return new RowScores(
                loss,
                outOfFoldProbability,
                selfInfluence,
                deltaVariance,
                rows.trust(),
                rows.suggested(),
                rows.suggestion(),
                rows.suggestedProbability());
    }

    /**
     * The scores in one of the columns of rows.csv.
     *
     * @throws IllegalArgumentException if no score has that name
     */
    public double[] column(String name) {
        return switch (name) {
            case LOSS -> loss;
            case OUT_OF_FOLD_PROBABILITY -> outOfFoldProbability;
            case SELF_INFLUENCE -> selfInfluence;
            case DELTA_VARIANCE -> deltaVariance;
            case TRUST -> trust;
            default -> throw new IllegalArgumentException("no score is called " + name);
        };
    }

    /** Whether low values of a score are the suspicious ones. */
    public static boolean isLowSuspicious(String name) {
        return name.equals(OUT_OF_FOLD_PROBABILITY) || name.equals(DELTA_VARIANCE) || name.equals(TRUST);
    }
}
