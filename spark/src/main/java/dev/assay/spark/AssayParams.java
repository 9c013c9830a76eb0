package dev.assay.spark;

import dev.assay.data.InvalidInputException;
import dev.assay.divide.DivideSettings;
import dev.assay.learn.LearnerSet;
import dev.assay.route.RouterSelector;
import dev.assay.trees.BoostedTreesLearner;
import java.util.List;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.jspecify.annotations.Nullable;

/**
 * What both estimators and their models are told, in the names of Spark's own.
 *
 * @param <S> who is told
 */
public interface AssayParams<S> extends Params {
    /** The task whose labels are classes; the default. */
    String CLASSIFICATION = "classification";

    /** The task whose labels are numbers. */
    String REGRESSION = "regression";

    /** The parameters, by their names; not one itself. */
    AssayParamSet parameters();

    /** This. */
    S self();

    /** Column of vectors, the features; {@code features} by default. */
    default Param<String> featuresCol() {
        return parameters().featuresCol();
    }

    /** Column of the labels: texts or numbers; {@code label} by default. */
    default Param<String> labelCol() {
        return parameters().labelCol();
    }

    /** Column of weights of at least 0; none by default. */
    default Param<String> weightCol() {
        return parameters().weightCol();
    }

    /** {@value #CLASSIFICATION} or {@value #REGRESSION}. */
    default Param<String> task() {
        return parameters().task();
    }

    /** Seed of everything that is drawn; 1 by default. */
    default LongParam seed() {
        return parameters().seed();
    }

    /** The largest number of blocks to consider; 8 by default. */
    default IntParam maxBlocks() {
        return parameters().maxBlocks();
    }

    /** Up to so many rows are judged on the driver; 200,000 by default. */
    default IntParam sampleRows() {
        return parameters().sampleRows();
    }

    /** Whether experts may be boosted trees, beside linear and radial ones; true by default. */
    default BooleanParam trees() {
        return parameters().trees();
    }

    /** A name of {@link RouterSelector#names}; {@code auto} by default. */
    default Param<String> router() {
        return parameters().router();
    }

    default S setFeaturesCol(String value) {
        return with(featuresCol(), value);
    }

    default S setLabelCol(String value) {
        return with(labelCol(), value);
    }

    default S setWeightCol(String value) {
        return with(weightCol(), value);
    }

    default S setTask(String value) {
        return with(task(), value);
    }

    default S setSeed(long value) {
        return with(seed(), value);
    }

    default S setMaxBlocks(int value) {
        return with(maxBlocks(), value);
    }

    default S setSampleRows(int value) {
        return with(sampleRows(), value);
    }

    default S setTrees(boolean value) {
        return with(trees(), value);
    }

    default S setRouter(String value) {
        return with(router(), value);
    }

    /** Sets one. */
    default <T> S with(Param<T> param, T value) {
        set(param, value);
        return self();
    }

    /** What holds where nobody says otherwise. */
    default void setDefaults() {
        setDefault(featuresCol(), "features");
        setDefault(labelCol(), "label");
        setDefault(task(), CLASSIFICATION);
        setDefault(seed(), 1L);
        setDefault(maxBlocks(), DivideSettings.AUTOMATIC.maxBlocks());
        setDefault(sampleRows(), 200_000);
        setDefault(trees(), true);
        setDefault(router(), RouterSelector.AUTO);
    }

    /** The column of the weights, or null. */
    default @Nullable String weightColumn() {
        return isDefined(weightCol()) ? getOrDefault(weightCol()) : null;
    }

    /** How the sample is to be divided. */
    default DivideSettings divideSettings() {
        boolean withTrees = (Boolean) getOrDefault(trees());
        String missing = withTrees ? BoostedTreesLearner.missing() : null;
        if (missing != null) {
            throw new InvalidInputException(missing + "; set trees to false");
        }
        return DivideSettings.AUTOMATIC
                .withSeed((Long) getOrDefault(seed()))
                .withMaxBlocks((Integer) getOrDefault(maxBlocks()))
                .withLearners(new LearnerSet(true, true, withTrees ? List.of(new BoostedTreesLearner()) : List.of()));
    }
}
