package dev.assay.divide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.SamplingUnits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** More blocks, and block 0, must earn their place by never-seen labels. */
class BlockChoiceTest {
    private static final int ROWS = 400;
    private static final double[] WEIGHTS = new double[ROWS];
    private static final SamplingUnits UNITS = SamplingUnits.independent(WEIGHTS);

    static {
        Arrays.fill(WEIGHTS, 1);
    }

    private final Hypothesis plain = hypothesis(1, false, 0);
    private final Hypothesis noisy = hypothesis(1, true, 0);

    @Test
    void severalBlocksThatExplainMoreAreChosen() {
        Hypothesis two = hypothesis(2, false, 0.1);

        BlockChoice choice = BlockChoice.among(List.of(plain, noisy, two), false, UNITS, false);

        assertThat(choice.chosen()).isSameAs(two);
        assertThat(choice.reasons()).hasSize(1).first().asString().contains("2 blocks explain", "better than one");
    }

    @Test
    void severalBlocksThatExplainNoMoreAreNot() {
        // 400 rows, so 2 nats in all
        BlockChoice choice = BlockChoice.among(List.of(plain, noisy, hypothesis(2, false, 0.005)), false, UNITS, false);

        assertThat(choice.chosen()).isSameAs(plain);
        assertThat(choice.reasons()).first().asString().contains("no better");
    }

    @Test
    void aGainThatDiffersWildlyFromRowToRowIsNotTrusted() {
        // 4 nats with a standard error of 5 per root of a row, so of 100
        Hypothesis wild = shaken(2, 0.01, 5);

        assertThat(BlockChoice.among(List.of(plain, noisy, wild), false, UNITS, false)
                        .chosen())
                .isSameAs(plain);
    }

    @Test
    void aThirdBlockMustBeBetterThanTwoByMoreThanChance() {
        Hypothesis two = hypothesis(2, false, 0.1);

        assertThat(chosen(two, hypothesis(3, false, 0.104))).isSameAs(two);
        Hypothesis three = hypothesis(3, false, 0.15);
        assertThat(chosen(two, three)).isSameAs(three);
    }

    @Test
    void aThirdBlockMayBeTheFirstThatPays() {
        Hypothesis four = hypothesis(4, false, 0.2);

        assertThat(chosen(hypothesis(2, false, -0.1), four)).isSameAs(four);
    }

    @Test
    void blockZeroBesideSeveralMustBeClearlyBetter() {
        Hypothesis clean = hypothesis(2, false, 0.3);
        // 20 nats more with a standard error of about 10, then of about 2
        Hypothesis doubtful = shaken(2, true, 0.35, 0.5);
        Hypothesis sure = shaken(2, true, 0.35, 0.1);

        assertThat(chosen(clean, doubtful)).isSameAs(clean);
        assertThat(chosen(clean, sure)).isSameAs(sure);
    }

    @Test
    void severalBlocksMustBeatOneWithWrongLabelsWhereThatExplainsMore() {
        Hypothesis better = hypothesis(1, true, 0.2);
        Hypothesis two = hypothesis(2, false, 0.1);

        BlockChoice choice = BlockChoice.among(List.of(plain, better, two), false, UNITS, false);

        assertThat(choice.chosen()).isSameAs(better);
        assertThat(choice.reasons()).first().asString().contains("and unexplained labels");
    }

    @Test
    void rowsOfNoWeightSayNothing() {
        double[] said = new double[ROWS];
        Arrays.fill(said, -1);
        Arrays.fill(said, 0, 200, 9);
        Hypothesis two = new Hypothesis(2, false, "linear", "constant", said, null);
        double[] weights = WEIGHTS.clone();
        Arrays.fill(weights, 0, 200, 0);

        assertThat(BlockChoice.among(List.of(plain, noisy, two), false, UNITS, false)
                        .chosen())
                .isSameAs(two);
        assertThat(BlockChoice.among(List.of(plain, noisy, two), false, SamplingUnits.independent(weights), false)
                        .chosen())
                .isSameAs(plain);
    }

    @Test
    void candidatesSayHowFarTheyAreBehindTheBest() {
        List<Candidate> candidates = BlockChoice.among(
                        List.of(plain, noisy, hypothesis(2, false, 0.1), hypothesis(3, false, 0.3)),
                        false,
                        UNITS,
                        false)
                .candidates();

        assertThat(candidates).extracting(Candidate::blocks).containsExactly(1, 1, 2, 3);
        assertThat(candidates.get(0).evidence()).isCloseTo(-1, within(1e-9));
        assertThat(candidates.get(0).behind()).isCloseTo(0.3, within(1e-9));
        assertThat(candidates.get(2).behind()).isCloseTo(0.2, within(1e-9));
        assertThat(candidates.get(3).behind()).isZero();
    }

    private Hypothesis chosen(Hypothesis... several) {
        List<Hypothesis> all = new ArrayList<>(List.of(plain, noisy));
        all.addAll(List.of(several));
        return BlockChoice.among(all, false, UNITS, false).chosen();
    }

    /** -1 nat for each row, and so much more. */
    private static Hypothesis hypothesis(int blocks, boolean unexplained, double more) {
        return shaken(blocks, unexplained, more, 0);
    }

    private static Hypothesis shaken(int blocks, double more, double deviation) {
        return shaken(blocks, false, more, deviation);
    }

    /** The same where rows differ, by chance, around that mean. */
    private static Hypothesis shaken(int blocks, boolean unexplained, double more, double deviation) {
        SplittableRandom random = new SplittableRandom(2);
        double[] said = new double[ROWS];
        for (int i = 0; i < ROWS; i += 2) {
            double by = deviation * random.nextGaussian();
            said[i] = more - 1 + by;
            said[i + 1] = more - 1 - by;
        }
        return new Hypothesis(blocks, unexplained, "linear", "constant", said, null);
    }
}
