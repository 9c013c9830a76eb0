package dev.assay.io.result;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One column of a file of results. */
public sealed interface ResultColumn {

    /** The name in the header. */
    String name();

    /** The number of cells. */
    int size();

    /** The cells at these places, in this order. */
    ResultColumn select(int[] places);

    /** Whole numbers; {@link #MISSING} stands for an empty cell. */
    record Integers(String name, int[] values) implements ResultColumn {
        /** An empty cell. */
        public static final int MISSING = Integer.MIN_VALUE;

        @Override
        public int size() {
            return values.length;
        }

        @Override
        public ResultColumn select(int[] places) {
            return new Integers(
                    name, Arrays.stream(places).map(place -> values[place]).toArray());
        }
    }

    /** Real numbers; NaN stands for an empty cell. */
    record Reals(String name, double[] values) implements ResultColumn {
        @Override
        public int size() {
            return values.length;
        }

        @Override
        public ResultColumn select(int[] places) {
            return new Reals(
                    name,
                    Arrays.stream(places).mapToDouble(place -> values[place]).toArray());
        }
    }

    /** Truth values. */
    public record Truths(String name, boolean[] values) implements ResultColumn {
        @Override
        public int size() {
            return values.length;
        }

        @Override
        public ResultColumn select(int[] places) {
            boolean[] selected = new boolean[places.length];
            for (int k = 0; k < places.length; k++) {
                selected[k] = values[places[k]];
            }
            return new Truths(name, selected);
        }
    }

    /** Texts; null stands for an empty cell. */
    record Texts(String name, List<@Nullable String> values) implements ResultColumn {
        @Override
        public int size() {
            return values.size();
        }

        @Override
        public ResultColumn select(int[] places) {
            List<@Nullable String> selected = new ArrayList<>();
            for (int place : places) {
                selected.add(values.get(place));
            }
            return new Texts(name, selected);
        }
    }
}
