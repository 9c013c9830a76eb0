package dev.assay.purify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.RealTargets;
import dev.assay.linalg.Matrix;
import dev.assay.model.GeneratedData;
import dev.assay.potential.LinearPotential;
import dev.assay.potential.OneRule;
import dev.assay.potential.PotentialScale;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PrevailingRuleTest {
    private final Workers workers = Workers.of(2);

    @AfterEach
    void close() {
        workers.close();
    }

    /** Labels by a logistic rule, some of them turned round afterwards. */
    private static Dataset labelled(int n, double turned, long seed) {
        Random random = new Random(seed);
        Matrix x = new Matrix(n, 6);
        int[] codes = new int[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < 5; j++) {
                x.set(i, j, random.nextGaussian());
            }
            x.set(i, 5, 1);
            double logit = 3 * x.get(i, 0) - 2 * x.get(i, 1);
            codes[i] = random.nextDouble() < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
            codes[i] = random.nextDouble() < turned ? 1 - codes[i] : codes[i];
        }
        return Dataset.of(x, new ClassTargets(codes, List.of("a", "b")));
    }

    private PotentialScale scale(Dataset data) {
        LinearPotential potential = LinearPotential.of(data, workers);
        return PotentialScale.of(potential, PrevailingRule.of(potential, 1, workers), 1, workers, Progress.NONE);
    }

    @Test
    void dataOfOneRuleStandAtItsMark() {
        PotentialScale scale = scale(labelled(1500, 0, 1));
        assertThat(scale.oneRuleMean() / scale.potential()).isCloseTo(1, within(0.15));
        assertThat(scale.permutedMean()).isGreaterThan(1.3 * scale.potential());
    }

    @Test
    void turnedLabelsRaiseVAboveTheMarkOfTheRule() {
        PotentialScale right = scale(labelled(1500, 0, 1));
        PotentialScale wrong = scale(labelled(1500, 0.2, 1));
        assertThat(wrong.oneRuleMean()).isLessThan(0.8 * wrong.potential());
        assertThat(wrong.oneRuleMean() / right.oneRuleMean()).isCloseTo(1, within(0.25));
    }

    @Test
    void aNumberStraysFromItsRuleAsFarAsNumbersDo() {
        Dataset data = GeneratedData.of(400, 4, 1, false, 3);
        double[] values = ((RealTargets) data.targets()).values();
        LinearPotential potential = LinearPotential.of(data, workers);
        OneRule rule = PrevailingRule.of(potential, 1, workers);
        double squares = 0;
        for (int i = 0; i < values.length; i++) {
            squares += (values[i] - rule.answers().get(i, 0))
                    * (values[i] - rule.answers().get(i, 0))
                    / values.length;
        }
        assertThat(rule.deviation() / Math.sqrt(squares)).isCloseTo(1, within(0.1));
    }
}
