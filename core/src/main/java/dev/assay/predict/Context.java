package dev.assay.predict;

import dev.assay.data.Dataset;
import dev.assay.data.InvalidInputException;
import dev.assay.learn.Expert;
import dev.assay.linalg.LogSumExp;
import dev.assay.linalg.Matrix;
import dev.assay.route.Shares;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.List;

/**
 * Which block an unknown source belongs to, from a few of its rows with labels: the posterior
 *
 * <pre>
 *     b_k in proportion to g_k prod_j [ (g_k(x_j) / g_k) ((1 - g_0) p_k(y_j|x_j) + g_0 u(y_j)) ]
 * </pre>
 *
 * with u the label that nothing explains: every class as likely as any other, or a standard normal density of the standardised
 * target. g_0 is taken to be at least one in a hundred, so that one wrong label decides nothing.
 *
 * @param posterior b_k of blocks 1 to K
 * @param rows how many rows it rests on
 */
public record Context(double[] posterior, int rows) {
    private static final double SMALLEST_UNEXPLAINED = 0.01;

    /**
     * Infers the posterior.
     *
     * @param labelled rows of one source; their weights count
     * @throws InvalidInputException if the rows do not have the model's features
     */
    public static Context infer(RoutedModel model, Dataset labelled, Workers workers) {
        if (labelled.dimension() != model.inputDimension()) {
            throw new InvalidInputException("the context has " + labelled.dimension()
                    + " features (bias included), the model takes " + model.inputDimension());
        }
        int blocks = model.blocks();
        double[] shares = model.shares();
        Matrix logShares = model.router().logShares(labelled.features(), workers);
        List<double[]> explained = new ArrayList<>();
        for (Expert expert : model.experts()) {
            Matrix answers = expert.answers(labelled.features(), workers);
            explained.add(Expert.logLikelihoods(answers, labelled.targets(), expert.deviation()));
        }
        double unexplained = Math.max(SMALLEST_UNEXPLAINED, model.unexplainedShare());
        double[] logs = new double[blocks];
        for (int k = 0; k < blocks; k++) {
            logs[k] = Math.log(shares[k]);
            for (int j = 0; j < labelled.size(); j++) {
                double label = LogSumExp.of(new double[] {
                    Math.log1p(-unexplained) + explained.get(k)[j],
                    Math.log(unexplained) + logUnexplained(model.labels(), labelled, j)
                });
                logs[k] += labelled.weights()[j] * (logShares.get(j, k) - Math.log(shares[k]) + label);
            }
        }
        double total = LogSumExp.of(logs);
        for (int k = 0; k < blocks; k++) {
            logs[k] = Math.exp(logs[k] - total);
        }
        return new Context(Shares.of(logs), labelled.size());
    }

    private static double logUnexplained(LabelSpace labels, Dataset labelled, int row) {
        if (labels instanceof LabelSpace.Classes classes) {
            return -Math.log(classes.names().size());
        }
        double z = labelled.targets().value(row);
        return -0.5 * (z * z + Math.log(2 * Math.PI));
    }

    /** How to predict other rows of the same source: their features count as well. */
    public Routing routing() {
        return new Routing.Moved(posterior);
    }
}
