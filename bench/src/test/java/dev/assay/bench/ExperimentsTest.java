package dev.assay.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.SyntheticSample;
import dev.assay.linalg.Cholesky;
import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.model.AdamTrainer;
import dev.assay.model.Fit;
import dev.assay.model.Linearization;
import dev.assay.model.NewtonTrainer;
import dev.assay.model.Objective;
import dev.assay.work.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentsTest {
    @Test
    void mislabelsExactlyThatShareAndNeverWithTheSameLabel() {
        Dataset data = SyntheticSample.drawPaper(new int[] {500}, 1).toDataset();
        int[] before = ((ClassTargets) data.targets()).codes();
        int[] after = ((ClassTargets)
                        MislabelFigure.mislabel(data, 0.06, new Random(2)).targets())
                .codes();
        int changed = 0;
        int[] shift = new int[4];
        for (int i = 0; i < before.length; i++) {
            changed += before[i] == after[i] ? 0 : 1;
            shift[(after[i] - before[i] + 4) % 4]++;
        }
        assertThat(changed).isEqualTo(30);
        assertThat(shift[1]).isPositive();
        assertThat(shift[2]).isPositive();
        assertThat(shift[3]).isPositive();
    }

    @Test
    void aMixtureExperimentDependsOnItsRandomNumbersAlone() {
        SyntheticSample pool = SyntheticSample.drawPaper(new int[] {200, 200}, 1);
        MixtureExperiment experiment = new MixtureExperiment(pool, new AdamTrainer().withEpochLimit(20));
        try (Workers one = Workers.of(1);
                Workers two = Workers.of(2)) {
            MixtureExperiment.Result result = experiment.run(new int[] {60, 40}, new Random(3), one);
            assertThat(experiment.run(new int[] {60, 40}, new Random(3), two)).isEqualTo(result);
            assertThat(experiment.run(new int[] {60, 40}, new Random(4), one)).isNotEqualTo(result);
        }
    }

    @Test
    void aMixedSampleHasALargerPotentialThanAPureOne() {
        SyntheticSample pool = SyntheticSample.drawPaper(new int[] {1000, 1000}, 1);
        MixtureExperiment experiment = new MixtureExperiment(pool, new AdamTrainer());
        try (Workers workers = Workers.of(2)) {
            MixtureExperiment.Result pure = experiment.run(new int[] {600, 0}, new Random(1), workers);
            MixtureExperiment.Result mixed = experiment.run(new int[] {300, 300}, new Random(1), workers);
            assertThat(mixed.potential()).isGreaterThan(8 * pure.potential());
            assertThat(mixed.accuracy()).isLessThan(pure.accuracy() - 0.3);
        }
    }

    @Test
    void momentsAreThoseOfTheInfluencesPairByPair() {
        double ridge = 0.01;
        Dataset data = SyntheticSample.drawPaper(new int[] {40, 20}, 1).toDataset();
        try (Workers workers = Workers.of(1)) {
            Fit fit = new NewtonTrainer().fit(Objective.of(data, ridge), workers);
            Linearization at = fit.objective().at(fit.model().theta(), workers);
            Cholesky factor = Cholesky.factor(at.hessian(workers), workers);
            TheoremExperiment.BothMoments actual = TheoremExperiment.moments(fit, workers);
            for (int inside = 0; inside <= 1; inside++) {
                Matrix gradients = new Matrix(data.size(), at.theta().length);
                for (int i = 0; i < data.size(); i++) {
                    for (int c = 0; c < 4; c++) {
                        for (int j = 0; j < data.dimension(); j++) {
                            int k = c * data.dimension() + j;
                            gradients.set(
                                    i,
                                    k,
                                    at.residuals().get(i, c) * data.features().get(i, j)
                                            + inside * ridge * at.theta()[k]);
                        }
                    }
                }
                double first = 0;
                double second = 0;
                double fourth = 0;
                for (int i = 0; i < data.size(); i++) {
                    double[] solved = factor.solve(gradients.row(i));
                    for (int j = 0; j < data.size(); j++) {
                        if (i != j) {
                            double x = -Dense.dot(gradients.row(j), solved);
                            first += x;
                            second += x * x;
                            fourth += x * x * x * x;
                        }
                    }
                }
                double pairs = data.size() * (data.size() - 1.0);
                TheoremExperiment.Moments moments = inside == 1 ? actual.inside() : actual.outside();
                assertThat(moments.second() / (second / pairs)).isCloseTo(1, within(1e-9));
                assertThat(moments.fourth() / (fourth / pairs)).isCloseTo(1, within(1e-9));
                double mean = first / pairs;
                assertThat(moments.variance() / (second / pairs - mean * mean)).isCloseTo(1, within(1e-9));
            }
        }
    }

    @Test
    void aTableLeavesUnknownNumbersOutOfItsFileAndItsShares(@TempDir Path folder) throws IOException {
        FigureTable table = new FigureTable("a", "ours", "theirs", "deviation");
        table.add(1, 0.5, 0.8, 0.1);
        table.add(2, 0.5, 0.9, 0.1);
        table.add(3, 0.5, Double.NaN, Double.NaN);
        table.write(folder.resolve("table.csv"));
        assertThat(Files.readString(folder.resolve("table.csv"))).isEqualTo("""
                        a,ours,theirs,deviation
                        1,0.5000000,0.8000000,0.1000000
                        2,0.5000000,0.9000000,0.1000000
                        3,0.5000000,,
                        """);
        assertThat(table.shareWithin("ours", "theirs", "deviation", 3.5)).isEqualTo(0.5);
    }
}
