package dev.assay.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.RealTargets;
import dev.assay.data.SyntheticSample;
import dev.assay.divide.KnownDivision;
import dev.assay.influence.DirectInfluence;
import dev.assay.judge.PrevailingRule;
import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.linalg.RowSpace;
import dev.assay.model.GeneratedData;
import dev.assay.model.NewtonTrainer;
import dev.assay.model.Objective;
import dev.assay.potential.linear.LabelModel;
import dev.assay.potential.linear.LinearPotential;
import dev.assay.potential.linear.PotentialScale;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BlockMeasuresTest {
    private final Workers workers = Workers.of(2);

    @AfterEach
    void close() {
        workers.close();
    }

    private BlockMeasures measures(Dataset data, int[] assigned, int blocks) {
        LinearPotential potential = LinearPotential.of(data, workers);
        LabelModel rule = PrevailingRule.of(null, potential, workers);
        return BlockMeasures.of(
                KnownDivision.of(data, assigned, blocks, workers),
                potential,
                PotentialScale.of(potential, rule, 1, workers, Progress.NONE),
                workers,
                Progress.NONE);
    }

    @Test
    void blocksOfOneFunctionEachAreLessMixedThanTheWhole() {
        SyntheticSample sample = SyntheticSample.drawPaper(new int[] {400, 200}, 1);
        int[] assigned = Arrays.stream(sample.blocks()).map(block -> block + 1).toArray();
        BlockMeasures measures = measures(sample.toDataset(), assigned, 2);
        assertThat(measures.within()).isLessThan(0.6 * measures.potential());
        assertThat(measures.scale().permutedMean()).isGreaterThan(measures.potential());
        assertThat(measures.within())
                .isCloseTo(
                        (400 * measures.profiles().get(1).potential()
                                        + 200 * measures.profiles().get(2).potential())
                                / 600,
                        within(1e-9));
        // letters are drawn without regard to the function
        assertThat(measures.profiles())
                .allMatch(profile -> profile.distinctions().isEmpty());
    }

    @Test
    void potentialAndContributionsOfABlockAreThoseOfItsRowsAlone() {
        int n = 60;
        Dataset data = GeneratedData.of(n, 4, 3, false, 5);
        int[] assigned = IntStream.range(0, n).map(i -> i % 3).toArray();
        BlockMeasures measures = measures(data, assigned, 2);
        for (int block = 1; block <= 2; block++) {
            int own = block;
            int[] rows = IntStream.range(0, n).filter(i -> assigned[i] == own).toArray();
            Objective objective = Objective.of(data.select(rows), LinearPotential.RIDGE);
            double[] theta = new NewtonTrainer().fit(objective, workers).model().theta();
            BlockProfile profile = measures.profiles().get(block);
            assertThat(profile.rows()).isEqualTo(20);
            assertThat(profile.potential() / DirectInfluence.variance(objective, theta))
                    .isCloseTo(1, within(1e-7));
            double[][] x = DirectInfluence.matrix(objective, theta);
            double all = 0;
            double[] each = new double[rows.length];
            for (int i = 0; i < rows.length; i++) {
                for (int j = 0; j < rows.length; j++) {
                    each[i] += i == j ? 0 : x[i][j] * x[i][j];
                }
                all += each[i];
            }
            for (int i = 0; i < rows.length; i++) {
                assertThat(measures.contributions()[rows[i]]).isCloseTo(each[i] / all, within(1e-7));
            }
        }
        assertThat(measures.contributions()[0]).isNaN();
        assertThat(measures.profiles().get(0).potential()).isNaN();
        assertThat(measures.profiles().get(0).rows()).isEqualTo(20);
    }

    @Test
    void namesTheFeaturesInWhichABlockDiffersWithDirectionAndSize() {
        int n = 900;
        Random random = new Random(3);
        int[] assigned = IntStream.range(0, n).map(i -> i % 3 == 0 ? 2 : 1).toArray();
        Matrix x = new Matrix(n, 12);
        int[] codes = new int[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < 11; j++) {
                x.set(i, j, 10 + 2 * random.nextGaussian());
            }
            // in the second block 3 is larger by 2, 7 smaller by 1 (in units of which all rows have about 2)
            x.set(i, 3, x.get(i, 3) + (assigned[i] == 2 ? 2 : 0));
            x.set(i, 7, x.get(i, 7) - (assigned[i] == 2 ? 1 : 0));
            x.set(i, 11, 1);
            codes[i] = assigned[i] == 2 ? 0 : random.nextInt(2);
        }
        BlockMeasures measures = measures(Dataset.of(x, new ClassTargets(codes, List.of("a", "b"))), assigned, 2);
        BlockProfile second = measures.profiles().get(2);
        assertThat(second.distinctions()).extracting(Distinction::feature).containsExactly("x3", "x7");
        Distinction first = second.distinctions().get(0);
        assertThat(first.inside() - first.outside()).isCloseTo(2, within(0.4));
        assertThat(first.inside()).isCloseTo(mean(x, 3, assigned, 2), within(1e-9));
        assertThat(first.outside()).isCloseTo(mean(x, 3, assigned, 1), within(1e-9));
        assertThat(first.difference()).isBetween(0.7, 1.1);
        assertThat(second.distinctions().get(1).difference()).isBetween(-0.7, -0.3);
        assertThat(first.standardError()).isCloseTo(1 / Math.sqrt(n / 3.0 * 2 / 3), within(1e-3));
        assertThat(measures.profiles().get(1).distinctions().get(0).difference())
                .isCloseTo(-first.difference(), within(1e-9));
        assertThat(second.classShares()).containsExactly(1, 0);
        assertThat(measures.profiles().get(1).classShares()[0]).isCloseTo(0.5, within(0.08));
        assertThat(measures.profiles().get(0).classShares()).containsOnly(Double.NaN);
    }

    private static double mean(Matrix x, int column, int[] assigned, int block) {
        return IntStream.range(0, assigned.length)
                .filter(i -> assigned[i] == block)
                .mapToDouble(i -> x.get(i, column))
                .average()
                .orElseThrow();
    }

    @Test
    void aFeatureIsRarelyNamedWhereThereIsNothingToName() {
        int named = 0;
        Random random = new Random(8);
        for (int draw = 0; draw < 100; draw++) {
            Dataset data = GeneratedData.of(200, 21, 2, draw % 2 == 1, draw);
            Matrix posteriors = new Matrix(200, 3);
            for (int i = 0; i < 200; i++) {
                double second = random.nextDouble();
                posteriors.set(i, 1, 1 - second);
                posteriors.set(i, 2, second);
            }
            List<List<Distinction>> found = DistinctionFinder.of(data, posteriors, 5, workers);
            named += found.stream().anyMatch(list -> !list.isEmpty()) ? 1 : 0;
        }
        // meant: 5 of 100 at the most; 12 would be chance once in 300
        assertThat(named).isLessThan(12);
    }

    @Test
    void theThresholdIsTheNormalQuantile() {
        assertThat(DistinctionFinder.threshold(1e-4)).isCloseTo(3.89, within(0.03));
        assertThat(DistinctionFinder.threshold(2.7e-7)).isCloseTo(5.14, within(0.03));
    }

    @Test
    void regressionHasMeansInTheUsersUnitsAndNoClasses() {
        Dataset generated = GeneratedData.of(40, 3, 1, false, 2);
        double[] values = ((RealTargets) generated.targets()).values();
        Dataset data = generated.withTargets(new RealTargets(values, 100, 10));
        int[] assigned = IntStream.range(0, 40).map(i -> 1 + i % 2).toArray();
        BlockMeasures measures = measures(data, assigned, 2);
        double mean = IntStream.range(0, 20)
                .mapToDouble(i -> 100 + 10 * values[2 * i])
                .average()
                .orElseThrow();
        assertThat(measures.profiles().get(1).meanTarget()).isCloseTo(mean, within(1e-9));
        assertThat(measures.profiles().get(1).classShares()).isEmpty();
        assertThat(measures.potential()).isPositive();
    }

    @Test
    void aBlockOfOneRowAndOneOfNoneHaveNoPotential() {
        Dataset data = GeneratedData.of(30, 3, 2, false, 2);
        int[] assigned = IntStream.range(0, 30).map(i -> i == 4 ? 2 : 1).toArray();
        BlockMeasures measures = measures(data, assigned, 2);
        assertThat(measures.profiles().get(2).potential()).isNaN();
        assertThat(measures.contributions()[4]).isNaN();
        assertThat(measures.within()).isEqualTo(measures.profiles().get(1).potential());
    }

    @Test
    void featuresThatVaryInFewDirectionsHaveThePotentialOfThese() {
        // 1200 features that are rotations of 8: too many parameters, and no more to know
        Dataset few = GeneratedData.of(40, 8, 3, false, 2);
        Random random = new Random(7);
        double[] values = new double[8 * 1200];
        for (int k = 0; k < values.length; k++) {
            values[k] = random.nextGaussian();
        }
        Matrix directions = RowSpace.of(new Matrix(8, 1200, values)).basis();
        Dataset many = few.withFeatures(
                Dense.multiply(few.features(), directions, workers),
                IntStream.range(0, 1200).mapToObj(j -> "x" + j).toList());
        int[] assigned = IntStream.range(0, 40).map(i -> 1 + i % 2).toArray();
        BlockMeasures expected = measures(few, assigned, 2);
        BlockMeasures actual = measures(many, assigned, 2);
        assertThat(actual.potential() / expected.potential()).isCloseTo(1, within(1e-6));
        assertThat(actual.within() / expected.within()).isCloseTo(1, within(1e-6));
        assertThat(actual.scale().permutedMean() / expected.scale().permutedMean())
                .isCloseTo(1, within(1e-6));
    }
}
