package dev.assay.data;

import dev.assay.linalg.Matrix;
import dev.assay.work.Seeds;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Whether the label follows from one column alone, judged on rows that had no part in it: at most 2,000 rows are dealt into
 * five parts, and the label of each is read off the rows of the other parts that have the same value of the column, or the
 * nearest ones where it has many.
 */
public final class TargetLeakage {
    private static final int ROWS = 2000;
    private static final int PARTS = 5;
    private static final int FEW_VALUES = 64;
    /** Of the mistakes that always saying the most frequent label makes, and of the variance of numbers. */
    private static final double LEFT_OF_MISTAKES = 0.02;

    private static final double LEFT_OF_VARIANCE = 0.001;
    /** Fewer mistakes to be made, or rows, say too little. */
    private static final int FEWEST_MISTAKES = 20;

    private static final int FEWEST_ROWS = 60;

    private final Dataset sample;
    private final int[] parts;

    private TargetLeakage(Dataset sample, int[] parts) {
        this.sample = sample;
        this.parts = parts;
    }

    /** Ready to ask about columns of these data. */
    public static TargetLeakage of(Dataset data, ContentOrder order, long seed) {
        int[] rows = order.sample(ROWS, Seeds.child(seed, "sole predictor rows"));
        return new TargetLeakage(
                data.select(rows), order.select(rows).assign(PARTS, Seeds.child(seed, "sole predictor parts")));
    }

    /** What may be left at most by a column that is said to decide the label. */
    public static double limit(Targets targets) {
        return targets instanceof ClassTargets ? LEFT_OF_MISTAKES : LEFT_OF_VARIANCE;
    }

    /** How many rows are asked. */
    public int rows() {
        return sample.size();
    }

    /**
     * The same rows with the labels of others: what columns leave open that have nothing to do with the label.
     *
     * @param order of the labels, a permutation of the {@link #rows}
     */
    public TargetLeakage shuffled(int[] order) {
        return new TargetLeakage(sample.withTargets(sample.targets().select(order)), parts);
    }

    /**
     * How much of the label one column leaves open on rows that had no part in it.
     *
     * @param left of the mistakes that always saying the most frequent label makes, the share that the column makes too; of numbers, the
     *     share of the variance that it leaves; 0 = it tells the label, about 1 = it tells nothing
     * @param decides whether next to nothing is left, of enough to tell
     */
    public record Telling(double left, boolean decides) {}

    /**
     * What the features of one column tell of the label; O(m log m) for m rows of the sample.
     *
     * @param from the first of them
     * @param to after the last of them
     * @return null where the column is constant, or there are too few rows to tell
     */
    public @Nullable Telling told(int from, int to) {
        if (sample.size() < FEWEST_ROWS) {
            return null;
        }
        Long[] keys = new Long[sample.size()];
        Set<Long> different = new HashSet<>();
        Matrix x = sample.features();
        for (int i = 0; i < keys.length; i++) {
            long key = 0;
            for (int j = from; j < to; j++) {
                key = 31 * key + Double.hashCode(x.get(i, j) + 0.0);
            }
            keys[i] = key;
            different.add(key);
        }
        if (different.size() < 2) {
            return null;
        }
        double[] said = different.size() <= FEW_VALUES ? byValue(keys) : byNeighbours(from);
        return sample.targets() instanceof ClassTargets classes ? tellsClass(classes, said) : tellsNumber(said);
    }

    private @Nullable Telling tellsClass(ClassTargets classes, double[] said) {
        int[] counts = new int[classes.classes()];
        int mistakes = 0;
        for (int i = 0; i < said.length; i++) {
            counts[classes.codes()[i]]++;
            mistakes += said[i] == classes.codes()[i] ? 0 : 1;
        }
        int otherwise = said.length - Arrays.stream(counts).max().orElse(0);
        return otherwise == 0
                ? null
                : new Telling(
                        (double) mistakes / otherwise,
                        otherwise >= FEWEST_MISTAKES && mistakes <= limit(classes) * otherwise);
    }

    private @Nullable Telling tellsNumber(double[] said) {
        double mean = 0;
        for (int i = 0; i < said.length; i++) {
            mean += sample.targets().value(i) / said.length;
        }
        double squares = 0;
        double left = 0;
        for (int i = 0; i < said.length; i++) {
            if (Double.isNaN(said[i])) {
                continue;
            }
            double value = sample.targets().value(i);
            squares += (value - mean) * (value - mean);
            left += (value - said[i]) * (value - said[i]);
        }
        return squares > 0 ? new Telling(left / squares, left <= limit(sample.targets()) * squares) : null;
    }

    /** The most frequent label, or the mean, of the rows of other parts with the same value. */
    private double[] byValue(Long[] keys) {
        double[] said = new double[keys.length];
        for (int part = 0; part < PARTS; part++) {
            Map<Long, Map<Double, Integer>> seen = new HashMap<>();
            for (int i = 0; i < keys.length; i++) {
                if (parts[i] != part) {
                    seen.computeIfAbsent(keys[i], key -> new HashMap<>())
                            .merge(sample.targets().value(i), 1, Integer::sum);
                }
            }
            for (int i = 0; i < keys.length; i++) {
                if (parts[i] == part) {
                    said[i] = answer(seen.getOrDefault(keys[i], Map.of()));
                }
            }
        }
        return said;
    }

    private double answer(Map<Double, Integer> labels) {
        if (sample.targets() instanceof ClassTargets) {
            return labels.entrySet().stream()
                    .max(Map.Entry.<Double, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                    .map(Map.Entry::getKey)
                    .orElse(-1.0);
        }
        double sum = 0;
        int count = 0;
        for (Map.Entry<Double, Integer> label : labels.entrySet()) {
            sum += label.getKey() * label.getValue();
            count += label.getValue();
        }
        return count == 0 ? 0 : sum / count;
    }

    /** The label of the nearest row of another part; of numbers what lies on the line between the two neighbours. */
    private double[] byNeighbours(int feature) {
        List<Integer> order = IntStream.range(0, parts.length)
                .boxed()
                .sorted((a, b) -> Double.compare(value(a, feature), value(b, feature)))
                .toList();
        double[] said = new double[order.size()];
        for (int part = 0; part < PARTS; part++) {
            int[] below = new int[said.length];
            int last = -1;
            for (int place = 0; place < said.length; place++) {
                below[place] = last;
                last = parts[order.get(place)] != part ? order.get(place) : last;
            }
            int above = -1;
            for (int place = said.length - 1; place >= 0; place--) {
                int i = order.get(place);
                if (parts[i] != part) {
                    above = i;
                } else {
                    said[i] = between(i, below[place], above, feature);
                }
            }
        }
        return said;
    }

    private double between(int i, int below, int above, int feature) {
        if (below < 0 || above < 0) {
            int only = Math.max(below, above);
            // no line leads beyond the last row: how far a number lies from it says nothing of the column
            boolean known = only >= 0 && sample.targets() instanceof ClassTargets;
            return known ? sample.targets().value(only) : only < 0 ? -1 : Double.NaN;
        }
        double low = value(below, feature);
        double high = value(above, feature);
        double share = high > low ? (value(i, feature) - low) / (high - low) : 0;
        if (sample.targets() instanceof ClassTargets) {
            return sample.targets().value(share <= 0.5 ? below : above);
        }
        return (1 - share) * sample.targets().value(below)
                + share * sample.targets().value(above);
    }

    private double value(int row, int feature) {
        return sample.features().get(row, feature);
    }
}
