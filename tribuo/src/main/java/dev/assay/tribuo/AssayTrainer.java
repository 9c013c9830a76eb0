package dev.assay.tribuo;

import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.DoubleProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.IntProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.StringProvenance;
import dev.assay.data.Column;
import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.data.EncodingStyle;
import dev.assay.data.FittedEncoder;
import dev.assay.data.InvalidInputException;
import dev.assay.data.Table;
import dev.assay.data.TableEncoder;
import dev.assay.divide.DivideSettings;
import dev.assay.io.cell.CellForms;
import dev.assay.io.model.SavedModel;
import dev.assay.io.read.InputSchema;
import dev.assay.io.read.Labels;
import dev.assay.io.read.ReadSettings;
import dev.assay.job.Laps;
import dev.assay.job.RunOutcome;
import dev.assay.job.RunRequest;
import dev.assay.job.TrainingData;
import dev.assay.learn.LearnerSet;
import dev.assay.predict.Worth;
import dev.assay.route.RouterSelector;
import dev.assay.trees.BoostedTreesLearner;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.Output;
import org.tribuo.Trainer;
import org.tribuo.provenance.ModelProvenance;
import org.tribuo.provenance.TrainerProvenance;
import org.tribuo.provenance.impl.TrainerProvenanceImpl;

/**
 * Divides the examples into blocks that follow one rule each, trains an expert for each block and a router between them: what {@code assay
 * run} does. Features are taken as numbers, standardised; weights of examples count. The same examples, in whatever order, and the same
 * settings make the same model, at every call and with any number of threads.
 *
 * <p>The provenance of the model says the verdict, the number of blocks and, measured with rows that were held out, by what the blocks help
 * ({@link Worth.Way}) and what share of the rows, or of the variance, the routed experts gain over the strongest single model, with its
 * interval.
 *
 * @param <T> what is predicted
 */
public abstract sealed class AssayTrainer<T extends Output<T>> implements Trainer<T>
        permits AssayClassificationTrainer, AssayRegressionTrainer {
    @Config(description = "The seed of everything that is drawn.")
    private long seed = 1;

    @Config(description = "Whether experts may be linear in the features.")
    private boolean linear = true;

    @Config(description = "Whether experts may be linear in radial functions of the features.")
    private boolean radial = true;

    @Config(description = "Whether experts may be boosted trees.")
    private boolean trees = true;

    @Config(description = "What sends new examples to the experts; auto: the best of all.")
    private String router = RouterSelector.AUTO;

    private int invocations;

    /** With the standard settings, or those of a configuration. */
    AssayTrainer() {}

    AssayTrainer(long seed, boolean linear, boolean radial, boolean trees, String router) {
        this.seed = seed;
        this.linear = linear;
        this.radial = radial;
        this.trees = trees;
        this.router = router;
    }

    /** What the column of the labels is called in a model that is stored as a folder. */
    abstract String labelName(org.tribuo.Dataset<T> examples);

    /** The labels as texts, of one kind. */
    abstract Labels labels(Column.Texts texts, double[] weights);

    /** The label of one example as a text. */
    abstract String text(T output);

    @Override
    public Model<T> train(org.tribuo.Dataset<T> examples, Map<String, Provenance> runProvenance) {
        return train(examples, runProvenance, INCREMENT_INVOCATION_COUNT);
    }

    /**
     * Trains.
     *
     * @throws InvalidInputException with one clear line if the examples cannot be learned from: a feature is not finite or none varies, an
     *     output is unknown, there is one class only
     */
    @Override
    public AssayModel<T> train(org.tribuo.Dataset<T> examples, Map<String, Provenance> runProvenance, int count) {
        if (examples.getOutputInfo().getUnknownCount() > 0) {
            throw new InvalidInputException(examples.getOutputInfo().getUnknownCount()
                    + " examples have an unknown output, expected labelled ones: leave them out");
        }
        TrainerProvenance provenance;
        synchronized (this) {
            if (count != INCREMENT_INVOCATION_COUNT) {
                setInvocationCount(count);
            }
            provenance = getProvenance();
            invocations++;
        }
        FeatureColumns columns = FeatureColumns.of(examples.getFeatureIDMap());
        List<Example<T>> rows = new ArrayList<>();
        examples.forEach(rows::add);
        Table table = columns.table(rows);
        double[] weights = rows.stream().mapToDouble(Example::getWeight).toArray();
        Column.Texts.Builder texts = new Column.Texts.Builder(labelName(examples), rows.size());
        rows.forEach(row -> texts.add(text(row.getOutput())));
        Labels labels = labels(texts.build(), weights);
        FittedEncoder encoder =
                new TableEncoder(EncodingStyle.automatic(), Set.copyOf(columns.names()), Set.of()).fit(table, weights);
        int[] places = new int[rows.size()];
        for (int row = 0; row < places.length; row++) {
            places[row] = row;
        }
        Workers workers = Workers.shared();
        Dataset encoded = new Dataset(
                encoder.encode(table).features(), labels.targets(), weights, places, encoder.featureNames());
        Dataset data = encoded.select(ContentOrder.of(encoded, workers).sequence());
        RunOutcome outcome = new RunRequest(
                        new TrainingData(data, encoder, labelName(examples), null),
                        null,
                        DivideSettings.AUTOMATIC.withSeed(seed).withLearners(learners()),
                        router)
                .run(workers, Progress.NONE, Laps.NONE);
        Map<String, String> origin = new LinkedHashMap<>();
        origin.put("trainingRows", Integer.toString(data.size()));
        origin.put("fingerprint", data.fingerprint());
        InputSchema form = new InputSchema(
                encoder,
                labels.targets().select(new int[0]),
                labelName(examples),
                columns.names(),
                null,
                null,
                null,
                ReadSettings.Header.PRESENT,
                CellForms.plain(true),
                null);
        return AssayModel.of(
                "assay",
                new ModelProvenance(
                        AssayModel.class.getName(),
                        OffsetDateTime.now(ZoneOffset.UTC),
                        examples.getProvenance(),
                        provenance,
                        instance(runProvenance, outcome, data)),
                examples.getFeatureIDMap(),
                examples.getOutputIDInfo(),
                new SavedModel(form, outcome.trained().models(), origin));
    }

    private LearnerSet learners() {
        if (trees) {
            String missing = BoostedTreesLearner.missing();
            if (missing != null) {
                throw new InvalidInputException(missing + "; set trees to false");
            }
            return new LearnerSet(linear, radial, List.of(new BoostedTreesLearner()));
        }
        return new LearnerSet(linear, radial, List.of());
    }

    private static Map<String, Provenance> instance(Map<String, Provenance> given, RunOutcome outcome, Dataset data) {
        Map<String, Provenance> result = new LinkedHashMap<>(given);
        var division = outcome.divided().division();
        result.put(
                "verdict",
                new StringProvenance("verdict", division.verdict().name().toLowerCase(Locale.ROOT)));
        result.put("blocks", new IntProvenance("blocks", division.blocks().size()));
        result.put("unexplained-share", new DoubleProvenance("unexplained-share", division.unexplainedShare()));
        result.put("data-fingerprint", new StringProvenance("data-fingerprint", data.fingerprint()));
        Worth worth = outcome.tested().comparison().worth();
        if (worth != null) {
            result.put(
                    "dividing-helps-by",
                    new StringProvenance("dividing-helps-by", worth.way().key()));
            Worth.Gain gain = worth.gain(Worth.Way.FEATURES);
            if (gain != null) {
                put(result, "routed-gain", gain.share().value());
                put(result, "routed-gain-low", gain.share().low());
                put(result, "routed-gain-high", gain.share().high());
            }
        }
        return result;
    }

    private static void put(Map<String, Provenance> result, String name, double value) {
        result.put(name, new DoubleProvenance(name, value));
    }

    @Override
    public synchronized int getInvocationCount() {
        return invocations;
    }

    @Override
    public synchronized void setInvocationCount(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("the invocation count is " + count + ", expected at least 0");
        }
        invocations = count;
    }

    @Override
    public TrainerProvenance getProvenance() {
        return new TrainerProvenanceImpl(this);
    }
}
