package dev.assay;

import dev.assay.data.Dataset;
import dev.assay.divide.DivideSettings;
import dev.assay.io.DataReader;
import dev.assay.io.read.EncodedRows;
import dev.assay.io.read.InputSchema;
import dev.assay.io.read.LoadedData;
import dev.assay.io.read.ProbabilityFiles;
import dev.assay.io.read.ReadSettings;
import dev.assay.job.DiagnoseOutcome;
import dev.assay.job.DiagnoseRequest;
import dev.assay.job.DivideOutcome;
import dev.assay.job.DivideRequest;
import dev.assay.job.LabelledRows;
import dev.assay.job.Laps;
import dev.assay.job.PurifyOutcome;
import dev.assay.job.PurifyRequest;
import dev.assay.job.QualityChecks;
import dev.assay.job.RunRequest;
import dev.assay.learn.Learner;
import dev.assay.learn.LearnerSet;
import dev.assay.purify.PurifyJournal;
import dev.assay.purify.PurifySettings;
import dev.assay.route.RouterSelector;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done with a file, said piece by piece; each piece gives a new analysis, and nothing is read before one of {@link #run()},
 * {@link #divide()}, {@link #purify()} and {@link #diagnose()} is called. The same file, settings and seed give the same bits, whatever the
 * number of threads and the order of the rows.
 */
public final class Analysis {
    private final Path data;
    private final ReadSettings reading;
    private final PurifySettings purification;
    private final DivideSettings division;
    private final String router;
    private final Workers workers;
    private final Progress progress;

    Analysis(Path data) {
        this(
                data,
                ReadSettings.automatic(),
                PurifySettings.AUTOMATIC,
                DivideSettings.AUTOMATIC,
                RouterSelector.AUTO,
                Workers.shared(),
                Progress.NONE);
    }

    private Analysis(
            Path data,
            ReadSettings reading,
            PurifySettings purification,
            DivideSettings division,
            String router,
            Workers workers,
            Progress progress) {
        this.data = data;
        this.reading = reading;
        this.purification = purification;
        this.division = division;
        this.router = router;
        this.workers = workers;
        this.progress = progress;
    }

    /** The column, or key of an array file, with the labels; needed, unless {@link #reading} says it. */
    public Analysis label(String column) {
        return reading(reading.withLabel(column));
    }

    /** The column that says where each row comes from: never used to find blocks, compared with them, and used to predict where it helps. */
    public Analysis source(String column) {
        return reading(reading.withSource(column));
    }

    /** The column with the weight of each row. */
    public Analysis weight(String column) {
        return reading(reading.withWeight(column));
    }

    /**
     * What a model of one's own says of each row, by which {@link #diagnose()} and {@link #purify()} judge labels then; nothing is trained,
     * and the data needs no features. The model must not have learned from the row that it speaks of.
     */
    public Analysis probabilities(Path file) {
        return probabilities(ProbabilityFiles.of(file));
    }

    /** The same where the order of the classes, or the folds, are to be said. */
    public Analysis probabilities(ProbabilityFiles files) {
        return reading(reading.withProbabilities(files));
    }

    /** Columns that are not looked at. */
    public Analysis drop(String... columns) {
        return reading(reading.withDrop(List.of(columns)));
    }

    /** Columns of free text, whose words are learned from. */
    public Analysis text(String... columns) {
        return reading(reading.withText(List.of(columns)));
    }

    /** All about how the file is read; replaces what was said of columns. */
    public Analysis reading(ReadSettings settings) {
        return new Analysis(data, settings, purification, division, router, workers, progress);
    }

    /** The seed of everything that is drawn; 1 if it is not said. */
    public Analysis seed(long seed) {
        return new Analysis(
                data, reading, purification.withSeed(seed), division.withSeed(seed), router, workers, progress);
    }

    /** What experts are learned by, instead of linear and radial models: of several, the one that explains a block best. */
    public Analysis learners(Learner... learners) {
        return learners(LearnerSet.of(List.of(learners)));
    }

    /** The same where linear or radial models are offered, too, {@link LearnerSet#STANDARD} for instance. */
    public Analysis learners(LearnerSet learners) {
        return new Analysis(
                data,
                reading,
                purification.withLearners(learners),
                division.withLearners(learners),
                router,
                workers,
                progress);
    }

    /** How blocks are looked for; replaces seed and learners. */
    public Analysis division(DivideSettings settings) {
        return new Analysis(data, reading, purification, settings, router, workers, progress);
    }

    /** How rows are purified; replaces seed and learners. */
    public Analysis purification(PurifySettings settings) {
        return new Analysis(data, reading, settings, division, router, workers, progress);
    }

    /** What sends new rows to the experts: a name of {@link RouterSelector#names()}. */
    public Analysis router(String name) {
        return new Analysis(data, reading, purification, division, name, workers, progress);
    }

    /** Threads of one's own, instead of {@link Workers#shared()}. */
    public Analysis workers(Workers own) {
        return new Analysis(data, reading, purification, division, router, own, progress);
    }

    /** Who is told how far it is, and may cancel it. */
    public Analysis progress(Progress listener) {
        return new Analysis(data, reading, purification, division, router, workers, listener);
    }

    /**
     * The main job: takes the data apart, trains an expert for each block and a router between them, and measures with rows that are held
     * out whether that predicts better than one model.
     *
     * @throws dev.assay.data.InvalidInputException with one clear line if the file cannot be used
     * @throws dev.assay.work.CancelledException if the progress was cancelled
     */
    public RunResult run() {
        return run(null);
    }

    /** The same, measured with test rows in a file of their own, which decide nothing. */
    public RunResult run(@Nullable Path test) {
        LoadedData loaded = load();
        LabelledRows rows = null;
        if (test != null) {
            EncodedRows<Dataset> given = reader().readTest(test, null, InputSchema.of(loaded), reading.source());
            rows = new LabelledRows(given.encoded(), given.sources());
        }
        return new RunResult(
                loaded, new RunRequest(loaded.forJob(), rows, division, router).run(workers, progress, Laps.NONE));
    }

    /** How many kinds of rows there are, and which row is of which. */
    public DivideOutcome divide() {
        return new DivideRequest(load().forJob(), division).run(workers, progress, Laps.NONE);
    }

    /** Which rows do not belong. */
    public PurifyOutcome purify() {
        return new PurifyRequest(load().forJob(), null, purification)
                .run(new PurifyJournal(), workers, progress, Laps.NONE);
    }

    /** How mixed the data is and how suspicious each row, nothing taken out; and what is odd in its features and its order. */
    public DiagnoseOutcome diagnose() {
        return new DiagnoseRequest(
                        load().forJob(), null, false, QualityChecks.ALL, purification.learners(), purification.seed())
                .run(workers, progress, Laps.NONE);
    }

    /** The rows, encoded, in an order that follows from their content; {@link dev.assay.data.Dataset#rows} says where each stood. */
    public LoadedData load() {
        return reader().read(data, reading).inContentOrder(workers);
    }

    private DataReader reader() {
        return new DataReader(workers.threads());
    }
}
