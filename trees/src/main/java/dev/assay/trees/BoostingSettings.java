package dev.assay.trees;

/**
 * How trees are grown and added up.
 *
 * @param learningRate that each tree's answer is multiplied by, above 0, at most 1
 * @param leaves of a tree at the most, at least 2: the leaf whose split gains most is split next
 * @param lambda weight of half the squared value of each leaf in the sum of the losses, at least 0
 * @param minimumChildWeight the least sum, over the rows of a leaf, of weight times second derivative of the loss in the logit (1 for numbers,
 *     p (1 - p), twice that with several classes), at least 0: with weights that add up to less nothing is split; the learner hands over weights in rows
 * @param featureShare of the features that each split is chosen from, drawn anew, above 0, at most 1
 * @param rounds at the most; each adds one tree, or one for each class where there are more than two
 * @param patience early stopping: rounds go on until so many in a row have not explained rows better that took no part; 0 to add all
 *     {@code rounds} without looking
 */
public record BoostingSettings(
        double learningRate,
        int leaves,
        double lambda,
        double minimumChildWeight,
        double featureShare,
        int rounds,
        int patience) {
    /** What experts of blocks are learned with; see docs/tried.md for what it was chosen among. */
    public static final BoostingSettings STANDARD = new BoostingSettings(0.1, 31, 1, 1, 0.5, 500, 20);

    /** What judges labels, in many quick fits: so few and so careful rounds that wrong labels are not learned by heart. */
    public static final BoostingSettings JUDGING = new BoostingSettings(0.3, 15, 1, 3, 0.5, 25, 0);

    /**
     * Checks the settings.
     *
     * @throws IllegalArgumentException if one of them cannot be
     */
    public BoostingSettings {
        require(learningRate > 0 && learningRate <= 1, "learningRate", learningRate, "above 0 and at most 1");
        require(leaves >= 2, "leaves", leaves, "at least 2");
        require(lambda >= 0 && Double.isFinite(lambda), "lambda", lambda, "a finite number of at least 0");
        require(
                minimumChildWeight >= 0 && Double.isFinite(minimumChildWeight),
                "minimumChildWeight",
                minimumChildWeight,
                "a finite number of at least 0");
        require(featureShare > 0 && featureShare <= 1, "featureShare", featureShare, "above 0 and at most 1");
        require(rounds >= 1, "rounds", rounds, "at least 1");
        require(patience >= 0, "patience", patience, "at least 0");
    }

    private static void require(boolean satisfied, String name, Number given, String expected) {
        if (!satisfied) {
            throw new IllegalArgumentException(name + " is " + given + ", expected " + expected);
        }
    }
}
