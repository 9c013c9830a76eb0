package dev.assay.io.array;

import dev.assay.data.InvalidInputException;
import dev.assay.io.read.DataSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Examples of an array as pictures: bytes from 0 (black) to 255, row by row from the top, the channels of a point together.
 *
 * @param width points in a line
 * @param height lines
 * @param channels 1 for grey, 3 for red, green and blue
 * @param pixels one picture for each example that was asked for, in that order
 */
public record Pictures(int width, int height, int channels, List<byte[]> pixels) {
    private static final int SMALLEST_SIDE = 4;
    private static final int LARGEST_SIDE = 4096;
    /** Larger pictures are shown smaller, by means over squares of points. */
    private static final int SHOWN_SIDE = 64;

    private static final double WHITE = 255;

    /** Copies the list. */
    public Pictures {
        pixels = List.copyOf(pixels);
    }

    /** How the entries of an example are a picture: the lengths and the steps from one entry to the next. */
    private record Layout(int height, int width, int channels, int heightStep, int widthStep, int channelStep) {
        /** For [h, w], [h, w, 1 or 3] and [1 or 3, h, w]; null for other shapes. */
        static @Nullable Layout of(List<Integer> shape) {
            if (shape.size() == 2) {
                return of(shape.get(0), shape.get(1), 1, shape.get(1), 1, 0);
            }
            if (shape.size() != 3) {
                return null;
            }
            int first = shape.get(0);
            int second = shape.get(1);
            int third = shape.get(2);
            if (third == 1 || third == 3) {
                return of(first, second, third, second * third, third, 1);
            }
            return first == 1 || first == 3 ? of(second, third, first, third, 1, second * third) : null;
        }

        private static @Nullable Layout of(
                int height, int width, int channels, int heightStep, int widthStep, int channelStep) {
            boolean fits = Math.min(height, width) >= SMALLEST_SIDE && Math.max(height, width) <= LARGEST_SIDE;
            return fits ? new Layout(height, width, channels, heightStep, widthStep, channelStep) : null;
        }
    }

    /**
     * The pictures of some examples, or null where the examples of the data are none. One pass over the file.
     *
     * @param records 0-based, distinct, in any order
     * @throws InvalidInputException if the file cannot be read any more
     */
    public static @Nullable Pictures of(DataSource source, int[] records) {
        if (source.format().isTable()) {
            return null;
        }
        return source.content()
                .unchanged(() -> Optional.ofNullable(read(source, records)))
                .orElse(null);
    }

    private static @Nullable Pictures read(DataSource source, int[] records) {
        try (ArrayFile file = ArrayFile.open(source.file())) {
            String key = source.featureColumns().get(0);
            ArrayEntry array = file.arrays().stream()
                    .filter(entry -> entry.key().equals(key))
                    .findFirst()
                    .orElseThrow(() -> new InvalidInputException(
                            source.path() + " was changed since it was read: it has no array '" + key + "' any more"));
            List<Integer> shape = array.header().shape();
            Layout layout = shape.isEmpty() ? null : Layout.of(shape.subList(1, shape.size()));
            return layout == null ? null : of(array, layout, records);
        }
    }

    private static Pictures of(ArrayEntry array, Layout layout, int[] records) {
        int size = layout.height * layout.width * layout.channels;
        double[][] values = new double[records.length][size];
        int[] places = ArrayReader.places(array.header().examples(), records);
        double[] range = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        ElementType type = array.header().type();
        int last = Arrays.stream(records).max().orElse(-1);
        array.forEachOfFirst(last + 1, (example, entry, bytes) -> {
            if (places[example] >= 0) {
                double value = type.number(bytes);
                values[places[example]][entry] = value;
                range[0] = Math.min(range[0], value);
                range[1] = Math.max(range[1], value);
            }
        });
        double black = range[0];
        double white = range[1];
        if (black >= 0 && white <= WHITE) {
            black = 0;
            white = white <= 1 ? 1 : WHITE;
        }
        int shrink = (Math.max(layout.height, layout.width) + SHOWN_SIDE - 1) / SHOWN_SIDE;
        int height = layout.height / shrink;
        int width = layout.width / shrink;
        double low = black;
        double span = white > black ? white - black : 1;
        return new Pictures(
                width,
                height,
                layout.channels,
                Arrays.stream(values)
                        .map(picture -> picture(picture, layout, shrink, height, width, low, span))
                        .toList());
    }

    private static byte[] picture(
            double[] values, Layout layout, int shrink, int height, int width, double black, double span) {
        byte[] result = new byte[height * width * layout.channels];
        int target = 0;
        for (int line = 0; line < height; line++) {
            for (int point = 0; point < width; point++) {
                for (int channel = 0; channel < layout.channels; channel++) {
                    double sum = 0;
                    for (int down = 0; down < shrink; down++) {
                        for (int right = 0; right < shrink; right++) {
                            sum += values[
                                    (line * shrink + down) * layout.heightStep
                                            + (point * shrink + right) * layout.widthStep
                                            + channel * layout.channelStep];
                        }
                    }
                    double share = (sum / (shrink * shrink) - black) / span;
                    result[target++] = (byte) Math.round(WHITE * Math.min(1, Math.max(0, share)));
                }
            }
        }
        return result;
    }
}
