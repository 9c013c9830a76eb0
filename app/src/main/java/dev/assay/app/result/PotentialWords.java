package dev.assay.app.result;

import dev.assay.learn.LearnerSet;
import dev.assay.potential.linear.LinearPotential;
import dev.assay.potential.linear.PotentialScale;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What all commands say of V and its marks, on the screen and in run.json. */
public final class PotentialWords {
    /** The model whose V is meant wherever no other is named. */
    public static final String MODEL = "linear in the features as they are, ridge " + LinearPotential.RIDGE;

    /** The model of V before and after under the paper's preset. */
    public static final String PAPER =
            "the paper's: its own training, damping 0.01; the marks are of the same features with the training of"
                    + " all other commands";

    /** What V is. */
    public static final String TITLE =
            "How mixed is it? V, the variance of the rows' influence on each other; higher = more mixed or noisier";

    private PotentialWords() {}

    /**
     * The model whose V is meant.
     *
     * @param layer what it is linear in; null for the features as they are
     */
    public static String model(@Nullable String layer) {
        return layer == null
                ? MODEL
                : "a linear last layer on " + layer + ", which are held fixed, ridge " + LinearPotential.RIDGE;
    }

    /**
     * What V and influences are of, where it is not said by itself: no sentence where all is linear.
     *
     * @param layer what the model of V is linear in; null for the features as they are
     * @param learners of the experts
     */
    public static List<String> modelSentences(@Nullable String layer, LearnerSet learners) {
        if (layer != null) {
            return List.of("V and influences are those of " + model(layer) + ".");
        }
        return learners.further().isEmpty()
                ? List.of()
                : List.of("V and influences are those of a model that is " + MODEL + ", whatever the experts are.");
    }

    /** V between its marks. */
    public static String sentence(PotentialScale scale) {
        return sentence(scale.potential(), scale);
    }

    /** The same for a V of another model than that of the marks. */
    public static String sentence(double potential, PotentialScale scale) {
        return "V of the data " + Numbers.number(potential) + ": labels of one rule would give "
                + Numbers.number(scale.oneRuleMean()) + ", shuffled labels " + Numbers.number(scale.permutedMean());
    }

    /** V and its marks by their keys in run.json. */
    public static Map<String, @Nullable Object> entries(String model, double potential, PotentialScale scale) {
        return RunRecord.entry(
                "potentialModel", model,
                "potential", potential,
                "potentialPermuted", scale.permutedMean(),
                "potentialPermutedDeviation", scale.permutedDeviation(),
                "permutations", scale.permuted() == null ? 0 : scale.permuted().variances().length,
                "potentialOneRule", scale.oneRuleMean(),
                "potentialOneRuleDeviation", scale.oneRuleDeviation());
    }
}
