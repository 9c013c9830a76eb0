package dev.assay.io.array;

import dev.assay.data.Column;
import dev.assay.data.Dataset;
import dev.assay.data.FittedArrayEncoder;
import dev.assay.data.InvalidInputException;
import dev.assay.data.Note;
import dev.assay.data.Targets;
import dev.assay.io.cell.CellForms;
import dev.assay.io.cell.Numerals;
import dev.assay.io.file.InputFile;
import dev.assay.io.file.Memory;
import dev.assay.io.file.SourceContent;
import dev.assay.io.network.Embedding;
import dev.assay.io.network.EmbeddingChoice;
import dev.assay.io.read.DataSource;
import dev.assay.io.read.EncodedRows;
import dev.assay.io.read.Groups;
import dev.assay.io.read.InputSchema;
import dev.assay.io.read.Labels;
import dev.assay.io.read.LoadedData;
import dev.assay.io.read.MissingLabels;
import dev.assay.io.read.ReadSettings;
import dev.assay.job.Times;
import dev.assay.linalg.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
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

    /** Reads data to learn from. */
    public LoadedData read() {
        try (ArrayFile arrays = ArrayFile.open(file);
                ArrayFile labelArrays = labelArrays()) {
            ArrayChooser.Choice choice = chooser(arrays, labelArrays, true)
                    .choose(arrays.arrays(), labelArrays == null ? null : labelArrays.arrays());
            Examples examples = examples(choice, true);
            List<Note> notes = new ArrayList<>(choice.notes());
            notes.addAll(examples.unlabelled().notes());
            Labels labels =
                    Labels.of(examples.labels(), settings.task(), examples.weights(), cells(), examples.unlabelled());
            Embedding embedding = embedding(choice.features(), notes);
            ArrayEntry features = EmbeddedArray.of(choice.features(), embedding);
            requireMemory(features, examples.rows().length);
            ArrayStatistics statistics = ArrayStatistics.of(features, examples.rows(), examples.weights());
            FittedArrayEncoder encoder = fit(features.header(), statistics, notes);
            Dataset dataset = dataset(features, examples, encoder, labels.targets());
            DataSource source = source(choice);
            return new LoadedData(
                    dataset,
                    encoder,
                    cells(),
                    source,
                    settings,
                    labels.task(),
                    labels.reason(),
                    notes,
                    examples.ids(),
                    examples.sources(),
                    examples.times(),
                    embedding,
                    null);
        }
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

    /** Reads labelled data to be encoded like other data. */
    public EncodedRows<Dataset> readLike(InputSchema form) {
        FittedArrayEncoder encoder = (FittedArrayEncoder) form.encoding();
        try (ArrayFile arrays = ArrayFile.open(file);
                ArrayFile labelArrays = labelArrays()) {
            ArrayChooser.Choice choice = chooser(arrays, labelArrays, false)
                    .chooseLike(arrays.arrays(), labelArrays == null ? null : labelArrays.arrays(), form);
            ArrayEntry features = likeTraining(choice.features(), form, encoder);
            Examples examples = examples(choice, false);
            requireMemory(features, examples.rows().length);
            ArrayStatistics.of(features, examples.rows(), null);
            Targets targets = Labels.like(form.labels(), examples.labels(), form.cells(), file.path());
            List<Note> notes = new ArrayList<>(choice.notes());
            notes.addAll(examples.unlabelled().notes());
            return new EncodedRows<>(
                    dataset(features, examples, encoder, targets),
                    examples.ids(),
                    examples.sources(),
                    notes.stream().map(Note::toString).toList());
        }
    }

    /**
     * Reads every example, whether it has a label or not.
     *
     * @param required whether the array of sources must be there, where one was named
     */
    public EncodedRows<Matrix> readNew(InputSchema form, boolean required) {
        FittedArrayEncoder encoder = (FittedArrayEncoder) form.encoding();
        try (ArrayFile arrays = ArrayFile.open(file)) {
            ArrayChooser chooser = chooser(arrays, null, false);
            ArrayEntry given = chooser.featuresLike(arrays.arrays(), form);
            requireExamples(given);
            ArrayEntry features = likeTraining(given, form, encoder);
            int count = features.header().examples();
            int[] rows = IntStream.range(0, count).toArray();
            requireMemory(features, count);
            ArrayStatistics.of(features, rows, null);
            ArrayEntry ids = form.id() != null && ArrayChooser.hasExamples(arrays.arrays(), form.id())
                    ? chooser.named(form.id(), "id", arrays.arrays())
                    : null;
            ArrayEntry sources = settings.source() == null
                            || (!required && !ArrayChooser.hasExamples(arrays.arrays(), settings.source()))
                    ? null
                    : chooser.named(settings.source(), "source", arrays.arrays());
            return new EncodedRows<>(
                    features(features, rows, encoder),
                    perExample(ids, "ids", count, rows),
                    perExample(sources, "sources", count, rows),
                    List.of());
        }
    }

    /** The array that is encoded: what the network makes of the given one, where there is a network. */
    private static ArrayEntry likeTraining(ArrayEntry given, InputSchema form, FittedArrayEncoder encoder) {
        Embedding embedding = form.embedding();
        requireShape(given, embedding == null ? encoder.shape() : embedding.shape());
        return EmbeddedArray.of(given, embedding);
    }

    private static void requireShape(ArrayEntry features, List<Integer> expected) {
        List<Integer> shape = features.header().shape();
        List<Integer> perExample = shape.isEmpty() ? shape : shape.subList(1, shape.size());
        if (!perExample.equals(expected)) {
            throw new InvalidInputException(features.name() + " differs from the training data: one example has the"
                    + " shape " + perExample + ", expected " + expected);
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

    /** The examples that have a label. */
    private record Examples(
            int[] rows,
            Column.Texts labels,
            @Nullable List<String> ids,
            double @Nullable [] weights,
            @Nullable List<String> sources,
            int @Nullable [] groups,
            @Nullable Times times,
            MissingLabels unlabelled) {}

    private Examples examples(ArrayChooser.Choice choice, boolean learning) {
        requireExamples(choice.features());
        int count = choice.features().header().examples();
        String[] labels = texts(choice.labels(), count, "labels");
        // a number that is none is never the name of a class
        CellForms forms = CellForms.plain(settings.cells().keepLabelMarkers()
                && choice.labels().header().type().isText());
        Map<String, Integer> markers = new TreeMap<>();
        int[] rows = new int[count];
        int kept = 0;
        Column.Texts.Builder builder = new Column.Texts.Builder(labelName(choice), count);
        for (int row = 0; row < count; row++) {
            if (!forms.isLabel(labels[row])) {
                if (!labels[row].isBlank()) {
                    markers.merge(labels[row].strip(), 1, Integer::sum);
                }
                continue;
            }
            rows[kept++] = row;
            builder.add(labels[row]);
        }
        if (kept == 0) {
            throw new InvalidInputException(choice.labels().name() + ": all " + count + " labels are missing");
        }
        rows = Arrays.copyOf(rows, kept);
        int missing = count - kept;
        MissingLabels unlabelled = MissingLabels.of("example", missing, markers, learning);
        return new Examples(
                rows,
                builder.build(),
                perExample(choice.ids(), "ids", count, rows),
                weights(choice, count, rows),
                perExample(choice.sources(), "sources", count, rows),
                Groups.of(perExample(choice.groups(), "groups", count, rows), settings.group(), file.path()),
                times(choice, count, rows),
                unlabelled);
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

    private String labelName(ArrayChooser.Choice choice) {
        return choice.labels().key().isEmpty() ? "labels" : choice.labels().key();
    }

    private static @Nullable List<String> perExample(@Nullable ArrayEntry array, String what, int count, int[] rows) {
        if (array == null) {
            return null;
        }
        String[] texts = texts(array, count, what);
        return Arrays.stream(rows).mapToObj(row -> texts[row]).toList();
    }

    private static @Nullable Times times(ArrayChooser.Choice choice, int count, int[] rows) {
        if (choice.times() == null) {
            return null;
        }
        String[] texts = texts(choice.times(), count, "times");
        double[] times = new double[rows.length];
        for (int index = 0; index < rows.length; index++) {
            times[index] = Numerals.parse(texts[rows[index]]).orElse(Double.NaN);
            if (!Double.isFinite(times[index])) {
                throw new InvalidInputException(choice.times().name() + ", example " + (rows[index] + 1) + ": "
                        + texts[rows[index]] + ", expected a number");
            }
        }
        return new Times(choice.times().key(), times, false);
    }

    private static double @Nullable [] weights(ArrayChooser.Choice choice, int count, int[] rows) {
        if (choice.weights() == null) {
            return null;
        }
        String[] texts = texts(choice.weights(), count, "weights");
        double[] weights = new double[rows.length];
        double sum = 0;
        for (int index = 0; index < rows.length; index++) {
            double weight = Numerals.parse(texts[rows[index]]).orElse(Double.NaN);
            if (!(weight >= 0) || Double.isInfinite(weight)) {
                throw new InvalidInputException(choice.weights().name() + ", example " + (rows[index] + 1) + ": "
                        + texts[rows[index]] + ", expected a number of at least 0");
            }
            weights[index] = weight;
            sum += weight;
        }
        if (!(sum > 0)) {
            throw new InvalidInputException(choice.weights().name() + ": all weights are 0");
        }
        return weights;
    }

    /** One text for each example. */
    private static String[] texts(ArrayEntry array, int examples, String what) {
        ArrayHeader header = array.header();
        if (header.shape().isEmpty() || header.entriesPerExample() != 1) {
            throw new InvalidInputException(array.name() + " has the shape " + header.shapeText() + ", but " + what
                    + " must be one value per example, such as (" + examples + ",)");
        }
        if (header.examples() != examples) {
            throw new InvalidInputException("features and " + what + " differ in length: " + examples
                    + " examples, but " + header.examples() + " in " + array.name() + "; they must be equally many");
        }
        String[] texts = new String[examples];
        array.forEach((example, entry, bytes) -> texts[example] = header.type().text(bytes, header.characters()));
        return texts;
    }

    private static void requireMemory(ArrayEntry features, int examples) {
        // the method has a copy of its own
        long numbers = features.header().entriesPerExample() + 1;
        Memory.require(features.name(), examples, numbers, 2 * numbers);
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

    private static Dataset dataset(
            ArrayEntry features, Examples examples, FittedArrayEncoder encoder, Targets targets) {
        double[] weights = examples.weights();
        if (weights == null) {
            weights = new double[examples.rows().length];
            Arrays.fill(weights, 1);
        }
        return new Dataset(
                        features(features, examples.rows(), encoder),
                        targets,
                        weights,
                        examples.rows(),
                        encoder.featureNames())
                .withGroups(examples.groups());
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
