package dev.assay.learn;

import dev.assay.data.Dataset;
import dev.assay.data.Folds;
import dev.assay.linalg.Matrix;
import dev.assay.work.Seeds;
import dev.assay.work.Workers;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Learns the rule of rows: settings in, a new expert out. A further one is this class, its expert and, to be stored, a codec for that expert.
 * Immutable.
 */
public interface Learner {
    /** Rows of less weight do not take part: they would cost time and change nothing. */
    double SMALLEST_WEIGHT = 1e-6;
    /** See {@link #folds}. */
    int PARTS = 4;

    /** How reports call it. */
    String name();

    /**
     * An expert of rows, each of which counts by its weight.
     *
     * @param seed of whatever is drawn
     */
    Expert train(Dataset data, long seed, Workers workers);

    /**
     * What learns in its place where labels are judged: there experts are trained many times over, with labels that may be wrong. This one,
     * unless a quicker one does as well.
     */
    default Learner judging() {
        return this;
    }

    /**
     * What a linear last layer of such an expert sees of the rows, so that V and influences, which ask for a linear model, can be told of it: everything
     * before the last layer is learned from these rows and then held fixed. Null where there is no such layer.
     *
     * @param seed of whatever is drawn
     */
    default @Nullable FeatureMap lastLayer(Dataset data, long seed, Workers workers) {
        return null;
    }

    /** The parts that experts of whole data are cross-fitted over. */
    static Folds folds(Dataset data, long seed, Workers workers) {
        return Folds.of(data, PARTS, Seeds.child(seed, "expert parts"), workers);
    }

    /**
     * An expert of the rows of a block, with what experts made in the same way, without the rows of a part, say of these. One expert for each
     * part and one for all, each calibrated by what was said of rows out of fold.
     *
     * @param weights n, of each row in the block: its posterior probability times its own weight
     * @param parts of the rows
     */
    default CrossFittedExpert crossFit(Dataset data, double[] weights, Folds parts, long seed, Workers workers) {
        Matrix x = data.features();
        CrossFit<Expert> fits =
                CrossFit.train(parts, part -> train(block(data, weights, parts.outside(part)), seed, workers), workers);
        int[] all = IntStream.range(0, weights.length).toArray();
        Expert whole = train(block(data, weights, all), seed, workers);
        Matrix answers =
                fits.answers(whole.outputs(), (expert, rows) -> expert.answers(x.selectRows(rows), workers), workers);
        return CrossFittedExpert.calibrated(whole, answers, data, weights, name() + " expert");
    }

    /**
     * The rows of a block among some, each with what it counts for in the block. Where there are none, as where the block lies within the part that is left out, all of them stand in:
     * they do not know the labels that are left out either.
     */
    static Dataset block(Dataset data, double[] weights, int[] rows) {
        int[] own = positive(rows, weights);
        return own.length == 0 ? data.select(rows) : data.withWeights(weights).select(own);
    }

    /** Those of some rows, ascending, that have a weight worth the time. */
    static int[] positive(int[] rows, double[] weights) {
        return IntStream.of(rows).filter(i -> weights[i] > SMALLEST_WEIGHT).toArray();
    }
}
