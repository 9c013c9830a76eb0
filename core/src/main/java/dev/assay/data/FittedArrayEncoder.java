package dev.assay.data;

import dev.assay.linalg.Matrix;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns arrays of numbers, one example along the first axis, into features: feature k is entry {@code kept[k]} of the
 * flattened example, minus {@code centers[k]}, over {@code scales[k]}; then the bias.
 *
 * @param shape the shape of one example, [28, 28] for small images
 * @param kept the indices of the entries that become features, ascending
 * @param centers what is subtracted from each kept entry
 * @param scales what each kept entry is divided by, above 0
 */
public record FittedArrayEncoder(List<Integer> shape, List<Integer> kept, List<Double> centers, List<Double> scales)
        implements FeatureEncoding {

    /** Copies the lists. */
    public FittedArrayEncoder {
        shape = List.copyOf(shape);
        kept = List.copyOf(kept);
        centers = List.copyOf(centers);
        scales = List.copyOf(scales);
        if (kept.size() != centers.size() || kept.size() != scales.size()) {
            throw new IllegalArgumentException(kept.size() + " entries are kept, but there are " + centers.size()
                    + " centers and " + scales.size() + " scales");
        }
    }

    @Override
    public List<String> featureNames() {
        List<String> names = new ArrayList<>();
        for (int index : kept) {
            names.add("x" + position(index));
        }
        names.add(FittedEncoder.BIAS);
        return names;
    }

    /** The features of examples whose entries arrive one by one, in any order; the bias is set from the start. */
    public Filler filler(int examples) {
        return new Filler(examples);
    }

    private String position(int index) {
        int[] place = new int[shape.size()];
        int rest = index;
        for (int axis = shape.size() - 1; axis >= 0; axis--) {
            place[axis] = rest % shape.get(axis);
            rest /= shape.get(axis);
        }
        StringBuilder text = new StringBuilder();
        for (int coordinate : place) {
            text.append('[').append(coordinate).append(']');
        }
        return text.toString();
    }

    /** Collects encoded entries into the n x d matrix of features. */
    public final class Filler {
        private final Matrix features;
        private final int[] target;
        private final double[] center;
        private final double[] scale;

        private Filler(int examples) {
            int width = kept.size() + 1;
            features = new Matrix(examples, width);
            int size = 1;
            for (int length : shape) {
                size *= length;
            }
            target = new int[size];
            java.util.Arrays.fill(target, -1);
            center = new double[kept.size()];
            scale = new double[kept.size()];
            for (int k = 0; k < kept.size(); k++) {
                target[kept.get(k)] = k;
                center[k] = centers.get(k);
                scale[k] = scales.get(k);
            }
            for (int example = 0; example < examples; example++) {
                features.set(example, width - 1, 1);
            }
        }

        /** Takes the value of one entry of one example. */
        public void put(int example, int entry, double value) {
            int feature = target[entry];
            if (feature >= 0) {
                features.set(example, feature, (value - center[feature]) / scale[feature]);
            }
        }

        /** X with the bias as the last column. */
        public Matrix features() {
            return features;
        }
    }
}
