package dev.assay.spark;

import dev.assay.data.ClassTargets;
import dev.assay.io.model.SavedModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsReader$;
import org.apache.spark.ml.util.DefaultParamsWriter$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.Option;

/**
 * What both models share: a model that predicts, a judge of labelled rows, and how they are stored. A saved model is Spark's metadata with two
 * folders beside it that {@code assay predict} and {@code assay export} read, {@code model} and {@code judge}, and what else is known as
 * {@code state.bin}.
 *
 * @param <M> the model
 */
public abstract class AssayModel<M extends AssayModel<M>> extends Model<M> implements AssayParams<M>, MLWritable {
    private static final long serialVersionUID = 1L;
    private static final String MODEL = "model";
    private static final String JUDGE = "judge";
    private static final String STATE = "state.bin";

    private final String uid;
    private final AssayParamSet parameters;
    private final transient SavedModel saved;
    private final transient ShippedJudge judge;

    AssayModel(String uid, SavedModel saved, ShippedJudge judge) {
        this.uid = uid;
        this.parameters = AssayParamSet.of(this);
        this.saved = saved;
        this.judge = judge;
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

    /** What predicts, as Assay stores it. */
    public SavedModel saved() {
        return saved;
    }

    ShippedJudge judge() {
        return judge;
    }

    /** homogeneous, noisy, mixed or too_few_rows: what the sample is made of. */
    public String verdict() {
        return saved.origin().getOrDefault("verdict", "");
    }

    /** Where the model comes from: verdict, rows, rows of the sample, fingerprint of the sample. */
    public Map<String, String> origin() {
        return saved.origin();
    }

    /** The names of the classes, in the order of their codes; none for regression. */
    public List<String> classes() {
        return saved.form().labels() instanceof ClassTargets labels ? labels.names() : List.of();
    }

    /** Writes the model that predicts as a folder of this machine, for {@code assay predict}, {@code evaluate} and {@code export}. */
    public void saveLocally(Path folder) {
        new dev.assay.Model(saved).save(folder);
    }

    /** What of the model stands in no folder of Assay's: a record, see {@link RecordBytes}. */
    abstract Record state();

    /** A reader of rows with the columns of the parameters. */
    RowReader reader(boolean labelled, StructType schema) {
        Columns columns = labelled ? Columns.of(schema, this) : null;
        VectorEncoding encoding =
                VectorEncoding.of(saved.form().encoding(), saved.form().featureColumns());
        return new RowReader(
                Columns.features(schema, this),
                columns == null ? null : columns.label(),
                columns == null ? null : columns.weight(),
                encoding,
                BlockForm.of(encoding.dimension(), saved.form().labels()),
                columns == null ? hasTextLabels() : columns.isText());
    }

    /** Whether classes are no numbers. */
    boolean hasTextLabels() {
        return classes().stream()
                .anyMatch(name -> !ClusterRows.NUMBER.matcher(name).matches());
    }

    /** The type of labels that are said of rows. */
    static DataType labelType(boolean text) {
        return text ? DataTypes.StringType : DataTypes.DoubleType;
    }

    @Override
    public MLWriter write() {
        AssayModel<M> model = this;
        return new MLWriter() {
            @Override
            public void saveImpl(String path) {
                DefaultParamsWriter$.MODULE$.saveMetadata(model, path, sparkSession(), Option.empty(), Option.empty());
                Configuration configuration = sparkSession().sparkContext().hadoopConfiguration();
                ModelFiles.write(saved, new org.apache.hadoop.fs.Path(path, MODEL), configuration);
                ModelFiles.write(judge.saved(), new org.apache.hadoop.fs.Path(path, JUDGE), configuration);
                ModelFiles.write(RecordBytes.write(state()), new org.apache.hadoop.fs.Path(path, STATE), configuration);
            }
        };
    }

    /** Makes a model of what was stored. */
    @FunctionalInterface
    interface Stored<M, T> {
        M of(String uid, SavedModel model, SavedModel judge, T state);
    }

    /** Reads what {@link #write} wrote. */
    static <M extends AssayModel<M>, T extends Record> MLReader<M> reader(
            Class<M> kind, Class<T> state, Stored<M, T> stored) {
        return new MLReader<>() {
            @Override
            public M load(String path) {
                DefaultParamsReader.Metadata metadata =
                        DefaultParamsReader$.MODULE$.loadMetadata(path, sparkSession(), kind.getName());
                Configuration configuration = sparkSession().sparkContext().hadoopConfiguration();
                M model = stored.of(
                        metadata.uid(),
                        ModelFiles.read(new org.apache.hadoop.fs.Path(path, MODEL), configuration),
                        ModelFiles.read(new org.apache.hadoop.fs.Path(path, JUDGE), configuration),
                        RecordBytes.read(
                                ModelFiles.readBytes(new org.apache.hadoop.fs.Path(path, STATE), configuration),
                                state));
                metadata.getAndSetParams(model, Option.empty());
                return model;
            }
        };
    }
}
