package dev.assay.drift;

/** The distribution of a mean over its own standard error. */
public final class StudentT {
    private StudentT() {}

    /**
     * P(|T| >= |t|), by the finite sums for whole degrees of freedom (Abramowitz and Stegun 26.7.3 and 26.7.4); to an absolute
     * error of about 1e-15.
     *
     * @param freedom degrees of freedom, at least 1
     */
    public static double twoSided(double t, int freedom) {
        double angle = Math.atan(Math.abs(t) / Math.sqrt(freedom));
        double cosine = Math.cos(angle);
        boolean odd = freedom % 2 == 1;
        double term = odd ? cosine : 1;
        double sum = freedom == 1 ? 0 : term;
        for (int k = odd ? 3 : 2; k <= freedom - 2; k += 2) {
            term *= cosine * cosine * (k - 1) / k;
            sum += term;
        }
        double within = odd ? 2 / Math.PI * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
        return Math.max(0, 1 - within);
    }
}
