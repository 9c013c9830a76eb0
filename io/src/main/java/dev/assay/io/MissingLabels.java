package dev.assay.io;

import java.util.Map;
import java.util.stream.Collectors;

/** What the user is told of labels that are missing. */
final class MissingLabels {
    private MissingLabels() {}

    /**
     * How many, and by which words.
     *
     * @param what a row or an example
     * @param markers the words that stood for a missing label, and how often
     * @param learning whether the user may say that they are labels
     */
    static String note(String what, int count, Map<String, Integer> markers, boolean learning) {
        String words = markers.keySet().stream().map(word -> '"' + word + '"').collect(Collectors.joining(", "));
        String wayOut = !learning || markers.isEmpty()
                ? ""
                : "; if " + (markers.size() == 1 ? "that is a label" : "these are labels") + ", say --label-na keep";
        return count + " " + what + (count == 1 ? " has" : "s have") + " no label"
                + (words.isEmpty() ? "" : " (" + words + ")") + " and " + (count == 1 ? "is" : "are") + " left out"
                + wayOut;
    }
}
