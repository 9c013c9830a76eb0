package dev.assay.io.model;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.assay.learn.FeatureMap;
import dev.assay.learn.LinearExpert;
import dev.assay.linalg.Matrix;
import dev.assay.model.LinearModel;
import org.jspecify.annotations.Nullable;

/** A linear model of what a map sees; without a deviation where classes are predicted. */
final class LinearExpertCodec extends ExpertCodec<LinearExpert, LinearExpertCodec.StoredLinear> {
    LinearExpertCodec() {
        super("Linear", LinearExpert.class, StoredLinear.class);
    }

    /** See {@link LinearExpert}. */
    record StoredLinear(
            int map,
            String theta,
            double scale,
            @JsonSetter(nulls = Nulls.SET) @Nullable Double deviation,
            double ridge)
            implements StoredExpert {}

    @Override
    protected StoredLinear write(LinearExpert expert, ComponentWriter to) {
        return new StoredLinear(
                to.map(expert.map()),
                to.matrix("theta", expert.model().parameters()),
                expert.scale(),
                Double.isNaN(expert.deviation()) ? null : expert.deviation(),
                expert.ridge());
    }

    @Override
    protected LinearExpert read(StoredLinear stored, ComponentReader from) {
        double deviation = from.deviation(stored.deviation());
        ComponentReader.require(
                stored.ridge() >= 0 && Double.isFinite(stored.ridge()),
                "an expert has the ridge " + stored.ridge() + ", expected a finite number of at least 0");
        FeatureMap map = from.map(stored.map());
        Matrix theta = from.matrix(stored.theta(), from.loss().logits(), map.outputDimension());
        return new LinearExpert(
                map,
                new LinearModel(from.loss(), theta.columns(), theta.values()),
                stored.scale(),
                deviation,
                stored.ridge());
    }
}
