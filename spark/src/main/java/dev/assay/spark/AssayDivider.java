package dev.assay.spark;

import dev.assay.data.Dataset;
import dev.assay.divide.DivideSettings;
import dev.assay.divide.Division;
import dev.assay.io.model.SavedModel;
import dev.assay.job.Laps;
import dev.assay.job.ModelSet;
import dev.assay.job.RunOutcome;
import dev.assay.job.RunRequest;
import dev.assay.job.TrainingData;
import dev.assay.learn.Expert;
import dev.assay.learn.IdentityMap;
import dev.assay.learn.LinearExpert;
import dev.assay.linalg.Dense;
import dev.assay.model.LinearModel;
import dev.assay.model.SummedNewtonTrainer;
import dev.assay.model.SummedObjective;
import dev.assay.predict.RoutedModel;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Divides rows of a cluster into blocks that follow one rule each and routes between their experts: {@code assay run}. Blocks, experts and router are
 * found on a sample on the driver. Where the rows are more than that, experts that are linear in the features are fitted again to all rows, each weighed
 * by the posterior probability of its block; other ones, and the router, stay those of the sample.
 */
public final class AssayDivider extends AssayEstimator<AssayDivider, AssayDividerModel>
        implements DividerColumns<AssayDivider> {
    private static final long serialVersionUID = 1L;

    /** With a name of its own. */
    public AssayDivider() {
        this(Identifiable$.MODULE$.randomUID("assayDivider"));
    }

    /** With this name. */
    public AssayDivider(String uid) {
        super(uid);
        setColumnDefaults();
    }

    @Override
    public AssayDivider self() {
        return this;
    }

    @Override
    public AssayDivider copy(ParamMap extra) {
        return defaultCopy(extra);
    }

    /** Reads one that was saved. */
    public static MLReader<AssayDivider> read() {
        return new DefaultParamsReader<>();
    }

    /** Loads one that was saved. */
    public static AssayDivider load(String path) {
        return read().load(path);
    }

    @Override
    public StructType transformSchema(StructType schema) {
        Columns columns = Columns.of(schema, this);
        return schema(this, schema, columns.isText(), getOrDefault(task()).equals(CLASSIFICATION));
    }

    /**
     * Judges, trains and fits again.
     *
     * @throws dev.assay.data.InvalidInputException with one clear line if the rows cannot be learned from
     */
    @Override
    public AssayDividerModel fit(org.apache.spark.sql.Dataset<?> data) {
        transformSchema(data.schema());
        ClusterRows rows = ClusterRows.of(data, this);
        try (SparkEngine engine = rows.engine()) {
            return fit(rows, engine);
        }
    }

    private AssayDividerModel fit(ClusterRows rows, SparkEngine engine) {
        Workers workers = Workers.shared();
        DivideSettings settings = divideSettings();
        ContentSample sample = ContentSample.of(engine, (Integer) getOrDefault(sampleRows()), workers);
        RunOutcome outcome = new RunRequest(
                        new TrainingData(
                                sample.data(),
                                rows.schema().encoding(),
                                rows.schema().label(),
                                null),
                        null,
                        settings,
                        getOrDefault(router()))
                .run(workers, Progress.NONE, Laps.NONE);
        Division division = outcome.divided().division();
        ModelSet models = outcome.trained().models();
        SampleJudgement judgement = SampleJudgement.of(rows, sample, division, models);
        RoutedModel routed = engine.size() > sample.data().size()
                ? fittedAgain(models.model(), engine, judgement, workers)
                : models.model();
        AssayDividerModel model = new AssayDividerModel(
                uid(),
                new SavedModel(
                        rows.schema(),
                        new ModelSet(routed, models.rivals(), null, List.of(), List.of(), null),
                        SampleJudgement.origin(rows, division)),
                judgement.judge(),
                outcome.tested().comparison().worth());
        return copyValues(model.setParent(this), ParamMap.empty());
    }

    private static RoutedModel fittedAgain(
            RoutedModel model, SparkEngine engine, SampleJudgement judgement, Workers workers) {
        Broadcast<ShippedJudge> sent =
                JavaSparkContext.fromSparkContext(engine.blocks().context()).broadcast(judgement.judge());
        try {
            List<Expert> experts = new ArrayList<>();
            for (int k = 0; k < model.blocks(); k++) {
                Expert expert = model.experts().get(k);
                experts.add(
                        expert instanceof LinearExpert linear && linear.map() instanceof IdentityMap
                                ? fittedAgain(linear, k + 1, engine, sent, judgement, workers)
                                : expert);
            }
            return new RoutedModel(model.labels(), experts, model.router(), model.unexplainedShare());
        } finally {
            sent.destroy();
        }
    }

    private static LinearExpert fittedAgain(
            LinearExpert expert,
            int block,
            SparkEngine engine,
            Broadcast<ShippedJudge> sent,
            SampleJudgement judgement,
            Workers workers) {
        BlockForm form = engine.form();
        JavaRDD<float[]> posteriors = engine.blocks().map(rows -> {
            float[] result = new float[rows.size()];
            RowJudge.Judged judged = sent.value().judge().of(form.dataset(rows), rows.keys());
            for (int i = 0; i < result.length; i++) {
                result[i] = (float) judged.posteriors().get(i, block);
            }
            return result;
        });
        try (SparkEngine own = engine.reweighted(posteriors, () -> {})) {
            // the ridge is on the mean loss: of so many more rows it is so much smaller
            double ridge =
                    expert.ridge() * Math.min(1, weight(judgement.division(), block) / new TotalWeight().of(own));
            SummedObjective fitted = new SummedNewtonTrainer()
                    .fit(own, expert.model().loss(), ridge, expert.model().theta(), workers, Progress.NONE);
            double squared = fitted.value() - ridge / 2 * Dense.dot(fitted.theta(), fitted.theta());
            return new LinearExpert(
                    expert.map(),
                    new LinearModel(fitted.loss(), expert.model().features(), fitted.theta()),
                    expert.scale(),
                    expert.outputs() == 1 ? Math.sqrt(2 * squared) : Double.NaN,
                    ridge);
        }
    }

    private static double weight(Division division, int block) {
        Dataset data = division.data();
        double sum = 0;
        for (int i = 0; i < data.size(); i++) {
            sum += data.weights()[i] * division.posteriors().get(i, block);
        }
        return sum;
    }

    static StructType schema(DividerColumns<?> names, StructType schema, boolean text, boolean classes) {
        StructType result = Columns.with(
                schema,
                new StructField(names.getOrDefault(names.blockCol()), DataTypes.IntegerType, false, Metadata.empty()),
                new StructField(
                        names.getOrDefault(names.posteriorsCol()), SQLDataTypes.VectorType(), false, Metadata.empty()),
                new StructField(
                        names.getOrDefault(names.predictionCol()),
                        AssayModel.labelType(text),
                        false,
                        Metadata.empty()));
        return classes
                ? Columns.with(
                        result,
                        new StructField(
                                names.getOrDefault(names.probabilityCol()),
                                SQLDataTypes.VectorType(),
                                false,
                                Metadata.empty()))
                : result;
    }
}
