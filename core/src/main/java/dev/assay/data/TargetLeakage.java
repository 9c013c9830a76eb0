package dev.assay.data;

import dev.assay.linalg.Matrix;
import dev.assay.work.Seeds;
import java.util.ArrayList;
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
        double[] said = different.size() <= FEW_VALUES || isCategory(from, to) ? byValue(keys) : byNeighbours(from);
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

    /** Whether the features are those of a category: several, one of which at the most is 1, the others 0. */
    private boolean isCategory(int from, int to) {
        return to - from > 1
                && IntStream.range(0, sample.size()).allMatch(i -> {
                    int ones = 0;
                    for (int j = from; j < to; j++) {
                        double entry = sample.features().get(i, j);
                        if (entry != 0 && entry != 1) {
                            return false;
                        }
                        ones += entry == 1 ? 1 : 0;
                    }
                    return ones <= 1;
                });
    }

    /**
     * What the rows of other parts say that have the same value, together: which of them is met first must not count. Where there are none,
     * those with the nearest value; of numbers what lies on the line between the two neighbours.
     */
    private double[] byNeighbours(int feature) {
        double[] values = IntStream.range(0, parts.length)
                .mapToDouble(i -> sample.features().get(i, feature) + 0.0)
                .sorted()
                .distinct()
                .toArray();
        int[] places = IntStream.range(0, parts.length)
                .map(i -> Arrays.binarySearch(values, sample.features().get(i, feature) + 0.0))
                .toArray();
        double[] said = new double[parts.length];
        for (int part = 0; part < PARTS; part++) {
            List<Map<Double, Integer>> seen = new ArrayList<>();
            for (int place = 0; place < values.length; place++) {
                seen.add(new HashMap<>());
            }
            for (int i = 0; i < parts.length; i++) {
                if (parts[i] != part) {
                    seen.get(places[i]).merge(sample.targets().value(i), 1, Integer::sum);
                }
            }
            int[] known = IntStream.range(0, values.length)
                    .filter(place -> !seen.get(place).isEmpty())
                    .toArray();
            for (int i = 0; i < parts.length; i++) {
                if (parts[i] == part) {
                    said[i] = between(values, places[i], known, seen);
                }
            }
        }
        return said;
    }

    /**
     * Of one value.
     *
     * @param known places of values of which labels are known, ascending
     */
    private double between(double[] values, int place, int[] known, List<Map<Double, Integer>> seen) {
        int found = Arrays.binarySearch(known, place);
        if (found >= 0) {
            return answer(seen.get(place));
        }
        boolean classes = sample.targets() instanceof ClassTargets;
        int above = -found - 1;
        if (above == 0 || above == known.length) {
            int only = above == 0 ? 0 : known.length - 1;
            // no line leads beyond the last value: how far a number lies from it says nothing of the column
            return known.length == 0 ? -1 : classes ? answer(seen.get(known[only])) : Double.NaN;
        }
        int low = known[above - 1];
        int high = known[above];
        double share = (values[place] - values[low]) / (values[high] - values[low]);
        return classes
                ? answer(seen.get(share <= 0.5 ? low : high))
                : (1 - share) * answer(seen.get(low)) + share * answer(seen.get(high));
    }
}
