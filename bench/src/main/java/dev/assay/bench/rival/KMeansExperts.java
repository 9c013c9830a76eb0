package dev.assay.bench.rival;

import dev.assay.data.Dataset;
import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.model.LinearModel;
import dev.assay.predict.Predictor;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * k-means on the standardised features, one tuned softmax regression per cluster, each row predicted by the nearest centre's;
 * k from 1, 2, 3, 4, 6, 8, 12, 16, by the log-likelihood of five folds.
 */
public final class KMeansExperts implements Rival {
    private static final int[] CANDIDATES = {1, 2, 3, 4, 6, 8, 12, 16};
    private static final int ROWS_PER_CLUSTER = 30;
    private static final int STARTS = 4;
    private static final int ITERATIONS = 50;

    @Override
    public String name() {
        return "k-means";
    }

    /** Centres in standardised features; the bias, constant, plays no part. */
    private record Clusters(double[] means, double[] deviations, Matrix centres) {
        int nearest(Matrix x, int row) {
            int best = 0;
            double least = Double.POSITIVE_INFINITY;
            for (int k = 0; k < centres.rows(); k++) {
                double distance = 0;
                for (int j = 0; j < x.columns(); j++) {
                    double difference = (x.get(row, j) - means[j]) / deviations[j] - centres.get(k, j);
                    distance += difference * difference;
                }
                if (distance < least) {
                    least = distance;
                    best = k;
                }
            }
            return best;
        }

        int[] nearest(Matrix x) {
            return IntStream.range(0, x.rows()).map(i -> nearest(x, i)).toArray();
        }
    }

    /** Clusters and their models. */
    private record Model(Clusters clusters, List<Predictor> experts, int classes) implements Predictor {
        @Override
        public Matrix probabilities(Matrix x, Workers workers) {
            int[] nearest = clusters.nearest(x);
            Matrix result = new Matrix(x.rows(), classes);
            for (int k = 0; k < experts.size(); k++) {
                int cluster = k;
                int[] rows = IntStream.range(0, nearest.length)
                        .filter(i -> nearest[i] == cluster)
                        .toArray();
                Matrix its = experts.get(k).probabilities(x.selectRows(rows), workers);
                for (int i = 0; i < rows.length; i++) {
                    System.arraycopy(its.values(), its.offset(i), result.values(), result.offset(rows[i]), classes);
                }
            }
            return result;
        }
    }

    @Override
    public Trained train(Dataset data, long seed, Workers workers) {
        Linear.View view = Linear.view(data, workers);
        Dataset seen = view.data();
        int[] codes = Linear.codes(seen).codes();
        int[] folds = Linear.folds(seen, seed, workers);
        int best = 1;
        double highest = Double.NEGATIVE_INFINITY;
        for (int k : CANDIDATES) {
            if (k > 1 && k * ROWS_PER_CLUSTER > seen.size()) {
                break;
            }
            double sum = 0;
            for (int fold = 0; fold < Linear.foldCount(); fold++) {
                int[] own = Linear.rows(folds, fold, true);
                Model model = fit(seen.select(Linear.rows(folds, fold, false)), k, seed, workers);
                sum += own.length
                        * Linear.meanLogLikelihood(
                                model.probabilities(seen.features().selectRows(own), workers),
                                Arrays.stream(own).map(i -> codes[i]).toArray());
            }
            if (sum > highest) {
                highest = sum;
                best = k;
            }
        }
        Model model = fit(seen, best, seed, workers);
        return Trained.ofSeveral(
                model.clusters().nearest(seen.features()),
                model.experts().stream().map(view::predictor).toList(),
                view.predictor(model));
    }

    private static Model fit(Dataset data, int k, long seed, Workers workers) {
        Clusters clusters = cluster(data.features(), k, seed);
        int[] nearest = clusters.nearest(data.features());
        List<Predictor> experts = new ArrayList<>();
        for (int c = 0; c < k; c++) {
            int cluster = c;
            int[] rows = IntStream.range(0, nearest.length)
                    .filter(i -> nearest[i] == cluster)
                    .toArray();
            // an empty cluster is nobody's nearest
            LinearModel model = Linear.tuned(rows.length == 0 ? data : data.select(rows), seed, workers);
            experts.add(Linear.predictor(model));
        }
        return new Model(clusters, experts, Linear.classes(data));
    }

    private static Clusters cluster(Matrix x, int k, long seed) {
        int n = x.rows();
        int d = x.columns();
        double[] means = new double[d];
        double[] deviations = new double[d];
        for (int j = 0; j < d; j++) {
            for (int i = 0; i < n; i++) {
                means[j] += x.get(i, j) / n;
            }
            for (int i = 0; i < n; i++) {
                deviations[j] += (x.get(i, j) - means[j]) * (x.get(i, j) - means[j]) / n;
            }
            deviations[j] = deviations[j] > 1e-18 ? Math.sqrt(deviations[j]) : 1;
        }
        Matrix z = new Matrix(n, d);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) {
                z.set(i, j, (x.get(i, j) - means[j]) / deviations[j]);
            }
        }
        SplittableRandom random = new SplittableRandom(seed);
        Matrix best = new Matrix(k, d);
        double least = Double.POSITIVE_INFINITY;
        for (int start = 0; start < (k == 1 ? 1 : STARTS); start++) {
            Matrix centres = spread(z, k, random);
            double distance = lloyd(z, centres);
            if (distance < least) {
                least = distance;
                best = centres;
            }
        }
        return new Clusters(means, deviations, best);
    }

    /** k-means++: each further centre is a row drawn by its squared distance from the nearest one so far. */
    private static Matrix spread(Matrix z, int k, SplittableRandom random) {
        int n = z.rows();
        double[] distance = new double[n];
        Arrays.fill(distance, Double.POSITIVE_INFINITY);
        Matrix centres = new Matrix(k, z.columns());
        int chosen = random.nextInt(n);
        for (int c = 0; c < k; c++) {
            System.arraycopy(z.values(), z.offset(chosen), centres.values(), centres.offset(c), z.columns());
            double sum = 0;
            for (int i = 0; i < n; i++) {
                distance[i] = Math.min(distance[i], squaredDistance(z, i, centres, c));
                sum += distance[i];
            }
            double drawn = random.nextDouble() * sum;
            chosen = 0;
            while (chosen < n - 1 && drawn >= distance[chosen]) {
                drawn -= distance[chosen];
                chosen++;
            }
        }
        return centres;
    }

    private static double lloyd(Matrix z, Matrix centres) {
        int n = z.rows();
        int k = centres.rows();
        int[] nearest = new int[n];
        Arrays.fill(nearest, -1);
        double total = 0;
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            boolean moved = false;
            total = 0;
            for (int i = 0; i < n; i++) {
                int best = 0;
                double least = Double.POSITIVE_INFINITY;
                for (int c = 0; c < k; c++) {
                    double distance = squaredDistance(z, i, centres, c);
                    if (distance < least) {
                        least = distance;
                        best = c;
                    }
                }
                moved |= nearest[i] != best;
                nearest[i] = best;
                total += least;
            }
            if (!moved) {
                break;
            }
            int[] sizes = new int[k];
            Matrix sums = new Matrix(k, z.columns());
            for (int i = 0; i < n; i++) {
                sizes[nearest[i]]++;
                for (int j = 0; j < z.columns(); j++) {
                    sums.values()[sums.offset(nearest[i]) + j] += z.get(i, j);
                }
            }
            for (int c = 0; c < k; c++) {
                for (int j = 0; j < z.columns() && sizes[c] > 0; j++) {
                    centres.set(c, j, sums.get(c, j) / sizes[c]);
                }
            }
        }
        return total;
    }

    private static double squaredDistance(Matrix a, int i, Matrix b, int k) {
        int at = a.offset(i);
        int bt = b.offset(k);
        int d = a.columns();
        double cross = Dense.dot(a.values(), at, b.values(), bt, d);
        double first = Dense.dot(a.values(), at, a.values(), at, d);
        return Math.max(0, first + Dense.dot(b.values(), bt, b.values(), bt, d) - 2 * cross);
    }
}
