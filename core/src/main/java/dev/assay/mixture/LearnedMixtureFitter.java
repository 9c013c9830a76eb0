package dev.assay.mixture;

import dev.assay.data.ClassTargets;
import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.data.Folds;
import dev.assay.learn.CalibratedExpert;
import dev.assay.learn.Calibration;
import dev.assay.learn.CrossFit;
import dev.assay.learn.Expert;
import dev.assay.learn.Learner;
import dev.assay.linalg.Matrix;
import dev.assay.work.Progress;
import dev.assay.work.Seeds;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Expectation maximisation with experts of any learner and constant shares, without block 0. Every round is cross-fitted: a learner that
 * bends learns its own rows by heart, and would confirm any responsibilities. The parts are dealt afresh in each round. A round takes
 * K {@value #PARTS} trainings with two thirds of the rows.
 *
 * @param order of the rows by content
 * @param learner a quick one
 */
record LearnedMixtureFitter(Dataset data, ContentOrder order, Learner learner, long seed, Progress progress) {
    private static final int PARTS = 3;
    private static final int SHARE_ROUNDS = 4;
    private static final double SMALLEST_DEVIATION = 1e-3;

    /**
     * Rounds.
     *
     * @param from responsibilities, n x (K + 1), block 0 in column 0
     * @param first number of the first round
     * @param count at least 1
     */
    LearnedMixture rounds(Matrix from, int first, int count, Workers workers) {
        LearnedMixture state = round(from, first, workers);
        for (int round = first + 1; round < first + count; round++) {
            progress.checkCancelled();
            state = round(state.responsibilities(), round, workers);
        }
        return state;
    }

    private LearnedMixture round(Matrix responsibilities, int round, Workers workers) {
        int k = responsibilities.columns() - 1;
        int outputs = data.targets() instanceof ClassTargets classes ? classes.classes() : 1;
        long own = Seeds.child(seed, "learned round", round);
        Folds parts = Folds.of(order, PARTS, own);
        List<Matrix> answers = workers.mapBlocks(k, 1, (block, ignored) -> {
            double[] weights = weights(responsibilities, block + 1);
            return CrossFit.train(
                            parts,
                            part -> learner.train(Learner.block(data, weights, parts.outside(part)), own, workers),
                            workers)
                    .answers(
                            outputs,
                            (expert, rows) -> expert.answers(data.features().selectRows(rows), workers),
                            workers);
        });
        return settled(responsibilities, answers);
    }

    /** What a row counts for in a block. */
    private double[] weights(Matrix responsibilities, int block) {
        double[] result = data.weights().clone();
        for (int i = 0; i < result.length; i++) {
            result[i] *= responsibilities.get(i, block);
        }
        return result;
    }

    /** Calibration, shares and responsibilities for given answers. */
    private LearnedMixture settled(Matrix from, List<Matrix> answers) {
        List<LearnedMixture.Member> members = new ArrayList<>();
        Matrix said = new Matrix(data.size(), answers.size());
        for (int b = 0; b < answers.size(); b++) {
            Calibration calibration = Calibration.of(answers.get(b), data.targets(), weights(from, b + 1));
            double deviation = Math.max(SMALLEST_DEVIATION, calibration.deviation());
            double[] its = Double.isNaN(deviation)
                    ? calibration.logLikelihoods()
                    : Expert.logLikelihoods(answers.get(b), data.targets(), deviation);
            members.add(new LearnedMixture.Member(calibration.scale(), deviation));
            for (int i = 0; i < its.length; i++) {
                said.set(i, b, its[i]);
            }
        }
        Mixture mixture = Mixture.of(data, from, false);
        Mixture.Explained explained = mixture.explain(data.targets(), said, null);
        for (int round = 1; round < SHARE_ROUNDS; round++) {
            mixture = Mixture.of(data, explained.posteriors(), false);
            explained = mixture.explain(data.targets(), said, null);
        }
        return new LearnedMixture(mixture, explained.posteriors(), said, explained.logLikelihoods(), members);
    }

    /** What a mixture of these rows says of others: K trainings with all rows. */
    Mixture.Explained explain(LearnedMixture of, Dataset others, Workers workers) {
        int[] all = IntStream.range(0, data.size()).toArray();
        List<double[]> said = workers.mapBlocks(of.blocks(), 1, (block, ignored) -> {
            LearnedMixture.Member member = of.members().get(block);
            Expert expert = learner.train(
                    Learner.block(data, weights(of.responsibilities(), block + 1), all),
                    Seeds.child(seed, "learned expert"),
                    workers);
            Matrix answers = new CalibratedExpert(expert, member.scale(), member.deviation())
                    .answers(others.features(), workers);
            return Expert.logLikelihoods(answers, others.targets(), member.deviation());
        });
        Matrix experts = new Matrix(others.size(), said.size());
        for (int i = 0; i < others.size(); i++) {
            for (int b = 0; b < said.size(); b++) {
                experts.set(i, b, said.get(b)[i]);
            }
        }
        return of.mixture().explain(others.targets(), experts, null);
    }
}
