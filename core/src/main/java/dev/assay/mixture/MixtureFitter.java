package dev.assay.mixture;

import dev.assay.data.ClassTargets;
import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.data.Partition;
import dev.assay.data.Targets;
import dev.assay.learn.Calibration;
import dev.assay.learn.CrossFit;
import dev.assay.learn.Expert;
import dev.assay.learn.LinearExpert;
import dev.assay.linalg.Dense;
import dev.assay.linalg.LogSumExp;
import dev.assay.linalg.Matrix;
import dev.assay.model.DirectionalTrainer;
import dev.assay.model.LinearModel;
import dev.assay.model.Loss;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

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

    private static final long SEED_STEP = 1_000_003;
    private static final double GRADIENT_NORM = 1e-3;
    private static final int IN_SAMPLE_STEPS = 1;
    private static final int CROSS_FIT_STEPS = 2;
    private static final int SHARE_ROUNDS = 4;
    /** Rounds in sample end when the evidence changes less than this, in nats per row ... */
    private static final double SMALLEST_CHANGE = 5e-4;
    /** ... after so many rounds that were not annealed: a start at random leaves its saddle slowly. */
    private static final int WHOLE_ROUNDS = 3;
    /** Rows' worth of a uniform prior on the labels of block 0. */
    private static final double LABEL_PRIOR = 20;

    private static final double TINY = 1e-12;
    private static final double SMALLEST_DEVIATION = 1e-3;

    /** A fitter with the loss that suits the targets. */
    public static MixtureFitter of(Dataset data, ContentOrder order, Progress progress) {
        return new MixtureFitter(data, order, Loss.forTargets(data.targets()), progress);
    }

    /** A state from responsibilities, nothing fitted yet. */
    MixtureState start(Matrix responsibilities, double strength) {
        int k = responsibilities.columns() - 1;
        double[] ones = new double[k];
        Arrays.fill(ones, 1);
        double[] deviations = new double[k];
        Arrays.fill(deviations, isClasses() ? Double.NaN : 1);
        double[] strengths = new double[k];
        Arrays.fill(strengths, strength);
        List<@Nullable LinearModel> models = new ArrayList<>();
        for (int b = 0; b < k; b++) {
            models.add(null);
        }
        return new MixtureState(
                responsibilities,
                models,
                ones,
                deviations,
                strengths,
                sharesOf(responsibilities),
                uniformLabels(),
                new double[data.size()],
                new Matrix(data.size(), k),
                null);
    }

    private boolean isClasses() {
        return data.targets() instanceof ClassTargets;
    }

    private double[] uniformLabels() {
        double[] result = new double[isClasses() ? loss.outputCount() : 0];
        Arrays.fill(result, 1.0 / Math.max(1, result.length));
        return result;
    }

    /**
     * Rounds in sample, without block 0, until they change the evidence no more.
     *
     * @param annealFrom exponent of the posteriors in the first round; it rises to 1 in the middle of the rounds
     */
    MixtureState inSample(MixtureState from, int rounds, double annealFrom, Workers workers) {
        MixtureState state = from;
        int k = from.blocks();
        int whole = 0;
        for (int round = 0; round < rounds; round++) {
            progress.checkCancelled();
            MixtureState before = state;
            List<Judged> judged = workers.mapBlocks(k, 1, (block, ignored) -> inSample(before, block, workers));
            double exponent = Math.min(1, annealFrom + (1 - annealFrom) * 2 * round / Math.max(1, rounds));
            state = expectation(before, judged, false, exponent);
            whole = exponent == 1 ? whole + 1 : 0;
            double change = state.evidence(data.weights()) - before.evidence(data.weights());
            if (whole > WHOLE_ROUNDS && Math.abs(change) < SMALLEST_CHANGE) {
                break;
            }
        }
        return state;
    }

    /** What the new model of a block says of each row's label. */
    private record Judged(@Nullable LinearModel model, double scale, double deviation, double[] logLikelihoods) {}

    private Judged inSample(MixtureState state, int block, Workers workers) {
        LinearModel model = train(state, block, null, IN_SAMPLE_STEPS, workers).get(0);
        Matrix answers = LinearExpert.answers(model, 1, data.features(), workers);
        double deviation = state.deviations()[block];
        if (!isClasses()) {
            deviation = Calibration.of(answers, data.targets(), weights(state, block))
                    .deviation();
        }
        deviation = Math.max(SMALLEST_DEVIATION, deviation);
        return new Judged(model, 1, deviation, Expert.logLikelihoods(answers, data.targets(), deviation));
    }

    /** Responsibilities of a block, times the weights of the rows. */
    private double[] weights(MixtureState state, int block) {
        double[] result = data.weights().clone();
        for (int i = 0; i < result.length; i++) {
            result[i] *= state.responsibilities().get(i, block + 1);
        }
        return result;
    }

    /** Models of the block from the rows outside of each part; one from all rows where there are no parts. */
    private List<LinearModel> train(
            MixtureState state, int block, @Nullable Partition parts, int steps, Workers workers) {
        double[] weights = weights(state, block);
        int[] rows = IntStream.range(0, weights.length)
                .filter(i -> weights[i] > SMALLEST_WEIGHT)
                .toArray();
        LinearModel start = state.models().get(block);
        int count = parts == null ? 1 : PARTS;
        double noise = isClasses() ? 1 : state.deviations()[block] * state.deviations()[block];
        List<DirectionalTrainer.Training> trainings = new ArrayList<>();
        for (int part = 0; part < count; part++) {
            int left = parts == null ? -1 : part;
            double[] chosen = IntStream.of(rows)
                    .mapToDouble(i -> parts != null && parts.ofRow()[i] == left ? 0 : weights[i])
                    .toArray();
            double total = Arrays.stream(chosen).sum();
            if (total > 0) {
                double ridge = state.strengths()[block] * noise / Math.max(1, total);
                trainings.add(new DirectionalTrainer.Training(chosen, ridge));
            }
        }
        if (trainings.size() < count) {
            // a block that lies within one part, or nowhere: there is nothing to train with
            LinearModel instead = start != null
                    ? start
                    : new LinearModel(loss, data.dimension(), new double[loss.logits() * data.dimension()]);
            return Collections.nCopies(count, instead);
        }
        boolean all = rows.length == data.size();
        Matrix x = all ? data.features() : data.features().selectRows(rows);
        Targets targets = all ? data.targets() : data.targets().select(rows);
        List<LinearModel> starts = start == null ? List.of() : Collections.nCopies(count, start);
        return new DirectionalTrainer(GRADIENT_NORM, steps, 1).fit(x, targets, loss, trainings, starts, workers);
    }

    /** The block's model from all rows, fitted to the end. */
    public LinearModel finish(MixtureState state, int block, Workers workers) {
        LinearModel model = train(state, block, null, 10, workers).get(0);
        List<@Nullable LinearModel> models = new ArrayList<>(state.models());
        models.set(block, model);
        return train(state.withModels(models), block, null, 10, workers).get(0);
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
            List<Answered> fits = crossFit(state, seed + SEED_STEP * round, workers);
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
        Partition parts = Partition.of(order, PARTS, seed);
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
                Calibration calibration = Calibration.of(answers.get(b), data.targets(), weights(state, b));
                double deviation = Math.max(SMALLEST_DEVIATION, calibration.deviation());
                judged.add(new Judged(
                        fits.get(b).model(),
                        calibration.scale(),
                        deviation,
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
        int n = data.size();
        int k = judged.size();
        double[] shares = sharesOf(before.responsibilities());
        if (!unexplained) {
            double explained = 1 - shares[0];
            for (int b = 1; b <= k; b++) {
                shares[b] = explained > TINY ? shares[b] / explained : 1.0 / k;
            }
            shares[0] = 0;
        }
        double[] labelShares = unexplained ? labelShares(before) : before.labelShares();
        Matrix responsibilities = new Matrix(n, k + 1);
        double[] logLikelihoods = new double[n];
        Matrix expertLogLikelihoods = new Matrix(n, k);
        MixtureState.Shares gate = before.gate();
        double[] joint = new double[k + 1];
        for (int i = 0; i < n; i++) {
            joint[0] =
                    unexplained ? Math.log(shares[0] + TINY) + unexplained(i, labelShares) : Double.NEGATIVE_INFINITY;
            for (int b = 1; b <= k; b++) {
                double own = judged.get(b - 1).logLikelihoods()[i];
                expertLogLikelihoods.set(i, b - 1, own);
                joint[b] = own
                        + (gate == null
                                ? Math.log(shares[b] + TINY)
                                : Math.log1p(-shares[0] + TINY) + gate.heldOut().get(i, b - 1));
            }
            logLikelihoods[i] = LogSumExp.of(joint);
            for (int b = 0; b <= k; b++) {
                joint[b] *= exponent;
            }
            double norm = exponent == 1 ? logLikelihoods[i] : LogSumExp.of(joint);
            for (int b = 0; b <= k; b++) {
                responsibilities.set(i, b, Math.exp(joint[b] - norm));
            }
        }
        return new MixtureState(
                responsibilities,
                judged.stream().<@Nullable LinearModel>map(Judged::model).toList(),
                judged.stream().mapToDouble(Judged::scale).toArray(),
                judged.stream().mapToDouble(Judged::deviation).toArray(),
                before.strengths(),
                shares,
                labelShares,
                logLikelihoods,
                expertLogLikelihoods,
                gate);
    }

    /** log u(y_i): for regression the density of a normal distribution as broad as all targets. */
    public double unexplained(int row, double[] labelShares) {
        double target = data.targets().value(row);
        if (isClasses()) {
            return Math.log(labelShares[(int) target]);
        }
        return -0.5 * target * target - 0.5 * Math.log(2 * Math.PI);
    }

    private double[] labelShares(MixtureState state) {
        if (!isClasses()) {
            return new double[0];
        }
        int classes = loss.outputCount();
        double[] result = new double[classes];
        Arrays.fill(result, LABEL_PRIOR / classes);
        double total = LABEL_PRIOR;
        for (int i = 0; i < data.size(); i++) {
            double weight = data.weights()[i] * state.responsibilities().get(i, 0);
            result[(int) data.targets().value(i)] += weight;
            total += weight;
        }
        double sum = total;
        Arrays.setAll(result, c -> result[c] / sum);
        return result;
    }

    private double[] sharesOf(Matrix responsibilities) {
        double[] shares = new double[responsibilities.columns()];
        for (int i = 0; i < responsibilities.rows(); i++) {
            for (int b = 0; b < shares.length; b++) {
                shares[b] += data.weights()[i] * responsibilities.get(i, b) / data.totalWeight();
            }
        }
        return shares;
    }
}
