package dev.assay.data;

/**
 * Real targets, standardised: the value in the user's units is {@code mean + scale * values[i]}.
 *
 * @param values standardised targets
 * @param mean what was subtracted, in the user's units
 * @param scale what was divided by, in the user's units, above 0
 */
public record RealTargets(double[] values, double mean, double scale) implements Targets {
    /**
     * Checks the scale.
     *
     * @throws IllegalArgumentException if {@code scale} is not a finite number above 0
     */
    public RealTargets {
        if (!(scale > 0) || Double.isInfinite(scale)) {
            throw new IllegalArgumentException("scale is " + scale + ", expected a finite number above 0");
        }
    }

    @Override
    public int size() {
        return values.length;
    }

    @Override
    public double value(int index) {
        return values[index];
    }

    /** A standardised value in the user's units. */
    public double original(double standardised) {
        return mean + scale * standardised;
    }

    @Override
    public RealTargets select(int[] indices) {
        double[] selected = new double[indices.length];
        for (int i = 0; i < indices.length; i++) {
            selected[i] = values[indices[i]];
        }
        return new RealTargets(selected, mean, scale);
    }
}
