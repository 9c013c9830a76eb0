package dev.assay.io.read;

import dev.assay.data.Note;
import dev.assay.data.Remedy;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the user is told of labels that are missing.
 *
 * @param text how many, and by which words; empty where none is missing
 * @param remedies what to do if they are labels
 */
public record MissingLabels(String text, List<Remedy> remedies) {

    /** Copies the list. */
    public MissingLabels {
        remedies = List.copyOf(remedies);
    }

    /**
     * What is to be said of some labels.
     *
     * @param what a row or an example
     * @param markers the words that stood for a missing label, and how often
     * @param learning whether the user may say that they are labels
     */
    public static MissingLabels of(String what, int count, Map<String, Integer> markers, boolean learning) {
        if (count == 0) {
            return new MissingLabels("", List.of());
        }
        String words = markers.keySet().stream().map(word -> '"' + word + '"').collect(Collectors.joining(", "));
        String text = count + " " + what + (count == 1 ? " has" : "s have") + " no label"
                + (words.isEmpty() ? "" : " (" + words + ")") + " and " + (count == 1 ? "is" : "are") + " left out";
        if (!learning || markers.isEmpty()) {
            return new MissingLabels(text, List.of());
        }
        String wayOut = "if " + (markers.size() == 1 ? "that is a label" : "these are labels") + ", keep them";
        return new MissingLabels(text, List.of(Remedy.by(wayOut, "label-na", "keep")));
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    /** One line, none where no label is missing. */
    public List<Note> notes() {
        return isEmpty() ? List.of() : List.of(new Note(text, remedies));
    }
}
