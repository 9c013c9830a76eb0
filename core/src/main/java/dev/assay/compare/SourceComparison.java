package dev.assay.compare;

import dev.assay.data.Dataset;
import dev.assay.data.InvalidInputException;
import dev.assay.divide.Division;
import dev.assay.influence.LinearGradientSpace;
import dev.assay.linalg.Matrix;
import dev.assay.model.Fit;
import dev.assay.potential.GroupInfluence;
import dev.assay.potential.linear.LinearPotential;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Found blocks beside the sources that the user knows the rows to come from, and what the sources have to do with one
 * another.
 *
 * @param names of the S sources
 * @param sizes rows of each source
 * @param agreement of blocks and sources as partitions of all rows, block 0 being a part of its own
 * @param counts rows of each block 0 to K (row) from each source (column)
 * @param matches of blocks 1 to K, block k at index k - 1
 * @param potentials V of each source, measured like {@link BlockMeasures#potential}; larger = more mixed
 * @param influence S x S: the influence of each source (row) on each (column), I(A, B) of {@link GroupInfluence} under one
 *     linear model of all rows: the rate at which the mean loss of B changes with the weight of A; negative = A helps B
 * @param chance S x S: about how far influences stray from their mean if sources were drawn at random; smaller ones mean nothing
 * @param transfer S x S: mean loss on rows of B (column) of a linear model of A (row) alone, minus that of a model of all
 *     sources, no model having seen the rows it is judged by; in nats for classes; negative = A alone serves B better than
 *     all together; NaN above 20 sources
 */
public record SourceComparison(
        List<String> names,
        int[] sizes,
        PartitionAgreement agreement,
        long[][] counts,
        List<Match> matches,
        double[] potentials,
        Matrix influence,
        Matrix chance,
        Matrix transfer) {
    /** More sources than this are no sources, but names of rows. */
    public static final int MOST_SOURCES = 200;

    /**
     * What a block has to do with the source that it was matched with, one to one, so that as many rows as possible are matched.
     *
     * @param source index of the source, -1 where there are more blocks than sources
     * @param precision share of the block's rows that come from the source; NaN without a source
     * @param recall share of the source's rows that are in the block; NaN without a source
     */
    public record Match(int source, double precision, double recall) {}

    /** Copies the lists. */
    public SourceComparison {
        names = List.copyOf(names);
        matches = List.copyOf(matches);
    }

    /**
     * Compares; O(n p^2 + p^3) for each of some 6 S fits.
     *
     * @param potential the model of V, made for the rows of the division
     * @param source the source of each row, an index into {@code names}
     * @param seed of the folds
     * @throws InvalidInputException if there are too many sources
     * @throws dev.assay.work.CancelledException if the progress was cancelled
     */
    public static SourceComparison of(
            Division division,
            LinearPotential potential,
            int[] source,
            List<String> names,
            long seed,
            Workers workers,
            Progress progress) {
        Dataset data = division.data();
        if (source.length != data.size()) {
            throw new IllegalArgumentException(source.length + " sources for " + data.size() + " rows");
        }
        if (names.size() > MOST_SOURCES) {
            throw new InvalidInputException(
                    "the source column has " + names.size() + " different values, expected at most " + MOST_SOURCES
                            + ": name a column that says where rows come from");
        }
        int blocks = division.blocks().size();
        long[][] counts = new long[blocks + 1][names.size()];
        int[] sizes = new int[names.size()];
        for (int i = 0; i < source.length; i++) {
            counts[division.assigned()[i]][source[i]]++;
            sizes[source[i]]++;
        }
        progress.phase("compare sources", 0);
        Dataset modelled = potential.data();
        double[] potentials = potentials(potential, source, names.size(), workers, progress);
        Influences influences = Influences.of(potential, source, names.size(), workers);
        Matrix transfer = LinearPotential.isKnown(modelled) && SourceTransfer.isAffordable(names.size())
                ? SourceTransfer.matrix(modelled, source, names.size(), potential, seed, workers, progress)
                : unknown(names.size());
        return new SourceComparison(
                names,
                sizes,
                PartitionAgreement.of(division.assigned(), source),
                counts,
                matches(counts, sizes),
                potentials,
                influences.means(),
                influences.chance(),
                transfer);
    }

    private static double[] potentials(
            LinearPotential potential, int[] source, int count, Workers workers, Progress progress) {
        double[] result = new double[count];
        for (int s = 0; s < count; s++) {
            progress.checkCancelled();
            int one = s;
            int[] rows = IntStream.range(0, source.length)
                    .filter(i -> source[i] == one)
                    .toArray();
            result[s] = potential.variance(potential.data().select(rows), workers);
        }
        return result;
    }

    /** Influences of sources on each other, NaN where there is no pair of rows. */
    private record Influences(Matrix means, Matrix chance) {
        static Influences of(LinearPotential potential, int[] source, int count, Workers workers) {
            if (!LinearPotential.isKnown(potential.data())) {
                return new Influences(unknown(count), unknown(count));
            }
            Fit pictured = potential.pictured(potential.data(), workers);
            GroupInfluence groups =
                    GroupInfluence.of(LinearGradientSpace.of(pictured, workers), source, count, workers);
            return new Influences(groups.means(), groups.chance());
        }
    }

    private static Matrix unknown(int order) {
        Matrix result = new Matrix(order, order);
        Arrays.fill(result.values(), Double.NaN);
        return result;
    }

    /** The best matching of blocks 1 to K, given how many rows of each block 0 to K come from each source. */
    static List<Match> matches(long[][] counts, int[] sizes) {
        double[][] gains = new double[counts.length - 1][];
        for (int k = 1; k < counts.length; k++) {
            gains[k - 1] = Arrays.stream(counts[k]).asDoubleStream().toArray();
        }
        int[] matched = OneToOneMatching.of(gains);
        List<Match> result = new ArrayList<>();
        for (int k = 0; k < matched.length; k++) {
            int source = matched[k];
            if (source < 0) {
                result.add(new Match(-1, Double.NaN, Double.NaN));
                continue;
            }
            long common = counts[k + 1][source];
            double size = Arrays.stream(counts[k + 1]).sum();
            result.add(new Match(source, common / size, common / (double) sizes[source]));
        }
        return result;
    }
}
