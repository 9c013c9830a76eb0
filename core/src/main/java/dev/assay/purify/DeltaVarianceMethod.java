package dev.assay.purify;

import dev.assay.potential.linear.DeltaVariance;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How the change of the potential V by leaving out one row is computed, from the cheapest to the truth. */
public enum DeltaVarianceMethod {
    /** All rows in a constant number of passes over the data. */
    FAST,
    /** One Newton step from the fit to all rows, then V of the rest from scratch. */
    ONE_STEP,
    /** A converged fit without the row, then V of the rest. */
    RETRAIN;

    /** The name on the command line and in files: {@code one-step} for instance. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    DeltaVariance.Method leaveOneOut() {
        return DeltaVariance.Method.valueOf(name());
    }

    /** The method with that {@link #label()}. */
    public static Optional<DeltaVarianceMethod> ofLabel(String label) {
        return Arrays.stream(values())
                .filter(method -> method.label().equals(label))
                .findFirst();
    }
}
