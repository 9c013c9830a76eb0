package dev.assay.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.RealTargets;
import dev.assay.data.Targets;
import dev.assay.linalg.Matrix;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The density of a mixture, on numbers that can be worked out by hand. */
class MixtureTest {
    private static final ClassTargets LABELS = new ClassTargets(new int[] {1, 0}, List.of("no", "yes"));
    /** p_k(y|x) of two rows by two blocks: 0.1 and 0.6, 0.5 and 0.05. */
    private static final Matrix EXPERTS = logs(0.1, 0.6, 0.5, 0.05);

    private static final Mixture MIXTURE = new Mixture(new double[] {0.2, 0.5, 0.3}, new double[] {0.25, 0.75}, true);

    @Test
    void addsUpSharesTimesDensities() {
        Mixture.Explained explained = MIXTURE.explain(LABELS, EXPERTS, null);

        // 0.2 0.75 + 0.5 0.1 + 0.3 0.6 and 0.2 0.25 + 0.5 0.5 + 0.3 0.05
        assertThat(explained.logLikelihoods()[0]).isCloseTo(Math.log(0.38), within(1e-10));
        assertThat(explained.logLikelihoods()[1]).isCloseTo(Math.log(0.315), within(1e-10));
        assertThat(explained.posteriors().values())
                .containsExactly(
                        new double[] {0.15 / 0.38, 0.05 / 0.38, 0.18 / 0.38, 0.05 / 0.315, 0.25 / 0.315, 0.015 / 0.315},
                        within(1e-10));
    }

    @Test
    void aGateSharesOutWhatBlockZeroLeaves() {
        Mixture.Explained explained = MIXTURE.explain(LABELS, EXPERTS, logs(0.9, 0.1, 0.25, 0.75));

        // 0.15 + 0.8 (0.9 0.1 + 0.1 0.6) and 0.05 + 0.8 (0.25 0.5 + 0.75 0.05)
        assertThat(explained.logLikelihoods()[0]).isCloseTo(Math.log(0.27), within(1e-10));
        assertThat(explained.logLikelihoods()[1]).isCloseTo(Math.log(0.18), within(1e-10));
        assertThat(explained.posteriors().get(0, 2)).isCloseTo(0.048 / 0.27, within(1e-10));
    }

    @Test
    void withoutBlockZeroEveryLabelIsExplained() {
        Mixture mixture = new Mixture(new double[] {0, 0.5, 0.5}, new double[] {0.5, 0.5}, false);

        Mixture.Explained explained = mixture.explain(LABELS, EXPERTS, null);

        assertThat(explained.posteriors().get(0, 0)).isZero();
        assertThat(explained.logLikelihoods()[0]).isCloseTo(Math.log(0.35), within(1e-10));
        double[] gated = Mixture.logLikelihoods(EXPERTS, logs(0.5, 0.5, 0.5, 0.5));
        assertThat(gated).containsExactly(explained.logLikelihoods(), within(1e-10));
    }

    @Test
    void numbersThatNothingExplainsAreAsBroadAsAllTargets() {
        Targets targets = new RealTargets(new double[] {0, 2}, 0, 1);
        Mixture mixture = new Mixture(new double[] {1, 0}, new double[0], true);

        double[] said = mixture.explain(targets, logs(new double[] {1e-300, 1e-300}, 1), null)
                .logLikelihoods();

        assertThat(said[0]).isCloseTo(-0.9189385332, within(1e-8));
        assertThat(said[1]).isCloseTo(-2.9189385332, within(1e-8));
    }

    @Test
    void posteriorsAddUpToOneHoweverUnlikelyTheLabel() {
        Matrix far = new Matrix(2, 2, new double[] {-2000, -2001, -800, 3});
        Mixture mixture = new Mixture(new double[] {0, 0.5, 0.5}, new double[] {0.5, 0.5}, false);

        for (double exponent : new double[] {1, 0.5}) {
            Mixture.Explained explained = mixture.explain(LABELS, far, null, exponent, 0);

            assertThat(explained.logLikelihoods()[0]).isBetween(-2001., -2000.);
            for (int i = 0; i < 2; i++) {
                assertThat(explained.posteriors().get(i, 1)
                                + explained.posteriors().get(i, 2))
                        .isCloseTo(1, within(1e-12));
            }
        }
    }

    @Test
    void aPowerBelowOneMakesPosteriorsLessSureAndLeavesTheLikelihoods() {
        Mixture.Explained sure = MIXTURE.explain(LABELS, EXPERTS, null);

        Mixture.Explained half = MIXTURE.explain(LABELS, EXPERTS, null, 0.5, Mixture.TINY);

        assertThat(half.logLikelihoods()).containsExactly(sure.logLikelihoods());
        double ratio = half.posteriors().get(1, 1) / half.posteriors().get(1, 0);
        // 0.25 / 0.05 under the root
        assertThat(ratio).isCloseTo(Math.sqrt(5), within(1e-9));
    }

    @Test
    void splittingABlockInTwoHalvesChangesNothing() {
        Mixture split = new Mixture(new double[] {0.2, 0.1, 0.4, 0.3}, new double[] {0.25, 0.75}, true);

        Mixture.Explained whole = MIXTURE.explain(LABELS, EXPERTS, null);
        Mixture.Explained halves = split.explain(LABELS, logs(new double[] {0.1, 0.1, 0.6, 0.5, 0.5, 0.05}, 3), null);

        assertThat(halves.logLikelihoods()).containsExactly(whole.logLikelihoods(), within(1e-10));
        for (int i = 0; i < 2; i++) {
            double together =
                    halves.posteriors().get(i, 1) + halves.posteriors().get(i, 2);
            assertThat(together).isCloseTo(whole.posteriors().get(i, 1), within(1e-10));
            assertThat(halves.posteriors().get(i, 2)).isCloseTo(0.8 * together, within(1e-10));
        }
    }

    @Test
    void sharesAreWeightedMeansOfResponsibilities() {
        Mixture mixture = Mixture.of(weighted(), new Matrix(2, 3, new double[] {0.5, 0.5, 0, 0.1, 0.3, 0.6}), true);

        // weights 1 and 3
        assertThat(mixture.shares()).containsExactly(new double[] {0.2, 0.35, 0.45}, within(1e-12));
    }

    @Test
    void sharesWithoutBlockZeroAreThoseOfTheRest() {
        Matrix responsibilities = new Matrix(2, 3, new double[] {0.5, 0.5, 0, 0.1, 0.3, 0.6});

        assertThat(Mixture.of(weighted(), responsibilities, false).shares())
                .containsExactly(new double[] {0, 0.4375, 0.5625}, within(1e-12));
        assertThat(Mixture.normalised(weighted(), responsibilities, false).shares())
                .containsExactly(new double[] {0, 0.4375, 0.5625}, within(1e-12));
    }

    @Test
    void labelsThatNothingExplainsAreCountedBesideTwentyRowsOfAllLabels() {
        Mixture mixture = Mixture.of(weighted(), new Matrix(2, 2, new double[] {1, 0, 1, 0}), true);

        // "yes" weighs 1, "no" 3
        assertThat(mixture.labelShares()).containsExactly(new double[] {13. / 24, 11. / 24}, within(1e-12));
    }

    private static Dataset weighted() {
        return Dataset.of(new Matrix(2, 1, new double[] {1, 1}), LABELS).withWeights(new double[] {1, 3});
    }

    private static Matrix logs(double... probabilities) {
        return logs(probabilities, 2);
    }

    private static Matrix logs(double[] probabilities, int columns) {
        double[] values = new double[probabilities.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.log(probabilities[i]);
        }
        return new Matrix(values.length / columns, columns, values);
    }
}
