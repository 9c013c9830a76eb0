package dev.assay.io.array;

import dev.assay.data.FittedArrayEncoder;
import dev.assay.data.InvalidInputException;
import dev.assay.data.Note;
import dev.assay.data.Remedy;
import dev.assay.io.file.InputFile;
import dev.assay.io.file.SpellingSuggestion;
import dev.assay.io.read.InputSchema;
import dev.assay.io.read.ReadSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides which arrays of a file hold the features, the labels and what else is asked for. */
final class ArrayChooser {

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

    private final InputFile file;
    private final ReadSettings settings;
    private final Map<String, InvalidInputException> unreadable;
    private final boolean learning;

    /**
     * For one file.
     *
     * @param unreadable what is wrong with the arrays that cannot be read, by their keys
     * @param learning whether the user may name the arrays by options
     */
    ArrayChooser(
            InputFile file, ReadSettings settings, Map<String, InvalidInputException> unreadable, boolean learning) {
        this.file = file;
        this.settings = settings;
        this.unreadable = unreadable;
        this.learning = learning;
    }

    /** Which arrays hold what. */
    record Choice(
            ArrayEntry features,
            ArrayEntry labels,
            @Nullable ArrayEntry ids,
            @Nullable ArrayEntry weights,
            @Nullable ArrayEntry sources,
            @Nullable ArrayEntry groups,
            @Nullable ArrayEntry times,
            List<Note> notes) {}

    /** What the settings name, or what a guess says. */
    Choice choose(List<ArrayEntry> arrays, @Nullable List<ArrayEntry> labelArrays) {
        String featuresKey =
                settings.features().isEmpty() ? null : settings.features().get(0);
        return choose(arrays, labelArrays, featuresKey, settings.label(), List.of());
    }

    private Choice choose(
            List<ArrayEntry> arrays,
            @Nullable List<ArrayEntry> labelArrays,
            @Nullable String featuresKey,
            @Nullable String labelKey,
            List<Note> knownNotes) {
        List<Note> notes = new ArrayList<>(knownNotes);
        List<ArrayEntry> full =
                arrays.stream().filter(array -> array.header().examples() > 0).toList();
        if (labelArrays == null && arrays.size() == 1) {
            Remedy name = Remedy.by("name the file of the labels", "labels", "FILE");
            throw new InvalidInputException(
                    "where are the labels? " + file.path() + " holds one array" + alsoThere(),
                    learning ? List.of(name) : List.of(name, Remedy.by("that of the test", "test-labels", "FILE")));
        }
        ArrayEntry features;
        ArrayEntry labels;
        if (labelArrays != null) {
            features = featuresKey == null || arrays.size() == 1
                    ? onlyFeatures(full)
                    : named(featuresKey, "features", arrays);
            labels = labelKey == null || labelArrays.size() == 1
                    ? onlyLabels(labelArrays)
                    : named(labelKey, "label", labelArrays);
        } else if (featuresKey != null && labelKey != null) {
            features = named(featuresKey, "features", arrays);
            labels = named(labelKey, "label", arrays);
        } else {
            List<ArrayEntry> guessed = guess(full, featuresKey, labelKey);
            features = guessed.get(0);
            labels = guessed.get(1);
            notes.add(Note.of("features are taken from '" + features.key() + "' "
                    + features.header().shapeText() + ", labels from '" + labels.key() + "'"));
        }
        return new Choice(
                features,
                labels,
                optional(settings.id(), "id", arrays),
                optional(settings.weight(), "weight", arrays),
                optional(settings.source(), "source", arrays),
                optional(settings.group(), "group", arrays),
                optional(settings.time(), "time", arrays),
                notes);
    }

    /** The keys of the training data, or the same with "test" for "train", or what a guess says. */
    Choice chooseLike(List<ArrayEntry> arrays, @Nullable List<ArrayEntry> labelArrays, InputSchema form) {
        ReadSettings there = settings.withId(present(settings.id(), arrays))
                .withWeight(present(settings.weight(), arrays))
                .withSource(present(settings.source(), arrays))
                .withGroup(present(settings.group(), arrays));
        return new ArrayChooser(file, there, unreadable, learning).likeNamed(arrays, labelArrays, form);
    }

    private static @Nullable String present(@Nullable String key, List<ArrayEntry> arrays) {
        return key != null && hasExamples(arrays, key) ? key : null;
    }

    private Choice likeNamed(List<ArrayEntry> arrays, @Nullable List<ArrayEntry> labelArrays, InputSchema form) {
        String features = form.featureColumns().get(0);
        String label = form.label();
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

    private @Nullable ArrayEntry optional(@Nullable String key, String option, List<ArrayEntry> arrays) {
        return key == null ? null : named(key, option, arrays);
    }

    /** Whether there are such arrays, not empty. */
    static boolean hasExamples(List<ArrayEntry> arrays, String... keys) {
        return Arrays.stream(keys)
                .allMatch(key -> arrays.stream()
                        .anyMatch(array ->
                                array.key().equals(key) && array.header().examples() > 0));
    }

    /** The array of that name, which an option asked for. */
    ArrayEntry named(String key, String option, List<ArrayEntry> arrays) {
        for (ArrayEntry array : arrays) {
            if (array.key().equals(key)) {
                return array;
            }
        }
        InvalidInputException problem = unreadable.get(key);
        if (problem != null) {
            throw problem;
        }
        List<String> keys = arrays.stream().map(ArrayEntry::key).toList();
        throw new InvalidInputException(option + " " + key + ": " + file.path() + " has no array '" + key + "'"
                + SpellingSuggestion.find(key, keys)
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
            named(featuresKey, "features", arrays);
        }
        if (labelKey != null) {
            named(labelKey, "label", arrays);
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
            throw new InvalidInputException(
                    "which array holds the features and which the labels? " + file.path() + " has " + listed(arrays)
                            + alsoThere(),
                    learning
                            ? List.of(
                                    Remedy.by("name the array of the features", "features", "KEY"),
                                    Remedy.by("name that of the labels", "label", "KEY"))
                            : List.of(Remedy.of("they must have the names of the training data")));
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
        throw new InvalidInputException(
                "which array holds the features? " + file.path() + " has " + listed(arrays) + alsoThere(),
                naming("features"));
    }

    private ArrayEntry onlyLabels(List<ArrayEntry> arrays) {
        if (arrays.size() == 1) {
            return arrays.get(0);
        }
        throw new InvalidInputException(
                "which array holds the labels? " + settings.labelsFile() + " has " + listed(arrays) + alsoThere(),
                naming("label"));
    }

    private List<Remedy> naming(String parameter) {
        return List.of(
                learning
                        ? Remedy.by("name it", parameter, "KEY")
                        : Remedy.of("it must have the name of the training data"));
    }

    /** The arrays that cannot be read, and why the first of them cannot. */
    private String alsoThere() {
        if (unreadable.isEmpty()) {
            return "";
        }
        List<String> keys = unreadable.keySet().stream().sorted().toList();
        return "; beside " + String.join(", ", keys) + ", of which "
                + Objects.requireNonNull(unreadable.get(keys.get(0))).getMessage();
    }

    private static String listed(List<ArrayEntry> arrays) {
        return String.join(
                ", ",
                arrays.stream()
                        .map(array -> array.key() + " " + array.header().shapeText())
                        .toList());
    }

    /** The array of the training data's name, or the same with "test" for "train", or the only one that fits. */
    ArrayEntry featuresLike(List<ArrayEntry> arrays, InputSchema form) {
        String trained = form.featureColumns().get(0);
        for (String key : List.of(trained, trained.replace("train", "test"))) {
            if (hasExamples(arrays, key)) {
                return named(key, "features", arrays);
            }
        }
        int axes = ((FittedArrayEncoder) form.encoding()).shape().size() + 1;
        List<ArrayEntry> fitting = arrays.stream()
                .filter(array -> arrays.size() == 1 || array.header().shape().size() == axes)
                .toList();
        if (fitting.size() == 1) {
            return fitting.get(0);
        }
        throw new InvalidInputException(file.path() + " has no array '" + trained
                + "', from which the training data's features came; it has " + listed(arrays));
    }
}
