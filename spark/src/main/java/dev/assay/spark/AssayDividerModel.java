package dev.assay.spark;

import dev.assay.data.ClassTargets;
import dev.assay.data.Targets;
import dev.assay.io.model.ModelFolder;
import dev.assay.io.model.SavedModel;
import dev.assay.linalg.Matrix;
import dev.assay.predict.ClassPredictions;
import dev.assay.predict.Predictions;
import dev.assay.predict.Predictor;
import dev.assay.predict.RealPredictions;
import dev.assay.predict.RoutedModel;
import dev.assay.predict.Worth;
import dev.assay.work.Workers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Says of rows which block they are of, and predicts. It adds the columns {@code block}, 0 where nothing explains the label; {@code posteriors} of
 * blocks 0 to K; {@code prediction}, routed by the features alone; and {@code probability} of the classes. Where rows have no column of the
 * parameter labelCol, block and posteriors are what the features say. Other names of the columns are parameters.
 */
public final class AssayDividerModel extends AssayModel<AssayDividerModel>
        implements DividerColumns<AssayDividerModel> {
    private static final long serialVersionUID = 1L;
    private static final Workers ALONE = Workers.of(1);

    private final transient @Nullable Worth worth;

    /** What is known beside the folders. */
    record State(ShippedJudge.State judge) {}

    AssayDividerModel(String uid, SavedModel saved, ShippedJudge judge, @Nullable Worth worth) {
        super(uid, saved, judge);
        this.worth = worth;
        setColumnDefaults();
    }

    /**
     * A model that Assay trained on one machine, on numbers: vectors hold the columns of its table in their order, or the entries of its arrays.
     *
     * @param folder as {@code assay run} writes it
     * @throws dev.assay.data.InvalidInputException if there is none, or it takes other things than numbers
     */
    public static AssayDividerModel ofFolder(Path folder) {
        SavedModel saved = ModelFolder.read(folder);
        VectorEncoding.of(saved.form().encoding(), saved.form().featureColumns());
        Targets labels = saved.form().labels();
        double[] labelShares = labels instanceof ClassTargets classes ? new double[classes.classes()] : new double[0];
        Arrays.fill(labelShares, 1.0 / Math.max(1, labelShares.length));
        String verdict =
                saved.model().blocks() > 1 ? "MIXED" : saved.model().unexplainedShare() > 0 ? "NOISY" : "HOMOGENEOUS";
        return new AssayDividerModel(
                Identifiable$.MODULE$.randomUID("assayDivider"),
                saved,
                new ShippedJudge(saved, new ShippedJudge.State(verdict, labelShares, SampleVerdicts.NONE)),
                null);
    }

    @Override
    public AssayDividerModel self() {
        return this;
    }

    /** K, the number of blocks. */
    public int blocks() {
        return saved().model().blocks();
    }

    /**
     * What dividing is worth on rows of the sample that were held out, against the strongest single model; null where that was not measured, or the
     * model was loaded.
     */
    public @Nullable Worth worth() {
        return worth;
    }

    @Override
    Record state() {
        return new State(judge().state());
    }

    @Override
    public AssayDividerModel copy(ParamMap extra) {
        return copyValues(new AssayDividerModel(uid(), saved(), judge(), worth), extra)
                .setParent(parent());
    }

    /** Reads one that was saved. */
    public static MLReader<AssayDividerModel> read() {
        return reader(
                AssayDividerModel.class,
                State.class,
                (uid, model, judge, state) ->
                        new AssayDividerModel(uid, model, new ShippedJudge(judge, state.judge), null));
    }

    /** Loads one that was saved. */
    public static AssayDividerModel load(String path) {
        return read().load(path);
    }

    private boolean isLabelled(StructType schema) {
        return Arrays.asList(schema.fieldNames()).contains(getOrDefault(labelCol()));
    }

    @Override
    public StructType transformSchema(StructType schema) {
        Columns.features(schema, this);
        boolean text = isLabelled(schema) ? Columns.of(schema, this).isText() : hasTextLabels();
        return AssayDivider.schema(this, schema, text, !classes().isEmpty());
    }

    @Override
    public Dataset<Row> transform(Dataset<?> data) {
        StructType schema = transformSchema(data.schema());
        boolean labelled = isLabelled(data.schema());
        RowReader reader = reader(labelled, data.schema());
        JavaSparkContext context =
                JavaSparkContext.fromSparkContext(data.sparkSession().sparkContext());
        Broadcast<ShippedJudge> judge = context.broadcast(judge());
        Broadcast<ShippedJudge> predictor = context.broadcast(
                new ShippedJudge(saved(), new ShippedJudge.State("HOMOGENEOUS", new double[0], SampleVerdicts.NONE)));
        MapPartitionsFunction<Row, Row> divided = rows -> new Each<>(
                RowReader.batches(rows),
                batch -> divided(
                        batch,
                        reader,
                        labelled ? judge.value().judge() : null,
                        predictor.value().judge().model()));
        return data.toDF().mapPartitions(divided, Encoders.row(schema));
    }

    private static Iterator<Row> divided(
            List<Row> rows, RowReader reader, @Nullable RowJudge judge, RoutedModel model) {
        RowBlock block = reader.block(rows);
        dev.assay.data.Dataset read = reader.form().dataset(block);
        Predictions predictions = new Predictor(model).predict(read.features(), ALONE);
        RowJudge.Judged judged = judge == null ? null : judge.of(read, block.keys());
        Matrix posteriors = judged == null ? RowJudge.withoutLabel(predictions) : judged.posteriors();
        int[] blocks = judged == null ? predictions.likeliestBlocks() : judged.assigned();
        ClassPredictions classes = predictions instanceof ClassPredictions said ? said : null;
        int[] codes = classes == null ? new int[0] : classes.codes();
        Matrix probabilities = classes == null ? new Matrix(0, 0) : classes.probabilities();
        double[] numbers = predictions instanceof RealPredictions said ? said.means() : new double[0];
        List<Row> result = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            int from = row.size();
            Object[] values = new Object[from + (classes == null ? 3 : 4)];
            for (int j = 0; j < from; j++) {
                values[j] = row.get(j);
            }
            values[from] = blocks[i];
            values[from + 1] = Vectors.dense(posteriors.row(i));
            if (classes == null) {
                values[from + 2] = numbers[i];
            } else {
                values[from + 2] = reader.original(codes[i]);
                values[from + 3] = Vectors.dense(probabilities.row(i));
            }
            result.add(RowFactory.create(values));
        }
        return result.iterator();
    }
}
