package dev.assay.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.ClassTargets;
import dev.assay.data.RealTargets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ClusterLabelsTest {
    /** Pairs (a, a), (a, b), (b, b) and a row in none: by chance each disagrees with probability 1/2. */
    @Test
    void pairsByHand() {
        ClassTargets labels = new ClassTargets(new int[] {0, 0, 0, 1, 1, 1, 0}, List.of("a", "b"));
        ClusterLabels found = ClusterLabels.of(new int[] {1, 1, 2, 2, 3, 3, 0}, 3, labels);

        assertThat(found.disagreeing()).isEqualTo(1);
        assertThat(found.expected()).isCloseTo(1.5, within(1e-12));
        assertThat(found.within()).isNaN();
    }

    @Test
    void labelsDealtAtRandomDisagreeAsOftenAsExpected() {
        SplittableRandom random = new SplittableRandom(3);
        int[] clusterOf = IntStream.range(0, 3000).map(i -> i / 3 + 1).toArray();
        int[] codes = IntStream.range(0, 3000)
                .map(i -> random.nextInt(10) < 7 ? 0 : 1 + random.nextInt(2))
                .toArray();
        ClusterLabels found = ClusterLabels.of(clusterOf, 1000, new ClassTargets(codes, List.of("a", "b", "c")));

        assertThat((double) found.disagreeing()).isCloseTo(found.expected(), within(50.0));
    }

    @Test
    void numbersThatClustersShareVaryLittleWithin() {
        SplittableRandom random = new SplittableRandom(4);
        int[] clusterOf = IntStream.range(0, 600).map(i -> i / 3 + 1).toArray();
        double[] values = new double[600];
        double[] chance = new double[600];
        for (int i = 0; i < 600; i++) {
            chance[i] = random.nextGaussian();
            values[i] = i % 3 == 0 ? random.nextGaussian() : values[i - i % 3] + 0.1 * random.nextGaussian();
        }
        ClusterLabels shared = ClusterLabels.of(clusterOf, 200, new RealTargets(values, 5, 2));
        ClusterLabels dealt = ClusterLabels.of(clusterOf, 200, new RealTargets(chance, 5, 2));

        assertThat(shared.within()).as("in units of the label").isCloseTo(0.2, within(0.05));
        assertThat(shared.overall()).isCloseTo(2, within(0.3));
        assertThat(dealt.within()).isCloseTo(dealt.overall(), within(0.1));
    }
}
