package dev.assay.onnx;

import dev.assay.linalg.Matrix;
import dev.assay.onnx.graph.Graph;
import dev.assay.onnx.graph.Value;
import dev.assay.route.NearestRouter;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Neighbours: the nearest are sorted, as many as can be needed to reach the mass of the neighbourhood. */
final class NearestRouterConverter extends RouterConverter<NearestRouter> {
    NearestRouterConverter() {
        super(NearestRouter.class);
    }

    @Override
    protected Value convert(NearestRouter router, Parts parts) {
        Graph graph = parts.graph();
        double[] shares = router.shares();
        int blocks = shares.length;
        double[] everyMass = masses(router.masses());
        // landmarks without mass have no vote
        int[] voting = IntStream.range(0, everyMass.length)
                .filter(j -> everyMass[j] > 0)
                .toArray();
        Value prior = graph.row(
                Arrays.stream(shares).map(share -> router.smoothing() * share).toArray());
        if (voting.length == 0) {
            return prior.over(graph.number(router.smoothing())).logarithm().repeatedFor(parts.features(), blocks);
        }
        Matrix landmarks = router.landmarks().selectRows(voting);
        Matrix votes = router.masses().selectRows(voting);
        double[] mass = masses(votes);
        Value keys = graph.row(SquaredNorms.ofRows(landmarks))
                .minus(parts.features().timesTransposed(landmarks).times(graph.number(2)));
        int most = mostNeighbours(mass, router.neighbours());
        Value nearest = keys.placesOfSmallest(most);
        Value theirs = graph.row(mass).shaped(-1).rows(nearest);
        Value part = graph.number(router.neighbours())
                .minus(theirs.sumsBefore())
                .over(theirs)
                .atLeast(0)
                .atMost(1);
        Value sums =
                part.shaped(0, most, 1).times(graph.matrix(votes).rows(nearest)).middleSums();
        Value all = sums.rowSums().plus(graph.number(router.smoothing()));
        return sums.plus(prior).over(all).logarithm();
    }

    private static double[] masses(Matrix votes) {
        return IntStream.range(0, votes.rows())
                .mapToDouble(j -> Arrays.stream(votes.row(j)).sum())
                .toArray();
    }

    /** How many landmarks can be in a neighbourhood: the lightest of them, until they have its mass. */
    private static int mostNeighbours(double[] masses, double neighbours) {
        double[] rising = masses.clone();
        Arrays.sort(rising);
        int count = 0;
        for (double reached = 0; count < rising.length && reached < neighbours; count++) {
            reached += rising[count];
        }
        return count;
    }
}
