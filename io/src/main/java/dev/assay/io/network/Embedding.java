package dev.assay.io.network;

import dev.assay.data.InvalidInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How examples become features by a network: fitted once, applied unchanged to further data.
 *
 * @param network its file
 * @param sha256 of that file
 * @param output the output that is taken
 * @param shape of one example of the data
 * @param order how its axes become those of the network
 * @param divisor what its entries are divided by
 */
public record Embedding(
        Path network, String sha256, String output, List<Integer> shape, AxisOrder order, double divisor) {
    /** Examples at a time, always as many, so that no example is reckoned in another way because of its neighbours. */
    private static final int BATCH = 32;

    /** Copies the list. */
    public Embedding {
        shape = List.copyOf(shape);
    }

    /** The same with its network in another place. */
    public Embedding at(Path other) {
        return new Embedding(other, sha256, output, shape, order, divisor);
    }

    /** The number of entries of one example. */
    public int entries() {
        return shape.stream().reduce(1, (a, b) -> a * b);
    }

    /**
     * Fits to data.
     *
     * @param shape of one example
     * @param bytes whether its entries are bytes of an image
     * @throws InvalidInputException with one clear line if data and network do not fit
     */
    public static Embedding of(EmbeddingChoice choice, String sha256, List<Integer> shape, boolean bytes) {
        Double divisor = choice.divisor();
        if (divisor != null && !(divisor > 0 && Double.isFinite(divisor))) {
            throw new InvalidInputException(
                    "entries cannot be divided by " + divisor + " for the network, expected a finite number above 0");
        }
        try (NetworkRuntime.Network network = NetworkRuntime.find().open(choice.network(), choice.output())) {
            AxisOrder order =
                    AxisOrder.of(shape, network.inputShape(), choice.network().toString());
            return new Embedding(
                    choice.network(),
                    sha256,
                    network.output(),
                    shape,
                    order,
                    divisor != null ? divisor : bytes ? 255 : 1);
        }
    }

    /** Opens the network for a number of examples whose entries come one by one, in any order. */
    public Examples examples(int count) {
        return new Examples(count);
    }

    /** Examples on their way to the network. */
    public final class Examples {
        private final float[] values;
        private final int count;
        private final int[] places = order.places(shape);

        private Examples(int count) {
            this.count = count;
            this.values = new float[Math.multiplyExact(count, entries())];
        }

        /** Takes the value of one entry of one example. */
        public void put(int example, int entry, double value) {
            values[example * places.length + places[entry]] = (float) (value / divisor);
        }

        /**
         * What the network says of each.
         *
         * @param first the number of the first of them in its file, from 0, for messages
         * @throws InvalidInputException with one clear line if it fails, or gives what is no finite number
         */
        public float[][] run(int first) {
            try (NetworkRuntime.Network opened = NetworkRuntime.find().open(network, output)) {
                List<Long> input = opened.inputShape();
                List<Long> each = Objects.requireNonNull(order.shape(shape, input), "fits, as when it was fitted");
                int batch = input.get(0) > 0 ? Math.toIntExact(input.get(0)) : BATCH;
                List<Long> whole = new ArrayList<>(List.of((long) batch));
                whole.addAll(each);
                long[] batchShape = whole.stream().mapToLong(length -> length).toArray();
                float[][] result = new float[count][];
                float[] buffer = new float[Math.multiplyExact(batch, places.length)];
                for (int from = 0; from < count; from += batch) {
                    int size = Math.min(batch, count - from);
                    System.arraycopy(values, from * places.length, buffer, 0, size * places.length);
                    float[][] rows = opened.run(buffer, batchShape);
                    System.arraycopy(rows, 0, result, from, size);
                    requireFinite(result, first, from, from + size);
                }
                return result;
            }
        }

        private void requireFinite(float[][] rows, int first, int from, int to) {
            for (int row = from; row < to; row++) {
                for (float value : rows[row]) {
                    if (!Float.isFinite(value)) {
                        throw new InvalidInputException(network + " gives " + value + " for example "
                                + (first + row + 1)
                                + " (counted from 1) in its output '" + output + "', expected finite numbers; are the"
                                + " entries scaled as it was trained? They are divided by " + divisor);
                    }
                }
            }
        }
    }
}
