package dev.assay.divide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which rows find blocks, and which judge them. */
final class SearchSampleTest {
    private static final int MANY = Dataset.MANY_ROWS + 4000;

    @Test
    void mixturesOfManyRowsAreFoundInRowsThatDoNotJudgeThem() {
        SearchSample sample = sample(rows(MANY), 8000);

        assertThat(sample.rows()).hasSize(8000);
        assertThat(sample.searched()).hasSize(6400).doesNotContain(sample.rows());
    }

    @Test
    void noGroupOfManyRowsBothFindsAndJudges() {
        Dataset data = rows(MANY);
        int[] groups = IntStream.range(0, MANY).map(i -> i / 10).toArray();

        SearchSample sample = sample(data.withGroups(groups), 8000);

        Set<Integer> judging = of(groups, sample.rows());
        assertThat(of(groups, sample.searched())).hasSizeGreaterThan(500).doesNotContainAnyElementsOf(judging);
    }

    @Test
    void fewGroupsOfManyRowsJudgeByOuterParts() {
        int[] groups = IntStream.range(0, MANY).map(i -> i % 10).toArray();

        SearchSample sample = sample(rows(MANY).withGroups(groups), 8000);

        assertThat(sample.searched()).isSameAs(sample.rows()).hasSize(2000);
    }

    @Test
    void fewerRowsJudgeByOuterPartsOfTwoThousand() {
        SearchSample sample = sample(rows(5000), 2500);

        assertThat(sample.searched()).isSameAs(sample.rows()).hasSize(2000);
    }

    private static Set<Integer> of(int[] groups, int[] rows) {
        return Arrays.stream(rows).mapToObj(row -> groups[row]).collect(Collectors.toSet());
    }

    /** Of the first rows of each step, as many as are eligible. */
    private static SearchSample sample(Dataset data, int eligible) {
        int step = data.size() / eligible;
        int[] rows = IntStream.range(0, eligible).map(k -> k * step).toArray();
        try (Workers workers = Workers.of(2)) {
            return SearchSample.of(data, rows, 1, workers);
        }
    }

    private static Dataset rows(int n) {
        SplittableRandom random = new SplittableRandom(7);
        Matrix x = new Matrix(n, 3);
        int[] labels = new int[n];
        for (int i = 0; i < n; i++) {
            x.set(i, 0, random.nextGaussian());
            x.set(i, 1, random.nextGaussian());
            x.set(i, 2, 1);
            labels[i] = random.nextInt(2);
        }
        return Dataset.of(x, new ClassTargets(labels, List.of("a", "b")));
    }
}
