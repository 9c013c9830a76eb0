package dev.assay.data;

import java.util.List;

/**
 * Class labels.
 *
 * @param codes the class of each example, an index into {@code names}
 * @param names the exact text of each class label, as it came; all of the data set's classes, also those without an
 *     example after a selection
 */
public record ClassTargets(int[] codes, List<String> names) implements Targets {
    /**
     * Checks the codes.
     *
     * @throws IllegalArgumentException if a code is outside of {@code names}
     */
    public ClassTargets {
        names = List.copyOf(names);
        for (int i = 0; i < codes.length; i++) {
            if (codes[i] < 0 || codes[i] >= names.size()) {
                throw new IllegalArgumentException(
                        "example " + i + " has class code " + codes[i] + ", expected 0 to " + (names.size() - 1));
            }
        }
    }

    /** Number of classes. */
    public int classes() {
        return names.size();
    }

    @Override
    public int size() {
        return codes.length;
    }

    @Override
    public double value(int index) {
        return codes[index];
    }

    @Override
    public ClassTargets select(int[] indices) {
        int[] selected = new int[indices.length];
        for (int i = 0; i < indices.length; i++) {
            selected[i] = codes[indices[i]];
        }
        return new ClassTargets(selected, names);
    }
}
