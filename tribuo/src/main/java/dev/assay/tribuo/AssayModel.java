package dev.assay.tribuo;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.oracle.labs.mlrg.olcut.util.Pair;
import dev.assay.data.FittedEncoder;
import dev.assay.data.InvalidInputException;
import dev.assay.io.model.SavedModel;
import dev.assay.job.KnownBlocks;
import dev.assay.job.PredictRequest;
import dev.assay.linalg.Matrix;
import dev.assay.predict.Predictions;
import dev.assay.work.Workers;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tribuo.Example;
import org.tribuo.Excuse;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Model;
import org.tribuo.Output;
import org.tribuo.Prediction;
import org.tribuo.impl.ModelDataCarrier;
import org.tribuo.protos.core.ModelProto;
import org.tribuo.provenance.ModelProvenance;

/**
 * Experts and the router between them as a model of Tribuo: classes with probabilities, or a number with its variance. Features that the
 * training examples had not are not looked at, those that an example does not name are 0.
 *
 * <p>Stored by {@link #serializeToFile}, or as a folder that {@code assay predict} and {@code assay export --onnx} take: {@link #routed()}. Java
 * serialization is refused.
 *
 * @param <T> what is predicted
 */
public final class AssayModel<T extends Output<T>> extends Model<T> {
    /** Of what is stored. */
    public static final int CURRENT_VERSION = 0;

    private final transient SavedModel saved;
    private final transient FeatureColumns columns;
    private final transient PredictedOutputs<T> outputs;

    private AssayModel(
            String name,
            ModelProvenance provenance,
            ImmutableFeatureMap features,
            ImmutableOutputInfo<T> outputInfo,
            SavedModel saved) {
        super(name, provenance, features, outputInfo, PredictedOutputs.areProbabilities(saved));
        this.saved = saved;
        this.columns = FeatureColumns.of(features);
        this.outputs = PredictedOutputs.of(saved, outputInfo);
    }

    static <T extends Output<T>> AssayModel<T> of(
            String name,
            ModelProvenance provenance,
            ImmutableFeatureMap features,
            ImmutableOutputInfo<T> outputInfo,
            SavedModel saved) {
        return new AssayModel<>(name, provenance, features, outputInfo, saved);
    }

    /** The same model without Tribuo: it predicts rows by the names of their features, is saved as a folder, and exported. */
    public dev.assay.Model routed() {
        return new dev.assay.Model(saved);
    }

    /**
     * The probability of each block of an example, from block 1 on: which expert is listened to.
     *
     * @throws InvalidInputException if a feature is not finite
     */
    public double[] blocks(Example<T> example) {
        return predictions(List.of(example)).blocks().row(0);
    }

    @Override
    public Prediction<T> predict(Example<T> example) {
        return innerPredict(List.of(example)).get(0);
    }

    @Override
    protected List<Prediction<T>> innerPredict(Iterable<Example<T>> examples) {
        List<Example<T>> rows = new ArrayList<>();
        examples.forEach(rows::add);
        List<Prediction<T>> result = new ArrayList<>();
        if (!rows.isEmpty()) {
            Predictions predictions = predictions(rows);
            for (int row = 0; row < rows.size(); row++) {
                result.add(outputs.prediction(predictions, row, columns.known(rows.get(row)), rows.get(row)));
            }
        }
        return result;
    }

    private Predictions predictions(List<Example<T>> rows) {
        for (Example<T> row : rows) {
            if (columns.known(row) == 0) {
                throw new IllegalArgumentException(
                        "an example has none of the features that the model was trained with: "
                                + row.size() + " features, such as "
                                + (row.size() == 0
                                        ? "none"
                                        : row.iterator().next().getName()));
            }
        }
        Matrix features = ((FittedEncoder) saved.form().encoding())
                .encode(columns.table(rows))
                .features();
        return PredictRequest.usual(saved.models(), features, new KnownBlocks.Nothing())
                .run(Workers.shared())
                .predictions();
    }

    /** None: which features speak differs from block to block, and from expert to expert. */
    @Override
    public Map<String, List<Pair<String, Double>>> getTopFeatures(int n) {
        return Map.of();
    }

    @Override
    public Optional<Excuse<T>> getExcuse(Example<T> example) {
        return Optional.empty();
    }

    @Override
    protected AssayModel<T> copy(String newName, ModelProvenance newProvenance) {
        return new AssayModel<>(newName, newProvenance, featureIDMap, outputIDInfo, saved);
    }

    @Override
    public ModelProto serialize() {
        return ModelProto.newBuilder()
                .setVersion(CURRENT_VERSION)
                .setClassName(AssayModel.class.getName())
                .setSerializedData(new StoredModel(createDataCarrier(), saved).message())
                .build();
    }

    /**
     * What Tribuo calls when it reads a stored model.
     *
     * @throws InvalidInputException with one clear line if it is damaged
     */
    public static AssayModel<?> deserializeFromProto(int version, String className, Any message)
            throws InvalidProtocolBufferException {
        if (version != CURRENT_VERSION) {
            throw new InvalidInputException("the model is stored in version " + version + ", this Assay reads version "
                    + CURRENT_VERSION + ": train again, or read it with the Assay that wrote it");
        }
        StoredModel stored = StoredModel.of(message);
        return of(stored.carrier(), stored.saved());
    }

    private static <T extends Output<T>> AssayModel<T> of(ModelDataCarrier<T> carrier, SavedModel saved) {
        return new AssayModel<>(
                carrier.name(), carrier.provenance(), carrier.featureDomain(), carrier.outputDomain(), saved);
    }

    private void writeObject(ObjectOutputStream stream) throws NotSerializableException {
        throw new NotSerializableException(
                AssayModel.class.getName() + " is stored by serializeToFile, not by Java serialization");
    }
}
