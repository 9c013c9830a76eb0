package dev.assay.io;

import dev.assay.data.Column;
import dev.assay.data.Dataset;
import dev.assay.data.FittedArrayEncoder;
import dev.assay.data.InvalidInputException;
import dev.assay.data.Targets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads arrays and images. */
final class ArrayReader {

    /** Names that people give to features and labels, most telling first. */
    private static final List<List<String>> USUAL_KEYS = List.of(
            List.of("X_train", "y_train"),
            List.of("x_train", "y_train"),
            List.of("train_images", "train_labels"),
            List.of("X", "y"),
            List.of("x", "y"),
            List.of("X", "Y"),
            List.of("images", "labels"),
            List.of("features", "labels"),
            List.of("features", "targets"),
            List.of("embeddings", "labels"),
            List.of("data", "labels"),
            List.of("data", "target"),
            List.of("data", "targets"),
            List.of("inputs", "targets"),
            List.of("X_test", "y_test"),
            List.of("x_test", "y_test"),
            List.of("arr_0", "arr_1"));

    private static final double PIXEL = 255;

    private final InputFile file;
    private final ReadSettings settings;

    ArrayReader(InputFile file, ReadSettings settings) {
        this.file = file;
        this.settings = settings;
        refuseTableSettings();
    }

    private void refuseTableSettings() {
        if (!settings.drop().isEmpty()
                || !settings.numeric().isEmpty()
                || !settings.categorical().isEmpty()) {
            throw new InvalidInputException("--drop, --numeric and --categorical name columns of tables, but "
                    + file.path() + " holds arrays; leave them out");
        }
        if (settings.features().size() > 1) {
            throw new InvalidInputException(
                    "--features names one array of " + file.path() + ", got " + String.join(",", settings.features()));
        }
    }

    /** Reads data to learn from. */
    LoadedData read() {
        try (ArrayFile arrays = ArrayFile.open(file);
                ArrayFile labelArrays = labelArrays()) {
            Choice choice = choose(arrays.arrays(), labelArrays == null ? null : labelArrays.arrays());
            Examples examples = examples(choice);
            List<String> notes = new ArrayList<>(choice.notes());
            notes.addAll(examples.notes());
            Labels labels = Labels.of(examples.labels(), settings.task(), examples.weights());
            requireMemory(choice.features(), examples);
            ArrayStatistics statistics = ArrayStatistics.of(choice.features(), examples.rows(), examples.weights());
            FittedArrayEncoder encoder = fit(choice.features().header(), statistics, notes);
            Dataset dataset = dataset(choice.features(), examples, encoder, labels.targets());
            DataSource source = new DataSource(
                    file.path(),
                    file.format(),
                    file.gzipped(),
                    settings.labelsFile(),
                    choice.features().header().examples(),
                    List.of(choice.features().key()),
                    choice.labels().key(),
                    settings.id(),
                    settings.weight(),
                    null);
            return new LoadedData(
                    dataset, encoder, source, settings, labels.task(), labels.reason(), notes, examples.ids());
        }
    }

    /** Reads data to be encoded like other data. */
    TestData readLike(LoadedData training) {
        FittedArrayEncoder encoder = (FittedArrayEncoder) training.encoding();
        try (ArrayFile arrays = ArrayFile.open(file);
                ArrayFile labelArrays = labelArrays()) {
            Choice choice = chooseLike(arrays.arrays(), labelArrays == null ? null : labelArrays.arrays(), training);
            ArrayHeader header = choice.features().header();
            List<Integer> shape = header.shape().subList(1, header.shape().size());
            if (!shape.equals(encoder.shape())) {
                throw new InvalidInputException(
                        choice.features().name() + " differs from the training data: one example" + " has the shape "
                                + shape + ", expected " + encoder.shape());
            }
            Examples examples = examples(choice);
            requireMemory(choice.features(), examples);
            ArrayStatistics.of(choice.features(), examples.rows(), null);
            Targets targets = Labels.like(training.dataset().targets(), examples.labels());
            List<String> notes = new ArrayList<>(choice.notes());
            notes.addAll(examples.notes());
            return new TestData(dataset(choice.features(), examples, encoder, targets), notes);
        }
    }

    private @Nullable ArrayFile labelArrays() {
        if (settings.labelsFile() == null) {
            return null;
        }
        return ArrayFile.open(InputFile.at(settings.labelsFile()));
    }

    /** Which arrays hold what. */
    private record Choice(
            ArrayEntry features,
            ArrayEntry labels,
            @Nullable ArrayEntry ids,
            @Nullable ArrayEntry weights,
            List<String> notes) {}

    /** The examples that have a label. */
    private record Examples(
            int[] rows,
            Column.Texts labels,
            @Nullable List<String> ids,
            double @Nullable [] weights,
            List<String> notes) {}

    private Choice choose(List<ArrayEntry> arrays, @Nullable List<ArrayEntry> labelArrays) {
        String featuresKey =
                settings.features().isEmpty() ? null : settings.features().get(0);
        return choose(arrays, labelArrays, featuresKey, settings.label(), List.of());
    }

    private Choice choose(
            List<ArrayEntry> arrays,
            @Nullable List<ArrayEntry> labelArrays,
            @Nullable String featuresKey,
            @Nullable String labelKey,
            List<String> knownNotes) {
        List<String> notes = new ArrayList<>(knownNotes);
        List<ArrayEntry> full =
                arrays.stream().filter(array -> array.header().examples() > 0).toList();
        if (labelArrays == null && arrays.size() == 1) {
            throw new InvalidInputException("where are the labels? " + file.path()
                    + " holds one array; name the file of the labels with --labels FILE");
        }
        ArrayEntry features;
        ArrayEntry labels;
        if (labelArrays != null) {
            features = featuresKey == null || arrays.size() == 1
                    ? onlyFeatures(full)
                    : named(featuresKey, "--features", arrays);
            labels = labelKey == null || labelArrays.size() == 1
                    ? onlyLabels(labelArrays)
                    : named(labelKey, "--label", labelArrays);
        } else if (featuresKey != null && labelKey != null) {
            features = named(featuresKey, "--features", arrays);
            labels = named(labelKey, "--label", arrays);
        } else {
            List<ArrayEntry> guessed = guess(full, featuresKey, labelKey);
            features = guessed.get(0);
            labels = guessed.get(1);
            notes.add("features are taken from '" + features.key() + "' "
                    + features.header().shapeText() + ", labels from '" + labels.key() + "'");
        }
        return new Choice(
                features,
                labels,
                settings.id() == null ? null : named(settings.id(), "--id", arrays),
                settings.weight() == null ? null : named(settings.weight(), "--weight", arrays),
                notes);
    }

    /** The keys of the training data, or the same with "test" for "train", or what a guess says. */
    private Choice chooseLike(List<ArrayEntry> arrays, @Nullable List<ArrayEntry> labelArrays, LoadedData training) {
        String features = training.source().featureColumns().get(0);
        String label = training.source().label();
        if (labelArrays != null || hasExamples(arrays, features, label)) {
            return choose(
                    arrays,
                    labelArrays,
                    hasExamples(arrays, features) ? features : null,
                    labelArrays != null && hasExamples(labelArrays, label) ? label : labelArrays == null ? label : null,
                    List.of());
        }
        String testFeatures = features.replace("train", "test");
        String testLabel = label.replace("train", "test");
        if (hasExamples(arrays, testFeatures, testLabel)) {
            return choose(arrays, null, testFeatures, testLabel, List.of());
        }
        return choose(arrays, null, null, null, List.of());
    }

    private static boolean hasExamples(List<ArrayEntry> arrays, String... keys) {
        return Arrays.stream(keys)
                .allMatch(key -> arrays.stream()
                        .anyMatch(array ->
                                array.key().equals(key) && array.header().examples() > 0));
    }

    private ArrayEntry named(String key, String option, List<ArrayEntry> arrays) {
        for (ArrayEntry array : arrays) {
            if (array.key().equals(key)) {
                return array;
            }
        }
        List<String> keys = arrays.stream().map(ArrayEntry::key).toList();
        throw new InvalidInputException(option + " " + key + ": " + file.path() + " has no array '" + key + "'"
                + NearestName.find(key, keys)
                        .map(near -> "; did you mean '" + near + "'?")
                        .orElse("; it has " + listed(arrays)));
    }

    private List<ArrayEntry> guess(List<ArrayEntry> arrays, @Nullable String featuresKey, @Nullable String labelKey) {
        for (List<String> pair : USUAL_KEYS) {
            Optional<ArrayEntry> features = find(arrays, featuresKey == null ? pair.get(0) : featuresKey);
            Optional<ArrayEntry> labels = find(arrays, labelKey == null ? pair.get(1) : labelKey);
            if (features.isPresent() && labels.isPresent()) {
                return List.of(features.get(), labels.get());
            }
        }
        if (featuresKey != null) {
            named(featuresKey, "--features", arrays);
        }
        if (labelKey != null) {
            named(labelKey, "--label", arrays);
        }
        List<ArrayEntry> features = arrays.stream()
                .filter(array -> featuresKey == null
                        ? array.header().shape().size() >= 2
                        : array.key().equals(featuresKey))
                .toList();
        List<ArrayEntry> labels = arrays.stream()
                .filter(array -> labelKey == null
                        ? array.header().shape().size() == 1
                        : array.key().equals(labelKey))
                .toList();
        if (features.size() != 1 || labels.size() != 1) {
            throw new InvalidInputException("which array holds the features and which the labels? Name them with"
                    + " --features KEY --label KEY; " + file.path() + " has " + listed(arrays));
        }
        return List.of(features.get(0), labels.get(0));
    }

    private static Optional<ArrayEntry> find(List<ArrayEntry> arrays, String key) {
        return arrays.stream().filter(array -> array.key().equals(key)).findFirst();
    }

    private ArrayEntry onlyFeatures(List<ArrayEntry> arrays) {
        if (arrays.size() == 1) {
            return arrays.get(0);
        }
        List<ArrayEntry> large = arrays.stream()
                .filter(array -> array.header().shape().size() >= 2)
                .toList();
        if (large.size() == 1) {
            return large.get(0);
        }
        throw new InvalidInputException("which array holds the features? Name it with --features KEY; " + file.path()
                + " has " + listed(arrays));
    }

    private ArrayEntry onlyLabels(List<ArrayEntry> arrays) {
        if (arrays.size() == 1) {
            return arrays.get(0);
        }
        throw new InvalidInputException("which array holds the labels? Name it with --label KEY; "
                + settings.labelsFile() + " has " + listed(arrays));
    }

    private static String listed(List<ArrayEntry> arrays) {
        return String.join(
                ", ",
                arrays.stream()
                        .map(array -> array.key() + " " + array.header().shapeText())
                        .toList());
    }

    private Examples examples(Choice choice) {
        int count = choice.features().header().examples();
        if (choice.features().header().shape().isEmpty() || count == 0) {
            throw new InvalidInputException(choice.features().name() + " has no examples: its shape is "
                    + choice.features().header().shapeText());
        }
        if (choice.features().header().type().isText()) {
            throw new InvalidInputException(choice.features().name() + " holds texts, features must be numbers");
        }
        String[] labels = texts(choice.labels(), count, "labels");
        int[] rows = new int[count];
        int kept = 0;
        Column.Texts.Builder builder = new Column.Texts.Builder(labelName(choice), count);
        for (int row = 0; row < count; row++) {
            if (labels[row].isEmpty() || labels[row].equals("NaN")) {
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
        List<String> notes = missing == 0
                ? List.of()
                : List.of(missing + (missing == 1 ? " example has" : " examples have") + " no label and "
                        + (missing == 1 ? "is" : "are") + " left out");
        return new Examples(rows, builder.build(), ids(choice, count, rows), weights(choice, count, rows), notes);
    }

    private String labelName(Choice choice) {
        return choice.labels().key().isEmpty() ? "labels" : choice.labels().key();
    }

    private static @Nullable List<String> ids(Choice choice, int count, int[] rows) {
        if (choice.ids() == null) {
            return null;
        }
        String[] texts = texts(choice.ids(), count, "ids");
        return Arrays.stream(rows).mapToObj(row -> texts[row]).toList();
    }

    private static double @Nullable [] weights(Choice choice, int count, int[] rows) {
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

    private static void requireMemory(ArrayEntry features, Examples examples) {
        Memory.require(
                features.name(), examples.rows().length, features.header().entriesPerExample() + 1);
    }

    private FittedArrayEncoder fit(ArrayHeader header, ArrayStatistics statistics, List<String> notes) {
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
            notes.add(dropped + " of " + statistics.size()
                    + " entries of an example have one value only and are left out");
        }
        if (divisor > 0 && divisor != 1) {
            notes.add("entries are divided by " + (divisor == PIXEL ? "255" : Double.toString(divisor)));
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
        int[] placeOf = places(features.header().examples(), examples.rows());
        FittedArrayEncoder.Filler filler = encoder.filler(examples.rows().length);
        ElementType type = features.header().type();
        features.forEach((example, entry, bytes) -> {
            if (placeOf[example] >= 0) {
                filler.put(placeOf[example], entry, type.number(bytes));
            }
        });
        double[] weights = examples.weights();
        if (weights == null) {
            weights = new double[examples.rows().length];
            Arrays.fill(weights, 1);
        }
        return new Dataset(filler.features(), targets, weights, examples.rows(), encoder.featureNames());
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
