package dev.assay.predict;

import dev.assay.data.ClassTargets;
import dev.assay.data.RealTargets;
import dev.assay.data.Targets;
import java.util.List;

/** What is predicted: one of several classes, or a number. */
public sealed interface LabelSpace {
    /**
     * Classes.
     *
     * @param names the exact text of each label; a class code is an index into them
     */
    record Classes(List<String> names) implements LabelSpace {
        /**
         * Copies the names.
         *
         * @throws IllegalArgumentException if there are fewer than two
         */
        public Classes {
            names = List.copyOf(names);
            if (names.size() < 2) {
                throw new IllegalArgumentException("a model needs at least 2 classes, got " + names);
            }
        }
    }

    /**
     * Numbers, which models see standardised: the value in the user's units is mean + scale * standardised.
     *
     * @param mean in the user's units
     * @param scale in the user's units, above 0
     */
    record Reals(double mean, double scale) implements LabelSpace {
        /**
         * Checks the numbers.
         *
         * @throws IllegalArgumentException if they are not finite, or the scale is not above 0
         */
        public Reals {
            if (!Double.isFinite(mean) || !(scale > 0) || Double.isInfinite(scale)) {
                throw new IllegalArgumentException(
                        "mean is " + mean + " and scale " + scale + ", expected finite numbers and a scale above 0");
            }
        }
    }

    /** That of a data set's targets. */
    static LabelSpace of(Targets targets) {
        if (targets instanceof ClassTargets classes) {
            return new Classes(classes.names());
        }
        if (targets instanceof RealTargets reals) {
            return new Reals(reals.mean(), reals.scale());
        }
        throw new IllegalArgumentException("no labels for " + targets.getClass());
    }
}
