package dev.assay.spark;

import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.MLWriter;

/**
 * What both estimators share.
 *
 * @param <S> the estimator
 * @param <M> its model
 */
abstract class AssayEstimator<S, M extends AssayModel<M>> extends Estimator<M>
        implements AssayParams<S>, DefaultParamsWritable {
    private static final long serialVersionUID = 1L;

    private final String uid;
    private final AssayParamSet parameters;

    AssayEstimator(String uid) {
        this.uid = uid;
        this.parameters = AssayParamSet.of(this);
        setDefaults();
    }

    @Override
    public String uid() {
        return uid;
    }

    @Override
    public AssayParamSet parameters() {
        return parameters;
    }

    @Override
    public MLWriter write() {
        return DefaultParamsWritable.super.write();
    }
}
