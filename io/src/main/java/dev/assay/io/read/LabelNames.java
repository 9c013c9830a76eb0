package dev.assay.io.read;

import dev.assay.io.cell.Numerals;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The names of classes, to be found again under the spelling of another file: formats write the same label as 1, 1.0 or 1.00,
 * as true or True.
 */
public final class LabelNames {
    private static final int AMBIGUOUS = -2;

    private final Map<String, Integer> exact = new HashMap<>();
    private final Map<String, Integer> sameValue = new HashMap<>();

    /** Those of the classes, in their order. */
    public LabelNames(List<String> names) {
        for (int code = 0; code < names.size(); code++) {
            int own = code;
            exact.put(names.get(code), code);
            sameValue.merge(value(names.get(code)), code, (one, other) -> one == own ? one : AMBIGUOUS);
        }
    }

    /** The class of that name, else the only one whose name means the same, else -1. */
    public int code(String text) {
        Integer code = exact.get(text);
        return code != null ? code : Math.max(-1, sameValue.getOrDefault(value(text), -1));
    }

    /** Equal for texts that are one number or one truth value; 01 is a code and no number. */
    private static String value(String text) {
        OptionalDouble number = Numerals.isPadded(text) ? OptionalDouble.empty() : Numerals.parse(text);
        if (number.isPresent() && Double.isFinite(number.getAsDouble())) {
            return "number " + (number.getAsDouble() + 0.0);
        }
        String lower = text.strip().toLowerCase(Locale.ROOT);
        return lower.equals("true") || lower.equals("false") ? "truth " + lower : "text " + text;
    }
}
