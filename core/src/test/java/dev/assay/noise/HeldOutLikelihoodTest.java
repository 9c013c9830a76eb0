package dev.assay.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.ClassTargets;
import dev.assay.data.RealTargets;
import dev.assay.data.Targets;
import dev.assay.linalg.LogSumExp;
import dev.assay.linalg.Matrix;
import dev.assay.model.SoftmaxLoss;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HeldOutLikelihoodTest {
    private static final int N = 4000;

    private final SplittableRandom random = new SplittableRandom(11);

    private static double[] ones(int n) {
        double[] weights = new double[n];
        Arrays.fill(weights, 1);
        return weights;
    }

    /** Labels drawn from softmax(z), a share of them then replaced by another label. */
    private ClassTargets draw(Matrix logits, double wrongShare) {
        int[] codes = new int[logits.rows()];
        double[] probabilities = new double[3];
        for (int i = 0; i < codes.length; i++) {
            new SoftmaxLoss(3).outputs(logits.values(), logits.offset(i), probabilities, 0);
            double u = random.nextDouble();
            codes[i] = u < probabilities[0] ? 0 : u < probabilities[0] + probabilities[1] ? 1 : 2;
            if (random.nextDouble() < wrongShare) {
                codes[i] = (codes[i] + 1 + random.nextInt(2)) % 3;
            }
        }
        return new ClassTargets(codes, List.of("a", "b", "c"));
    }

    private Matrix logits() {
        Matrix logits = new Matrix(N, 3);
        for (int k = 0; k < logits.values().length; k++) {
            logits.values()[k] = 4 * random.nextGaussian();
        }
        return logits;
    }

    private static HeldOutLikelihood of(Matrix logits, ClassTargets targets) {
        Matrix answers = logits.copy();
        LogSumExp.normaliseRows(answers);
        return HeldOutLikelihood.of(answers, targets, ones(N), Workers.shared());
    }

    @Test
    void findsShareAndTemperatureThatTheLabelsWereDrawnWith() {
        Matrix logits = logits();
        ClassTargets targets = draw(logits, 0.2);
        Matrix overconfident = logits.copy();
        for (int k = 0; k < overconfident.values().length; k++) {
            overconfident.values()[k] *= 3;
        }
        HeldOutLikelihood found = of(overconfident, targets);
        assertThat(found.wrongShare()).isEqualTo(0.2, within(0.02));
        assertThat(of(logits, targets).total()).isEqualTo(found.total(), within(0.5));
    }

    @Test
    void findsNoWrongLabelsWhereThereAreNone() {
        Matrix logits = logits();
        assertThat(of(logits, draw(logits, 0)).wrongShare()).isLessThan(0.01);
    }

    @Test
    void noOtherShareOrTemperatureExplainsMore() {
        Matrix logits = logits();
        ClassTargets targets = draw(logits, 0.1);
        HeldOutLikelihood found = of(logits, targets);
        double[] probabilities = new double[3];
        for (double share = 0; share < 0.66; share += 0.03) {
            for (double temperature = 0.05; temperature < 20; temperature *= 1.3) {
                double sum = 0;
                for (int i = 0; i < N; i++) {
                    double[] scaled = logits.row(i);
                    for (int c = 0; c < 3; c++) {
                        scaled[c] /= temperature;
                    }
                    new SoftmaxLoss(3).outputs(scaled, 0, probabilities, 0);
                    double own = probabilities[targets.codes()[i]];
                    sum += Math.log((1 - share) * own + share * (1 - own) / 2);
                }
                // the scale has a prior of its own, worth a part of a row
                assertThat(found.total()).isGreaterThan(sum - 0.5);
            }
        }
        assertThat(Arrays.stream(found.rows()).sum()).isEqualTo(found.total(), within(1e-6));
    }

    @Test
    void findsSpreadAndOutliersOfRealTargets() {
        Matrix predictions = new Matrix(N, 1);
        double[] values = new double[N];
        for (int i = 0; i < N; i++) {
            predictions.set(i, 0, random.nextGaussian());
            values[i] = random.nextDouble() < 0.1
                    ? random.nextGaussian()
                    : predictions.get(i, 0) + 0.1 * random.nextGaussian();
        }
        HeldOutLikelihood found =
                HeldOutLikelihood.of(predictions, new RealTargets(values, 0, 1), ones(N), Workers.shared());
        assertThat(found.wrongShare()).isEqualTo(0.1, within(0.02));
        assertThat(Arrays.stream(found.rows()).sum()).isEqualTo(found.total(), within(1e-6));
    }

    @Test
    void isTheSameForAnyNumberOfThreads() {
        int rows = 10_000;
        Matrix predictions = new Matrix(rows, 1);
        double[] values = new double[rows];
        Matrix answers = new Matrix(rows, 2);
        int[] codes = new int[rows];
        for (int i = 0; i < rows; i++) {
            values[i] = random.nextGaussian();
            predictions.set(i, 0, values[i] + 0.3 * random.nextGaussian());
            answers.set(i, 1, random.nextGaussian());
            codes[i] = answers.get(i, 1) + random.nextGaussian() > 0 ? 1 : 0;
        }
        LogSumExp.normaliseRows(answers);
        Targets numbers = new RealTargets(values, 0, 1);
        Targets classes = new ClassTargets(codes, List.of("a", "b"));
        try (Workers one = Workers.of(1);
                Workers three = Workers.of(3)) {
            assertThat(HeldOutLikelihood.of(predictions, numbers, ones(rows), three)
                            .rows())
                    .isEqualTo(HeldOutLikelihood.of(predictions, numbers, ones(rows), one)
                            .rows());
            assertThat(HeldOutLikelihood.of(answers, classes, ones(rows), three).rows())
                    .isEqualTo(HeldOutLikelihood.of(answers, classes, ones(rows), one)
                            .rows());
        }
    }
}
