package dev.assay.divide;

import dev.assay.learn.Expert;
import dev.assay.learn.ExpertRival;
import java.util.List;

/**
 * A homogeneous block of the data.
 *
 * @param expert the model that was trained on it, each row weighted by the posterior probability that it belongs here
 * @param share of all rows, by posterior probability
 * @param size rows that belong here more than anywhere else
 * @param logLoss mean of -log p(y|x) of its rows by experts that did not see them, in nats; lower is better
 * @param accuracy share of its rows whose label the experts that did not see them predict; NaN for regression
 * @param rivals what its expert was chosen over
 * @param note what the reader should know, such as that it was too small for an expert of its own; empty if nothing
 */
public record Block(
        Expert expert, double share, int size, double logLoss, double accuracy, List<ExpertRival> rivals, String note) {
    /** Copies the list. */
    public Block {
        rivals = List.copyOf(rivals);
    }
}
