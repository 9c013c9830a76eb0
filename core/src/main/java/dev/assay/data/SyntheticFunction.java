package dev.assay.data;

import java.util.Arrays;
import java.util.Random;

/**
 * A function from {@link #POSITIONS} letters to one letter, of the family that "Divide and Predict" builds its synthetic
 * data from:
 *
 * <pre>
 *     s(x) = sum over positions j of featureWeights[j] * labelWeights[x_j]
 *     f(x) = B if s &lt;= a1,  N if a1 &lt; s &lt;= a2,  D if a2 &lt; s &lt;= a3,  R if s &gt; a3
 * </pre>
 *
 * <p>The sum runs from the first position to the last in doubles, each product rounded before it is added: with the
 * weights of the paper, 10 to 16 % of random inputs lie exactly on a threshold, so another order or a fused multiply-add
 * would change labels.
 *
 * @param labelWeights weight of each letter, in the order of {@link #LETTERS}
 * @param featureWeights weight of each position
 * @param thresholds a1, a2, a3, increasing
 */
public record SyntheticFunction(double[] labelWeights, double[] featureWeights, double[] thresholds) {
    /** The letters, of features and of labels, in alphabetical order: a letter's code is its index here. */
    public static final String LETTERS = "BDNR";

    /** Number of letters that a function reads. */
    public static final int POSITIONS = 10;

    /** The codes of the labels by rising s: B, N, D, R. */
    private static final int[] LABELS_BY_SCORE = {0, 2, 1, 3};

    private static final int PAPER_FUNCTIONS = 3;
    private static final int SCORES_FOR_THRESHOLDS = 4000;

    /**
     * Checks the shapes.
     *
     * @throws IllegalArgumentException if a length is wrong or the thresholds do not increase
     */
    public SyntheticFunction {
        if (labelWeights.length != LETTERS.length()
                || featureWeights.length != POSITIONS
                || thresholds.length != LETTERS.length() - 1) {
            throw new IllegalArgumentException(labelWeights.length + " letter weights, " + featureWeights.length
                    + " position weights and " + thresholds.length + " thresholds, expected " + LETTERS.length() + ", "
                    + POSITIONS + " and " + (LETTERS.length() - 1));
        }
        for (int k = 1; k < thresholds.length; k++) {
            if (!(thresholds[k] > thresholds[k - 1])) {
                throw new IllegalArgumentException("thresholds " + Arrays.toString(thresholds) + " do not increase");
            }
        }
    }

    /**
     * One of the paper's three functions.
     *
     * @param number 1, 2 or 3, as in the paper
     * @throws IllegalArgumentException for another number
     */
    public static SyntheticFunction paper(int number) {
        return switch (number) {
            case 1 ->
                new SyntheticFunction(
                        new double[] {-0.3, -1.0, 0.3, 1.0},
                        new double[] {1, -1, 1, -1, 1, -1, 1, -1, 1, -1},
                        new double[] {-2, 0, 2});
            case 2 ->
                new SyntheticFunction(
                        new double[] {0.6, 1.0, -0.8, -0.4},
                        new double[] {0.5, 0.5, -1, 1, 0, -0.5, 1, -1, 0.5, -0.5},
                        new double[] {-1.5, 0, 1.5});
            case 3 ->
                new SyntheticFunction(
                        new double[] {-0.8, 0.4, -0.2, 1.2},
                        new double[] {1, 0.5, 1, 1, 0.5, -0.5, -1, -1.5, -0.5, 1},
                        new double[] {-2.5, 0, 2});
            default ->
                throw new IllegalArgumentException(
                        "the paper has functions 1 to " + PAPER_FUNCTIONS + ", asked for " + number);
        };
    }

    /**
     * Another function of the family: letter weights uniform in (-1.2, 1.2), to two decimals; position weights -1.5 to 1.5
     * in steps of 0.5; thresholds that split random inputs at shares of about 0.2, 0.5 and 0.8, as the paper's do.
     */
    public static SyntheticFunction random(Random random) {
        double[] labelWeights = new double[LETTERS.length()];
        double[] featureWeights = new double[POSITIONS];
        double[] thresholds = new double[LETTERS.length() - 1];
        // a draw with equal weights for all letters, or with many equal scores, has no thresholds: draw again
        while (true) {
            for (int k = 0; k < labelWeights.length; k++) {
                labelWeights[k] = Math.rint(100 * (2.4 * random.nextDouble() - 1.2)) / 100;
            }
            for (int j = 0; j < featureWeights.length; j++) {
                featureWeights[j] = 0.5 * (random.nextInt(7) - 3);
            }
            double[] scores = new double[SCORES_FOR_THRESHOLDS];
            int[] letters = new int[POSITIONS];
            for (int i = 0; i < scores.length; i++) {
                for (int j = 0; j < POSITIONS; j++) {
                    letters[j] = random.nextInt(LETTERS.length());
                }
                scores[i] = score(labelWeights, featureWeights, letters, 0);
            }
            Arrays.sort(scores);
            thresholds[0] = scores[SCORES_FOR_THRESHOLDS / 5];
            thresholds[1] = scores[SCORES_FOR_THRESHOLDS / 2];
            thresholds[2] = scores[SCORES_FOR_THRESHOLDS * 4 / 5];
            if (thresholds[0] < thresholds[1] && thresholds[1] < thresholds[2]) {
                return new SyntheticFunction(labelWeights, featureWeights, thresholds);
            }
        }
    }

    /** s of the letters {@code letters[offset..]}, given as codes. */
    public double score(int[] letters, int offset) {
        return score(labelWeights, featureWeights, letters, offset);
    }

    private static double score(double[] labelWeights, double[] featureWeights, int[] letters, int offset) {
        double sum = 0;
        for (int j = 0; j < POSITIONS; j++) {
            sum += featureWeights[j] * labelWeights[letters[offset + j]];
        }
        return sum;
    }

    /** The code of the label of the letters {@code letters[offset..]}, given as codes. */
    public int label(int[] letters, int offset) {
        double score = score(letters, offset);
        int above = 0;
        while (above < thresholds.length && score > thresholds[above]) {
            above++;
        }
        return LABELS_BY_SCORE[above];
    }
}
