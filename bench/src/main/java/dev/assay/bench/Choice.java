package dev.assay.bench;

import dev.assay.data.InvalidInputException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What the command line chooses among things that have names. */
final class Choice {
    private Choice() {}

    /** Those that are named, or whose names begin with what names nothing in full; all if nothing is wanted. */
    static <T> List<T> among(List<T> all, List<String> wanted, Function<T, String> name, String kind) {
        if (wanted.isEmpty()) {
            return all;
        }
        Set<T> result = new LinkedHashSet<>();
        for (String text : wanted) {
            boolean exact = all.stream().anyMatch(one -> name.apply(one).equals(text));
            List<T> found = all.stream()
                    .filter(one -> exact
                            ? name.apply(one).equals(text)
                            : name.apply(one).startsWith(text))
                    .toList();
            if (found.isEmpty()) {
                throw new InvalidInputException("no " + kind + " '" + text + "': expected one of "
                        + String.join(", ", all.stream().map(name).toList()) + ", or how some of them begin");
            }
            result.addAll(found);
        }
        return List.copyOf(result);
    }
}
