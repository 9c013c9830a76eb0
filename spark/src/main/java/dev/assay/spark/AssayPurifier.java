package dev.assay.spark;

import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.data.InvalidInputException;
import dev.assay.divide.DivideSettings;
import dev.assay.divide.Divider;
import dev.assay.divide.Division;
import dev.assay.divide.Judgement;
import dev.assay.divide.Verdict;
import dev.assay.io.model.SavedModel;
import dev.assay.job.ModelSet;
import dev.assay.learn.IdentityMap;
import dev.assay.learn.LinearExpert;
import dev.assay.learn.RidgeSelection;
import dev.assay.linalg.Dense;
import dev.assay.linalg.DenseLimits;
import dev.assay.model.LinearModel;
import dev.assay.model.Loss;
import dev.assay.model.LossScores;
import dev.assay.model.SummedNewtonTrainer;
import dev.assay.model.SummedObjective;
import dev.assay.potential.linear.LinearPotential;
import dev.assay.potential.linear.SummedInfluence;
import dev.assay.predict.LabelSpace;
import dev.assay.predict.RoutedModel;
import dev.assay.predict.RoutedModels;
import dev.assay.route.PriorRouter;
import dev.assay.work.Progress;
import dev.assay.work.Seeds;
import dev.assay.work.Workers;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Finds the rows that do not belong, where the rows are on a cluster: {@code assay purify}. A sample is judged on the driver, all other rows by the
 * experts that the sample trained, where they are. The purified model is fitted to all rows that are kept; V, self-influence and delta V are those of all
 * rows, by sums over them.
 */
public final class AssayPurifier extends AssayEstimator<AssayPurifier, AssayPurifierModel> {
    private static final long serialVersionUID = 1L;

    /** Of more rows the ridge is chosen on so many, as on one machine. */
    private static final int RIDGE_ROWS = 20_000;

    /** With a name of its own. */
    public AssayPurifier() {
        this(Identifiable$.MODULE$.randomUID("assayPurifier"));
    }

    /** With this name. */
    public AssayPurifier(String uid) {
        super(uid);
    }

    @Override
    public AssayPurifier self() {
        return this;
    }

    @Override
    public AssayPurifier copy(ParamMap extra) {
        return defaultCopy(extra);
    }

    /** Reads one that was saved. */
    public static MLReader<AssayPurifier> read() {
        return new DefaultParamsReader<>();
    }

    /** Loads one that was saved. */
    public static AssayPurifier load(String path) {
        return read().load(path);
    }

    @Override
    public StructType transformSchema(StructType schema) {
        return schema(schema, Columns.of(schema, this).isText());
    }

    static StructType schema(StructType schema, boolean text) {
        return Columns.with(
                schema,
                new StructField("kept", DataTypes.BooleanType, false, Metadata.empty()),
                new StructField("trust", DataTypes.DoubleType, false, Metadata.empty()),
                new StructField("suggestedLabel", AssayModel.labelType(text), true, Metadata.empty()),
                new StructField("loss", DataTypes.DoubleType, false, Metadata.empty()),
                new StructField("selfInfluence", DataTypes.DoubleType, false, Metadata.empty()),
                new StructField("deltaVariance", DataTypes.DoubleType, false, Metadata.empty()));
    }

    /**
     * Judges and fits.
     *
     * @throws InvalidInputException with one clear line if the rows cannot be learned from
     */
    @Override
    public AssayPurifierModel fit(org.apache.spark.sql.Dataset<?> data) {
        transformSchema(data.schema());
        ClusterRows rows = ClusterRows.of(data, this);
        try (SparkEngine engine = rows.engine()) {
            return fit(rows, engine);
        }
    }

    private AssayPurifierModel fit(ClusterRows rows, SparkEngine engine) {
        Workers workers = Workers.shared();
        Loss loss = Loss.forTargets(rows.schema().labels());
        int d = engine.form().dimension();
        if ((long) d * loss.logits() > DenseLimits.FACTORED) {
            throw new InvalidInputException("the model has " + (long) d * loss.logits() + " parameters ("
                    + loss.logits() + " logits x " + d + " features, the bias included), at most "
                    + DenseLimits.FACTORED + " are factored: take fewer features, PCA makes them");
        }
        DivideSettings settings = divideSettings();
        ContentSample sample = ContentSample.of(engine, (Integer) getOrDefault(sampleRows()), workers);
        Judgement judged = Divider.judge(sample.data(), settings, workers, Progress.NONE);
        Division division = Divider.divide(judged, settings, workers, Progress.NONE);
        RoutedModel experts = RoutedModels.train(
                        division, getOrDefault(router()), settings.seed(), workers, Progress.NONE)
                .model();
        SampleJudgement judgement = SampleJudgement.of(rows, sample, division, alone(experts));
        Broadcast<ShippedJudge> sent =
                JavaSparkContext.fromSparkContext(engine.blocks().context()).broadcast(judgement.judge());
        BlockForm form = engine.form();
        JavaRDD<float[]> isKept = engine.blocks().map(block -> {
            float[] result = new float[block.size()];
            int[] assigned =
                    sent.value().judge().of(form.dataset(block), block.keys()).assigned();
            for (int i = 0; i < result.length; i++) {
                result[i] = assigned[i] == 1 ? 1 : 0;
            }
            return result;
        });
        try (SparkEngine kept = engine.reweighted(isKept, sent::destroy)) {
            return fit(rows, engine, kept, judgement, loss, workers);
        }
    }

    private AssayPurifierModel fit(
            ClusterRows rows,
            SparkEngine all,
            SparkEngine kept,
            SampleJudgement judgement,
            Loss loss,
            Workers workers) {
        SummedNewtonTrainer trainer = new SummedNewtonTrainer();
        double keptWeight = new TotalWeight().of(kept);
        Dataset keptSample = judgement.inBlock(1);
        double ridge = LinearPotential.RIDGE;
        double[] start = new double[loss.logits() * all.form().dimension()];
        // where there were too few rows to judge any, there are too few to choose a ridge
        if (judgement.division().verdict() != Verdict.TOO_FEW_ROWS) {
            long seed = (Long) getOrDefault(seed());
            Dataset chosenBy = keptSample.size() <= RIDGE_ROWS
                    ? keptSample
                    : keptSample.select(
                            ContentOrder.of(keptSample, workers).sample(RIDGE_ROWS, Seeds.child(seed, "ridge rows")));
            RidgeSelection.Choice choice = RidgeSelection.standard().choose(chosenBy, loss, seed, workers);
            start = choice.fit().model().theta();
            // on the mean loss: of so many more rows it is so much smaller
            ridge = choice.ridge() * Math.min(1, chosenBy.totalWeight() / keptWeight);
        }
        SummedObjective purified = trainer.fit(kept, loss, ridge, start, workers, Progress.NONE);
        SummedObjective whole = trainer.fit(all, loss, ridge, purified.theta(), workers, Progress.NONE);
        SummedInfluence influence = SummedInfluence.of(all, whole, workers, Progress.NONE);
        double before = potential(all, whole, trainer, workers);
        double after = potential(kept, purified, trainer, workers);
        int d = all.form().dimension();
        double squared = purified.value() - ridge / 2 * Dense.dot(purified.theta(), purified.theta());
        RoutedModel predicting = new RoutedModel(
                LabelSpace.of(rows.schema().labels()),
                List.of(new LinearExpert(
                        new IdentityMap(d),
                        new LinearModel(loss, d, purified.theta()),
                        1,
                        loss.outputCount() == 1 ? Math.sqrt(2 * squared) : Double.NaN,
                        ridge)),
                new PriorRouter(new double[] {1}, d),
                0);
        AssayPurifierModel model = new AssayPurifierModel(
                uid(),
                new SavedModel(rows.schema(), alone(predicting), SampleJudgement.origin(rows, judgement.division())),
                judgement.judge(),
                new AssayPurifierModel.State(
                        judgement.judge().state(),
                        before,
                        after,
                        1 - keptWeight / new TotalWeight().of(all),
                        influence.scores(),
                        new LossScores(loss, purified.theta())));
        return copyValues(model.setParent(this), ParamMap.empty());
    }

    private static double potential(
            SparkEngine engine, SummedObjective near, SummedNewtonTrainer trainer, Workers workers) {
        SummedObjective fitted =
                trainer.fit(engine, near.loss(), LinearPotential.RIDGE, near.theta(), workers, Progress.NONE);
        return SummedInfluence.potential(engine, fitted, workers, Progress.NONE).variance();
    }

    private static ModelSet alone(RoutedModel model) {
        return new ModelSet(model, Map.of(), null, List.of(), List.of(), null);
    }
}
