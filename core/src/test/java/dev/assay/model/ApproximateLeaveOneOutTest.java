package dev.assay.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.learn.RidgeSelection;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApproximateLeaveOneOutTest {
    private final Workers workers = Workers.of(2);

    @AfterEach
    void close() {
        workers.close();
    }

    private double[] refitWithout(Dataset data, int i, double ridge) {
        // weight 0 keeps the mean over the others; the ridge's total W lambda is what leave-one-out keeps
        double[] weights = data.weights().clone();
        double kept = data.totalWeight() / (data.totalWeight() - weights[i]);
        weights[i] = 0;
        Objective rest = Objective.of(data.withWeights(weights), ridge * kept);
        Fit fit = new NewtonTrainer().fit(rest, workers);
        return fit.model()
                .logits(data.features().selectRows(new int[] {i}), workers)
                .values();
    }

    private ApproximateLeaveOneOut approximate(Dataset data, double ridge) {
        Objective objective = Objective.of(data, ridge);
        Fit fit = new NewtonTrainer().fit(objective, workers);
        return ApproximateLeaveOneOut.of(objective.at(fit.model().theta(), workers), workers);
    }

    @Test
    void isExactForSquaredError() {
        Dataset data = GeneratedData.of(60, 5, 1, true, 1);
        Matrix logits = approximate(data, 0.02).logits();
        for (int i = 0; i < 60; i++) {
            assertThat(logits.get(i, 0)).isCloseTo(refitWithout(data, i, 0.02)[0], within(1e-9));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void isCloseToRealRefitsForClassification(int classes) {
        Dataset data = GeneratedData.of(250, 6, classes, true, 2);
        ApproximateLeaveOneOut approximate = approximate(data, 1e-2);
        Matrix inSample = Objective.of(data, 1e-2)
                .at(
                        new NewtonTrainer()
                                .fit(Objective.of(data, 1e-2), workers)
                                .model()
                                .theta(),
                        workers)
                .logits();
        double error = 0;
        double shift = 0;
        for (int i = 0; i < 250; i += 5) {
            double[] refit = refitWithout(data, i, 1e-2);
            for (int c = 0; c < refit.length; c++) {
                error += Math.abs(approximate.logits().get(i, c) - refit[c]);
                shift += Math.abs(inSample.get(i, c) - refit[c]);
            }
        }
        // the step explains the move of the logits but for a twentieth
        assertThat(error).isLessThan(shift / 20);
    }

    @Test
    void leveragesOfAWideModelStayBelowOne() {
        Dataset data = GeneratedData.of(40, 60, 3, false, 3);
        double mean = approximate(data, 1e-3).meanLoss();
        assertThat(mean).isFinite().isPositive();
    }

    @Test
    void theRidgePathPrefersALargeRidgeWhereLabelsAreNoiseAndASmallOneWhereTheyAreNot() {
        Dataset data = GeneratedData.of(400, 10, 2, false, 4);
        SplittableRandom random = new SplittableRandom(5);
        int[] noise = IntStream.range(0, 400).map(i -> random.nextInt(2)).toArray();
        ClassTargets labels = (ClassTargets) data.targets();
        Loss loss = new LogisticLoss();
        double noisy = RidgeSelection.standard()
                .choose(data.withTargets(new ClassTargets(noise, labels.names())), loss, 1, workers)
                .ridge();
        double clean = RidgeSelection.standard().choose(data, loss, 1, workers).ridge();
        assertThat(noisy).isGreaterThan(10 * clean);
    }

    @Test
    void aWideDataSetIsFittedInItsRowSpaceAndComesBack() {
        Dataset data = GeneratedData.of(50, 80, 3, false, 6);
        RidgeSelection.Choice choice = RidgeSelection.standard().choose(data, new SoftmaxLoss(3), 1, workers);
        assertThat(choice.fit().model().features()).isEqualTo(80);
        double[] gradient = new Objective(data, new SoftmaxLoss(3), choice.ridge())
                .at(choice.fit().model().theta(), workers)
                .gradient(workers);
        for (double entry : gradient) {
            assertThat(entry).isCloseTo(0, within(1e-7));
        }
    }
}
