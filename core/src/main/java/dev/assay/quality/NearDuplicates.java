package dev.assay.quality;

import dev.assay.data.ColumnFeatures;
import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.drift.Poisson;
import dev.assay.linalg.Matrix;
import dev.assay.work.Seeds;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Rows that are much nearer to one another than to the rest: visits of a patient, frames of a film.
 *
 * <p>Of each row the {@value #NEIGHBOURS} nearest others by Euclidean distance between encoded features (numbers standardised, levels 0 and 1)
 * are at d_1 <= d_2 <= ...; where some d_m / d_(m+1) is at most r = {@value #GAP}, those before the widest such gap are its own. Rows that are each
 * other's own are connected, and what is connected is a cluster. Rows that are equal in every feature are one row here: they are counted
 * elsewhere ({@link dev.assay.data.DuplicateRows}).
 *
 * <p>Two controls. Shuffled columns: the same search with each column shuffled by itself, {@value #DRAWS} times. And smooth data: where rows lie about
 * evenly on a surface of D dimensions, P(d_m / d_(m+1) <= r) = r^(m D), so that at most n sum_m r^(m D) rows have a gap. D is the maximum-likelihood
 * estimate from m log(d_(m+1) / d_m) ~ Exp(D) (Levina and Bickel 2004, from spacings), those beyond a gap counted as longer than the gap.
 *
 * @param clusterOf the cluster of each example, from 1; 0 for those in none, and those that were not looked at
 * @param clusters how many there are; with groups, those that go across groups
 * @param rows examples in them
 * @param searched how many examples were looked at
 * @param expectedSmooth rows of clusters that smooth data of these dimensions has, at most
 * @param expectedShuffled rows of clusters that shuffled columns have, on average
 * @param dimension D
 * @param labels whether the rows of a cluster agree in their labels
 * @param areMoreThanChance whether there are more than twice what either control gives, and more than its scatter (Poisson, of pairs, one in 1,000)
 */
public record NearDuplicates(
        int[] clusterOf,
        int clusters,
        int rows,
        int searched,
        double expectedSmooth,
        double expectedShuffled,
        double dimension,
        ClusterLabels labels,
        boolean areMoreThanChance) {
    private static final int MOST_ROWS = 4000;
    private static final int NEIGHBOURS = 20;
    private static final double GAP = 0.1;
    private static final int DRAWS = 3;
    private static final double CHANCE = 0.001;

    /** Looks at {@value #MOST_ROWS} rows at most, a sample by classes and groups; O(rows^2 d). */
    public static NearDuplicates of(Dataset data, List<ColumnFeatures> columns, long seed, Workers workers) {
        ContentOrder order = ContentOrder.of(data, workers);
        int[] sample = order.sample(MOST_ROWS, Seeds.child(seed, "near-duplicate rows"));
        Matrix all = data.features().selectRows(sample);
        Distinct distinct = Distinct.of(all);
        Search found = Search.of(distinct.rows(), workers);
        int[] clusters = found.clusters();
        int[] clusterOf = new int[data.size()];
        for (int k = 0; k < sample.length; k++) {
            clusterOf[sample[k]] = clusters[distinct.of()[k]];
        }
        keepAcrossGroups(clusterOf, data);
        int count = renumber(clusterOf);
        int different = (int) IntStream.range(0, sample.length)
                .filter(k -> clusterOf[sample[k]] > 0)
                .map(k -> distinct.of()[k])
                .distinct()
                .count();
        int shuffled = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            Matrix mixed = shuffled(all, columns, Seeds.child(seed, "shuffled near-duplicates", draw));
            shuffled += rows(Search.of(Distinct.of(mixed).rows(), workers).clusters());
        }
        double dimension = found.dimension();
        double share = Math.pow(GAP, dimension);
        double smooth = distinct.rows().rows() * Math.min(1, share / (1 - share));
        // draws without any such row do not say that there is never one
        double chance = Math.max(smooth, (1.0 + shuffled) / (1 + DRAWS));
        return new NearDuplicates(
                clusterOf,
                count,
                rows(clusterOf),
                sample.length,
                smooth,
                (double) shuffled / DRAWS,
                dimension,
                ClusterLabels.of(clusterOf, count, data.targets()),
                different > 2 * chance && Poisson.tail(different / 2, chance / 2) < CHANCE);
    }

    private static int rows(int[] clusters) {
        return (int) Arrays.stream(clusters).filter(cluster -> cluster > 0).count();
    }

    /** Where groups are named, a cluster within one of them says nothing new. */
    private static void keepAcrossGroups(int[] clusterOf, Dataset data) {
        int[] groups = data.groups();
        if (groups == null) {
            return;
        }
        Map<Integer, Integer> first = new HashMap<>();
        Set<Integer> across = new HashSet<>();
        for (int i = 0; i < clusterOf.length; i++) {
            Integer known = first.putIfAbsent(clusterOf[i], groups[i]);
            if (known != null && known != groups[i]) {
                across.add(clusterOf[i]);
            }
        }
        for (int i = 0; i < clusterOf.length; i++) {
            clusterOf[i] = across.contains(clusterOf[i]) ? clusterOf[i] : 0;
        }
    }

    /** Numbers from 1 in the order in which clusters come. */
    private static int renumber(int[] clusterOf) {
        Map<Integer, Integer> numbers = new HashMap<>();
        for (int i = 0; i < clusterOf.length; i++) {
            if (clusterOf[i] > 0) {
                numbers.putIfAbsent(clusterOf[i], numbers.size() + 1);
                clusterOf[i] = numbers.getOrDefault(clusterOf[i], 0);
            }
        }
        return numbers.size();
    }

    private static Matrix shuffled(Matrix x, List<ColumnFeatures> columns, long seed) {
        Matrix result = x.copy();
        for (int c = 0; c < columns.size(); c++) {
            ColumnFeatures column = columns.get(c);
            int[] from = Permutations.of(x.rows(), Seeds.child(seed, "column", c));
            for (int i = 0; i < from.length; i++) {
                for (int feature = column.from(); feature < column.to(); feature++) {
                    result.set(i, feature, x.get(from[i], feature));
                }
            }
        }
        return result;
    }

    /**
     * Rows without their copies.
     *
     * @param rows the different ones
     * @param of which of them each row is
     */
    private record Distinct(Matrix rows, int[] of) {
        static Distinct of(Matrix x) {
            Map<List<Double>, Integer> places = new HashMap<>();
            int[] of = new int[x.rows()];
            int[] first = new int[x.rows()];
            for (int i = 0; i < x.rows(); i++) {
                // adding zero makes the two zeros one
                List<Double> content =
                        Arrays.stream(x.row(i)).mapToObj(value -> value + 0.0).toList();
                Integer known = places.putIfAbsent(content, places.size());
                if (known == null) {
                    first[places.size() - 1] = i;
                }
                of[i] = known == null ? places.size() - 1 : known;
            }
            return new Distinct(x.selectRows(Arrays.copyOf(first, places.size())), of);
        }
    }

    /**
     * The neighbours of each row, and how many of them are its own.
     *
     * @param near the nearest rows
     * @param own how many of them stand before the gap, 0 without a gap
     */
    private record Search(NearestNeighbours near, int[] own) {
        static Search of(Matrix rows, Workers workers) {
            NearestNeighbours near = NearestNeighbours.of(rows, Math.min(NEIGHBOURS, rows.rows() - 1), workers);
            return new Search(
                    near,
                    Arrays.stream(near.distances()).mapToInt(Search::beforeGap).toArray());
        }

        private static int beforeGap(double[] distances) {
            int before = 0;
            double narrowest = GAP;
            for (int m = 1; m < distances.length; m++) {
                double ratio = distances[m - 1] / distances[m];
                if (ratio <= narrowest) {
                    narrowest = ratio;
                    before = m;
                }
            }
            return before;
        }

        /** Exponential spacings, censored where they are longer than a gap: uncensored ones over the sum of all. */
        double dimension() {
            double longest = -Math.log(GAP);
            double sum = 0;
            int seen = 0;
            for (double[] distances : near.distances()) {
                for (int m = 1; m < distances.length; m++) {
                    double spacing = Math.log(distances[m] / distances[m - 1]);
                    sum += m * Math.min(spacing, longest);
                    seen += spacing < longest ? 1 : 0;
                }
            }
            return sum > 0 ? seen / sum : Double.POSITIVE_INFINITY;
        }

        /** The cluster of each row, from 1, or 0. */
        int[] clusters() {
            int n = own.length;
            int[] root = IntStream.range(0, n).toArray();
            for (int i = 0; i < n; i++) {
                for (int m = 0; m < own[i]; m++) {
                    int j = near.neighbours()[i][m];
                    if (owns(j, i)) {
                        root[root(root, i)] = root(root, j);
                    }
                }
            }
            int[] sizes = new int[n];
            for (int i = 0; i < n; i++) {
                sizes[root(root, i)]++;
            }
            return IntStream.range(0, n)
                    .map(i -> sizes[root(root, i)] > 1 ? root(root, i) + 1 : 0)
                    .toArray();
        }

        private boolean owns(int i, int j) {
            for (int m = 0; m < own[i]; m++) {
                if (near.neighbours()[i][m] == j) {
                    return true;
                }
            }
            return false;
        }

        private static int root(int[] root, int i) {
            int place = i;
            while (root[place] != place) {
                root[place] = root[root[place]];
                place = root[place];
            }
            return place;
        }
    }
}
