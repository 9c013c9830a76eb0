package dev.assay.io.model;

import dev.assay.learn.Expert;
import dev.assay.learn.FeatureMap;
import dev.assay.linalg.Matrix;
import dev.assay.model.Loss;
import dev.assay.predict.LabelSpace;
import dev.assay.predict.RoutedModel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the codecs read from. What does not fit is an IllegalArgumentException, or a message on a matrix. */
public final class ComponentReader {
    private final ModelArrays.Reader arrays;
    private final List<FeatureMap> maps = new ArrayList<>();
    private final Loss loss;
    private final int features;

    ComponentReader(ModelArrays.Reader arrays, List<MapCodec.StoredMap> stored, Loss loss, int features) {
        this.arrays = arrays;
        this.loss = loss;
        this.features = features;
        stored.forEach(map -> maps.add(Codecs.MAPS.read(map, this)));
    }

    /** What the model predicts, and how it is judged. */
    public Loss loss() {
        return loss;
    }

    /** d, the bias included. */
    public int features() {
        return features;
    }

    /** The deviation of an expert: above 0 for numbers, none and so NaN for classes. */
    public double deviation(@Nullable Double deviation) {
        boolean numbers = loss.outputCount() == 1;
        require(
                numbers ? deviation != null && deviation > 0 && Double.isFinite(deviation) : deviation == null,
                "an expert has the standard deviation " + deviation + ", expected "
                        + (numbers ? "a finite number above 0" : "none, as classes are predicted"));
        return deviation == null ? Double.NaN : deviation;
    }

    /** The matrix that {@link ComponentWriter#matrix} gave this name; all its numbers are finite. */
    public Matrix matrix(String name, int columns) {
        return arrays.read(name, columns);
    }

    /** The same of a matrix whose rows are known as well. */
    public Matrix matrix(String name, int rows, int columns) {
        return arrays.read(name, rows, columns);
    }

    /** The same of a matrix of one row. */
    public double[] row(String name, int columns) {
        return matrix(name, 1, columns).values();
    }

    /** The map that {@link ComponentWriter#map} gave this position. */
    public FeatureMap map(int position) {
        require(position >= 0 && position < maps.size(), "there is no map " + position + ", only " + maps.size());
        return maps.get(position);
    }

    /** The expert that {@link ComponentWriter#expert} gave these values. */
    public Expert expert(ExpertCodec.StoredExpert stored) {
        return Codecs.EXPERTS.read(stored, this);
    }

    /**
     * Asks for what must be so.
     *
     * @throws IllegalArgumentException with the problem
     */
    public static void require(boolean satisfied, String problem) {
        if (!satisfied) {
            throw new IllegalArgumentException(problem);
        }
    }

    /** A model that predicts these labels. */
    RoutedModel model(LabelSpace labels, ModelJson.StoredRouted stored) {
        return new RoutedModel(
                labels,
                stored.experts().stream()
                        .map(expert -> Codecs.EXPERTS.read(expert, this))
                        .toList(),
                Codecs.ROUTERS.read(stored.router(), this),
                stored.unexplainedShare());
    }
}
