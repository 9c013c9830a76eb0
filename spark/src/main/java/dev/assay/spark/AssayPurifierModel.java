package dev.assay.spark;

import dev.assay.engine.RowScores;
import dev.assay.io.model.SavedModel;
import dev.assay.linalg.Matrix;
import dev.assay.model.LossScores;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * Says of labelled rows whether they belong. It adds the columns {@code kept}; {@code trust}, the probability that the row belongs to what is kept
 * (lower = more suspicious; NaN where there were too few rows to judge); {@code suggestedLabel}, null unless nothing explains the label;
 * {@code loss} under the purified model, in nats; {@code selfInfluence} g' H^-1 g and {@code deltaVariance} of leaving the row out of the training rows
 * (below 0 where V falls). The rows that it learned from and other ones are treated alike; what was in the sample is known by its content.
 */
public final class AssayPurifierModel extends AssayModel<AssayPurifierModel> {
    private static final long serialVersionUID = 1L;
    private static final int COLUMNS = 6;

    private final transient State state;

    /**
     * What is known beside the folders.
     *
     * @param judge beside its experts
     * @param before V of all rows
     * @param after V of the kept rows
     * @param removed share of the weight that is not kept
     * @param scores self-influence and delta V of a row
     * @param loss under the purified model
     */
    record State(
            ShippedJudge.State judge, double before, double after, double removed, RowScores scores, LossScores loss) {}

    AssayPurifierModel(String uid, SavedModel saved, ShippedJudge judge, State state) {
        super(uid, saved, judge);
        this.state = state;
    }

    @Override
    public AssayPurifierModel self() {
        return this;
    }

    @Override
    Record state() {
        return state;
    }

    /** V of all training rows, under the linear model of ridge 0.01 that every command of Assay takes; larger = more mixed. */
    public double potential() {
        return state.before;
    }

    /** V of the training rows that are kept. */
    public double keptPotential() {
        return state.after;
    }

    /** The share of the training rows, by weight, that is not kept. */
    public double removedShare() {
        return state.removed;
    }

    @Override
    public AssayPurifierModel copy(ParamMap extra) {
        return copyValues(new AssayPurifierModel(uid(), saved(), judge(), state), extra)
                .setParent(parent());
    }

    /** Reads one that was saved. */
    public static MLReader<AssayPurifierModel> read() {
        return reader(
                AssayPurifierModel.class,
                State.class,
                (uid, model, judge, state) ->
                        new AssayPurifierModel(uid, model, new ShippedJudge(judge, state.judge), state));
    }

    /** Loads one that was saved. */
    public static AssayPurifierModel load(String path) {
        return read().load(path);
    }

    @Override
    public StructType transformSchema(StructType schema) {
        return AssayPurifier.schema(schema, Columns.of(schema, this).isText());
    }

    @Override
    public Dataset<Row> transform(Dataset<?> data) {
        StructType schema = transformSchema(data.schema());
        RowReader reader = reader(true, data.schema());
        JavaSparkContext context =
                JavaSparkContext.fromSparkContext(data.sparkSession().sparkContext());
        Broadcast<ShippedJudge> judge = context.broadcast(judge());
        Broadcast<byte[]> scores = context.broadcast(RecordBytes.write(state.scores));
        Broadcast<byte[]> loss = context.broadcast(RecordBytes.write(state.loss));
        MapPartitionsFunction<Row, Row> judged = rows -> {
            RowScores influence = RecordBytes.read(scores.value(), RowScores.class);
            RowScores losses = RecordBytes.read(loss.value(), RowScores.class);
            return new Each<>(
                    RowReader.batches(rows),
                    batch -> judged(batch, reader, judge.value().judge(), influence, losses));
        };
        return data.toDF().mapPartitions(judged, Encoders.row(schema));
    }

    private static Iterator<Row> judged(
            List<Row> rows, RowReader reader, RowJudge judge, RowScores influence, RowScores losses) {
        RowBlock block = reader.block(rows);
        dev.assay.data.Dataset read = reader.form().dataset(block);
        RowJudge.Judged judged = judge.of(read, block.keys());
        Matrix scores = influence.of(read);
        Matrix loss = losses.of(read);
        List<Row> result = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            int from = row.size();
            Object[] values = new Object[from + COLUMNS];
            for (int j = 0; j < from; j++) {
                values[j] = row.get(j);
            }
            int assigned = judged.assigned()[i];
            values[from] = assigned == 1;
            values[from + 1] = judge.isJudged() ? judged.posteriors().get(i, 1) : Double.NaN;
            values[from + 2] = assigned == 0 ? reader.original(judged.suggestion()[i]) : null;
            values[from + 3] = loss.get(i, 0);
            values[from + 4] = scores.get(i, 0);
            values[from + 5] = scores.get(i, 1);
            result.add(RowFactory.create(values));
        }
        return result.iterator();
    }
}
