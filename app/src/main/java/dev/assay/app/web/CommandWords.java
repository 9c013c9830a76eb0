package dev.assay.app.web;

import dev.assay.app.web.http.ApiError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The words of a command line of run, divide, purify or diagnose, changed here and there.
 *
 * @param words without {@code assay}
 */
record CommandWords(List<String> words) {
    /** Copies the list. */
    CommandWords {
        words = List.copyOf(words);
    }

    /** Without an option that has a value, written in either way. */
    CommandWords without(String option) {
        List<String> result = new ArrayList<>();
        for (int place = 0; place < words.size(); place++) {
            String word = words.get(place);
            if (word.equals(option)) {
                place++;
            } else if (!word.startsWith(option + "=")) {
                result.add(word);
            }
        }
        return new CommandWords(result);
    }

    /** Without an option that has no value. */
    CommandWords withoutFlag(String option) {
        return new CommandWords(
                words.stream().filter(word -> !word.equals(option)).toList());
    }

    /** With an option and its value. */
    CommandWords with(String option, Object value) {
        List<String> result = new ArrayList<>(words);
        result.add(option + "=" + value);
        return new CommandWords(result);
    }

    /**
     * With another data file.
     *
     * @param old as it is written now
     */
    CommandWords withData(Path old, Path data) {
        List<String> result = new ArrayList<>(words);
        for (int place = 1; place < result.size(); place++) {
            String word = result.get(place);
            boolean value = result.get(place - 1).startsWith("--")
                    && !result.get(place - 1).contains("=");
            if (!word.startsWith("-") && !value && Path.of(word).equals(old)) {
                result.set(place, data.toString());
                return new CommandWords(result);
            }
        }
        for (int place = 1; place < result.size(); place++) {
            if (!result.get(place).startsWith("-") && Path.of(result.get(place)).equals(old)) {
                result.set(place, data.toString());
                return new CommandWords(result);
            }
        }
        throw ApiError.conflict("the command line of this run does not name its data file " + old);
    }
}
