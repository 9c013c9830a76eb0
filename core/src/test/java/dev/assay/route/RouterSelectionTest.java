package dev.assay.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.InvalidInputException;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import org.junit.jupiter.api.Test;

class RouterSelectionTest {
    private static RouterSelection auto(RoutingProblems problems) {
        try (Workers workers = Workers.of(1)) {
            return RouterSelector.fit(RouterSelector.AUTO, problems.problem(), Progress.NONE, workers);
        }
    }

    @Test
    void takesTheSharesAndSaysSoWhereFeaturesAreNoise() {
        RouterSelection choice = auto(RoutingProblems.of(800, new double[] {0.6, 0.4}, RoutingProblems.corners(0), 1));
        assertThat(choice.router()).isInstanceOf(PriorRouter.class);
        assertThat(choice.information().nats()).isZero();
        assertThat(choice.information().isKnown()).isFalse();
        assertThat(choice.explanation()).anyMatch(sentence -> sentence.contains("say nothing about the block"));
    }

    @Test
    void takesARouterOfFewNumbersWherePlanesDivideTheBlocks() {
        RouterSelection choice = auto(RoutingProblems.of(800, new double[] {0.6, 0.4}, RoutingProblems.corners(2), 2));
        assertThat(choice.router().name())
                .isIn(SoftmaxRouter.LINEAR, CentroidRouter.NAME, AdaptiveClusteringRouter.NAME);
        assertThat(choice.contenders()).hasSize(RouterSelector.names().size() - 1);
    }

    @Test
    void takesABendingRouterForABlockInsideAnother() {
        RouterSelection choice = auto(RoutingProblems.of(800, new double[] {0.6, 0.4}, RoutingProblems.ring(), 3));
        assertThat(choice.router().name())
                .isIn(AdaptiveClusteringRouter.NAME, SoftmaxRouter.RADIAL, NearestRouter.NAME);
        assertThat(choice.information().share()).isGreaterThan(0.8);
    }

    @Test
    void informationIsThatOfTheTwoNormalDistributionsAndNeverAboveTheEntropy() {
        double apart = 2;
        RoutingProblems problems = RoutingProblems.of(4000, new double[] {0.5, 0.5}, RoutingProblems.corners(apart), 4);
        BlockInformation information = auto(problems).information();
        // along the line between the means: unit variance, sqrt(2) * 2 apart
        double expected = informationOfTwoNormals(apart * Math.sqrt(2));
        assertThat(information.nats()).isCloseTo(expected, within(Math.max(0.02, 3 * information.standardError())));
        assertThat(information.entropy()).isCloseTo(Math.log(2), within(0.01));
        BlockInformation certain = auto(RoutingProblems.of(
                        500, new double[] {0.5, 0.5}, RoutingProblems.corners(12), 5))
                .information();
        assertThat(certain.nats()).isLessThanOrEqualTo(certain.entropy()).isGreaterThan(0.95 * certain.entropy());
    }

    /** log 2 minus the mean entropy of the block given x, by the trapezoid rule. */
    private static double informationOfTwoNormals(double apart) {
        double sum = 0;
        double step = 1e-3;
        for (double x = -12; x < 12 + apart; x += step) {
            double a = Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
            double b = Math.exp(-(x - apart) * (x - apart) / 2) / Math.sqrt(2 * Math.PI);
            double p = a / (a + b);
            if (p > 0 && p < 1) {
                sum += step * (a + b) / 2 * (-p * Math.log(p) - (1 - p) * Math.log(1 - p));
            }
        }
        return Math.log(2) - sum;
    }

    @Test
    void oneBlockNeedsNoRouter() {
        RouterSelection choice = auto(RoutingProblems.of(50, new double[] {1}, RoutingProblems.corners(0), 6));
        assertThat(choice.router().blocks()).isEqualTo(1);
        assertThat(choice.explanation()).containsExactly("There is one block: nothing to route.");
    }

    @Test
    void anUnknownNameIsRefusedWithThoseThatExist() {
        RoutingProblems problems = RoutingProblems.of(50, new double[] {0.5, 0.5}, RoutingProblems.corners(0), 7);
        try (Workers workers = Workers.of(1)) {
            assertThatThrownBy(() -> RouterSelector.fit("oracle", problems.problem(), Progress.NONE, workers))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("'oracle'")
                    .hasMessageContaining("adaptive-clustering");
        }
    }
}
