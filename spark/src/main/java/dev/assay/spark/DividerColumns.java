package dev.assay.spark;

import org.apache.spark.ml.param.Param;

/**
 * The columns that divided rows get.
 *
 * @param <S> who is told
 */
public interface DividerColumns<S> extends AssayParams<S> {
    /** Column for what is predicted, of the type of the labels; {@code prediction} by default. */
    default Param<String> predictionCol() {
        return parameters().predictionCol();
    }

    /** Column for the probabilities of the classes; {@code probability} by default. */
    default Param<String> probabilityCol() {
        return parameters().probabilityCol();
    }

    /** Column for the block; {@code block} by default. */
    default Param<String> blockCol() {
        return parameters().blockCol();
    }

    /** Column for the posterior probabilities of blocks 0 to K; {@code posteriors} by default. */
    default Param<String> posteriorsCol() {
        return parameters().posteriorsCol();
    }

    default S setPredictionCol(String value) {
        return with(predictionCol(), value);
    }

    default S setProbabilityCol(String value) {
        return with(probabilityCol(), value);
    }

    default S setBlockCol(String value) {
        return with(blockCol(), value);
    }

    default S setPosteriorsCol(String value) {
        return with(posteriorsCol(), value);
    }

    /** What they are called where nobody says otherwise. */
    default void setColumnDefaults() {
        setDefault(predictionCol(), "prediction");
        setDefault(probabilityCol(), "probability");
        setDefault(blockCol(), "block");
        setDefault(posteriorsCol(), "posteriors");
    }
}
