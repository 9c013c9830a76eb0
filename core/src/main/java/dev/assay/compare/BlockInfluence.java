package dev.assay.compare;

import dev.assay.data.Dataset;
import dev.assay.divide.Division;
import dev.assay.influence.LinearGradientSpace;
import dev.assay.linalg.Matrix;
import dev.assay.model.Fit;
import dev.assay.potential.InfluenceMap;
import dev.assay.potential.InfluenceSummary;
import dev.assay.potential.linear.LinearPotential;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The influences that rows have on each other, without and with the blocks, under the linear models with which {@link
 * BlockMeasures} measures V.
 *
 * @param whole under one model of all rows, blocks 1 to K as groups 0 to K - 1, then block 0
 * @param within each of blocks 1 to K under a model of its own, side by side; between blocks 0
 * @param models of each block: logits as linear functions of the features as they are, C x d; null for a block without a pair, and where V is that of
 *     a last layer
 */
public record BlockInfluence(InfluenceSummary whole, InfluenceMap within, List<@Nullable Matrix> models) {
    /**
     * Looks at a division; K + 1 fits, O(n p^2 + p^3) each.
     *
     * @param potential the model of V, made for the rows of the division
     * @param seed decides what is sampled
     * @return null where no two rows have a weight
     * @throws dev.assay.work.CancelledException if the progress was cancelled
     */
    public static @Nullable BlockInfluence of(
            Division division, LinearPotential potential, long seed, Workers workers, Progress progress) {
        Dataset data = potential.data();
        if (!LinearPotential.isKnown(data)) {
            return null;
        }
        int blocks = division.blocks().size();
        int[] assigned = division.assigned();
        progress.phase("look at influences", 0);
        int[] groups = Arrays.stream(assigned)
                .map(block -> block == 0 ? blocks : block - 1)
                .toArray();
        InfluenceSummary whole = potential.influences(data, groups, blocks + 1, seed, workers);

        int[] sizes = new int[blocks];
        for (int block : assigned) {
            if (block > 0) {
                sizes[block - 1]++;
            }
        }
        int[] borders = InfluenceMap.borders(sizes, InfluenceSummary.SIDE);
        List<InfluenceMap> within = new ArrayList<>();
        List<@Nullable Matrix> models = new ArrayList<>();
        for (int k = 1; k <= blocks; k++) {
            progress.checkCancelled();
            int block = k;
            Dataset own = data.select(IntStream.range(0, assigned.length)
                    .filter(i -> assigned[i] == block)
                    .toArray());
            int side = borders[k] - borders[k - 1];
            if (!LinearPotential.isKnown(own)) {
                within.add(new InfluenceMap(new Matrix(side, side), new int[] {0, side}, own.size()));
                models.add(null);
                continue;
            }
            Fit fit = potential.pictured(own, workers);
            within.add(InfluenceMap.of(LinearGradientSpace.of(fit, workers), new int[own.size()], 1, side, workers));
            models.add(potential.original(fit, workers));
        }
        return new BlockInfluence(whole, InfluenceMap.sideBySide(within), models);
    }
}
