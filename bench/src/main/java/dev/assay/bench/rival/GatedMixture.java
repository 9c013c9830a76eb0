package dev.assay.bench.rival;

import dev.assay.data.Dataset;
import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.predict.Predictor;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A mixture of experts as it is trained today: a linear softmax gate and linear softmax experts, p(y|x) = sum_k g_k(x)
 * p_k(y|x), all parameters together by Adam on the negative log-likelihood, batches of 64, weight decay. Number of experts
 * (1, 2, 4, 8) and decay by the log-likelihood of held-out rows, a fifth of all.
 */
public final class GatedMixture implements Rival {
    private static final int[] COUNTS = {1, 2, 4, 8};
    private static final double[] DECAYS = {1e-2, 1e-3, 1e-4};
    private static final int BATCH = 64;
    /** Steps of a training, whatever the number of rows: 100 epochs of 6400 rows. */
    private static final int STEPS = 10_000;

    private static final double RATE = 0.01;
    private static final double FIRST_MOMENT = 0.9;
    private static final double SECOND_MOMENT = 0.999;

    @Override
    public String name() {
        return "gated";
    }

    /** Rows 0 to K - 1 are the gate, then C rows per expert. */
    private record Model(Matrix parameters, int count, int classes) implements Predictor {
        /** Gate probabilities and expert probabilities, one after the other, from logits in place. */
        void normalise(Matrix logits) {
            for (int i = 0; i < logits.rows(); i++) {
                softmax(logits, i, 0, count);
                for (int k = 0; k < count; k++) {
                    softmax(logits, i, count + k * classes, classes);
                }
            }
        }

        Matrix outputs(Matrix x, Workers workers) {
            Matrix result = Dense.multiplyTransposed(x, parameters, workers);
            normalise(result);
            return result;
        }

        @Override
        public Matrix probabilities(Matrix x, Workers workers) {
            Matrix all = outputs(x, workers);
            Matrix result = new Matrix(x.rows(), classes);
            for (int i = 0; i < x.rows(); i++) {
                for (int k = 0; k < count; k++) {
                    for (int c = 0; c < classes; c++) {
                        result.values()[result.offset(i) + c] += all.get(i, k) * all.get(i, count + k * classes + c);
                    }
                }
            }
            return result;
        }

        Predictor expert(int k) {
            int[] rows = IntStream.range(count + k * classes, count + (k + 1) * classes)
                    .toArray();
            Matrix own = parameters.selectRows(rows);
            return (x, workers) -> {
                Matrix result = Dense.multiplyTransposed(x, own, workers);
                for (int i = 0; i < x.rows(); i++) {
                    softmax(result, i, 0, classes);
                }
                return result;
            };
        }
    }

    private static void softmax(Matrix logits, int row, int from, int count) {
        double[] values = logits.values();
        int at = logits.offset(row) + from;
        double largest = Double.NEGATIVE_INFINITY;
        for (int k = at; k < at + count; k++) {
            largest = Math.max(largest, values[k]);
        }
        double sum = 0;
        for (int k = at; k < at + count; k++) {
            values[k] = Math.exp(values[k] - largest);
            sum += values[k];
        }
        for (int k = at; k < at + count; k++) {
            values[k] /= sum;
        }
    }

    @Override
    public Trained train(Dataset data, long seed, Workers workers) {
        Linear.View view = Linear.view(data, workers);
        Dataset seen = view.data();
        int[] folds = Linear.folds(seen, seed, workers);
        Dataset training = seen.select(Linear.rows(folds, 0, false));
        Dataset held = seen.select(Linear.rows(folds, 0, true));
        int settings = COUNTS.length * DECAYS.length;
        List<Double> values = workers.mapBlocks(settings, 1, (setting, ignored) -> {
            Model model = fit(
                    training,
                    COUNTS[setting / DECAYS.length],
                    DECAYS[setting % DECAYS.length],
                    new SplittableRandom(seed),
                    workers);
            return Linear.meanLogLikelihood(
                    model.probabilities(held.features(), workers),
                    Linear.codes(held).codes());
        });
        int best = 0;
        for (int setting = 1; setting < settings; setting++) {
            best = values.get(setting) > values.get(best) ? setting : best;
        }
        int count = COUNTS[best / DECAYS.length];
        Model model = fit(seen, count, DECAYS[best % DECAYS.length], new SplittableRandom(seed), workers);
        Matrix all = model.outputs(seen.features(), workers);
        int[] codes = Linear.codes(seen).codes();
        int[] blocks = IntStream.range(0, codes.length)
                .map(i -> {
                    int likeliest = 0;
                    for (int k = 1; k < count; k++) {
                        likeliest =
                                posterior(model, all, i, k, codes[i]) > posterior(model, all, i, likeliest, codes[i])
                                        ? k
                                        : likeliest;
                    }
                    return likeliest;
                })
                .toArray();
        List<Predictor> experts = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            experts.add(view.predictor(model.expert(k)));
        }
        return Trained.ofSeveral(blocks, experts, view.predictor(model));
    }

    private static double posterior(Model model, Matrix outputs, int row, int expert, int code) {
        return outputs.get(row, expert) * outputs.get(row, model.count() + expert * model.classes() + code);
    }

    private static Model fit(Dataset data, int count, double decay, SplittableRandom random, Workers workers) {
        int n = data.size();
        int d = data.dimension();
        int classes = Linear.classes(data);
        Matrix parameters = new Matrix(count * (1 + classes), d);
        for (int k = 0; k < parameters.values().length; k++) {
            parameters.values()[k] = random.nextGaussian() / Math.sqrt(d);
        }
        Model model = new Model(parameters, count, classes);
        int size = parameters.values().length;
        double[] first = new double[size];
        double[] second = new double[size];
        int[] codes = Linear.codes(data).codes();
        for (int step = 1; step <= STEPS; step++) {
            int[] rows = random.ints(BATCH, 0, n).toArray();
            Matrix x = data.features().selectRows(rows);
            Matrix slopes = slopes(model, model.outputs(x, workers), rows, codes);
            Matrix gradient = new Matrix(parameters.rows(), d);
            Dense.addTransposedProduct(slopes, x, 0, BATCH, gradient);
            // the rate falls to nothing in the end, so that the batches' noise does
            double rate = RATE * 0.5 * (1 + Math.cos(Math.PI * step / STEPS));
            double firstScale = 1 / (1 - Math.pow(FIRST_MOMENT, step));
            double secondScale = 1 / (1 - Math.pow(SECOND_MOMENT, step));
            for (int k = 0; k < size; k++) {
                double g = gradient.values()[k] / BATCH + decay * parameters.values()[k];
                first[k] = FIRST_MOMENT * first[k] + (1 - FIRST_MOMENT) * g;
                second[k] = SECOND_MOMENT * second[k] + (1 - SECOND_MOMENT) * g * g;
                parameters.values()[k] -= rate * first[k] * firstScale / (Math.sqrt(second[k] * secondScale) + 1e-8);
            }
        }
        return model;
    }

    /** Derivatives of -log p(y|x) by the logits: gate g - r, expert k r_k (p_k - onehot(y)), r the posterior. */
    private static Matrix slopes(Model model, Matrix outputs, int[] rows, int[] codes) {
        int count = model.count();
        int classes = model.classes();
        Matrix result = new Matrix(rows.length, outputs.columns());
        for (int i = 0; i < rows.length; i++) {
            int code = codes[rows[i]];
            double sum = 1e-300;
            for (int k = 0; k < count; k++) {
                sum += posterior(model, outputs, i, k, code);
            }
            for (int k = 0; k < count; k++) {
                double r = posterior(model, outputs, i, k, code) / sum;
                result.set(i, k, outputs.get(i, k) - r);
                for (int c = 0; c < classes; c++) {
                    int at = count + k * classes + c;
                    result.set(i, at, r * (outputs.get(i, at) - (c == code ? 1 : 0)));
                }
            }
        }
        return result;
    }
}
