package dev.assay.quality;

/** Tails of the distributions that chance has. */
final class Chance {
    private static final int MOST_TERMS = 1000;
    private static final double PRECISION = 1e-15;

    private Chance() {}

    /** P(a Poisson count of mean {@code expected} is at least {@code count}): the lower incomplete gamma function P(count, expected). */
    static double atLeast(int count, double expected) {
        if (count == 0) {
            return 1;
        }
        return expected == 0 ? 0 : 1 - upperGamma(count, expected);
    }

    /** P(chi-squared of so many degrees of freedom is at least {@code value}): Q(freedom / 2, value / 2). */
    static double chiSquaredTail(double value, int freedom) {
        return value > 0 ? upperGamma(freedom / 2.0, value / 2) : 1;
    }

    /** Q(a, x), the regularised upper incomplete gamma function, for a a multiple of one half and x above 0: series or continued fraction (Lentz). */
    private static double upperGamma(double a, double x) {
        double front = Math.exp(a * Math.log(x) - x - logGamma(a));
        if (x < a + 1) {
            double term = 1 / a;
            double sum = term;
            for (int k = 1; k < MOST_TERMS && term > sum * PRECISION; k++) {
                term *= x / (a + k);
                sum += term;
            }
            return Math.max(0, 1 - front * sum);
        }
        double b = x + 1 - a;
        double c = 1 / Double.MIN_NORMAL;
        double d = 1 / b;
        double fraction = d;
        for (int k = 1; k < MOST_TERMS; k++) {
            double numerator = -k * (k - a);
            b += 2;
            d = 1 / nonZero(numerator * d + b);
            c = nonZero(b + numerator / c);
            fraction *= c * d;
            if (Math.abs(c * d - 1) < PRECISION) {
                break;
            }
        }
        return Math.min(1, front * fraction);
    }

    private static double nonZero(double value) {
        return Math.abs(value) < Double.MIN_NORMAL ? Double.MIN_NORMAL : value;
    }

    /** By the recurrence from Gamma(1) = 1 or Gamma(1/2) = sqrt(pi). */
    private static double logGamma(double a) {
        boolean whole = a == Math.rint(a);
        double result = whole ? 0 : 0.5 * Math.log(Math.PI);
        for (double factor = whole ? 1 : 0.5; factor < a; factor++) {
            result += Math.log(factor);
        }
        return result;
    }
}
