package dev.assay.compare;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.RealTargets;
import dev.assay.divide.Division;
import dev.assay.potential.linear.LinearPotential;
import dev.assay.potential.linear.PotentialScale;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How mixed the whole is, how mixed the blocks still are, and what they look like.
 *
 * <p>V of the whole, of each block and with other labels are those of one kind of model so that they can be compared ({@link
 * LinearPotential}), fitted anew to the rows in question. A block is the rows assigned to it. Where the experts bend, V of a
 * block tells how mixed it looks to a linear model.
 *
 * @param scale V of the whole between the two marks
 * @param within V inside the blocks: mean over the rows of blocks 1 to K, by weight, of V of their block
 * @param profiles of blocks 0 to K, block k at index k
 * @param contributions each row's share of the second moment of X inside its block ({@link
 *     dev.assay.potential.RowVariance}); the shares of a block add up to 1; larger = more to do with the spread of influences;
 *     NaN in block 0
 */
public record BlockMeasures(PotentialScale scale, double within, List<BlockProfile> profiles, double[] contributions) {
    /** Features named per block. */
    private static final int FEATURES = 5;

    /** Copies the list. */
    public BlockMeasures {
        profiles = List.copyOf(profiles);
    }

    /**
     * Measures a division; K fits and V of each.
     *
     * @param potential the model of V, made for the rows of the division
     * @param scale V of all these rows
     * @throws dev.assay.work.CancelledException if the progress was cancelled
     */
    public static BlockMeasures of(
            Division division, LinearPotential potential, PotentialScale scale, Workers workers, Progress progress) {
        Dataset data = division.data();
        int[] assigned = division.assigned();
        int blocks = division.blocks().size();
        Dataset modelled = potential.data();
        progress.phase("measure the blocks", 0);
        List<List<Distinction>> distinctions = DistinctionFinder.of(data, division.posteriors(), FEATURES, workers);
        double[] contributions = new double[data.size()];
        Arrays.fill(contributions, Double.NaN);
        List<BlockProfile> profiles = new ArrayList<>();
        double sum = 0;
        double weight = 0;
        for (int k = 0; k <= blocks; k++) {
            progress.checkCancelled();
            int block = k;
            int[] rows = IntStream.range(0, assigned.length)
                    .filter(i -> assigned[i] == block)
                    .toArray();
            Dataset own = data.select(rows);
            double inside = Double.NaN;
            if (block > 0) {
                LinearPotential.WithShares measured = potential.withShares(modelled.select(rows), workers);
                inside = measured.potential();
                for (int i = 0; i < rows.length; i++) {
                    contributions[rows[i]] = measured.shares()[i];
                }
                if (!Double.isNaN(inside)) {
                    sum += own.totalWeight() * inside;
                    weight += own.totalWeight();
                }
            }
            profiles.add(
                    new BlockProfile(rows.length, inside, classShares(own), meanTarget(own), distinctions.get(block)));
        }
        return new BlockMeasures(scale, weight > 0 ? sum / weight : Double.NaN, profiles, contributions);
    }

    /** V of the whole; larger = more mixed. */
    public double potential() {
        return scale.potential();
    }

    private static double[] classShares(Dataset rows) {
        if (!(rows.targets() instanceof ClassTargets targets)) {
            return new double[0];
        }
        double[] shares = new double[targets.classes()];
        for (int i = 0; i < rows.size(); i++) {
            shares[targets.codes()[i]] += rows.weights()[i];
        }
        for (int c = 0; c < shares.length; c++) {
            shares[c] = rows.totalWeight() > 0 ? shares[c] / rows.totalWeight() : Double.NaN;
        }
        return shares;
    }

    private static double meanTarget(Dataset rows) {
        if (!(rows.targets() instanceof RealTargets targets) || !(rows.totalWeight() > 0)) {
            return Double.NaN;
        }
        double sum = 0;
        for (int i = 0; i < rows.size(); i++) {
            sum += rows.weights()[i] * targets.original(targets.values()[i]);
        }
        return sum / rows.totalWeight();
    }
}
