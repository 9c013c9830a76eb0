package dev.assay.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.GeneratedData;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FoldsTest {
    private final Workers workers = Workers.of(2);
    private final Dataset data = GeneratedData.of(103, 4, 3, false, 5);

    @AfterEach
    void close() {
        workers.close();
    }

    @Test
    void spreadsRowsAndClassesEvenly() {
        Folds folds = Folds.of(data, 5, 1, workers);
        int[] codes = ((ClassTargets) data.targets()).codes();
        int[][] counts = new int[3][5];
        for (int i = 0; i < data.size(); i++) {
            counts[codes[i]][folds.ofRow()[i]]++;
        }
        for (int[] ofClass : counts) {
            assertThat(Arrays.stream(ofClass).max().orElseThrow()
                            - Arrays.stream(ofClass).min().orElseThrow())
                    .isLessThanOrEqualTo(1);
        }
        for (int fold = 0; fold < 5; fold++) {
            assertThat(folds.inside(fold).length).isBetween(20, 21);
            assertThat(folds.inside(fold).length + folds.outside(fold).length).isEqualTo(103);
        }
    }

    @Test
    void followsTheRowsAndNotTheirOrder() {
        Integer[] order = IntStream.range(0, data.size()).boxed().toArray(Integer[]::new);
        Collections.shuffle(Arrays.asList(order), new Random(3));
        int[] permutation = List.of(order).stream().mapToInt(i -> i).toArray();
        int[] moved = Folds.of(data.select(permutation), 5, 1, workers).ofRow();
        int[] original = Folds.of(data, 5, 1, workers).ofRow();
        for (int i = 0; i < permutation.length; i++) {
            assertThat(moved[i]).isEqualTo(original[permutation[i]]);
        }
    }

    @Test
    void otherSeedsGiveOtherFolds() {
        assertThat(Folds.of(data, 5, 1, workers).ofRow())
                .isNotEqualTo(Folds.of(data, 5, 2, workers).ofRow());
    }
}
