package dev.assay.mixture;

import dev.assay.data.ClassTargets;
import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.data.Folds;
import dev.assay.data.Targets;
import dev.assay.learn.Calibration;
import dev.assay.learn.CrossFit;
import dev.assay.learn.Expert;
import dev.assay.learn.LinearExpert;
import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.model.DirectionalTrainer;
import dev.assay.model.LinearModel;
import dev.assay.model.Loss;
import dev.assay.work.Progress;
import dev.assay.work.Seeds;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Expectation maximisation for a mixture of experts with constant shares.
 *
 * <p>Two kinds of rounds. <i>In sample</i>: experts judge the rows that they were trained with. Fast, breaks the symmetry of a
 * random start, and overfits. <i>Cross-fitted</i>: each part's rows are judged by experts trained on the other parts, with
 * calibrated logits, the parts drawn afresh in every round, block 0 among the blocks; the answers of the last rounds are
 * averaged.
 *
 * @param data as the experts see it
 * @param order of its rows by content
 */
public record MixtureFitter(Dataset data, ContentOrder order, Loss loss, Progress progress) {
    static final int PARTS = 5;
    /** Rows of less responsibility do not train an expert: they would cost time and change little. */
    private static final double SMALLEST_WEIGHT = 1e-3;

    private static final double GRADIENT_NORM = 1e-3;
    private static final int IN_SAMPLE_STEPS = 1;
    private static final int CROSS_FIT_STEPS = 2;
    private static final int FINAL_STEPS = 10;
    private static final int SHARE_ROUNDS = 4;
    /** Rounds in sample end when the evidence changes less than this, in nats per row ... */
    private static final double SMALLEST_CHANGE = 5e-4;
    /** ... after so many rounds that were not annealed: a start at random leaves its saddle slowly. */
    private static final int WHOLE_ROUNDS = 3;

    /** The same where rows are many: two rules that are much alike are worth little more than one for many rounds. */
    private static final double LEAST_CHANGE = 2e-6;

    private static final double SMALLEST_DEVIATION = 1e-3;

    /** A fitter with the loss that suits the targets. */
    public static MixtureFitter of(Dataset data, ContentOrder order, Progress progress) {
        return new MixtureFitter(data, order, Loss.forTargets(data.targets()), progress);
    }

    /** A state from responsibilities, nothing fitted yet. */
    MixtureState start(Matrix responsibilities, double strength) {
        int k = responsibilities.columns() - 1;
        return new MixtureState(
                responsibilities,
                Collections.nCopies(k, new MixtureState.Member(null, 1, isClasses() ? Double.NaN : 1)),
                strength,
                Mixture.of(data, responsibilities, false),
                new double[data.size()],
                new Matrix(data.size(), k),
                null);
    }

    private boolean isClasses() {
        return data.targets() instanceof ClassTargets;
    }

    /**
     * Rounds in sample, without block 0, until they change the evidence no more.
     *
     * @param annealFrom exponent of the posteriors in the first round; it rises to 1 in the middle of the rounds
     */
    MixtureState inSample(MixtureState from, int rounds, double annealFrom, Workers workers) {
        return inSample(from, rounds, annealFrom, SMALLEST_CHANGE, false, workers);
    }

    /**
     * The same where rows are so many that in sample and out of it are much alike: until a round changes the evidence by next to nothing.
     *
     * @param unexplained whether block 0 takes part
     */
    public MixtureState climb(MixtureState from, int rounds, boolean unexplained, Workers workers) {
        return inSample(from, rounds, 1, LEAST_CHANGE, unexplained, workers);
    }

    private MixtureState inSample(
            MixtureState from,
            int rounds,
            double annealFrom,
            double smallestChange,
            boolean unexplained,
            Workers workers) {
        MixtureState state = from;
        int k = from.blocks();
        int whole = 0;
        for (int round = 0; round < rounds; round++) {
            progress.checkCancelled();
            MixtureState before = state;
            List<Judged> judged = workers.mapBlocks(k, 1, (block, ignored) -> inSample(before, block, workers));
            double exponent = Math.min(1, annealFrom + (1 - annealFrom) * 2 * round / Math.max(1, rounds));
            state = expectation(before, judged, unexplained, exponent);
            whole = exponent == 1 ? whole + 1 : 0;
            double change = state.evidence(data.weights()) - before.evidence(data.weights());
            if (whole > WHOLE_ROUNDS && Math.abs(change) < smallestChange) {
                break;
            }
        }
        return state;
    }

    /** What a block's new model says of each row's label. */
    private record Judged(MixtureState.Member member, double[] logLikelihoods) {}

    private Judged inSample(MixtureState state, int block, Workers workers) {
        LinearModel model = train(state, block, IN_SAMPLE_STEPS, workers);
        Matrix answers = LinearExpert.answers(model, 1, data.features(), workers);
        double deviation = state.members().get(block).deviation();
        if (!isClasses()) {
            deviation = Calibration.of(answers, data.targets(), state.weights(data, block + 1))
                    .deviation();
        }
        deviation = Math.max(SMALLEST_DEVIATION, deviation);
        return new Judged(
                new MixtureState.Member(model, 1, deviation),
                Expert.logLikelihoods(answers, data.targets(), deviation));
    }

    private LinearModel train(MixtureState state, int block, int steps, Workers workers) {
        return train(state, block, Folds.whole(data.size()), steps, workers).get(0);
    }

    /** Models of the block from the rows outside of each part. */
    private List<LinearModel> train(MixtureState state, int block, Folds parts, int steps, Workers workers) {
        double[] weights = state.weights(data, block + 1);
        int[] rows = IntStream.range(0, weights.length)
                .filter(i -> weights[i] > SMALLEST_WEIGHT)
                .toArray();
        MixtureState.Member member = state.members().get(block);
        double noise = isClasses() ? 1 : member.deviation() * member.deviation();
        Folds its = parts.select(rows);
        double[] own = IntStream.of(rows).mapToDouble(i -> weights[i]).toArray();
        List<DirectionalTrainer.Training> trainings = new ArrayList<>();
        for (int part = 0; part < parts.count(); part++) {
            double[] chosen = its.outside(part, own);
            double total = Arrays.stream(chosen).sum();
            if (total > 0) {
                double ridge = state.strength() * noise / Math.max(1, total);
                trainings.add(new DirectionalTrainer.Training(chosen, ridge));
            }
        }
        LinearModel start = member.model();
        if (trainings.size() < parts.count()) {
            // a block that lies within one part, or nowhere: there is nothing to train with
            LinearModel instead = start != null
                    ? start
                    : new LinearModel(loss, data.dimension(), new double[loss.logits() * data.dimension()]);
            return Collections.nCopies(parts.count(), instead);
        }
        boolean all = rows.length == data.size();
        Matrix x = all ? data.features() : data.features().selectRows(rows);
        Targets targets = all ? data.targets() : data.targets().select(rows);
        List<LinearModel> starts = start == null ? List.of() : Collections.nCopies(parts.count(), start);
        return new DirectionalTrainer(GRADIENT_NORM, steps, 1).fit(x, targets, loss, trainings, starts, workers);
    }

    /** The blocks' models from all rows, fitted to the end. */
    public MixtureState finish(MixtureState from, Workers workers) {
        MixtureState state = from;
        for (int round = 0; round < 2; round++) {
            List<MixtureState.Member> members = new ArrayList<>();
            for (int b = 0; b < from.blocks(); b++) {
                MixtureState.Member member = state.members().get(b);
                members.add(new MixtureState.Member(
                        train(state, b, FINAL_STEPS, workers), member.scale(), member.deviation()));
            }
            state = state.withMembers(members);
        }
        return state;
    }

    /**
     * Cross-fitted rounds.
     *
     * @param averaged number of last rounds whose answers are averaged
     * @param unexplained whether block 0 takes part
     */
    public MixtureState crossFitted(
            MixtureState from, int rounds, int averaged, boolean unexplained, long seed, Workers workers) {
        int k = from.blocks();
        MixtureState state = from;
        List<Matrix> sums = new ArrayList<>();
        for (int b = 0; b < k; b++) {
            sums.add(new Matrix(data.size(), loss.outputCount()));
        }
        for (int round = 0; round < rounds; round++) {
            progress.checkCancelled();
            List<Answered> fits = crossFit(state, Seeds.child(seed, "cross-fitted round", round), workers);
            boolean last = round == rounds - 1;
            List<Matrix> answers = new ArrayList<>();
            for (int b = 0; b < k; b++) {
                if (round >= rounds - averaged) {
                    Dense.add(1, fits.get(b).answers().values(), sums.get(b).values());
                }
                answers.add(last ? divided(sums.get(b), averaged) : fits.get(b).answers());
            }
            state = settle(state, fits, answers, unexplained);
        }
        return state;
    }

    /** Out-of-fold answers of a block, and the model of the first part. */
    private record Answered(LinearModel model, Matrix answers) {}

    /** Each block's answers by models that did not see the row. */
    private List<Answered> crossFit(MixtureState state, long seed, Workers workers) {
        int k = state.blocks();
        Folds parts = Folds.of(order, PARTS, Seeds.child(seed, "answering parts"));
        return workers.mapBlocks(k, 1, (block, ignored) -> {
            List<LinearModel> models = train(state, block, parts, CROSS_FIT_STEPS, workers);
            Matrix answers = new CrossFit<>(parts, models)
                    .answers(
                            loss.outputCount(),
                            (model, rows) -> LinearExpert.answers(
                                    model, 1, data.features().selectRows(rows), workers),
                            workers);
            return new Answered(models.get(0), answers);
        });
    }

    private static Matrix divided(Matrix sum, int count) {
        Matrix result = sum.copy();
        Arrays.setAll(result.values(), i -> result.values()[i] / count);
        return result;
    }

    /** Calibration, shares and responsibilities for given answers, in turn. */
    private MixtureState settle(MixtureState before, List<Answered> fits, List<Matrix> answers, boolean unexplained) {
        MixtureState state = before;
        for (int round = 0; round < SHARE_ROUNDS; round++) {
            List<Judged> judged = new ArrayList<>();
            for (int b = 0; b < fits.size(); b++) {
                Calibration calibration = Calibration.of(answers.get(b), data.targets(), state.weights(data, b + 1));
                double deviation = Math.max(SMALLEST_DEVIATION, calibration.deviation());
                judged.add(new Judged(
                        new MixtureState.Member(fits.get(b).model(), calibration.scale(), deviation),
                        isClasses()
                                ? calibration.logLikelihoods()
                                : Expert.logLikelihoods(answers.get(b), data.targets(), deviation)));
            }
            state = expectation(state, judged, unexplained, 1);
        }
        return state;
    }

    /** New responsibilities and shares. */
    private MixtureState expectation(MixtureState before, List<Judged> judged, boolean unexplained, double exponent) {
        Matrix said = new Matrix(data.size(), judged.size());
        for (int b = 0; b < judged.size(); b++) {
            double[] own = judged.get(b).logLikelihoods();
            for (int i = 0; i < own.length; i++) {
                said.set(i, b, own[i]);
            }
        }
        MixtureState.Shares gate = before.gate();
        Mixture mixture = Mixture.of(data, before.responsibilities(), unexplained);
        Mixture.Explained explained =
                mixture.explain(data.targets(), said, gate == null ? null : gate.heldOut(), exponent, Mixture.TINY);
        return new MixtureState(
                explained.posteriors(),
                judged.stream().map(Judged::member).toList(),
                before.strength(),
                mixture,
                explained.logLikelihoods(),
                said,
                gate);
    }
}
