package dev.assay.purify;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** By what the rows to remove are found. */
public enum CriterionKind {
    /** Decided from the data alone; the result says what was chosen and why. */
    AUTO,
    /** How far leaving the row out lowers the potential V. */
    DELTA_VARIANCE,
    /** g' H^-1 g, how far the row pulls the model towards itself. */
    SELF_INFLUENCE,
    /** The row's share of the second moment of the influence matrix X. */
    ROW_VARIANCE,
    /** The row's own loss under the model that was trained with it. */
    LOSS,
    /** The probability of the row's label under a model that was trained without it, iterated to a fixed point. */
    OUT_OF_FOLD,
    /** Nothing: the control. */
    RANDOM;

    /** The name on the command line and in files: {@code delta-variance} for instance. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The kind with that {@link #label()}. */
    public static Optional<CriterionKind> ofLabel(String label) {
        return Arrays.stream(values())
                .filter(kind -> kind.label().equals(label))
                .findFirst();
    }
}
