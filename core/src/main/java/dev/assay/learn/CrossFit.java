package dev.assay.learn;

import dev.assay.data.Folds;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.IntFunction;

/**
 * One model for each part of the rows, trained without them, which answers for them: what is said of a row has not seen its label.
 *
 * @param partition of the rows
 * @param models that of each part
 * @param <M> what was trained
 */
public record CrossFit<M>(Folds partition, List<M> models) {
    /** Trains the model of each part, several at a time. */
    public static <M> CrossFit<M> train(Folds partition, IntFunction<M> trainer, Workers workers) {
        return new CrossFit<>(
                partition, workers.mapBlocks(partition.count(), 1, (part, ignored) -> trainer.apply(part)));
    }

    /**
     * What the models say of the rows that they did not see, n x columns.
     *
     * @param answers what a model says of some of the rows
     */
    public Matrix answers(int columns, BiFunction<M, int[], Matrix> answers, Workers workers) {
        return partition.gather(columns, (part, rows) -> answers.apply(models.get(part), rows), workers);
    }
}
