package dev.assay.app.result;

import dev.assay.potential.LinearPotential;
import dev.assay.potential.PotentialScale;
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
