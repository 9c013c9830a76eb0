package dev.assay.potential.linear;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How far two scores of the same examples agree on their order. */
record RankAgreement(double spearman, Integer[] first, Integer[] second) {
    static RankAgreement of(double[] a, double[] b) {
        Integer[] orderA = order(a);
        Integer[] orderB = order(b);
        int n = a.length;
        double[] rankB = new double[n];
        for (int rank = 0; rank < n; rank++) {
            rankB[orderB[rank]] = rank;
        }
        double squares = 0;
        for (int rank = 0; rank < n; rank++) {
            squares += (rank - rankB[orderA[rank]]) * (rank - rankB[orderA[rank]]);
        }
        return new RankAgreement(1 - 6 * squares / (n * ((double) n * n - 1)), orderA, orderB);
    }

    private static Integer[] order(double[] values) {
        return IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> values[i]))
                .toArray(Integer[]::new);
    }

    /** How many of the k lowest the two have in common. */
    int sharedLowest(int k) {
        Set<Integer> lowest = Arrays.stream(first).limit(k).collect(Collectors.toCollection(HashSet::new));
        lowest.retainAll(Arrays.stream(second).limit(k).collect(Collectors.toSet()));
        return lowest.size();
    }
}
