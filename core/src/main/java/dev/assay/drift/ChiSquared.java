package dev.assay.drift;

/** The distribution of a sum of squares of independent standard normal numbers. */
public final class ChiSquared {
    private static final int MOST_TERMS = 10_000;
    private static final double PRECISION = 1e-15;
    private static final double TINY = 1e-300;

    private ChiSquared() {}

    /**
     * P(X >= x): the regularised upper incomplete gamma function Q(f/2, x/2), by its series below f/2 + 1, by its continued
     * fraction (Lentz) above.
     *
     * @param freedom f, degrees of freedom, at least 1
     */
    public static double tail(double x, int freedom) {
        if (!(x > 0)) {
            return 1;
        }
        double a = freedom / 2.0;
        double y = x / 2;
        double factor = Math.exp(a * Math.log(y) - y - logGamma(freedom));
        if (y < a + 1) {
            double term = 1 / a;
            double sum = term;
            for (int k = 1; k < MOST_TERMS && term > sum * PRECISION; k++) {
                term *= y / (a + k);
                sum += term;
            }
            return Math.max(0, 1 - factor * sum);
        }
        double b = y + 1 - a;
        double c = 1 / TINY;
        double d = 1 / b;
        double fraction = d;
        for (int k = 1; k < MOST_TERMS; k++) {
            double numerator = -k * (k - a);
            b += 2;
            d = numerator * d + b;
            d = 1 / (Math.abs(d) < TINY ? TINY : d);
            c = b + numerator / c;
            c = Math.abs(c) < TINY ? TINY : c;
            fraction *= d * c;
            if (Math.abs(d * c - 1) < PRECISION) {
                break;
            }
        }
        return factor * fraction;
    }

    /** log Gamma(f/2): sums of logarithms from Gamma(1) = 1 or Gamma(1/2) = sqrt(pi) on. */
    private static double logGamma(int freedom) {
        double sum = freedom % 2 == 0 ? 0 : Math.log(Math.PI) / 2;
        for (double factor = freedom % 2 == 0 ? 1 : 0.5; factor < freedom / 2.0; factor++) {
            sum += Math.log(factor);
        }
        return sum;
    }
}
