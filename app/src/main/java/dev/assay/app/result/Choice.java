package dev.assay.app.result;

import dev.assay.data.InvalidInputException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A constant of an enumeration as it is written on the command line: lower case, with hyphens. */
public final class Choice {
    private Choice() {}

    /** How a constant is written on the command line. */
    public static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** How a constant is written as a value in run.json: camel case. */
    public static String key(Enum<?> value) {
        String[] words = value.name().toLowerCase(Locale.ROOT).split("_", -1);
        StringBuilder key = new StringBuilder(words[0]);
        for (String word : List.of(words).subList(1, words.length)) {
            key.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
        }
        return key.toString();
    }

    /**
     * The constant that a text names.
     *
     * @throws InvalidInputException with what was expected, if it names none
     */
    public static <E extends Enum<E>> E of(String option, String text, E[] values) {
        return find(text, values).orElseThrow(() -> unknown(option, text, "", values));
    }

    /**
     * The same, or null for "auto".
     *
     * @throws InvalidInputException with what was expected, if it names none
     */
    public static <E extends Enum<E>> @Nullable E ofAuto(String option, String text, E[] values) {
        if (text.equalsIgnoreCase("auto")) {
            return null;
        }
        return find(text, values).orElseThrow(() -> unknown(option, text, "auto, ", values));
    }

    /**
     * A text that is one of several names.
     *
     * @throws InvalidInputException with what was expected, if it is none
     */
    public static String ofNames(String option, String text, List<String> names) {
        if (!names.contains(text)) {
            throw new InvalidInputException(
                    option + " is '" + text + "', expected one of: " + String.join(", ", names));
        }
        return text;
    }

    private static <E extends Enum<E>> Optional<E> find(String text, E[] values) {
        return Arrays.stream(values)
                .filter(value -> name(value).equals(text.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    private static InvalidInputException unknown(String option, String text, String before, Enum<?>[] values) {
        return new InvalidInputException(option + " is '" + text + "', expected one of: " + before
                + Arrays.stream(values).map(Choice::name).collect(Collectors.joining(", ")));
    }
}
