package dev.assay.io.network;

import dev.assay.data.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the axes of an example become those that a network takes. */
public enum AxisOrder {
    /** In their order; axes of length 1 may come or go, and all may become one. */
    SAME,
    /** Height, width, channels become channels, height, width. */
    CHANNELS_FIRST,
    /** Channels, height, width become height, width, channels. */
    CHANNELS_LAST;

    private static final long ANY = -1;

    /**
     * The order in which examples fit, {@link #SAME} before the others.
     *
     * @param example the shape of one example
     * @param input the shape that the network takes, the batch first, -1 for any length
     * @param network what to call it
     * @throws InvalidInputException naming both shapes, if they fit in no order
     */
    static AxisOrder of(List<Integer> example, List<Long> input, String network) {
        for (AxisOrder order : values()) {
            if (order.shape(example, input) != null) {
                return order;
            }
        }
        throw new InvalidInputException(
                network + " takes examples of the shape " + shown(input.subList(1, input.size())) + ", the data has "
                        + example + "; resize the examples, or export the network for their size");
    }

    /** The shape of one example as the network takes it; null where it does not fit. */
    @Nullable
    List<Long> shape(List<Integer> example, List<Long> input) {
        List<Long> wanted = input.subList(1, input.size());
        List<Long> given = turned(example);
        if (given == null) {
            return null;
        }
        if (fits(given, wanted)) {
            return given;
        }
        if (this != SAME) {
            return null;
        }
        long entries = given.stream().mapToLong(length -> length).reduce(1, (a, b) -> a * b);
        if (wanted.size() == 1 && fits(List.of(entries), wanted)) {
            return List.of(entries);
        }
        return withOnes(given.stream().filter(length -> length != 1).toList(), wanted);
    }

    /** The lengths, with axes of length 1 where the network wants such; null where they do not fit. */
    private static @Nullable List<Long> withOnes(List<Long> lengths, List<Long> wanted) {
        List<Long> result = new ArrayList<>();
        int next = 0;
        // an axis of any length takes an entry only as long as there are enough of them
        int spare =
                wanted.size() - (int) wanted.stream().filter(one -> one == 1).count() - lengths.size();
        for (long axis : wanted) {
            if (axis == 1) {
                result.add(1L);
            } else if (axis == ANY && spare > 0) {
                result.add(1L);
                spare--;
            } else if (next < lengths.size() && (axis == ANY || axis == lengths.get(next))) {
                result.add(lengths.get(next++));
            } else {
                return null;
            }
        }
        return next == lengths.size() ? result : null;
    }

    private @Nullable List<Long> turned(List<Integer> example) {
        List<Long> lengths = example.stream().map(Integer::longValue).toList();
        if (this == SAME) {
            return lengths;
        }
        if (lengths.size() != 3) {
            return null;
        }
        return this == CHANNELS_FIRST
                ? List.of(lengths.get(2), lengths.get(0), lengths.get(1))
                : List.of(lengths.get(1), lengths.get(2), lengths.get(0));
    }

    private static boolean fits(List<Long> given, List<Long> wanted) {
        if (given.size() != wanted.size()) {
            return false;
        }
        for (int axis = 0; axis < given.size(); axis++) {
            if (wanted.get(axis) != ANY && !wanted.get(axis).equals(given.get(axis))) {
                return false;
            }
        }
        return true;
    }

    /** For each entry of an example, last axis fastest, its place in what the network takes. */
    int[] places(List<Integer> example) {
        int entries = example.stream().reduce(1, (a, b) -> a * b);
        int[] places = new int[entries];
        int channels = this == CHANNELS_FIRST ? example.get(2) : this == CHANNELS_LAST ? example.get(0) : 1;
        int points = entries / channels;
        for (int entry = 0; entry < entries; entry++) {
            places[entry] = switch (this) {
                case SAME -> entry;
                case CHANNELS_FIRST -> entry % channels * points + entry / channels;
                case CHANNELS_LAST -> entry % points * channels + entry / points;
            };
        }
        return places;
    }

    private static String shown(List<Long> shape) {
        return shape.stream()
                .map(length -> length == ANY ? "any" : length.toString())
                .toList()
                .toString();
    }
}
