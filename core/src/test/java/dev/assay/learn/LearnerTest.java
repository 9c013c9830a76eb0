package dev.assay.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.Folds;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every learner gets with its experts: answers out of fold, and calibration by them. */
class LearnerTest {
    private static final int ROWS = 200;
    private static final Workers WORKERS = Workers.shared();
    private static final Learner LEARNER = new GaussianNaiveBayes();

    @Test
    void aRowSaysNothingOfItself() {
        Dataset data = bells(1);
        Folds parts = Folds.of(data, 4, 1, WORKERS);
        int turned = 17;
        int[] codes = ((ClassTargets) data.targets()).codes().clone();
        codes[turned] = 1 - codes[turned];
        Dataset other = data.withTargets(new ClassTargets(codes, List.of("left", "right")));

        Matrix before =
                LEARNER.crossFit(data, data.weights(), parts, 1, WORKERS).answers();
        Matrix after =
                LEARNER.crossFit(other, data.weights(), parts, 1, WORKERS).answers();

        // the factor that calibrates is one for all rows: it drops out of which of two rows is likelier to be the same
        for (int i : parts.inside(parts.ofRow()[turned])) {
            assertThat(logOdds(after, i) / logOdds(after, turned))
                    .as("row %d", i)
                    .isCloseTo(logOdds(before, i) / logOdds(before, turned), within(1e-9));
        }
        int elsewhere = parts.outside(parts.ofRow()[turned])[0];
        assertThat(logOdds(after, elsewhere) / logOdds(after, turned))
                .isNotEqualTo(logOdds(before, elsewhere) / logOdds(before, turned));
    }

    @Test
    void aBlockWithinOnePartIsAnsweredForByTheOthers() {
        Dataset data = bells(1);
        Folds parts = Folds.of(data, 4, 1, WORKERS);
        double[] weights = new double[ROWS];
        for (int i : parts.inside(2)) {
            weights[i] = 1;
        }

        CrossFittedExpert fitted = LEARNER.crossFit(data, weights, parts, 1, WORKERS);

        assertThat(Arrays.stream(fitted.answers().values()).allMatch(Double::isFinite))
                .isTrue();
        assertThat(Arrays.stream(parts.inside(2))
                        .mapToDouble(i -> fitted.logLikelihoods()[i])
                        .average()
                        .orElseThrow())
                .isGreaterThan(-0.5);
    }

    @Test
    void anExpertThatIsTooSureIsMadeLessSo() {
        // naive Bayes counts three times what each of three equal features says
        Dataset data = bells(3);
        Folds parts = Folds.of(data, 4, 1, WORKERS);

        CrossFittedExpert fitted = LEARNER.crossFit(data, data.weights(), parts, 1, WORKERS);

        assertThat(((CalibratedExpert) fitted.expert()).scale()).isLessThan(0.6);
    }

    private static double logOdds(Matrix answers, int row) {
        return answers.get(row, 1) - answers.get(row, 0);
    }

    /** Two overlapping normal classes, one feature so often, the bias last. */
    private static Dataset bells(int features) {
        Random random = new Random(4);
        Matrix x = new Matrix(ROWS, features + 1);
        int[] codes = new int[ROWS];
        for (int i = 0; i < ROWS; i++) {
            codes[i] = i % 2;
            double value = (codes[i] == 1 ? 1 : -1) + random.nextGaussian();
            for (int j = 0; j < features; j++) {
                x.set(i, j, value);
            }
            x.set(i, features, 1);
        }
        return Dataset.of(x, new ClassTargets(codes, List.of("left", "right")));
    }
}
