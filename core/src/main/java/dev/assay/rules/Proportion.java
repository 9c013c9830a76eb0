package dev.assay.rules;

/**
 * A share and Wilson's 95 % interval of it.
 *
 * @param value the share, from 0 to 1; NaN where there is nothing to take a share of
 * @param low lower end of the interval
 * @param high upper end
 */
public record Proportion(double value, double low, double high) {
    private static final double Z = 1.959963984540054;

    /**
     * A share of so many independent trials: with z = 1.96,
     *
     * <pre>  (p + z^2/2n +- z sqrt(p (1 - p) / n + z^2/4n^2)) / (1 + z^2/n)</pre>
     *
     * @param share p
     * @param trials n, for weighted rows (sum w)^2 / sum w^2
     */
    public static Proportion of(double share, double trials) {
        if (!(trials > 0)) {
            return new Proportion(Double.NaN, 0, 1);
        }
        double square = Z * Z / trials;
        double centre = (share + square / 2) / (1 + square);
        double reach = Z * Math.sqrt(share * (1 - share) / trials + square / (4 * trials)) / (1 + square);
        return new Proportion(share, Math.max(0, centre - reach), Math.min(1, centre + reach));
    }
}
