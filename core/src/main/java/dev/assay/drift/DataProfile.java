package dev.assay.drift;

import dev.assay.data.ClassTargets;
import dev.assay.data.Column;
import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.data.FeatureEncoding;
import dev.assay.data.ReadableColumns;
import dev.assay.data.RealTargets;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What labels and columns of a data set hold, in short, so that a later one can be held against it without this one. Points in time
 * are left out, as time goes on; hour, weekday and month are columns of their own.
 *
 * @param labels what the labels are
 * @param columns one for each column that became features, of at most {@value #MOST_ROWS} rows; none where they became more than
 *     {@value #MOST_FEATURES} features
 * @param isWide whether there are too many
 */
public record DataProfile(Distribution labels, List<Distribution> columns, boolean isWide) {
    /** More features than this are not told one by one. */
    public static final int MOST_FEATURES = 1000;
    /** Rows that the columns are counted in. */
    public static final int MOST_ROWS = 20_000;

    private static final long SEED = 1;

    /** Copies the list. */
    public DataProfile {
        columns = List.copyOf(columns);
    }

    /**
     * What has moved since.
     *
     * @param labels of the labels
     * @param columns of each column that is there before and now
     * @param gone columns that are not there any more
     * @param arrived columns that were not there
     */
    public record Change(Drift labels, List<Drift> columns, List<String> gone, List<String> arrived) {
        /** Copies the lists. */
        public Change {
            columns = List.copyOf(columns);
            gone = List.copyOf(gone);
            arrived = List.copyOf(arrived);
        }
    }

    /**
     * Of a data set; O(n d + n log n).
     *
     * @param label what the labels are called
     */
    public static DataProfile of(FeatureEncoding encoding, Dataset data, String label, Workers workers) {
        boolean wide = isWide(encoding);
        Sample sample = wide ? null : Sample.of(encoding, data, workers);
        return new DataProfile(
                Distribution.of(labels(data, label), data.weights()),
                sample == null
                        ? List.of()
                        : sample.columns().stream()
                                .map(column -> Distribution.of(column, sample.weights()))
                                .toList(),
                wide);
    }

    /** What is otherwise in a later data set; of the columns nothing where either has too many. */
    public Change since(FeatureEncoding encoding, Dataset data, Workers workers) {
        Drift moved = Drift.of(labels, labels(data, labels.name()), data.weights());
        if (isWide || isWide(encoding)) {
            return new Change(moved, List.of(), List.of(), List.of());
        }
        Map<String, Distribution> before = new HashMap<>();
        columns.forEach(column -> before.put(column.name(), column));
        List<Drift> drifts = new ArrayList<>();
        List<String> arrived = new ArrayList<>();
        Sample sample = Sample.of(encoding, data, workers);
        for (Column column : sample.columns()) {
            Distribution earlier = before.remove(column.name());
            if (earlier == null) {
                arrived.add(column.name());
            } else {
                drifts.add(Drift.of(earlier, column, sample.weights()));
            }
        }
        List<String> gone = columns.stream()
                .map(Distribution::name)
                .filter(before::containsKey)
                .toList();
        return new Change(moved, drifts, gone, arrived);
    }

    /** The columns of some rows, in their own units. */
    private record Sample(List<Column> columns, double[] weights) {
        static Sample of(FeatureEncoding encoding, Dataset data, Workers workers) {
            int[] rows = data.size() <= MOST_ROWS
                    ? IntStream.range(0, data.size()).toArray()
                    : ContentOrder.of(data, workers).sample(MOST_ROWS, SEED);
            return new Sample(
                    ReadableColumns.of(encoding, data.features(), rows).stream()
                            .filter(column -> !(column instanceof Column.Timestamps))
                            .toList(),
                    Arrays.stream(rows).mapToDouble(row -> data.weights()[row]).toArray());
        }
    }

    private static boolean isWide(FeatureEncoding encoding) {
        return encoding.featureNames().size() > MOST_FEATURES;
    }

    private static Column labels(Dataset data, String name) {
        if (data.targets() instanceof ClassTargets classes) {
            Column.Texts.Builder texts = new Column.Texts.Builder(name, data.size());
            for (int code : classes.codes()) {
                texts.add(classes.names().get(code));
            }
            return texts.build();
        }
        RealTargets numbers = (RealTargets) data.targets();
        return new Column.Numbers(
                name, Arrays.stream(numbers.values()).map(numbers::original).toArray(), new BitSet());
    }
}
