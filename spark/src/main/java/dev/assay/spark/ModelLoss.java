package dev.assay.spark;

import dev.assay.data.Dataset;
import dev.assay.engine.RowScores;
import dev.assay.linalg.Matrix;
import dev.assay.model.LinearModel;
import dev.assay.model.Loss;
import dev.assay.work.Workers;
import java.util.List;

/**
 * The loss of each row under a linear model, in nats; lower = better explained.
 *
 * @param loss of one row
 * @param features d
 * @param theta C x d
 */
record ModelLoss(Loss loss, int features, double[] theta) implements RowScores {
    private static final Workers ALONE = Workers.of(1);

    @Override
    public List<String> names() {
        return List.of("loss");
    }

    @Override
    public Matrix of(Dataset block) {
        Matrix logits = new LinearModel(loss, features, theta).logits(block.features(), ALONE);
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
