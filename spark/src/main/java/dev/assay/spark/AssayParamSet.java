package dev.assay.spark;

import dev.assay.route.RouterSelector;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.Identifiable;

/** The parameters themselves, see {@link AssayParams}. */
record AssayParamSet(
        Param<String> featuresCol,
        Param<String> labelCol,
        Param<String> weightCol,
        Param<String> task,
        LongParam seed,
        IntParam maxBlocks,
        IntParam sampleRows,
        BooleanParam trees,
        Param<String> router,
        Param<String> predictionCol,
        Param<String> probabilityCol,
        Param<String> blockCol,
        Param<String> posteriorsCol)
        implements Serializable {
    static AssayParamSet of(Identifiable owner) {
        return new AssayParamSet(
                new Param<>(owner, "featuresCol", "column of vectors, the features"),
                new Param<>(owner, "labelCol", "column of classes (texts or numbers), or of numbers to be predicted"),
                new Param<>(owner, "weightCol", "column of weights of at least 0; without it all rows weigh 1"),
                new Param<>(
                        owner,
                        "task",
                        "classification or regression",
                        ParamValidators.inArray(List.of(AssayParams.CLASSIFICATION, AssayParams.REGRESSION))),
                new LongParam(owner, "seed", "of everything that is drawn"),
                new IntParam(owner, "maxBlocks", "the largest number of blocks to consider", ParamValidators.gtEq(1)),
                new IntParam(
                        owner,
                        "sampleRows",
                        "up to so many rows, those of the smallest content hashes, are judged on the driver",
                        ParamValidators.gtEq(1)),
                new BooleanParam(owner, "trees", "whether experts may be boosted trees"),
                new Param<>(
                        owner,
                        "router",
                        "what sends rows to the experts",
                        ParamValidators.inArray(RouterSelector.names())),
                new Param<>(owner, "predictionCol", "column for what is predicted, of the type of the labels"),
                new Param<>(owner, "probabilityCol", "column for the probabilities of the classes, in their order"),
                new Param<>(owner, "blockCol", "column for the block, 0 where nothing explains the label"),
                new Param<>(owner, "posteriorsCol", "column for the posterior probabilities of blocks 0 to K"));
    }
}
