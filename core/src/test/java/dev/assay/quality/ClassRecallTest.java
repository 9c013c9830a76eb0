package dev.assay.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.ClassTargets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class ClassRecallTest {
    private static final ClassTargets LABELS =
            new ClassTargets(new int[] {0, 0, 0, 0, 1, 1, 0}, List.of("a", "b", "c"));

    /** The last row has no weight: four of a, two of b, none of c. */
    @Test
    void recallAndItsControlByHand() {
        ClassRecall found = ClassRecall.of(LABELS, new double[] {1, 2, 1, 1, 1, 1, 0}, new int[] {0, 0, 0, 1, 1, 0, 2});

        assertThat(found.rows()).isEqualTo(6);
        assertThat(found.accuracy()).isCloseTo(4 / 6.0, within(1e-12));
        assertThat(found.largestShare()).isCloseTo(4 / 6.0, within(1e-12));
        ClassRecall.OfClass first = found.classes().get(0);
        assertThat(Objects.requireNonNull(first.recall()).value()).isCloseTo(0.75, within(1e-12));
        assertThat(first.chance()).as("predicted to be a").isCloseTo(4 / 6.0, within(1e-12));
        assertThat(found.classes().get(2).rows()).isZero();
        assertThat(found.classes().get(2).recall()).as("of no rows").isNull();
    }

    @Test
    void withoutPredictionsOnlySharesAreKnown() {
        ClassRecall found = ClassRecall.of(LABELS, new double[] {1, 1, 1, 1, 1, 1, 1}, null);

        assertThat(found.accuracy()).isNaN();
        assertThat(found.classes()).allMatch(one -> one.recall() == null && Double.isNaN(one.chance()));
        assertThat(found.classes().get(1).share()).isCloseTo(2 / 7.0, within(1e-12));
    }
}
