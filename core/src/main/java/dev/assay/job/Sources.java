package dev.assay.job;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Where each row comes from, as its user knows it.
 *
 * @param column that says so
 * @param rows the source of each row
 */
public record Sources(String column, List<String> rows) {
    /** Copies the list. */
    public Sources {
        rows = List.copyOf(rows);
    }

    /** The different sources, in order. */
    public List<String> names() {
        return names(rows);
    }

    /** The place of each row's source among the names. */
    public int[] codes() {
        return codes(rows, names());
    }

    static List<String> names(List<String> rows) {
        return List.copyOf(new TreeSet<>(rows));
    }

    /** The place of each row's source among the names, -1 where it is not among them. */
    static int[] codes(List<String> rows, List<String> names) {
        Map<String, Integer> places = new HashMap<>();
        for (String name : names) {
            places.put(name, places.size());
        }
        return rows.stream().mapToInt(row -> places.getOrDefault(row, -1)).toArray();
    }

    /** Some of the rows, in the order that is asked for. */
    Sources select(int[] indices) {
        return new Sources(column, Arrays.stream(indices).mapToObj(rows::get).toList());
    }
}
