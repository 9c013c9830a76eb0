package dev.assay.io.array;

import dev.assay.data.Dataset;
import dev.assay.data.FittedArrayEncoder;
import dev.assay.data.InvalidInputException;
import dev.assay.data.Note;
import dev.assay.data.Targets;
import dev.assay.io.cell.CellForms;
import dev.assay.io.file.InputFile;
import dev.assay.io.file.SourceContent;
import dev.assay.io.network.Embedding;
import dev.assay.io.network.EmbeddingChoice;
import dev.assay.io.read.DataSource;
import dev.assay.io.read.Groups;
import dev.assay.io.read.InputSchema;
import dev.assay.io.read.Labels;
import dev.assay.io.read.LoadedData;
import dev.assay.io.read.MissingLabels;
import dev.assay.io.read.ReadSettings;
import dev.assay.io.read.RowBlock;
import dev.assay.io.read.RowSample;
import dev.assay.io.read.RowSampler;
import dev.assay.io.read.SampleSize;
import dev.assay.io.read.SampledData;
import dev.assay.job.Times;
import dev.assay.linalg.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads arrays and images. */
public final class ArrayReader {

    private static final double PIXEL = 255;

    private final InputFile file;
    private final ReadSettings settings;

    public ArrayReader(InputFile file, ReadSettings settings) {
        this.file = file;
        this.settings = settings;
        refuseTableSettings();
    }

    private void refuseTableSettings() {
        if (!settings.drop().isEmpty()
                || !settings.numeric().isEmpty()
                || !settings.categorical().isEmpty()
                || !settings.text().isEmpty()) {
            throw new InvalidInputException("drop, numeric, categorical and text name columns of tables, but "
                    + file.path() + " holds arrays; leave them out");
        }
        if (settings.features().size() > 1) {
            throw new InvalidInputException(
                    "features names one array of " + file.path() + ", got " + String.join(",", settings.features()));
        }
    }

    /**
     * Reads data to learn from.
     *
     * @param size how many examples to draw where there are more, or null for all
     */
    public SampledData read(@Nullable SampleSize size) {
        try (ArrayFile arrays = ArrayFile.open(file);
                ArrayFile labelArrays = labelArrays()) {
            ArrayChooser.Choice choice = chooser(arrays, labelArrays, true)
                    .choose(arrays.arrays(), labelArrays == null ? null : labelArrays.arrays());
            requireExamples(choice.features());
            int count = choice.features().header().examples();
            RowSample sample = size == null || count <= size.rows() ? null : sample(choice, size);
            ExampleColumns.Examples examples;
            MissingLabels unlabelled;
            try (ExampleColumns beside = columns(choice)) {
                examples = beside.next(count, sample == null ? null : sample.records());
                unlabelled = sample == null
                        ? beside.unlabelled(true)
                        : MissingLabels.of("example", sample.unlabelled(), sample.markers(), true);
                beside.requireWeight(
                        examples.weights() == null
                                ? 1
                                : Arrays.stream(examples.weights()).sum());
            }
            List<Note> notes = new ArrayList<>(choice.notes());
            notes.addAll(unlabelled.notes());
            Labels labels = Labels.of(examples.labels(), settings.task(), examples.weights(), cells(), unlabelled);
            Embedding embedding = embedding(choice.features(), notes);
            ArrayEntry features = EmbeddedArray.of(choice.features(), embedding);
            ArrayBlocks.requireMemory(features, examples.rows().length);
            ArrayStatistics statistics = ArrayStatistics.of(features, examples.rows(), examples.weights());
            FittedArrayEncoder encoder = fit(features.header(), statistics, notes);
            LoadedData data = new LoadedData(
                    dataset(features, examples, encoder, labels.targets()),
                    encoder,
                    cells(),
                    source(choice),
                    settings,
                    labels.task(),
                    labels.reason(),
                    notes,
                    examples.ids(),
                    examples.sources(),
                    choice.times() == null || examples.times() == null
                            ? null
                            : new Times(choice.times().key(), examples.times(), false),
                    embedding,
                    null);
            return SampledData.of(data, sample);
        }
    }

    private ExampleColumns columns(ArrayChooser.Choice choice) {
        return new ExampleColumns(choice, settings.cells().keepLabelMarkers());
    }

    /** Draws examples by their features, label and weight. */
    private RowSample sample(ArrayChooser.Choice choice, SampleSize size) {
        int count = choice.features().header().examples();
        CellForms forms = CellForms.plain(settings.cells().keepLabelMarkers()
                && choice.labels().header().type().isText());
        RowSampler sampler = new RowSampler(size.rows(), size.seed(), forms::isLabel);
        try (ExampleReader features = new ExampleReader(choice.features());
                ExampleReader labels = ExampleReader.ofValues(choice.labels(), count, "labels");
                ExampleReader weights =
                        choice.weights() == null ? null : ExampleReader.ofValues(choice.weights(), count, "weights")) {
            int piece = ArrayBlocks.piece(choice.features());
            for (int from = 0; from < count; from += piece) {
                int examples = Math.min(piece, count - from);
                double[] numbers = features.numbers(examples);
                String[] texts = labels.texts(examples);
                String[] weighed = weights == null ? null : weights.texts(examples);
                int perExample = numbers.length / examples;
                for (int example = 0; example < examples; example++) {
                    long hash = RowSampler.hash(0, texts[example]);
                    hash = weighed == null ? hash : RowSampler.hash(hash, weighed[example]);
                    for (int entry = example * perExample; entry < (example + 1) * perExample; entry++) {
                        hash = RowSampler.hash(hash, numbers[entry]);
                    }
                    sampler.take(texts[example], hash);
                }
            }
        }
        RowSample sample = sampler.sample();
        if (sample.labelled() == 0) {
            throw new InvalidInputException(choice.labels().name() + ": all " + count + " labels are missing");
        }
        return sample;
    }

    private @Nullable Embedding embedding(ArrayEntry features, List<Note> notes) {
        EmbeddingChoice choice = settings.embedding();
        if (choice == null) {
            return null;
        }
        ArrayHeader header = features.header();
        List<SourceContent.Digest> content =
                SourceContent.of(List.of(choice.network())).files();
        if (content.isEmpty()) {
            throw new InvalidInputException("there is no network " + choice.network() + ", expected an ONNX file");
        }
        String sha256 = content.get(0).sha256();
        Embedding embedding = Embedding.of(
                choice,
                sha256,
                header.shape().subList(1, header.shape().size()),
                header.type() == ElementType.UNSIGNED_8 && header.shape().size() > 2);
        notes.add(Note.of("features are the output '" + embedding.output() + "' of " + choice.network()
                + ", which sees entries divided by " + embedding.divisor()));
        return embedding;
    }

    private CellForms cells() {
        return CellForms.plain(settings.cells().keepLabelMarkers());
    }

    /** Where the data comes from. */
    public DataSource locate() {
        try (ArrayFile arrays = ArrayFile.open(file);
                ArrayFile labelArrays = labelArrays()) {
            return source(chooser(arrays, labelArrays, true)
                    .choose(arrays.arrays(), labelArrays == null ? null : labelArrays.arrays()));
        }
    }

    private DataSource source(ArrayChooser.Choice choice) {
        return new DataSource(
                file.path(),
                file.format(),
                file.gzipped(),
                settings.labelsFile(),
                choice.features().header().examples(),
                List.of(choice.features().key()),
                choice.labels().key(),
                settings.id(),
                settings.weight(),
                null,
                SourceContent.UNKNOWN);
    }

    /**
     * Reads labelled data to be encoded like other data.
     *
     * @param blockRows how many examples there are to a block, the last one aside
     * @param consumer takes one block after the other, in the order of the file; none without an example
     * @return what the user should know of all of them
     */
    public List<Note> readLike(InputSchema form, int blockRows, Consumer<RowBlock<Dataset>> consumer) {
        try (ArrayFile arrays = ArrayFile.open(file);
                ArrayFile labelArrays = labelArrays()) {
            ArrayChooser.Choice choice = chooser(arrays, labelArrays, false)
                    .chooseLike(arrays.arrays(), labelArrays == null ? null : labelArrays.arrays(), form);
            requireExamples(choice.features());
            List<Note> notes = new ArrayList<>(choice.notes());
            try (ArrayBlocks features = new ArrayBlocks(choice.features(), form, blockRows);
                    ExampleColumns beside = columns(choice)) {
                double weight = 0;
                while (features.hasNext()) {
                    int before = beside.kept();
                    ExampleColumns.Examples examples = beside.next(features.size(), null);
                    Matrix encoded = features.next(examples.rows());
                    weight += examples.weights() == null
                            ? 1
                            : Arrays.stream(examples.weights()).sum();
                    if (encoded != null && examples.rows().length > 0) {
                        Targets targets =
                                Labels.like(form.labels(), examples.labels(), before, form.cells(), file.path());
                        Dataset dataset = new Dataset(
                                encoded,
                                targets,
                                weights(examples),
                                examples.rows(),
                                form.encoding().featureNames());
                        consumer.accept(new RowBlock<>(dataset, examples.ids(), examples.sources(), examples.groups()));
                    }
                }
                notes.addAll(beside.unlabelled(false).notes());
                beside.requireWeight(weight);
            }
            return notes;
        }
    }

    /**
     * Reads every example, whether it has a label or not.
     *
     * @param required whether the array of sources must be there, where one was named
     * @param blockRows how many examples there are to a block, the last one aside
     * @param consumer takes one block after the other, in the order of the file
     */
    public void readNew(InputSchema form, boolean required, int blockRows, Consumer<RowBlock<Matrix>> consumer) {
        try (ArrayFile arrays = ArrayFile.open(file)) {
            ArrayChooser chooser = chooser(arrays, null, false);
            ArrayEntry given = chooser.featuresLike(arrays.arrays(), form);
            requireExamples(given);
            ArrayEntry ids = form.id() != null && ArrayChooser.hasExamples(arrays.arrays(), form.id())
                    ? chooser.named(form.id(), "id", arrays.arrays())
                    : null;
            ArrayEntry sources = settings.source() == null
                            || (!required && !ArrayChooser.hasExamples(arrays.arrays(), settings.source()))
                    ? null
                    : chooser.named(settings.source(), "source", arrays.arrays());
            int count = given.header().examples();
            try (ArrayBlocks features = new ArrayBlocks(given, form, blockRows);
                    ExampleReader idReader = ids == null ? null : ExampleReader.ofValues(ids, count, "ids");
                    ExampleReader sourceReader =
                            sources == null ? null : ExampleReader.ofValues(sources, count, "sources")) {
                while (features.hasNext()) {
                    int size = features.size();
                    List<String> names = idReader == null ? null : List.of(idReader.texts(size));
                    List<String> from = sourceReader == null ? null : List.of(sourceReader.texts(size));
                    Matrix encoded = features.next(null);
                    if (encoded != null) {
                        consumer.accept(new RowBlock<>(encoded, names, from, null));
                    }
                }
            }
        }
    }

    private ArrayChooser chooser(ArrayFile arrays, @Nullable ArrayFile labelArrays, boolean learning) {
        Map<String, InvalidInputException> unreadable = new TreeMap<>(arrays.unreadable());
        if (labelArrays != null) {
            unreadable.putAll(labelArrays.unreadable());
        }
        return new ArrayChooser(file, settings, unreadable, learning);
    }

    private @Nullable ArrayFile labelArrays() {
        if (settings.labelsFile() == null) {
            return null;
        }
        return ArrayFile.open(InputFile.at(settings.labelsFile()));
    }

    private static void requireExamples(ArrayEntry features) {
        if (features.header().shape().isEmpty() || features.header().examples() == 0) {
            throw new InvalidInputException(features.name() + " has no examples: its shape is "
                    + features.header().shapeText());
        }
        if (features.header().type().isText()) {
            throw new InvalidInputException(features.name() + " holds texts, features must be numbers");
        }
    }

    private FittedArrayEncoder fit(ArrayHeader header, ArrayStatistics statistics, List<Note> notes) {
        List<Integer> shape = header.shape().subList(1, header.shape().size());
        double divisor = divisor(header, statistics);
        List<Integer> kept = new ArrayList<>();
        List<Double> centers = new ArrayList<>();
        List<Double> scales = new ArrayList<>();
        for (int entry = 0; entry < statistics.size(); entry++) {
            boolean constant = statistics.isConstant(entry);
            if (constant && settings.style().dropConstantFeatures()) {
                continue;
            }
            kept.add(entry);
            boolean standardised = divisor == 0 && !constant;
            centers.add(standardised ? statistics.center(entry) : 0);
            scales.add(standardised ? statistics.scale(entry) : divisor == 0 ? 1 : divisor);
        }
        if (kept.isEmpty()) {
            throw new InvalidInputException(
                    "no feature is left: each of the " + statistics.size() + " entries has one value only");
        }
        int dropped = statistics.size() - kept.size();
        if (dropped > 0) {
            notes.add(Note.of(dropped + " of " + statistics.size()
                    + " entries of an example have one value only and are left out"));
        }
        if (divisor > 0 && divisor != 1) {
            notes.add(Note.of("entries are divided by " + (divisor == PIXEL ? "255" : Double.toString(divisor))));
        }
        return new FittedArrayEncoder(shape, kept, centers, scales);
    }

    /** What all entries are divided by if they are pixels of one scale, or 0 if each has a scale of its own. */
    private double divisor(ArrayHeader header, ArrayStatistics statistics) {
        double low = statistics.low();
        double high = statistics.high();
        boolean stack = header.shape().size() > 2;
        boolean bytes = header.type() == ElementType.UNSIGNED_8;
        boolean looksLikePixels = header.type().isWhole() && low >= 0 && high > 127 && high <= PIXEL;
        if (bytes && (stack || looksLikePixels || !settings.style().standardiseNumbers())) {
            return PIXEL;
        }
        if (stack) {
            return looksLikePixels ? PIXEL : Math.max(1, Math.max(Math.abs(low), Math.abs(high)));
        }
        return settings.style().standardiseNumbers() ? 0 : 1;
    }

    private static double[] weights(ExampleColumns.Examples examples) {
        double[] weights = examples.weights();
        if (weights == null) {
            weights = new double[examples.rows().length];
            Arrays.fill(weights, 1);
        }
        return weights;
    }

    private Dataset dataset(
            ArrayEntry features, ExampleColumns.Examples examples, FittedArrayEncoder encoder, Targets targets) {
        return new Dataset(
                        features(features, examples.rows(), encoder),
                        targets,
                        weights(examples),
                        examples.rows(),
                        encoder.featureNames())
                .withGroups(Groups.of(examples.groups(), settings.group(), file.path()));
    }

    private static Matrix features(ArrayEntry features, int[] rows, FittedArrayEncoder encoder) {
        int[] placeOf = places(features.header().examples(), rows);
        FittedArrayEncoder.Filler filler = encoder.filler(rows.length);
        ElementType type = features.header().type();
        features.forEach((example, entry, bytes) -> {
            if (placeOf[example] >= 0) {
                filler.put(placeOf[example], entry, type.number(bytes));
            }
        });
        return filler.features();
    }

    /** The place of each example among the kept ones, or -1. */
    static int[] places(int examples, int[] rows) {
        int[] placeOf = new int[examples];
        Arrays.fill(placeOf, -1);
        for (int place = 0; place < rows.length; place++) {
            placeOf[rows[place]] = place;
        }
        return placeOf;
    }
}
