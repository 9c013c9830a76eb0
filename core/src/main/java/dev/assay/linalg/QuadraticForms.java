package dev.assay.linalg;

/**
 * The c x c matrices F_i' W F_i with F_i = I (x) x_i for a symmetric matrix W of order p = c * d: entry (a, b) is x_i'
 * W_ab x_i with W_ab the d x d block of logits a and b.
 *
 * <p>Any form (r (x) x_i)' W (r (x) x_i) is r' (F_i' W F_i) r, for all r at the price of one. O(d p (c + 1) / 2) each, and
 * O(s^2 c^2) for rows of which s entries are not 0, where these are few.
 *
 * @param matrix W, symmetric; must not change afterwards
 * @param order c
 */
public record QuadraticForms(Matrix matrix, int order) {
    /** F_i' W F_i for the rows from (included) to to (excluded) of {@code x}: one row of c * c values each, on this thread. */
    public Matrix of(Matrix x, int from, int to) {
        int dimension = matrix.rows() / order;
        Matrix result = new Matrix(to - from, order * order);
        NonZeros sparse = NonZeros.of(x, from, to);
        if (sparse != null) {
            for (int i = 0; i < to - from; i++) {
                for (int a = 0; a < order; a++) {
                    for (int b = 0; b <= a; b++) {
                        double value = sparse.form(i, matrix, a * dimension, b * dimension);
                        result.set(i, a * order + b, value);
                        result.set(i, b * order + a, value);
                    }
                }
            }
            return result;
        }
        for (int a = 0; a < order; a++) {
            // the blocks (a, 0) to (a, a) are rows of W as they are stored, up to some column
            Matrix products = new Matrix(to - from, (a + 1) * dimension);
            Dense.multiplyRows(x, from, to, matrix, a * dimension, products);
            for (int i = from; i < to; i++) {
                for (int b = 0; b <= a; b++) {
                    double value = Dense.dot(
                            products.values(),
                            products.offset(i - from) + b * dimension,
                            x.values(),
                            x.offset(i),
                            dimension);
                    result.set(i - from, a * order + b, value);
                    result.set(i - from, b * order + a, value);
                }
            }
        }
        return result;
    }
}
