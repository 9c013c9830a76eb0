package dev.assay.purify;

import dev.assay.data.Dataset;
import dev.assay.linalg.Matrix;
import dev.assay.model.Expert;
import dev.assay.model.Fit;
import dev.assay.model.LinearModel;
import dev.assay.model.Loss;
import dev.assay.model.NewtonTrainer;
import dev.assay.model.Objective;
import dev.assay.model.Trainer;
import dev.assay.model.TrustRegionNewtonTrainer;
import dev.assay.work.Workers;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Experts that answer for examples they were not trained with: one for each part of the data, trained on the other parts.
 *
 * @param loss of the experts
 * @param ridge of the experts
 * @param gradientNorm to which they are trained
 */
record CrossFit(Loss loss, double ridge, double gradientNorm) {
    /** Examples of less weight do not take part: they would cost time and change nothing. */
    private static final double SMALLEST_WEIGHT = 1e-6;

    private static final int NEWTON_STEPS = 30;
    private static final int CONJUGATE_GRADIENT_STEPS = 100;
    private static final int PRODUCTS = 200;

    /**
     * What the experts said.
     *
     * @param answers n x C log-probabilities, or n x 1 predictions, each by the expert that did not see the example
     * @param start parameters of one of the experts, from which others may start
     */
    record Answers(Matrix answers, double[] start) {}

    /**
     * Trains one expert for each part and asks it about that part.
     *
     * @param weights of the examples in training
     * @param parts the part of each example
     * @param count number of parts
     * @param start parameters to start from, or null
     */
    Answers answer(Dataset data, double[] weights, int[] parts, int count, double @Nullable [] start, Workers workers) {
        record Part(int[] indices, LinearModel model) {}
        List<Part> experts = workers.mapBlocks(count, 1, (part, ignored) -> {
            int[] own = IntStream.range(0, parts.length)
                    .filter(i -> parts[i] == part)
                    .toArray();
            int[] others = IntStream.range(0, parts.length)
                    .filter(i -> parts[i] != part && weights[i] > SMALLEST_WEIGHT)
                    .toArray();
            if (others.length == 0) {
                // nothing outside of this part is trusted: an expert of all the others says no less than none
                int[] all = IntStream.range(0, parts.length)
                        .filter(i -> parts[i] != part && data.weights()[i] > 0)
                        .toArray();
                return new Part(
                        own, train(data, data.weights(), all, start, workers).model());
            }
            return new Part(own, train(data, weights, others, start, workers).model());
        });
        Matrix answers = new Matrix(data.size(), loss.outputCount());
        workers.forEachBlock(count, 1, (part, ignored) -> {
            Part expert = experts.get(part);
            Matrix its = Expert.answers(expert.model(), 1, data.features().selectRows(expert.indices()), workers);
            scatter(its, expert.indices(), answers);
        });
        return new Answers(answers, experts.get(0).model().theta());
    }

    /** Trains one expert on the given examples. */
    Fit train(Dataset data, double[] weights, int[] indices, double @Nullable [] start, Workers workers) {
        double[] chosen = IntStream.of(indices).mapToDouble(i -> weights[i]).toArray();
        Objective objective = new Objective(data.select(indices).withWeights(chosen), loss, ridge);
        Trainer trainer = Trainer.automatic(objective) instanceof NewtonTrainer
                ? new NewtonTrainer(gradientNorm, NEWTON_STEPS)
                : new TrustRegionNewtonTrainer(gradientNorm, CONJUGATE_GRADIENT_STEPS, PRODUCTS);
        return trainer.fit(objective, start, workers);
    }

    /** Copies row k of {@code from} to row {@code rows[k]} of {@code to}. */
    static void scatter(Matrix from, int[] rows, Matrix to) {
        for (int k = 0; k < rows.length; k++) {
            System.arraycopy(from.values(), from.offset(k), to.values(), to.offset(rows[k]), from.columns());
        }
    }
}
