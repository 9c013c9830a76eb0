package dev.assay.data;

import dev.assay.linalg.Matrix;
import dev.assay.work.Seeds;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Divides examples into parts of almost equal size, class by class, at random but whatever their order: each example
 * draws its place from a hash of its own content and a seed. Permuting the rows permutes the parts with them. What belongs
 * together is all in one part: the examples of a group where the data has groups, else copies, examples that are equal in every
 * feature.
 *
 * @param keys a hash of the content of each example
 * @param features a hash of the features of each example
 * @param groups the group of each example, or null
 * @param classes the class of each example, all 0 for regression
 */
public record ContentOrder(long[] keys, long[] features, int @Nullable [] groups, int[] classes) {
    private static final int ROWS = 4096;

    /** Groups are taken whole into a sample where so many of the usual size fit into it. */
    private static final int GROUPS_OF_SAMPLE = 20;

    /** With more rows on average for each combination of features these are few, and equal rows different cases. */
    private static final int COPIES = 5;

    /** Hashes of all examples; O(n d). */
    public static ContentOrder of(Dataset data, Workers workers) {
        Matrix x = data.features();
        Targets targets = data.targets();
        long[] keys = new long[data.size()];
        long[] features = new long[data.size()];
        int[] groups = data.groups();
        workers.forEachBlock(keys.length, ROWS, (from, to) -> {
            for (int i = from; i < to; i++) {
                long hash = Seeds.mix(Double.doubleToLongBits(targets.value(i) + 0.0));
                long own = 0;
                for (int j = x.offset(i); j < x.offset(i) + x.columns(); j++) {
                    // adding zero makes the two zeros one
                    long bits = Double.doubleToLongBits(x.values()[j] + 0.0);
                    hash = Seeds.mix(hash ^ bits);
                    own = Seeds.mix(own ^ bits);
                }
                double weight = data.weights()[i];
                keys[i] = weight == 1 ? hash : Seeds.mix(hash ^ Double.doubleToLongBits(weight));
                if (groups != null) {
                    keys[i] = Seeds.mix(keys[i] ^ Seeds.mix(groups[i]));
                }
                features[i] = own;
            }
        });
        int[] classes = targets instanceof ClassTargets classTargets ? classTargets.codes() : new int[keys.length];
        return new ContentOrder(keys, features, groups, classes);
    }

    /** The same for some of the examples. */
    public ContentOrder select(int[] indices) {
        int[] all = groups;
        return new ContentOrder(
                Arrays.stream(indices).mapToLong(i -> keys[i]).toArray(),
                Arrays.stream(indices).mapToLong(i -> features[i]).toArray(),
                all == null ? null : Arrays.stream(indices).map(i -> all[i]).toArray(),
                Arrays.stream(indices).map(i -> classes[i]).toArray());
    }

    /**
     * The part, from 0 to {@code parts} - 1, of each example; O(n (log n + parts)). Equal rows are dealt one by one where
     * they are different cases rather than copies: where all combinations of features come more than {@value #COPIES} times
     * on average, or one of them so often that it would fill more than a part. Groups stay together whatever their size; with fewer
     * groups than parts some parts are empty.
     */
    public int[] assign(int parts, long seed) {
        Integer[] order = order(seed);
        return groups == null
                ? dealt(copies(order, Math.max(1, keys.length / parts)), parts)
                : dealt(byGroup(order), parts);
    }

    /** Each to the part that has least of its classes, to the smallest of these. */
    private int[] dealt(List<int[]> together, int parts) {
        double[] totals = new double[Arrays.stream(classes).max().orElse(0) + 1];
        for (int label : classes) {
            totals[label]++;
        }
        double[][] filled = new double[parts][totals.length];
        int[] sizes = new int[parts];
        int[] result = new int[keys.length];
        for (int[] group : together) {
            int least = 0;
            double leastFill = Double.POSITIVE_INFINITY;
            for (int part = 0; part < parts; part++) {
                double fill = 0;
                for (int i : group) {
                    fill += filled[part][classes[i]] / totals[classes[i]];
                }
                if (fill < leastFill || (fill == leastFill && sizes[part] < sizes[least])) {
                    least = part;
                    leastFill = fill;
                }
            }
            for (int i : group) {
                result[i] = least;
                filled[least][classes[i]]++;
            }
            sizes[least] += group.length;
        }
        return result;
    }

    /** The examples of each group in the given order, the largest groups first. */
    private List<int[]> byGroup(Integer[] order) {
        Map<Long, List<Integer>> groups = new LinkedHashMap<>();
        for (Integer i : order) {
            groups.computeIfAbsent(together(i), key -> new ArrayList<>()).add(i);
        }
        return groups.values().stream()
                .map(group -> group.stream().mapToInt(Integer::intValue).toArray())
                .sorted(Comparator.comparingInt(group -> -group.length))
                .toList();
    }

    /**
     * Copies, and the others one by one, by class (that of the first one), the most copies first, so that the others can even
     * out the sizes of the parts.
     */
    private List<int[]> copies(Integer[] order, int most) {
        Map<Long, Integer> counts = counts();
        if (counts.size() == order.length || !isCopied(counts)) {
            return Arrays.stream(order).map(i -> new int[] {i}).toList();
        }
        Map<Long, List<Integer>> open = new HashMap<>();
        List<List<Integer>> groups = new ArrayList<>();
        for (Integer i : order) {
            int count = counts.getOrDefault(features[i], 1);
            if (count == 1 || count > most) {
                groups.add(List.of(i));
                continue;
            }
            open.computeIfAbsent(features[i], key -> {
                        List<Integer> group = new ArrayList<>();
                        groups.add(group);
                        return group;
                    })
                    .add(i);
        }
        groups.sort(Comparator.comparingInt((List<Integer> group) -> classes[group.get(0)])
                .thenComparing(group -> -group.size()));
        return groups.stream()
                .map(group -> group.stream().mapToInt(Integer::intValue).toArray())
                .toList();
    }

    /** Whether equal rows are taken for copies rather than for different cases of few combinations of features. */
    public boolean keepsCopiesTogether() {
        return groups == null && isCopied(counts());
    }

    private boolean isCopied(Map<Long, Integer> counts) {
        return (long) COPIES * counts.size() >= features.length;
    }

    /**
     * The examples, ascending, that stay together with none of the given ones: of other groups or, where copies are kept together, no copies of
     * them; and not these themselves.
     */
    public int[] apart(int[] from) {
        boolean[] taken = new boolean[keys.length];
        Set<Long> shared = new HashSet<>();
        for (int i : from) {
            taken[i] = true;
            shared.add(together(i));
        }
        boolean whole = groups != null || keepsCopiesTogether();
        return IntStream.range(0, keys.length)
                .filter(i -> !taken[i] && !(whole && shared.contains(together(i))))
                .toArray();
    }

    /** What an example shares with those that it stays together with. */
    private long together(int i) {
        return groups == null ? features[i] : Seeds.mix(groups[i]);
    }

    /** How many examples there are of each combination of features, or of each group, by its hash. */
    private Map<Long, Integer> counts() {
        Map<Long, Integer> counts = new HashMap<>();
        for (int i = 0; i < features.length; i++) {
            counts.merge(together(i), 1, Integer::sum);
        }
        return counts;
    }

    /**
     * At most {@code size} examples with the classes in their proportions, ascending. Of groups whole ones are taken as long as there is room,
     * unless they are so large that few would be.
     */
    public int[] sample(int size, long seed) {
        int n = keys.length;
        if (n <= size) {
            return IntStream.range(0, n).toArray();
        }
        Integer[] order = order(seed);
        if (groups != null && (long) size * counts().size() >= (long) GROUPS_OF_SAMPLE * n) {
            return sampleGroups(size, seed);
        }
        return IntStream.range(0, size)
                .map(k -> order[(int) ((long) k * n / size)])
                .sorted()
                .toArray();
    }

    private int[] sampleGroups(int size, long seed) {
        long salt = Seeds.child(seed, "sampled groups");
        List<int[]> groups = new ArrayList<>(byGroup(order(seed)));
        groups.sort(Comparator.comparingLong(group -> Seeds.mix(together(group[0]) ^ salt)));
        int[] result = new int[size];
        int taken = 0;
        for (int[] group : groups) {
            if (taken + group.length <= size) {
                System.arraycopy(group, 0, result, taken, group.length);
                taken += group.length;
            }
        }
        int[] chosen = Arrays.copyOf(result, taken);
        Arrays.sort(chosen);
        return chosen;
    }

    /** As {@link #uniform}, but one number for all examples of a group. */
    public double[] uniformOfGroups(long seed) {
        return uniform(
                groups == null
                        ? keys
                        : IntStream.range(0, keys.length)
                                .mapToLong(this::together)
                                .toArray(),
                seed);
    }

    /** A number from 0 to 1, both excluded, for each example, uniform and independent of its place. */
    public double[] uniform(long seed) {
        return uniform(keys, seed);
    }

    private static double[] uniform(long[] keys, long seed) {
        long salt = Seeds.child(seed, "uniform");
        return Arrays.stream(keys)
                .mapToDouble(key -> ((Seeds.mix(key ^ salt) >>> 11) + 0.5) * 0x1.0p-53)
                .toArray();
    }

    /** All examples in an order that depends on their content alone; equal ones in the order in which they came. */
    public int[] sequence() {
        return Arrays.stream(order(0)).mapToInt(Integer::intValue).toArray();
    }

    /** The examples in {@link #sequence}, so that data sets of the same rows have the same fingerprint. */
    public static Dataset sorted(Dataset data, Workers workers) {
        return data.select(of(data, workers).sequence());
    }

    /** By class, then by hash. */
    private Integer[] order(long seed) {
        long salt = Seeds.mix(seed);
        long[] drawn = Arrays.stream(keys).map(key -> Seeds.mix(key ^ salt)).toArray();
        Integer[] order = IntStream.range(0, keys.length).boxed().toArray(Integer[]::new);
        Arrays.sort(
                order,
                Comparator.comparingInt((Integer i) -> classes[i])
                        .thenComparingLong(i -> drawn[i])
                        .thenComparingInt(i -> i));
        return order;
    }
}
