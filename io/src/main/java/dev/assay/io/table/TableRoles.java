package dev.assay.io.table;

import dev.assay.data.ColumnEncoding;
import dev.assay.data.FittedEncoder;
import dev.assay.data.InvalidInputException;
import dev.assay.data.Remedy;
import dev.assay.io.file.InputFile;
import dev.assay.io.file.SpellingSuggestion;
import dev.assay.io.read.InputSchema;
import dev.assay.io.read.ReadSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the columns of a table are for, by their positions; {@link #NONE} where there is no such column.
 *
 * @param features the columns that become features
 * @param label what is to be predicted
 * @param id the user's names of the rows
 * @param weight how much each row counts
 * @param source where each row comes from, as the user knows it
 * @param group which rows stay together
 * @param time when each row was made
 */
record TableRoles(List<Integer> features, int label, int id, int weight, int source, int group, int time) {
    static final int NONE = -1;

    /** Copies the list. */
    TableRoles {
        features = List.copyOf(features);
    }

    /** The columns that the user named; without any for the features, all others become features. */
    static TableRoles of(ReadSettings settings, InputFile file, List<String> names) {
        if (settings.label() == null) {
            throw new InvalidInputException(
                    "which column holds the labels? " + file.path() + " has " + listed(names),
                    List.of(Remedy.by("name it", "label", "COLUMN")));
        }
        Map<String, @Nullable String> wanted = new LinkedHashMap<>();
        wanted.put("label", settings.label());
        wanted.put("id", settings.id());
        wanted.put("weight", settings.weight());
        wanted.put("source", settings.source());
        wanted.put("group", settings.group());
        wanted.put("time", settings.time());
        Map<Integer, String> taken = new LinkedHashMap<>();
        List<Integer> positions = new ArrayList<>();
        wanted.forEach((option, name) -> {
            int position = name == null ? NONE : position(name, option, file, names);
            positions.add(position);
            if (option.equals("group") && name != null && name.equals(settings.source())) {
                // what is known of a source may be known of whole groups
                return;
            }
            String other = position == NONE ? null : taken.put(position, option);
            if (other != null) {
                throw new InvalidInputException("column '" + name + "' is named by both " + other + " and " + option
                        + "; they must be different columns");
            }
        });
        for (String name : settings.drop()) {
            int dropped = position(name, "drop", file, names);
            String other = taken.putIfAbsent(dropped, "drop");
            if (other != null && !other.equals("drop")) {
                throw new InvalidInputException(
                        "column '" + name + "' is dropped, but also named by " + other + "; name it once");
            }
        }
        settings.numeric().forEach(name -> position(name, "numeric", file, names));
        settings.categorical().forEach(name -> position(name, "categorical", file, names));
        settings.text().forEach(name -> {
            String other = taken.get(position(name, "text", file, names));
            if (other != null) {
                throw new InvalidInputException(
                        "column '" + name + "' is text to learn from, but also named by " + other + "; name it once");
            }
        });
        List<Integer> features = features(settings, file, names, taken);
        return new TableRoles(
                features,
                positions.get(0),
                positions.get(1),
                positions.get(2),
                positions.get(3),
                positions.get(4),
                positions.get(5));
    }

    /** The columns that become features, where some are taken for something else. */
    private static List<Integer> features(
            ReadSettings settings, InputFile file, List<String> names, Map<Integer, String> taken) {
        List<Integer> features = new ArrayList<>();
        for (String name : settings.features()) {
            int feature = position(name, "features", file, names);
            if (taken.containsKey(feature)) {
                throw new InvalidInputException("column '" + name + "' is a feature, but also named by "
                        + taken.get(feature) + "; name it once");
            }
            if (!features.contains(feature)) {
                features.add(feature);
            }
        }
        if (settings.features().isEmpty()) {
            for (int position = 0; position < names.size(); position++) {
                if (!taken.containsKey(position)) {
                    features.add(position);
                }
            }
        }
        if (features.isEmpty() && settings.probabilities() == null) {
            throw new InvalidInputException(file.path() + " has no feature: its columns are " + listed(names)
                    + ", and none is left beside " + String.join(", ", new TreeSet<>(taken.values())));
        }
        return features;
    }

    /**
     * The columns of the same names as in the training data.
     *
     * @param labelled whether the label column must be there; if not, it is not looked at
     * @param source the column that says where each row comes from, or null
     * @param required whether that column must be there
     */
    static TableRoles like(
            InputSchema form,
            boolean labelled,
            @Nullable String source,
            boolean required,
            InputFile file,
            List<String> names) {
        FittedEncoder encoder = (FittedEncoder) form.encoding();
        List<String> needed = new ArrayList<>(encoder.requiredColumns());
        if (labelled) {
            needed.add(form.label());
        }
        List<String> absent =
                needed.stream().filter(name -> !names.contains(name)).toList();
        if (!absent.isEmpty()) {
            throw new InvalidInputException(file.path() + " differs from the training data: it lacks "
                    + (absent.size() == 1 ? "the column '" : absent.size() + " columns, the first is '") + absent.get(0)
                    + "'" + SpellingSuggestion.suggestion(absent.get(0), names) + "; it must have the same columns");
        }
        List<Integer> features = new ArrayList<>();
        for (ColumnEncoding encoding : encoder.columns()) {
            int position = names.indexOf(encoding.column());
            if (!encoding.featureNames().isEmpty() && position >= 0) {
                features.add(position);
            }
        }
        return new TableRoles(
                features,
                labelled ? names.indexOf(form.label()) : NONE,
                form.id() == null ? NONE : names.indexOf(form.id()),
                labelled && form.weight() != null ? names.indexOf(form.weight()) : NONE,
                source == null ? NONE : required ? position(source, "source", file, names) : names.indexOf(source),
                labelled && form.group() != null ? names.indexOf(form.group()) : NONE,
                NONE);
    }

    private static int position(String name, String option, InputFile file, List<String> names) {
        int position = names.indexOf(name);
        if (position < 0) {
            throw new InvalidInputException(
                    option + " " + name + ": " + file.path() + " has no column '" + name + "'"
                            + SpellingSuggestion.find(name, names)
                                    .map(near -> "; did you mean '" + near + "'?")
                                    .orElse("; it has " + listed(names)),
                    HeaderHint.of(names).remedies());
        }
        return position;
    }

    private static String listed(List<String> names) {
        String shown = String.join(", ", names.subList(0, Math.min(names.size(), 20)));
        return (names.size() == 1 ? "one column: " : names.size() + " columns: ")
                + shown
                + (names.size() > 20 ? ", ..." : "");
    }
}
