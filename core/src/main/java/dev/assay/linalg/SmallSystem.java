package dev.assay.linalg;

/** Square systems of a handful of unknowns, where a call into native code would cost more than the arithmetic. */
public final class SmallSystem {
    private SmallSystem() {}

    /**
     * Solves A x = b by elimination with partial pivoting; overwrites both, x replaces b. O(order^3).
     *
     * @param a order x order, row by row
     * @return whether A is non-singular to working precision; if not, b is left without meaning
     */
    public static boolean solveInPlace(double[] a, double[] b, int order) {
        for (int k = 0; k < order; k++) {
            int pivot = k;
            for (int i = k + 1; i < order; i++) {
                if (Math.abs(a[i * order + k]) > Math.abs(a[pivot * order + k])) {
                    pivot = i;
                }
            }
            double value = a[pivot * order + k];
            if (!(Math.abs(value) > 0)) {
                return false;
            }
            swapRows(a, b, order, k, pivot);
            for (int i = k + 1; i < order; i++) {
                double factor = a[i * order + k] / value;
                for (int j = k + 1; j < order; j++) {
                    a[i * order + j] -= factor * a[k * order + j];
                }
                b[i] -= factor * b[k];
            }
        }
        for (int i = order - 1; i >= 0; i--) {
            double sum = b[i];
            for (int j = i + 1; j < order; j++) {
                sum -= a[i * order + j] * b[j];
            }
            b[i] = sum / a[i * order + i];
        }
        return true;
    }

    private static void swapRows(double[] a, double[] b, int order, int first, int second) {
        if (first == second) {
            return;
        }
        for (int j = 0; j < order; j++) {
            double kept = a[first * order + j];
            a[first * order + j] = a[second * order + j];
            a[second * order + j] = kept;
        }
        double kept = b[first];
        b[first] = b[second];
        b[second] = kept;
    }
}
