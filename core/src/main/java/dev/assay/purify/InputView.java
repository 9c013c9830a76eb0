package dev.assay.purify;

import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.linalg.Matrix;
import dev.assay.model.PrincipalMap;
import dev.assay.model.RadialMap;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.List;

/**
 * The inputs as an expert sees them. Two views are offered: the features themselves, where an expert is the linear model
 * that is to be purified, and radial functions of them, where it may bend. The bent one often knows better which labels
 * are wrong, also where a linear model is wanted in the end.
 *
 * @param name how reports call it
 * @param inputs n x r, one example per row
 */
record InputView(String name, Matrix inputs) {
    static final String LINEAR = "linear";
    static final String RADIAL = "radial";

    /** Up to so many columns the features are used as they are. */
    private static final int PLAIN_COLUMNS = 64;
    /** Principal directions that are kept of a wide data set. */
    private static final int DIRECTIONS = 256;
    /** Above this order of the smaller side the features are used as they are. */
    private static final int LARGEST_ORDER = 2000;

    /** Examples whose distances make the radial functions. */
    private static final int LANDMARKS = 1000;
    /** Width of the radial functions, as a share of the mean squared distance. */
    private static final double WIDTH = 0.3;

    /** The features, or their coordinates along the leading principal directions where there are many. */
    static InputView linear(Dataset data, Workers workers) {
        Matrix x = data.features();
        int d = x.columns();
        if (d <= PLAIN_COLUMNS || Math.min(x.rows(), d) > LARGEST_ORDER) {
            return new InputView(LINEAR, x);
        }
        return new InputView(LINEAR, PrincipalMap.of(x, DIRECTIONS, workers).apply(x, workers));
    }

    /**
     * Leading components of radial functions around up to 1000 examples that stand for all. O(n m d + m^3) for m landmarks.
     *
     * @param directions components at the most
     */
    static InputView radial(Dataset data, ContentOrder order, int directions, long seed, Workers workers) {
        Matrix x = data.features();
        Matrix landmarks = x.selectRows(order.sample(LANDMARKS, seed));
        return new InputView(
                RADIAL, RadialMap.of(landmarks, WIDTH, directions, workers).apply(x, workers));
    }

    /** The data set with these inputs for features. */
    Dataset of(Dataset data) {
        if (inputs == data.features()) {
            return data;
        }
        List<String> names = new ArrayList<>();
        for (int j = 0; j < inputs.columns(); j++) {
            names.add(name + j);
        }
        return data.withFeatures(inputs, names);
    }

    /** The view of some of the examples. */
    InputView select(int[] indices) {
        return new InputView(name, inputs.selectRows(indices));
    }
}
