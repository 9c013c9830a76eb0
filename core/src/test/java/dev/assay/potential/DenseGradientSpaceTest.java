package dev.assay.potential;

import dev.assay.influence.DirectInfluence;
import dev.assay.influence.GradientSpace;
import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.linalg.SymmetricEigen;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.Random;

/** A space that is no model at all: G and H are given, and R is the symmetric root of H, which is not triangular. */
class DenseGradientSpaceTest extends GradientSpaceContract {
    private static final int N = 90;
    private static final int P = 5;

    private final Matrix gradients = random(N, P, 1);
    private final Matrix hessian = hessian();
    private final double[] weights = weights();

    private record DenseSpace(Matrix rows, Matrix inverse, Matrix inverseRoot, double[] weights)
            implements GradientSpace {
        @Override
        public int size() {
            return rows.rows();
        }

        @Override
        public int dimension() {
            return rows.columns();
        }

        @Override
        public Matrix gradients(int[] examples, Workers workers) {
            return rows.selectRows(examples);
        }

        @Override
        public Matrix whitened(int from, int to, Workers workers) {
            return Dense.multiply(rows.selectRows(from, to), inverseRoot, workers);
        }

        @Override
        public Matrix solve(Matrix vectors, Workers workers) {
            return Dense.multiply(vectors, inverse, workers);
        }
    }

    @Override
    GradientSpace space(Workers workers) {
        Matrix root = power(-0.5, workers);
        return new DenseSpace(gradients, Dense.multiply(root, root, workers), root, weights);
    }

    @Override
    double[][] influences() {
        double[][] h = new double[P][];
        Arrays.setAll(h, hessian::row);
        double[][] x = new double[N][N];
        for (int i = 0; i < N; i++) {
            double[] solved = DirectInfluence.solve(h, gradients.row(i));
            for (int j = 0; j < N; j++) {
                for (int k = 0; k < P; k++) {
                    x[i][j] -= gradients.get(j, k) * solved[k];
                }
            }
        }
        return x;
    }

    private static Matrix random(int rows, int columns, long seed) {
        Random random = new Random(seed);
        Matrix result = new Matrix(rows, columns);
        Arrays.setAll(result.values(), k -> random.nextGaussian());
        return result;
    }

    private static Matrix hessian() {
        Matrix root = random(P, P, 2);
        Matrix result = new Matrix(P, P);
        for (int a = 0; a < P; a++) {
            for (int b = 0; b < P; b++) {
                result.set(a, b, Dense.dot(root.row(a), root.row(b)) + (a == b ? 0.5 : 0));
            }
        }
        return result;
    }

    private static double[] weights() {
        double[] result = new double[N];
        Arrays.setAll(result, i -> new double[] {1, 0.4, 2.5, 1, 0, 1.7, 3}[i % 7]);
        return result;
    }

    private Matrix power(double exponent, Workers workers) {
        SymmetricEigen eigen = SymmetricEigen.of(hessian);
        Matrix scaled = eigen.vectors().copy();
        for (int k = 0; k < P; k++) {
            for (int a = 0; a < P; a++) {
                scaled.set(k, a, Math.pow(eigen.values()[k], exponent) * scaled.get(k, a));
            }
        }
        return Dense.multiply(eigen.vectors().transpose(), scaled, workers);
    }
}
