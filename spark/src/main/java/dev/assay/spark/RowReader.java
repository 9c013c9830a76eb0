package dev.assay.spark;

import dev.assay.data.InvalidInputException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Rows of Spark into blocks.
 *
 * @param features column of vectors
 * @param label column, or null where rows have none
 * @param weight column, or null
 * @param encoding of the vectors
 * @param form of the blocks
 * @param text whether labels are texts
 */
record RowReader(
        String features,
        @Nullable String label,
        @Nullable String weight,
        VectorEncoding encoding,
        BlockForm form,
        boolean text)
        implements Serializable {
    /** Rows of a block: with a hundred features some 1.6 MB, which stay in the cache of a core or near it. */
    static final int ROWS = 2048;

    /** So many rows at a time. */
    static Iterator<List<Row>> batches(Iterator<Row> rows) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public List<Row> next() {
                List<Row> batch = new ArrayList<>();
                while (batch.size() < ROWS && rows.hasNext()) {
                    batch.add(rows.next());
                }
                return batch;
            }
        };
    }

    /** The block of some rows, in their order. */
    RowBlock block(List<Row> rows) {
        int d = form.dimension();
        int n = rows.size();
        double[] x = new double[Math.multiplyExact(n, d)];
        double[] labels = new double[n];
        double[] weights = new double[n];
        long[] keys = new long[n];
        Map<String, Integer> codes = codes();
        for (int i = 0; i < n; i++) {
            Row row = rows.get(i);
            double[] vector = vector(row);
            encoding.encode(vector, x, i * d);
            double value = label == null ? 0 : label(row, label, codes);
            labels[i] = form.classes() == null ? (value - form.mean()) / form.scale() : value;
            weights[i] = weight == null ? 1 : row.<Number>getAs(weight).doubleValue();
            keys[i] = ContentHash.of(vector, 0, vector.length, value);
        }
        return new RowBlock(x, labels, weights, keys);
    }

    private double[] vector(Row row) {
        Vector vector = row.getAs(features);
        if (vector == null || vector.size() != encoding.width()) {
            throw new InvalidInputException("column '" + features + "' holds "
                    + (vector == null ? "null" : "a vector of " + vector.size()) + ", expected vectors of "
                    + encoding.width() + " numbers");
        }
        double[] values = vector.toArray();
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new InvalidInputException("column '" + features + "' holds a vector with " + value
                        + ", expected finite numbers: fill in what is missing, or leave the rows out");
            }
        }
        return values;
    }

    private Map<String, Integer> codes() {
        Map<String, Integer> codes = new HashMap<>();
        String[] classes = form.classes();
        for (int code = 0; classes != null && code < classes.length; code++) {
            codes.put(classes[code], code);
        }
        return codes;
    }

    private double label(Row row, String column, Map<String, Integer> codes) {
        Object value = row.getAs(column);
        if (form.classes() == null) {
            if (!(value instanceof Number number) || !Double.isFinite(number.doubleValue())) {
                throw new InvalidInputException(
                        "column '" + column + "' holds " + value + ", expected finite numbers to be predicted");
            }
            return number.doubleValue();
        }
        Integer code = value == null ? null : codes.get(name(value));
        if (code == null) {
            throw new InvalidInputException("column '" + column + "' holds the class '" + value
                    + "', expected one of the " + codes.size() + " that the model knows: leave the rows out");
        }
        return code;
    }

    /** The text of a label: whole numbers without a point. */
    static String name(Object label) {
        if (label instanceof Number number && number.doubleValue() == Math.rint(number.doubleValue())) {
            return Long.toString(number.longValue());
        }
        return label.toString();
    }

    /** A class code or a standardised number as the labels have it. */
    Object original(double value) {
        String[] classes = form.classes();
        if (classes == null) {
            return form.mean() + form.scale() * value;
        }
        String name = classes[(int) value];
        return text ? (Object) name : (Object) Double.valueOf(name);
    }
}
