package dev.assay.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.GivenProbabilities;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutOfFoldSignsTest {
    private static final List<String> CLASSES = List.of("no", "yes");
    private static final int ROWS = 1000;

    /** The sign of the first feature, a fifth of the labels turned round. */
    private record Planted(Dataset data, int[] truth, int[] labels) {
        static Planted of(long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            Matrix x = new Matrix(ROWS, 3);
            int[] truth = new int[ROWS];
            int[] labels = new int[ROWS];
            for (int i = 0; i < ROWS; i++) {
                x.set(i, 0, random.nextGaussian());
                x.set(i, 1, random.nextGaussian());
                x.set(i, 2, 1);
                truth[i] = x.get(i, 0) > 0 ? 1 : 0;
                labels[i] = random.nextInt(5) == 0 ? 1 - truth[i] : truth[i];
            }
            return new Planted(Dataset.of(x, new ClassTargets(labels, CLASSES)), truth, labels);
        }
    }

    private static GivenProbabilities certain(int[] codes, double probability, int[] folds) {
        Matrix values = new Matrix(codes.length, 2);
        for (int i = 0; i < codes.length; i++) {
            values.set(i, codes[i], probability);
            values.set(i, 1 - codes[i], 1 - probability);
        }
        return GivenProbabilities.of("p", values, CLASSES, folds);
    }

    private static OutOfFoldSigns signs(Dataset data, GivenProbabilities given) {
        try (Workers workers = Workers.of(2)) {
            return OutOfFoldSigns.of(data, given, 1, workers);
        }
    }

    private static int[] fives() {
        return IntStream.range(0, ROWS).map(i -> i % 5).toArray();
    }

    @Test
    void labelsThatTheFeaturesCannotExplainAreKnownToWhoeverHasSeenThem() {
        Planted planted = Planted.of(21);

        assertThat(signs(planted.data(), certain(planted.labels(), 0.95, fives()))
                        .isMemorised())
                .isTrue();
        assertThat(signs(planted.data(), certain(planted.truth(), 0.8, fives())).isMemorised())
                .isFalse();
    }

    /** Without features the best model of easy data and a model of its own rows look alike. */
    @Test
    void withoutFeaturesNothingIsCalledMemorised() {
        Planted planted = Planted.of(22);
        Matrix bias = new Matrix(ROWS, 1);
        Arrays.fill(bias.values(), 1);
        Dataset alone = planted.data().withFeatures(bias, List.of("bias"));

        OutOfFoldSigns signs = signs(alone, certain(planted.labels(), 0.999, fives()));

        assertThat(signs.isMemorised()).isFalse();
        assertThat(signs.isWithoutFault()).isTrue();
        assertThat(signs(alone, certain(planted.truth(), 0.999, fives())).isWithoutFault())
                .isFalse();
    }

    @Test
    void aFoldWhoseModelKnewOneClassOnlyStandsOut() {
        Planted planted = Planted.of(23);
        int[] folds = fives();
        int[] answers = IntStream.range(0, ROWS)
                .map(i -> folds[i] == 3 ? 0 : planted.truth()[i])
                .toArray();

        List<OutOfFoldSigns.Shift> shifts =
                signs(planted.data(), certain(answers, 0.8, folds)).shifts();

        assertThat(shifts).isNotEmpty().allMatch(shift -> shift.fold() == 3);
        assertThat(shifts.get(0).predicted()).isNotCloseTo(shifts.get(0).labelled(), within(0.1));
        assertThat(signs(planted.data(), certain(planted.truth(), 0.8, folds)).shifts())
                .isEmpty();
    }
}
