package dev.assay.judge;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.purify.CriterionKind;
import java.util.Arrays;
import java.util.Locale;

/**
 * What {@link CriterionKind#AUTO} decides: out-of-fold wherever experts can be trained on a part of the data, as it judges
 * a label by what others say of it, estimates the share of labels that are not explained, and has its own stop; the loss
 * where there are too few rows for that.
 *
 * @param kind the decision
 * @param reason the decision in words
 */
record AutomaticCriterion(CriterionKind kind, String reason) {
    /** With fewer rows a class is not there in every part of a part. */
    private static final int ROWS_PER_CLASS = 8;

    static AutomaticCriterion decide(Dataset data) {
        int rows = data.size();
        String what = "rows";
        if (data.targets() instanceof ClassTargets targets) {
            int[] counts = new int[targets.classes()];
            for (int code : targets.codes()) {
                counts[code]++;
            }
            // small classes are common and harmless; without a second class of some size there is nothing to learn
            Arrays.sort(counts);
            rows = counts.length < 2 ? 0 : counts[counts.length - 2];
            what = "rows in the second largest class";
        }
        if (rows < ROWS_PER_CLASS) {
            return new AutomaticCriterion(
                    CriterionKind.LOSS,
                    String.format(
                            Locale.ROOT,
                            "criterion loss: %d %s are too few for experts trained on parts of the data",
                            rows,
                            what));
        }
        return new AutomaticCriterion(
                CriterionKind.OUT_OF_FOLD,
                String.format(
                        Locale.ROOT,
                        "criterion out-of-fold: with %d %s, labels can be judged by experts that did not see them",
                        rows,
                        what));
    }
}
