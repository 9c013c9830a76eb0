package dev.assay.model;

import dev.assay.data.Dataset;
import dev.assay.engine.RowScores;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.List;

/**
 * The loss of each row under a linear model, in nats for classes; higher = worse explained.
 *
 * @param loss of one row
 * @param theta p values
 */
public record LossScores(Loss loss, double[] theta) implements RowScores {
    @Override
    public List<String> names() {
        return List.of("loss");
    }

    @Override
    public Matrix of(Dataset block) {
        Matrix logits = new LinearModel(loss, block.dimension(), theta).logits(block.features(), Workers.of(1));
        Matrix result = new Matrix(block.size(), 1);
        for (int i = 0; i < block.size(); i++) {
            result.set(
                    i,
                    0,
                    loss.value(
                            logits.values(), logits.offset(i), block.targets().value(i)));
        }
        return result;
    }
}
