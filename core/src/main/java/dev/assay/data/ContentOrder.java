package dev.assay.data;

import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Divides examples into parts of almost equal size, class by class, at random but whatever their order: each example
 * draws its place from a hash of its own content and a seed. Permuting the rows permutes the parts with them; only among
 * examples that are equal in every number does the order decide, which changes nothing but their names.
 *
 * @param keys a hash of the content of each example
 * @param classes the class of each example, all 0 for regression
 */
public record ContentOrder(long[] keys, int[] classes) {
    private static final int ROWS = 4096;
    private static final long UNIFORM = 0x5bd1e995a7c3f21dL;

    /** Hashes of all examples; O(n d). */
    public static ContentOrder of(Dataset data, Workers workers) {
        Matrix x = data.features();
        Targets targets = data.targets();
        long[] keys = new long[data.size()];
        workers.forEachBlock(keys.length, ROWS, (from, to) -> {
            for (int i = from; i < to; i++) {
                long hash = mix(Double.doubleToLongBits(targets.value(i) + 0.0));
                for (int j = x.offset(i); j < x.offset(i) + x.columns(); j++) {
                    hash = mix(hash ^ Double.doubleToLongBits(x.values()[j] + 0.0));
                }
                keys[i] = hash;
            }
        });
        int[] classes = targets instanceof ClassTargets classTargets ? classTargets.codes() : new int[keys.length];
        return new ContentOrder(keys, classes);
    }

    /** The same for some of the examples. */
    public ContentOrder select(int[] indices) {
        return new ContentOrder(
                Arrays.stream(indices).mapToLong(i -> keys[i]).toArray(),
                Arrays.stream(indices).map(i -> classes[i]).toArray());
    }

    /** The part, from 0 to {@code parts} - 1, of each example; O(n log n). */
    public int[] assign(int parts, long seed) {
        Integer[] order = order(seed);
        int[] result = new int[keys.length];
        for (int place = 0; place < order.length; place++) {
            result[order[place]] = place % parts;
        }
        return result;
    }

    /** At most {@code size} examples with the classes in their proportions, ascending. */
    public int[] sample(int size, long seed) {
        int n = keys.length;
        if (n <= size) {
            return IntStream.range(0, n).toArray();
        }
        Integer[] order = order(seed);
        return IntStream.range(0, size)
                .map(k -> order[(int) ((long) k * n / size)])
                .sorted()
                .toArray();
    }

    /** A number from 0 to 1, both excluded, for each example, uniform and independent of its place. */
    public double[] uniform(long seed) {
        long salt = mix(seed ^ UNIFORM);
        return Arrays.stream(keys)
                .mapToDouble(key -> ((mix(key ^ salt) >>> 11) + 0.5) * 0x1.0p-53)
                .toArray();
    }

    /** By class, then by hash. */
    private Integer[] order(long seed) {
        long salt = mix(seed);
        long[] drawn = Arrays.stream(keys).map(key -> mix(key ^ salt)).toArray();
        Integer[] order = IntStream.range(0, keys.length).boxed().toArray(Integer[]::new);
        Arrays.sort(
                order,
                Comparator.comparingInt((Integer i) -> classes[i])
                        .thenComparingLong(i -> drawn[i])
                        .thenComparingInt(i -> i));
        return order;
    }

    /** The finaliser of SplitMix64: every bit of the input changes every bit of the output. */
    private static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
