package dev.assay.route;

import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Nearest-neighbour routers: the mass of the neighbourhood is the setting. */
record NearestFamily() implements RouterFamily {
    /** Examples that are stored at the most. */
    private static final int LANDMARKS = 4000;

    private static final List<Double> NEIGHBOURS = List.of(100.0, 30.0, 10.0, 4.0);
    /** The shares count as much as so many neighbours. */
    private static final double SMOOTHING = 1;
    /** Neighbours that are kept of each row, so that enough are left when those of one fold are not used. */
    private static final int KEPT = 200;

    private static final int ROWS = 256;

    @Override
    public String name() {
        return NearestRouter.NAME;
    }

    @Override
    public List<Double> settings() {
        return NEIGHBOURS;
    }

    @Override
    public String describe(double setting) {
        return String.format(Locale.ROOT, "%.0f neighbours", setting);
    }

    @Override
    public Prepared prepare(RoutingProblem problem, Workers workers) {
        int[] stored = problem.sample(LANDMARKS);
        Matrix landmarks = problem.features().selectRows(stored);
        int[][] neighbours = neighbours(problem.features(), landmarks, stored, workers);
        return (Matrix masses, double setting, @Nullable Gate start, Workers its) -> {
            double[] shares = RoutingProblem.shares(masses);
            // landmarks of mass 0 are passed over: a router of the rows that have mass
            NearestRouter router = new NearestRouter(landmarks, masses.selectRows(stored), shares, setting, SMOOTHING);
            Matrix logShares = new Matrix(problem.size(), problem.blocks());
            its.forEachBlock(problem.size(), ROWS, (from, to) -> {
                for (int i = from; i < to; i++) {
                    router.vote(Arrays.stream(neighbours[i]).iterator(), logShares, i);
                }
            });
            return new Gate(router, logShares);
        };
    }

    /** The nearest stored examples of each row, nearest first, itself apart. */
    private static int[][] neighbours(Matrix x, Matrix landmarks, int[] stored, Workers workers) {
        int[] place = new int[x.rows()];
        Arrays.fill(place, -1);
        IntStream.range(0, stored.length).forEach(j -> place[stored[j]] = j);
        int kept = Math.min(KEPT, landmarks.rows() - 1);
        int[][] result = new int[x.rows()][];
        workers.forEachBlock(x.rows(), ROWS, (from, to) -> {
            Matrix keys = NearestRouter.keys(x.selectRows(from, to), landmarks, workers);
            for (int i = from; i < to; i++) {
                Nearest nearest = new Nearest(keys.row(i - from));
                int[] own = new int[kept];
                int found = 0;
                while (found < kept && nearest.hasNext()) {
                    int next = nearest.nextInt();
                    if (next != place[i]) {
                        own[found] = next;
                        found++;
                    }
                }
                result[i] = own;
            }
        });
        return result;
    }
}
