package dev.assay.io;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One column of a file of results. */
public sealed interface ResultColumn {

    /** The name in the header. */
    String name();

    /** The number of cells. */
    int size();

    /** Whole numbers; {@link #MISSING} stands for an empty cell. */
    record Integers(String name, int[] values) implements ResultColumn {
        /** An empty cell. */
        public static final int MISSING = Integer.MIN_VALUE;

        @Override
        public int size() {
            return values.length;
        }
    }

    /** Real numbers; NaN stands for an empty cell. */
    record Reals(String name, double[] values) implements ResultColumn {
        @Override
        public int size() {
            return values.length;
        }
    }

    /** Truth values. */
    record Truths(String name, boolean[] values) implements ResultColumn {
        @Override
        public int size() {
            return values.length;
        }
    }

    /** Texts; null stands for an empty cell. */
    record Texts(String name, List<@Nullable String> values) implements ResultColumn {
        @Override
        public int size() {
            return values.size();
        }
    }
}
