package dev.assay.model;

import dev.assay.data.Dataset;
import dev.assay.data.Targets;
import dev.assay.linalg.Dense;
import dev.assay.work.Workers;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The training schedule of "Divide and Predict": Adam (Kingma and Ba, 2015; decay rates 0.9 and 0.999, epsilon 1e-8) on
 * batches in file order, nothing shuffled.
 *
 * <p>The paper's code starts from random numbers, uniform between -1 and 1 over the square root of d - 1 (the bias not
 * counted), and does not say which. After 1000 epochs the choice still shows in V, by 6e-6 of its value on the paper's
 * synthetic mixtures. Without a start, this trainer draws one from {@code startSeed}, by {@link Random}; that of the paper's
 * settings is the first seed from 0 up for which V of both mixtures is the published one to within 1e-6.
 *
 * <p>An epoch is one pass over the data, and one iteration of the {@link Fit}. Its loss is the mean over batches of the
 * batch's mean loss, each taken before the batch's step, so that a short last batch counts as much as the others; the
 * trainer stops after the first epoch whose loss is at most {@code targetLoss}. Within a batch the mean is weighted by
 * w_i; a batch without weight is passed over.
 *
 * <p>The descent is on the mean loss alone: the objective's ridge takes no part in it. In the paper it is the damping that
 * is added to the Hessian afterwards. So {@link Fit#gradientNorm()}, which belongs to the objective, is not near zero.
 *
 * <p>A two-logit softmax takes opposite steps on its two logits, so their difference takes twice the step: on one logit for
 * two classes this trainer doubles its steps and gives, up to rounding, that softmax's difference of logits.
 *
 * <p>One thread, O(epochs (n d C + batches d C)), and n d C counts non-zero features alone where most are zero.
 *
 * @param learningRate step size, above 0
 * @param batchSize examples per step
 * @param targetLoss mean loss in nats at which to stop
 * @param epochLimit epochs at the most
 * @param startSeed of the parameters to start from where none are given
 */
public record AdamTrainer(double learningRate, int batchSize, double targetLoss, int epochLimit, long startSeed)
        implements Trainer {
    private static final long PAPER_START = 19;

    private static final double FIRST_DECAY = 0.9;
    private static final double SECOND_DECAY = 0.999;
    private static final double EPSILON = 1e-8;

    /** Up to this share of non-zero features, going through those alone is faster than a product of dense blocks. */
    private static final double SPARSE_SHARE = 0.5;

    /** The same for the share times the number of logits: many logits make better use of a product. */
    private static final double SPARSE_WORK = 2;

    /**
     * Checks the settings.
     *
     * @throws IllegalArgumentException if one is not allowed
     */
    public AdamTrainer {
        if (!(learningRate > 0) || batchSize < 1 || epochLimit < 1 || Double.isNaN(targetLoss)) {
            throw new IllegalArgumentException("learning rate " + learningRate + ", batch size " + batchSize
                    + ", target loss " + targetLoss + ", epoch limit " + epochLimit
                    + ": expected a learning rate above 0, sizes of at least 1 and a number");
        }
    }

    /** The paper's: learning rate 1e-3, batches of 64, until a loss of 0.1 or for 1000 epochs. */
    public AdamTrainer() {
        this(1e-3, 64, 0.1, 1000, PAPER_START);
    }

    /** The same with another limit of epochs; the paper has 2000 for Figures 5 and 7. */
    public AdamTrainer withEpochLimit(int other) {
        return new AdamTrainer(learningRate, batchSize, targetLoss, other, startSeed);
    }

    @Override
    public Fit fit(Objective objective, double @Nullable [] start, Workers workers) {
        Loss loss = objective.loss();
        Dataset data = objective.data();
        double[] theta = start == null ? start(objective) : start.clone();
        if (theta.length != objective.parameters()) {
            throw new IllegalArgumentException(
                    "the start has " + theta.length + " parameters, expected " + objective.parameters());
        }
        Descent descent = new Descent(theta, isDifferenceOfTwoLogits(loss) ? 2 * learningRate : learningRate);
        double share = SparseRows.share(data.features());
        BatchProducts products = share <= SPARSE_SHARE && share * loss.logits() <= SPARSE_WORK
                ? new SparseRows(data.features(), loss.logits())
                : new DenseRows(data.features(), loss.logits());
        double[] logits = new double[Math.min(batchSize, data.size()) * loss.logits()];
        int epoch = 0;
        boolean reached = false;
        while (!reached && epoch < epochLimit) {
            double lossSum = 0;
            int batches = 0;
            for (int from = 0; from < data.size(); from += batchSize) {
                int to = Math.min(data.size(), from + batchSize);
                double weight = 0;
                for (int i = from; i < to; i++) {
                    weight += data.weights()[i];
                }
                if (weight == 0) {
                    continue;
                }
                products.logits(from, to, theta, logits, workers);
                lossSum += residuals(loss, data, from, to, weight, logits);
                products.addGradient(from, to, logits, descent.gradient, workers);
                descent.step();
                batches++;
            }
            epoch++;
            reached = lossSum / batches <= targetLoss;
        }
        Linearization end = objective.at(theta, workers);
        double[] gradient = end.gradient(workers);
        return new Fit(
                new LinearModel(loss, data.dimension(), theta),
                objective,
                end.value(),
                Math.sqrt(Dense.dot(gradient, gradient)),
                epoch,
                reached);
    }

    private static boolean isDifferenceOfTwoLogits(Loss loss) {
        return loss.logits() == 1 && loss.outputCount() == 2;
    }

    /** Parameters drawn from {@code startSeed}, logit by logit; on one logit for two classes the difference of two. */
    private double[] start(Objective objective) {
        Random random = new Random(startSeed);
        double bound = 1 / Math.sqrt(Math.max(1, objective.data().dimension() - 1));
        double[] theta = new double[objective.parameters()];
        if (isDifferenceOfTwoLogits(objective.loss())) {
            for (int j = 0; j < theta.length; j++) {
                theta[j] = -uniform(random, bound);
            }
        }
        for (int j = 0; j < theta.length; j++) {
            theta[j] += uniform(random, bound);
        }
        return theta;
    }

    private static double uniform(Random random, double bound) {
        return (2 * random.nextDouble() - 1) * bound;
    }

    /** Replaces the logits of a batch by its weighted residuals, and returns its mean loss. */
    private static double residuals(Loss loss, Dataset data, int from, int to, double weight, double[] logits) {
        Targets targets = data.targets();
        int c = loss.logits();
        double[] residual = new double[c];
        double sum = 0;
        for (int i = from; i < to; i++) {
            int offset = (i - from) * c;
            double target = targets.value(i);
            double share = data.weights()[i] / weight;
            sum += share * loss.value(logits, offset, target);
            loss.residual(logits, offset, target, residual, 0);
            for (int k = 0; k < c; k++) {
                logits[offset + k] = share * residual[k];
            }
        }
        return sum;
    }

    /** Adam's state: the gradient that is being summed, and the decayed means of gradients and of their squares. */
    private static final class Descent {
        private final double[] theta;
        private final double[] gradient;
        private final double[] first;
        private final double[] second;
        private final double rate;
        private double firstPower = 1;
        private double secondPower = 1;

        Descent(double[] theta, double rate) {
            this.theta = theta;
            this.rate = rate;
            gradient = new double[theta.length];
            first = new double[theta.length];
            second = new double[theta.length];
        }

        /** One step against the gradient, which is zero afterwards. */
        void step() {
            firstPower *= FIRST_DECAY;
            secondPower *= SECOND_DECAY;
            // rate (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + epsilon), with one division per parameter
            double root = Math.sqrt(1 - secondPower);
            double length = rate * root / (1 - firstPower);
            double epsilon = EPSILON * root;
            for (int j = 0; j < theta.length; j++) {
                double slope = gradient[j];
                gradient[j] = 0;
                first[j] = FIRST_DECAY * first[j] + (1 - FIRST_DECAY) * slope;
                second[j] = SECOND_DECAY * second[j] + (1 - SECOND_DECAY) * slope * slope;
                theta[j] -= length * first[j] / (Math.sqrt(second[j]) + epsilon);
            }
        }
    }
}
