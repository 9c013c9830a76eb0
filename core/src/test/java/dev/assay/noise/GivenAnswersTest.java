package dev.assay.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.Dataset;
import dev.assay.data.GivenProbabilities;
import dev.assay.data.InvalidInputException;
import dev.assay.data.RealTargets;
import dev.assay.linalg.Matrix;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Labels judged by somebody else's probabilities. */
class GivenAnswersTest {
    private static final int ROWS = 1500;

    private static WrongLabels judge(Dataset data, GivenProbabilities given) {
        try (Workers workers = Workers.of(2)) {
            return WrongLabels.of(data, given, 1, workers, Progress.NONE);
        }
    }

    private static Matrix pairs(int classes, double share) {
        Matrix result = new Matrix(classes, classes);
        for (int c = 0; c < classes; c++) {
            result.set(c, c, 1 - share);
            result.set(c, (c + 1) % classes, share);
        }
        return result;
    }

    private static void assertFound(DrawnAnswers drawn, WrongLabels found, double recall) {
        long removed = drawn.count(found::isWrong);
        long hits = drawn.count(i -> drawn.wrong()[i] && found.isWrong(i));
        long fixed =
                drawn.count(i -> drawn.wrong()[i] && found.isWrong(i) && found.suggestion()[i] == drawn.truth()[i]);
        assertThat(found.noisy()).as("%s", found.explanation()).isTrue();
        assertThat((double) hits / removed).isGreaterThan(0.85);
        assertThat((double) hits / drawn.count(i -> drawn.wrong()[i])).isGreaterThan(recall);
        assertThat((double) fixed / hits).isGreaterThan(0.85);
    }

    /** A perfect model that took all labels for right explains them as well as any noise: the floor is seen all the same. */
    @ParameterizedTest
    @ValueSource(doubles = {0.15, 0.2, 0.3})
    void wrongLabelsThatArePricedInAreFound(double share) {
        Matrix noise = TransitionMatrixNoise.even(4, share);
        DrawnAnswers drawn = DrawnAnswers.of(ROWS, 6, noise, noise, 11);

        WrongLabels found = judge(drawn.data(), drawn.sharpened(1));

        assertFound(drawn, found, 0.75);
        assertThat(found.share()).isCloseTo(share, within(0.06));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.1})
    void fewWrongLabelsAreFoundByAModelThatDoesNotBelieveInThem(double share) {
        DrawnAnswers drawn = DrawnAnswers.of(ROWS, 6, TransitionMatrixNoise.even(4, share), Matrix.identity(4), 11);

        WrongLabels found = judge(drawn.data(), drawn.sharpened(1));

        assertFound(drawn, found, 0.75);
        assertThat(found.share()).isCloseTo(share, within(0.04));
    }

    @Test
    void classesThatAreCalledTheNext() {
        DrawnAnswers drawn = DrawnAnswers.of(ROWS, 6, pairs(4, 0.2), pairs(4, 0.1), 12);

        WrongLabels found = judge(drawn.data(), drawn.sharpened(1));

        assertFound(drawn, found, 0.75);
        Matrix transitions = Objects.requireNonNull(found.transitions());
        assertThat(transitions.get(1, 2)).isBetween(0.08, 0.25).isGreaterThan(4 * transitions.get(1, 3));
        assertThat(found.confusions(drawn.data()).subList(0, 4))
                .allSatisfy(one -> assertThat(one.to()).isEqualTo((one.from() + 1) % 4));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.4, 1, 3})
    void probabilitiesThatAreNotCalibratedAre(double power) {
        DrawnAnswers drawn =
                DrawnAnswers.of(ROWS, 6, TransitionMatrixNoise.even(3, 0.15), TransitionMatrixNoise.even(3, 0.15), 13);

        WrongLabels found = judge(drawn.data(), drawn.sharpened(power));

        assertFound(drawn, found, 0.75);
        assertThat(found.share()).isCloseTo(0.15, within(0.04));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 1, 2})
    void honestDoubtIsNoNoise(double power) {
        for (double spread : new double[] {2, 4, 8}) {
            DrawnAnswers drawn = DrawnAnswers.of(ROWS, spread, Matrix.identity(3), Matrix.identity(3), 14);

            WrongLabels found = judge(drawn.data(), drawn.sharpened(power));

            assertThat(found.noisy())
                    .as("spread %s: %s", spread, found.explanation())
                    .isFalse();
            assertThat(drawn.count(found::isWrong)).isZero();
        }
    }

    @Test
    void whoSaysNothingOfTheLabelsDoesNotJudgeThem() {
        DrawnAnswers drawn = DrawnAnswers.of(ROWS, 0.3, Matrix.identity(8), Matrix.identity(8), 15);

        assertThat(judge(drawn.data(), drawn.sharpened(1)).noisy()).isFalse();
    }

    @Test
    void aLabelOfNoProbabilityAtAllIsJudgedLikeAnyOther() {
        DrawnAnswers drawn = DrawnAnswers.of(ROWS, 9, TransitionMatrixNoise.even(3, 0.2), Matrix.identity(3), 16);
        Matrix hard = new Matrix(ROWS, 3);
        for (int i = 0; i < ROWS; i++) {
            hard.set(i, drawn.truth()[i], 1);
        }

        WrongLabels found =
                judge(drawn.data(), GivenProbabilities.of("p", hard, List.of("class0", "class1", "class2"), null));

        assertThat(found.trust()).doesNotContain(Double.NaN);
        assertFound(drawn, found, 0.95);
    }

    /** Rows without features are told apart by what is said of them alone. */
    @Test
    void shufflingTheRowsShufflesWhatIsSaidOfThem() {
        DrawnAnswers drawn = DrawnAnswers.of(ROWS, 4, pairs(3, 0.2), Matrix.identity(3), 17);
        GivenProbabilities given = drawn.sharpened(1);
        List<Integer> order = new ArrayList<>(IntStream.range(0, ROWS).boxed().toList());
        Collections.shuffle(order, new Random(17));
        int[] shuffled = order.stream().mapToInt(Integer::intValue).toArray();

        WrongLabels plain = judge(drawn.data(), given);
        WrongLabels other = judge(drawn.data().select(shuffled), given.select(shuffled));

        assertThat(other.noisy()).isEqualTo(plain.noisy());
        double[] expected =
                IntStream.of(shuffled).mapToDouble(i -> plain.trust()[i]).toArray();
        assertThat(other.trust()).containsExactly(expected, within(1e-9));
    }

    /** A row of weight 2 is the row twice. */
    @Test
    void weightsCountRows() {
        DrawnAnswers drawn = DrawnAnswers.of(600, 5, pairs(3, 0.2), Matrix.identity(3), 18);
        double[] twice = new double[600];
        Arrays.setAll(twice, i -> i < 100 ? 2 : 1);
        int[] copies = IntStream.concat(IntStream.range(0, 600), IntStream.range(0, 100))
                .toArray();
        Matrix logs = drawn.sharpened(1).logarithms();
        int[] codes = IntStream.range(0, 600)
                .map(i -> (int) drawn.data().targets().value(i))
                .toArray();

        TransitionMatrixNoise weighted = TransitionMatrixNoise.fitAnchored(
                logs, codes, twice, TransitionMatrixNoise.Kind.BY_CLASS, Workers.shared());
        double[] ones = new double[700];
        Arrays.fill(ones, 1);
        TransitionMatrixNoise copied = TransitionMatrixNoise.fitAnchored(
                logs.selectRows(copies),
                IntStream.of(copies).map(i -> codes[i]).toArray(),
                ones,
                TransitionMatrixNoise.Kind.BY_CLASS,
                Workers.shared());

        assertThat(weighted.transitions().values())
                .containsExactly(copied.transitions().values(), within(1e-9));
    }

    @Test
    void numbersHaveNoProbabilities() {
        DrawnAnswers drawn = DrawnAnswers.of(60, 4, Matrix.identity(2), Matrix.identity(2), 19);
        Dataset numbers = drawn.data().withTargets(new RealTargets(new double[60], 0, 1));

        assertThatThrownBy(() -> judge(numbers, drawn.sharpened(1)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("labels are numbers");
    }
}
