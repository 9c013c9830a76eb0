package dev.assay.purify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.data.ClassTargets;
import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.judge.PlantedLabels;
import dev.assay.work.Workers;
import org.junit.jupiter.api.Test;

class ContentOrderTest {
    private final Dataset data = PlantedLabels.classes(203, 4, 3, 0.1, 1).data();

    private static ContentOrder order(Dataset data) {
        try (Workers workers = Workers.of(1)) {
            return ContentOrder.of(data, workers);
        }
    }

    @Test
    void partsMoveWithTheRows() {
        int[] permutation = PlantedLabels.permutation(data.size(), 2);
        int[] straight = order(data).assign(5, 3);
        int[] permuted = order(data.select(permutation)).assign(5, 3);
        for (int i = 0; i < permutation.length; i++) {
            assertThat(permuted[i]).isEqualTo(straight[permutation[i]]);
        }
    }

    @Test
    void everyClassIsSpreadEvenly() {
        int[] parts = order(data).assign(5, 4);
        int[][] counts = new int[3][5];
        for (int i = 0; i < parts.length; i++) {
            counts[((ClassTargets) data.targets()).codes()[i]][parts[i]]++;
        }
        for (int[] count : counts) {
            int least = Integer.MAX_VALUE;
            int most = 0;
            for (int one : count) {
                least = Math.min(least, one);
                most = Math.max(most, one);
            }
            assertThat(most - least).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void anotherSeedGivesOtherParts() {
        assertThat(order(data).assign(5, 5)).isNotEqualTo(order(data).assign(5, 6));
    }

    @Test
    void aSampleHasNoRowTwice() {
        assertThat(order(data).sample(50, 7))
                .hasSize(50)
                .doesNotHaveDuplicates()
                .isSorted();
    }
}
