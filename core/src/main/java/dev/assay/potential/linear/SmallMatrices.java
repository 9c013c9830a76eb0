package dev.assay.potential.linear;

/** Products of c x c matrices, row by row in plain arrays, with c the number of logits: too small for native calls. */
final class SmallMatrices {
    private SmallMatrices() {}

    /** A B. */
    static double[] multiply(double[] a, double[] b, int c) {
        double[] result = new double[c * c];
        for (int i = 0; i < c; i++) {
            for (int k = 0; k < c; k++) {
                double factor = a[i * c + k];
                for (int j = 0; j < c; j++) {
                    result[i * c + j] += factor * b[k * c + j];
                }
            }
        }
        return result;
    }

    /** A v. */
    static double[] multiplyVector(double[] a, double[] v, int c) {
        double[] result = new double[c];
        for (int i = 0; i < c; i++) {
            for (int j = 0; j < c; j++) {
                result[i] += a[i * c + j] * v[j];
            }
        }
        return result;
    }

    /** u' A v. */
    static double form(double[] u, double[] a, double[] v, int c) {
        double result = 0;
        for (int i = 0; i < c; i++) {
            for (int j = 0; j < c; j++) {
                result += u[i] * a[i * c + j] * v[j];
            }
        }
        return result;
    }

    /** trace(A B) for symmetric B. */
    static double trace(double[] a, double[] b) {
        double result = 0;
        for (int k = 0; k < a.length; k++) {
            result += a[k] * b[k];
        }
        return result;
    }

    /** trace(A A). */
    static double traceOfSquare(double[] a, int c) {
        double result = 0;
        for (int i = 0; i < c; i++) {
            for (int j = 0; j < c; j++) {
                result += a[i * c + j] * a[j * c + i];
            }
        }
        return result;
    }

    /** target += scale * u v'. */
    static void addOuter(double scale, double[] u, double[] v, double[] target) {
        for (int i = 0; i < u.length; i++) {
            for (int j = 0; j < v.length; j++) {
                target[i * v.length + j] += scale * u[i] * v[j];
            }
        }
    }

    /**
     * Omega = L (I - K L)^-1, symmetric, for symmetric L and K: (H - F L F')^-1 = H^-1 + H^-1 F Omega F' H^-1 where K = F'
     * H^-1 F.
     *
     * @throws IllegalStateException if I - K L is singular: H - F L F' is not positive definite
     */
    static double[] removal(double[] l, double[] k, int c) {
        // Omega' = (I - L K)^-1 L: Gaussian elimination with the right-hand side L
        double[] matrix = multiply(l, k, c);
        for (int i = 0; i < c * c; i++) {
            matrix[i] = -matrix[i];
        }
        for (int i = 0; i < c; i++) {
            matrix[i * c + i] += 1;
        }
        double[] right = l.clone();
        for (int column = 0; column < c; column++) {
            int pivot = column;
            for (int row = column + 1; row < c; row++) {
                if (Math.abs(matrix[row * c + column]) > Math.abs(matrix[pivot * c + column])) {
                    pivot = row;
                }
            }
            swapRows(matrix, column, pivot, c);
            swapRows(right, column, pivot, c);
            double diagonal = matrix[column * c + column];
            if (!(Math.abs(diagonal) > 0)) {
                throw new IllegalStateException("an example has all of the curvature in some direction: without it the"
                        + " Hessian is singular; expected a ridge above 0");
            }
            for (int row = 0; row < c; row++) {
                double factor = matrix[row * c + column] / diagonal;
                if (row != column && factor != 0) {
                    for (int j = 0; j < c; j++) {
                        matrix[row * c + j] -= factor * matrix[column * c + j];
                        right[row * c + j] -= factor * right[column * c + j];
                    }
                }
            }
        }
        for (int row = 0; row < c; row++) {
            double diagonal = matrix[row * c + row];
            for (int j = 0; j < c; j++) {
                right[row * c + j] /= diagonal;
            }
        }
        return right;
    }

    private static void swapRows(double[] matrix, int a, int b, int c) {
        if (a != b) {
            for (int j = 0; j < c; j++) {
                double kept = matrix[a * c + j];
                matrix[a * c + j] = matrix[b * c + j];
                matrix[b * c + j] = kept;
            }
        }
    }
}
