package dev.assay.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.linalg.Matrix;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LabelNoiseTest {
    /** So many rows of each class, in turns as long as there are any. */
    private static Dataset data(int... sizes) {
        int n = 0;
        for (int size : sizes) {
            n += size;
        }
        int[] left = sizes.clone();
        int[] codes = new int[n];
        int filled = 0;
        while (filled < n) {
            for (int c = 0; c < sizes.length; c++) {
                if (left[c] > 0) {
                    codes[filled++] = c;
                    left[c]--;
                }
            }
        }
        List<String> names = List.of("a", "b", "c", "d").subList(0, sizes.length);
        return Dataset.of(new Matrix(n, 1), new ClassTargets(codes, names));
    }

    /** How many rows of each class, by row, are called what, by column. */
    private static int[][] planted(LabelNoise noise, Dataset data, long seed) {
        int[] before = AccuracyCase.codes(data);
        int[] after = AccuracyCase.codes(noise.plant(data, new Random(seed)));
        int classes = ((ClassTargets) data.targets()).classes();
        int[][] counts = new int[classes][classes];
        for (int i = 0; i < before.length; i++) {
            counts[before[i]][after[i]]++;
        }
        return counts;
    }

    @Test
    void pairCallsTheShareOfEachClassTheNextOne() {
        assertThat(planted(LabelNoise.pair(20), data(10, 20, 30), 1))
                .isEqualTo(new int[][] {{8, 2, 0}, {0, 16, 4}, {6, 0, 24}});
    }

    @Test
    void theShareIsRoundedInEachClass() {
        // 0.7, 0.4 and 1.5
        assertThat(planted(LabelNoise.pair(10), data(7, 4, 15), 1))
                .isEqualTo(new int[][] {{6, 1, 0}, {0, 4, 0}, {2, 0, 13}});
    }

    @Test
    void uniformCallsTheShareOfEachClassAnyOther() {
        int[][] counts = planted(LabelNoise.uniform(20), data(400, 1000, 200, 300), 2);
        assertThat(new int[] {counts[0][0], counts[1][1], counts[2][2], counts[3][3]})
                .containsExactly(320, 800, 160, 240);
        // 200 draws of three: 67 each, with a standard deviation of 6.7
        assertThat(List.of(counts[1][0], counts[1][2], counts[1][3]))
                .allSatisfy(count -> assertThat(count).isBetween(40, 94));
    }

    @Test
    void oneTouchesOneClassAlone() {
        assertThat(planted(LabelNoise.one(30, 1, 0), data(10, 20, 30), 3))
                .isEqualTo(new int[][] {{10, 0, 0}, {6, 14, 0}, {0, 0, 30}});
    }

    @Test
    void noneTouchesNothingAndTheSeedDecidesWhichRows() {
        Dataset data = data(50, 50);
        assertThat(AccuracyCase.codes(LabelNoise.NONE.plant(data, new Random(1))))
                .isEqualTo(AccuracyCase.codes(data));
        int[] first = AccuracyCase.codes(LabelNoise.pair(30).plant(data, new Random(1)));
        assertThat(AccuracyCase.codes(LabelNoise.pair(30).plant(data, new Random(1))))
                .isEqualTo(first);
        assertThat(AccuracyCase.codes(LabelNoise.pair(30).plant(data, new Random(2))))
                .isNotEqualTo(first);
    }
}
