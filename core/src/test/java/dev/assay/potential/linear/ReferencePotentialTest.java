package dev.assay.potential.linear;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.influence.LinearGradientSpace;
import dev.assay.learn.LinearExpert;
import dev.assay.linalg.Matrix;
import dev.assay.model.Fit;
import dev.assay.model.GeneratedData;
import dev.assay.model.NewtonTrainer;
import dev.assay.model.Objective;
import dev.assay.potential.Potential;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReferencePotentialTest {
    private final Workers workers = Workers.of(2);

    @AfterEach
    void close() {
        workers.close();
    }

    @Test
    void labelsThatMeanSomethingHaveALowerPotentialThanPermutedOnes() {
        Objective objective = Objective.of(GeneratedData.of(300, 5, 3, false, 17), 0.01);
        double own = variance(objective);
        LinearPotential model = LinearPotential.of(objective.data(), workers);
        ReferencePotential permuted = ReferencePotential.ofPermutedTargets(model, 5, workers, Progress.NONE);
        assertThat(permuted.mean() - 3 * permuted.standardDeviation()).isGreaterThan(own);
        assertThat(ReferencePotential.ofPermutedTargets(model, 5, workers, Progress.NONE)
                        .variances())
                .containsExactly(permuted.variances());
    }

    /** What two rules made has a V far above what one of them alone would have made. */
    @Test
    void labelsDrawnFromOneModelHaveALowerPotentialThanThoseOfTwoRules() {
        Random random = new Random(4);
        int n = 400;
        Matrix x = new Matrix(n, 6);
        int[] first = new int[n];
        int[] both = new int[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < 5; j++) {
                x.set(i, j, random.nextGaussian());
            }
            x.set(i, 5, 1);
            first[i] = x.get(i, 0) + x.get(i, 1) > 0 ? 1 : 0;
            both[i] = random.nextBoolean() ? first[i] : x.get(i, 2) - x.get(i, 0) > 0 ? 1 : 0;
        }
        List<String> names = List.of("a", "b");
        Dataset one = Dataset.of(x, new ClassTargets(first, names));
        Objective mixture = Objective.of(one.withTargets(new ClassTargets(both, names)), 0.01);
        Fit rule = new NewtonTrainer().fit(Objective.of(one, 0.01), workers);
        ReferencePotential oneRule = ReferencePotential.ofOneRule(
                LinearPotential.of(mixture.data(), workers),
                new LabelModel(LinearExpert.answers(rule.model(), 1, x, workers), Double.NaN),
                5,
                workers,
                Progress.NONE);
        assertThat(oneRule.mean() + 3 * oneRule.standardDeviation()).isLessThan(variance(mixture));
    }

    private double variance(Objective of) {
        Fit fit = new NewtonTrainer().fit(of, workers);
        return Potential.of(LinearGradientSpace.of(fit, workers), workers).variance();
    }
}
