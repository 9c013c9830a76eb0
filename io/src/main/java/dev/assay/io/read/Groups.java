package dev.assay.io.read;

import dev.assay.data.InvalidInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Names of groups as numbers, in the order of the names, so that they do not depend on the order of the rows. */
public final class Groups {
    private Groups() {}

    /**
     * The number of each row's group, from 0; null where there are none.
     *
     * @param column what the groups come from
     * @throws InvalidInputException if a row has no group
     */
    public static int @Nullable [] of(@Nullable List<@Nullable String> groups, @Nullable String column, Path file) {
        if (groups == null) {
            return null;
        }
        Map<String, Integer> numbers = new TreeMap<>();
        for (int row = 0; row < groups.size(); row++) {
            String name = groups.get(row);
            if (name == null || name.isBlank()) {
                throw new InvalidInputException(
                        file + ", group column '" + column + "': row " + (row + 1)
                                + " of those with a label has none; fill it in, with a name of its own where it belongs to no group");
            }
            numbers.put(name, 0);
        }
        int next = 0;
        for (Map.Entry<String, Integer> one : numbers.entrySet()) {
            one.setValue(next++);
        }
        return groups.stream().mapToInt(numbers::get).toArray();
    }
}
