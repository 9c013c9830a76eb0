package dev.assay.data;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Something that the user should know of an input, and what can be done about it.
 *
 * @param text what there is to know
 * @param remedies what to do, the most likely first
 */
public record Note(String text, List<Remedy> remedies) {
    /** Copies the list. */
    public Note {
        remedies = List.copyOf(remedies);
    }

    /** Something about which nothing is to be done. */
    public static Note of(String text) {
        return new Note(text, List.of());
    }

    /** One line, as somebody says it who sets parameters in his own way; remedies that are empty texts are left out. */
    public String message(Function<Remedy, String> saying) {
        List<String> said = new ArrayList<>();
        for (Remedy remedy : remedies) {
            String words = saying.apply(remedy);
            if (!words.isEmpty()) {
                said.add(words);
            }
        }
        if (said.isEmpty()) {
            return text;
        }
        int last = said.size() - 1;
        return text + "; "
                + (last == 0 ? said.get(0) : String.join(", ", said.subList(0, last)) + ", or " + said.get(last));
    }

    /** In the words of the library: {@code column 'n' only counts the rows; leave it out (drop: n)}. */
    @Override
    public String toString() {
        return message(Remedy::toString);
    }
}
