package dev.assay.predict;

import dev.assay.learn.Expert;
import dev.assay.route.Router;
import dev.assay.route.Shares;
import java.util.List;

/**
 * Experts and the router between them: all that it takes to predict. Plain numbers that can be stored; immutable.
 *
 * @param labels what is predicted
 * @param experts of blocks 1 to K (block k at index k - 1)
 * @param router g_k(x)
 * @param unexplainedShare g_0, the share of the training labels that nothing explained, at least 0 and below 1; predictions
 *     are of the rest
 */
public record RoutedModel(LabelSpace labels, List<Expert> experts, Router router, double unexplainedShare) {
    /**
     * Checks that the parts fit together.
     *
     * @throws IllegalArgumentException naming the parts that do not
     */
    public RoutedModel {
        experts = List.copyOf(experts);
        if (experts.isEmpty() || experts.size() != router.blocks()) {
            throw new IllegalArgumentException(
                    experts.size() + " experts, and a router for " + router.blocks() + " blocks");
        }
        int outputs =
                labels instanceof LabelSpace.Classes classes ? classes.names().size() : 1;
        for (int k = 0; k < experts.size(); k++) {
            Expert expert = experts.get(k);
            if (expert.inputDimension() != router.inputDimension()) {
                throw new IllegalArgumentException("the expert of block " + (k + 1) + " takes "
                        + expert.inputDimension() + " features, the router " + router.inputDimension());
            }
            if (expert.outputs() != outputs) {
                throw new IllegalArgumentException("the expert of block " + (k + 1) + " gives " + expert.outputs()
                        + " outputs, expected " + outputs);
            }
            if (outputs == 1 && !(expert.deviation() > 0)) {
                throw new IllegalArgumentException("the expert of block " + (k + 1) + " has standard deviation "
                        + expert.deviation() + ", expected a number above 0");
            }
        }
        if (!(unexplainedShare >= 0) || !(unexplainedShare < 1)) {
            throw new IllegalArgumentException(
                    "unexplainedShare is " + unexplainedShare + ", expected at least 0 and below 1");
        }
    }

    /** K. */
    public int blocks() {
        return experts.size();
    }

    /** d, the bias included. */
    public int inputDimension() {
        return router.inputDimension();
    }

    /** g_k of blocks 1 to K whatever x is. */
    public double[] shares() {
        return router.shares();
    }

    /** H: the entropy of the shares, in nats. */
    public double shareEntropy() {
        return Shares.entropy(shares());
    }
}
