package dev.assay.io.table;

import dev.assay.data.Column;
import java.util.Arrays;
import java.util.BitSet;
import org.duckdb.DuckDBReadableVector;

/** Collects one column of a table, chunk by chunk. */
public abstract class ColumnBuffer {

    final String name;
    final BitSet missing = new BitSet();
    int filled;

    private ColumnBuffer(String name) {
        this.name = name;
    }

    /**
     * Takes the cells of a chunk from one row on, as far as they are to be kept.
     *
     * @param kept which of these rows are
     */
    void add(DuckDBReadableVector cells, int from, boolean[] kept) {
        for (int place = 0; place < kept.length; place++) {
            if (kept[place]) {
                take(cells, from + place);
                filled++;
            }
        }
    }

    /** Takes a cell as that of the row {@link #filled}. */
    abstract void take(DuckDBReadableVector cells, int row);

    /** The column of the cells so far; the buffer is not to be used again. */
    public abstract Column build();

    public static final class Numbers extends ColumnBuffer {
        private final double[] values;

        public Numbers(String name, int capacity) {
            super(name);
            this.values = new double[capacity];
        }

        /** The loop of its own is compiled for numbers alone, which most cells of large tables are. */
        @Override
        void add(DuckDBReadableVector cells, int from, boolean[] kept) {
            for (int place = 0; place < kept.length; place++) {
                if (kept[place]) {
                    take(cells, from + place);
                    filled++;
                }
            }
        }

        @Override
        void take(DuckDBReadableVector cells, int row) {
            double value = cells.isNull(row) ? Double.NaN : cells.getDouble(row);
            if (Double.isNaN(value)) {
                missing.set(filled);
            } else {
                values[filled] = value;
            }
        }

        @Override
        public Column build() {
            return new Column.Numbers(name, filled == values.length ? values : Arrays.copyOf(values, filled), missing);
        }
    }

    public static final class Times extends ColumnBuffer {
        private final long[] values;

        public Times(String name, int capacity) {
            super(name);
            this.values = new long[capacity];
        }

        @Override
        void take(DuckDBReadableVector cells, int row) {
            if (cells.isNull(row)) {
                missing.set(filled);
            } else {
                values[filled] = cells.getLong(row);
            }
        }

        @Override
        public Column build() {
            return new Column.Timestamps(
                    name, filled == values.length ? values : Arrays.copyOf(values, filled), missing);
        }
    }

    public static final class Truths extends ColumnBuffer {
        private final BitSet values = new BitSet();

        public Truths(String name) {
            super(name);
        }

        @Override
        void take(DuckDBReadableVector cells, int row) {
            if (cells.isNull(row)) {
                missing.set(filled);
            } else {
                values.set(filled, cells.getBoolean(row));
            }
        }

        @Override
        public Column build() {
            return new Column.Booleans(name, filled, values, missing);
        }
    }

    public static final class Texts extends ColumnBuffer {
        private final Column.Texts.Builder builder;

        public Texts(String name, int capacity) {
            super(name);
            this.builder = new Column.Texts.Builder(name, capacity);
        }

        @Override
        void take(DuckDBReadableVector cells, int row) {
            builder.add(cells.isNull(row) ? null : cells.getString(row));
        }

        @Override
        public Column.Texts build() {
            return builder.build();
        }
    }
}
