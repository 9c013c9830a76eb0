package dev.assay.purify;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * A partition of the examples into folds of equal size, the classes spread evenly over them.
 *
 * <p>Which fold an example belongs to follows from its content and the seed, not from its place in the file: the same rows
 * in another order fall into the same folds (rows of equal content excepted, which change places among themselves).
 *
 * @param count number of folds, at least 2
 * @param ofExample the fold of each example, from 0
 */
record Folds(int count, int[] ofExample) {
    /** Deals the examples out, class by class, in the order of a hash of their content. */
    static Folds of(Dataset data, int count, long seed) {
        int n = data.size();
        long[] keys = new long[n];
        int[] classes = new int[n];
        for (int i = 0; i < n; i++) {
            keys[i] = key(data, i, seed);
            classes[i] = data.targets() instanceof ClassTargets labels ? labels.codes()[i] : 0;
        }
        int[] order = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(i -> classes[i]).thenComparingLong(i -> keys[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] result = new int[n];
        for (int k = 0; k < n; k++) {
            result[order[k]] = k % count;
        }
        return new Folds(count, result);
    }

    private static long key(Dataset data, int example, long seed) {
        long key = mix(seed);
        int offset = data.features().offset(example);
        for (int j = 0; j < data.dimension(); j++) {
            // adding zero makes the two zeros one
            key = mix(key ^ Double.doubleToLongBits(data.features().values()[offset + j] + 0.0));
        }
        return mix(key ^ Double.doubleToLongBits(data.targets().value(example) + 0.0));
    }

    /** The finaliser of SplitMix64, a bijection. */
    private static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** The examples of one fold, ascending. */
    int[] inside(int fold) {
        return IntStream.range(0, ofExample.length)
                .filter(i -> ofExample[i] == fold)
                .toArray();
    }

    /** The examples of all other folds, ascending. */
    int[] outside(int fold) {
        return IntStream.range(0, ofExample.length)
                .filter(i -> ofExample[i] != fold)
                .toArray();
    }

    /** The folds of some of the examples, as a partition of these. */
    Folds select(int[] examples) {
        return new Folds(count, Arrays.stream(examples).map(i -> ofExample[i]).toArray());
    }
}
