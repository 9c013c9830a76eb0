package dev.assay.io.read;

import dev.assay.data.ClassTargets;
import dev.assay.data.Note;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Data to learn from, all of a file or a sample of it.
 *
 * @param data what was read; {@link DataSource#records()} counts all of the file
 * @param labelled how many rows of the file have a label in all
 */
public record SampledData(LoadedData data, int labelled) {
    private static final int SHOWN = 5;

    /**
     * With what is to be said of labels that no row of the sample has.
     *
     * @param sample which rows were drawn, or null where all were read
     */
    public static SampledData of(LoadedData data, @Nullable RowSample sample) {
        if (sample == null) {
            return new SampledData(data, data.dataset().size());
        }
        List<Note> notes = new ArrayList<>(data.notes());
        if (data.dataset().targets() instanceof ClassTargets classes) {
            TreeMap<String, Integer> strange = new TreeMap<>(sample.labels());
            classes.names().forEach(strange::remove);
            if (!strange.isEmpty()) {
                List<String> shown = strange.keySet().stream()
                        .limit(SHOWN)
                        .map(name -> "'" + name + "'")
                        .toList();
                int rows = strange.values().stream().mapToInt(Integer::intValue).sum();
                notes.add(Note.of(strange.size() + (strange.size() == 1 ? " label" : " labels") + " ("
                        + String.join(", ", shown) + (strange.size() > SHOWN ? ", ..." : "") + ") of " + rows
                        + (rows == 1 ? " row" : " rows") + " of the file " + (strange.size() == 1 ? "is" : "are")
                        + " in none of the " + data.dataset().size() + " rows of the sample"));
            }
        }
        return new SampledData(data.withNotes(notes), sample.labelled());
    }

    /** Whether rows were left out of what was read. */
    public boolean isSample() {
        return data.dataset().size() < labelled;
    }
}
