package dev.assay.learn;

import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An expert that is as sure as it was right on rows that it was not trained with: p(y|x) in proportion to p_of(y|x)^a.
 *
 * @param of whose answers they are
 * @param scale a, above 0; 1 for regression
 * @param deviation of the targets about its predictions; NaN for classes
 */
public record CalibratedExpert(Expert of, double scale, double deviation) implements Expert {
    /**
     * Checks the scale.
     *
     * @throws IllegalArgumentException if it is not a finite number above 0
     */
    public CalibratedExpert {
        LinearExpert.checkScale(scale);
    }

    @Override
    public String name() {
        return of.name();
    }

    @Override
    public int inputDimension() {
        return of.inputDimension();
    }

    @Override
    public int outputs() {
        return of.outputs();
    }

    @Override
    public Map<String, Number> settings() {
        Map<String, Number> result = new LinkedHashMap<>(of.settings());
        result.put("scale", scale);
        return result;
    }

    @Override
    public List<WeightedExpert> parts() {
        return of.parts();
    }

    @Override
    public Matrix answers(Matrix x, Workers workers) {
        return Calibration.scaled(of.answers(x, workers), scale);
    }
}
