package dev.assay.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.data.ColumnFeatures;
import dev.assay.data.Dataset;
import dev.assay.data.RealTargets;
import dev.assay.divide.Division;
import dev.assay.divide.KnownDivision;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BlockColumnTest {
    private static final List<ColumnFeatures> COLUMNS = List.of(
            new ColumnFeatures("x", 0, 1),
            new ColumnFeatures("site", 1, 4),
            new ColumnFeatures("height", 4, 5),
            new ColumnFeatures("colour", 5, 6));

    /** Two blocks; sites 0 and 1 are block 1, site 2 is block 2; height is mostly above 0 in block 1; colour says nothing. */
    private static Division division(String gate) {
        int n = 600;
        SplittableRandom random = new SplittableRandom(3);
        Matrix x = new Matrix(n, 7);
        int[] assigned = new int[n];
        double[] y = new double[n];
        Matrix logLikelihoods = new Matrix(n, 2);
        for (int i = 0; i < n; i++) {
            int site = random.nextInt(3);
            assigned[i] = site == 2 ? 2 : 1;
            x.set(i, 0, random.nextGaussian());
            x.set(i, 1 + site, 1);
            x.set(i, 4, random.nextGaussian() + (assigned[i] == 1 ? 1.7 : -1.7));
            x.set(i, 5, random.nextInt(2));
            x.set(i, 6, 1);
            y[i] = (assigned[i] == 1 ? 1 : -1) * x.get(i, 0);
            // the label tells the block of most rows
            logLikelihoods.set(i, 2 - assigned[i], -4 * Math.abs(x.get(i, 0)));
        }
        try (Workers workers = Workers.of(1)) {
            Division known = KnownDivision.of(Dataset.of(x, new RealTargets(y, 0, 1)), assigned, 2, workers);
            return new Division(
                    known.data(),
                    known.verdict(),
                    known.blocks(),
                    known.posteriors(),
                    assigned,
                    logLikelihoods,
                    known.logShares(),
                    known.outOfFoldProbability(),
                    known.suggestion(),
                    known.suggestedProbability(),
                    0,
                    gate,
                    List.of(),
                    List.of(),
                    null,
                    null);
        }
    }

    @Test
    void namesTheColumnThatDecidesAndTheOneThatTellsMuch() {
        List<BlockColumn> found = BlockColumn.of(division("features"), COLUMNS);
        assertThat(found).extracting(BlockColumn::column).containsExactly("site", "height");
        assertThat(found.get(0).decides()).isTrue();
        assertThat(found.get(1).decides()).isFalse();
        assertThat(found.get(1).share()).isBetween(0.5, 0.9);
    }

    @Test
    void saysNothingWhereRowsThatTheGateDidNotSeeDoNot() {
        assertThat(BlockColumn.of(division("constant"), COLUMNS)).isEmpty();
    }
}
