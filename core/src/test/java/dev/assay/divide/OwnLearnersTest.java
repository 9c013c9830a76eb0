package dev.assay.divide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.learn.Expert;
import dev.assay.learn.Learner;
import dev.assay.learn.LearnerSet;
import dev.assay.learn.LinearExpert;
import dev.assay.linalg.Matrix;
import dev.assay.predict.Baselines;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A learner from outside is the expert of blocks, and of the one that they must beat. */
class OwnLearnersTest {
    private static final Workers WORKERS = Workers.shared();
    private static final DivideSettings OWN =
            DivideSettings.AUTOMATIC.withLearners(LearnerSet.of(List.of(new LabelShares())));

    @Test
    void isTheExpertOfEachBlock() {
        Division division = divided(OWN);

        assertThat(division.blocks())
                .hasSize(2)
                .allSatisfy(block -> assertThat(block.expert().name()).isEqualTo("label shares"));
        // in block 1 nearly all labels are "yes", in block 2 "no": what the learner says of rows it did not see is as
        // sure
        assertThat(division.blocks())
                .allSatisfy(block -> assertThat(block.logLoss()).isBetween(0., 0.2));
        assertThat(division.suggestion()).containsOnly(0., 1.);
    }

    @Test
    void isTheSingleExpertThatBlocksAreComparedWith() {
        Division division = divided(OWN);

        Expert single = Baselines.strongSingle(division, OWN.learners(), 1, Progress.NONE, WORKERS)
                .experts()
                .get(0);

        assertThat(single.name()).isEqualTo("label shares");
        assertThat(division.blocks())
                .allSatisfy(block -> assertThat(block.expert()).isNotSameAs(single));
    }

    @Test
    void linearExpertsAreChosenAmongWhereNoneIsNamed() {
        assertThat(divided(DivideSettings.AUTOMATIC).blocks())
                .allSatisfy(block -> assertThat(block.expert()).isInstanceOf(LinearExpert.class));
    }

    @Test
    void settingsChangeOneThingAtATime() {
        DivideSettings settings = OWN.withMaxBlocks(2).withSeed(9).withMethod(DivideSettings.Method.PURIFY);

        assertThat(settings).isEqualTo(new DivideSettings(DivideSettings.Method.PURIFY, 2, 9, OWN.learners()));
    }

    /** Two blocks that are known; the first five rows of each have the other's label. */
    private static Division divided(DivideSettings settings) {
        SplittableRandom random = new SplittableRandom(1);
        int n = 300;
        Matrix x = new Matrix(n, 3);
        int[] codes = new int[n];
        Matrix responsibilities = new Matrix(n, 3);
        for (int i = 0; i < n; i++) {
            x.set(i, 0, random.nextGaussian());
            x.set(i, 1, random.nextGaussian());
            x.set(i, 2, 1);
            boolean first = i < 180;
            responsibilities.set(i, first ? 1 : 2, 1);
            codes[i] = first == (i % 60 != 0) ? 1 : 0;
        }
        Dataset data = Dataset.of(x, new ClassTargets(codes, List.of("no", "yes")));
        Judgement judgement = new Judgement(data, Verdict.MIXED, null, responsibilities, false, List.of(), List.of());
        return Divider.divide(judgement, settings, WORKERS, Progress.NONE);
    }

    /** Says of every row how often each label occurs. */
    private record LabelShares() implements Learner {
        @Override
        public String name() {
            return "label shares";
        }

        @Override
        public Expert train(Dataset data, long seed, Workers workers) {
            ClassTargets labels = (ClassTargets) data.targets();
            double[] shares = new double[labels.classes()];
            Arrays.fill(shares, 1 / (data.totalWeight() + shares.length));
            for (int i = 0; i < data.size(); i++) {
                shares[labels.codes()[i]] += data.weights()[i] / (data.totalWeight() + shares.length);
            }
            return new Same(shares, data.dimension());
        }
    }

    private record Same(double[] shares, int inputDimension) implements Expert {
        @Override
        public String name() {
            return "label shares";
        }

        @Override
        public int outputs() {
            return shares.length;
        }

        @Override
        public Matrix answers(Matrix x, Workers workers) {
            Matrix result = new Matrix(x.rows(), shares.length);
            Arrays.setAll(result.values(), i -> Math.log(shares[i % shares.length]));
            return result;
        }

        @Override
        public double deviation() {
            return Double.NaN;
        }
    }
}
