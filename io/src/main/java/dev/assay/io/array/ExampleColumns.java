package dev.assay.io.array;

import dev.assay.data.Column;
import dev.assay.data.InvalidInputException;
import dev.assay.io.cell.CellForms;
import dev.assay.io.cell.Numerals;
import dev.assay.io.read.MissingLabels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What stands beside the features of each example: label, name, weight, source, group, time. Read in order, some examples at a time. */
final class ExampleColumns implements AutoCloseable {
    private static final int PIECE = 1 << 14;

    private final ArrayChooser.Choice choice;
    private final int count;
    private final CellForms forms;
    private final List<ExampleReader> opened = new ArrayList<>();
    private final ExampleReader labels;
    private final @Nullable ExampleReader ids;
    private final @Nullable ExampleReader weights;
    private final @Nullable ExampleReader sources;
    private final @Nullable ExampleReader groups;
    private final @Nullable ExampleReader times;
    private final Map<String, Integer> markers = new TreeMap<>();
    private int done;
    private int kept;

    /**
     * Opens the arrays of a choice.
     *
     * @param keepLabelMarkers whether labels such as NA are names of classes
     */
    ExampleColumns(ArrayChooser.Choice choice, boolean keepLabelMarkers) {
        this.choice = choice;
        this.count = choice.features().header().examples();
        // a number that is none is never the name of a class
        this.forms = CellForms.plain(
                keepLabelMarkers && choice.labels().header().type().isText());
        boolean whole = false;
        try {
            labels = required(choice.labels(), "labels");
            ids = open(choice.ids(), "ids");
            weights = open(choice.weights(), "weights");
            sources = open(choice.sources(), "sources");
            groups = open(choice.groups(), "groups");
            times = open(choice.times(), "times");
            whole = true;
        } finally {
            if (!whole) {
                close();
            }
        }
    }

    /**
     * Examples that have a label.
     *
     * @param rows their numbers in the file, from 0
     * @param labels their labels
     * @param ids the user's names of them, or null
     * @param weights their weights, or null
     * @param sources where they come from, or null
     * @param groups the groups that they stay together in, or null
     * @param times when they were made, or null
     */
    record Examples(
            int[] rows,
            Column.Texts labels,
            @Nullable List<String> ids,
            double @Nullable [] weights,
            @Nullable List<String> sources,
            @Nullable List<String> groups,
            double @Nullable [] times) {}

    private ExampleReader required(ArrayEntry array, String what) {
        ExampleReader reader = ExampleReader.ofValues(array, count, what);
        opened.add(reader);
        return reader;
    }

    private @Nullable ExampleReader open(@Nullable ArrayEntry array, String what) {
        return array == null ? null : required(array, what);
    }

    /**
     * The next examples, those without a label left out.
     *
     * @param wanted the examples to be kept of all that have one, or null for each
     */
    Examples next(int examples, @Nullable BitSet wanted) {
        Taken taken = new Taken(wanted == null ? examples : wanted.cardinality());
        int end = done + examples;
        while (done < end) {
            int piece = Math.min(PIECE, end - done);
            take(piece, wanted, taken);
            done += piece;
        }
        kept += taken.count;
        return taken.examples();
    }

    /** Examples while they are collected. */
    private final class Taken {
        private final int[] rows;
        private final Column.Texts.Builder labelTexts;
        private final @Nullable List<String> idTexts = ids == null ? null : new ArrayList<>();
        private final @Nullable List<String> sourceTexts = sources == null ? null : new ArrayList<>();
        private final @Nullable List<String> groupTexts = groups == null ? null : new ArrayList<>();
        private final double[] weightValues;
        private final double[] timeValues;
        private int count;

        Taken(int capacity) {
            rows = new int[capacity];
            labelTexts = new Column.Texts.Builder(
                    choice.labels().key().isEmpty() ? "labels" : choice.labels().key(), capacity);
            weightValues = new double[weights == null ? 0 : capacity];
            timeValues = new double[times == null ? 0 : capacity];
        }

        Examples examples() {
            return new Examples(
                    Arrays.copyOf(rows, count),
                    labelTexts.build(),
                    idTexts,
                    weights == null ? null : Arrays.copyOf(weightValues, count),
                    sourceTexts,
                    groupTexts,
                    times == null ? null : Arrays.copyOf(timeValues, count));
        }
    }

    private void take(int examples, @Nullable BitSet wanted, Taken taken) {
        String[] texts = labels.texts(examples);
        int[] places = new int[examples];
        int found = 0;
        for (int place = 0; place < examples; place++) {
            if ((wanted == null || wanted.get(done + place)) && isLabelled(texts[place])) {
                places[found++] = place;
                taken.labelTexts.add(texts[place]);
                taken.rows[taken.count++] = done + place;
            }
        }
        places = Arrays.copyOf(places, found);
        int before = taken.count - found;
        texts(ids, examples, places, taken.idTexts);
        numbers(weights, choice.weights(), examples, places, taken.weightValues, before, "a number of at least 0");
        texts(sources, examples, places, taken.sourceTexts);
        texts(groups, examples, places, taken.groupTexts);
        numbers(times, choice.times(), examples, places, taken.timeValues, before, "a number");
    }

    private boolean isLabelled(String label) {
        boolean labelled = forms.isLabel(label);
        if (!labelled && !label.isBlank()) {
            markers.merge(label.strip(), 1, Integer::sum);
        }
        return labelled;
    }

    private static void texts(
            @Nullable ExampleReader reader, int examples, int[] places, @Nullable List<String> target) {
        if (reader != null && target != null) {
            String[] texts = reader.texts(examples);
            Arrays.stream(places).forEach(place -> target.add(texts[place]));
        }
    }

    /** Reads numbers; times may be below 0, weights not. */
    private void numbers(
            @Nullable ExampleReader reader,
            @Nullable ArrayEntry array,
            int examples,
            int[] places,
            double[] target,
            int before,
            String expected) {
        if (reader == null || array == null) {
            return;
        }
        String[] texts = reader.texts(examples);
        for (int index = 0; index < places.length; index++) {
            double value = Numerals.parse(texts[places[index]]).orElse(Double.NaN);
            if (!Double.isFinite(value) || (reader == weights && value < 0)) {
                throw new InvalidInputException(array.name() + ", example " + (done + places[index] + 1) + ": "
                        + texts[places[index]] + ", expected " + expected);
            }
            target[before + index] = value;
        }
    }

    /**
     * Checks that some weight is above 0.
     *
     * @param sum of all weights
     */
    void requireWeight(double sum) {
        if (!(sum > 0) && choice.weights() != null) {
            throw new InvalidInputException(choice.weights().name() + ": all weights are 0");
        }
    }

    /** How many examples were kept so far. */
    int kept() {
        return kept;
    }

    /** What is to be said of the examples without a label, once all were read. */
    MissingLabels unlabelled(boolean learning) {
        if (kept == 0) {
            throw new InvalidInputException(choice.labels().name() + ": all " + count + " labels are missing");
        }
        return MissingLabels.of("example", count - kept, markers, learning);
    }

    @Override
    public void close() {
        opened.forEach(ExampleReader::close);
    }
}
