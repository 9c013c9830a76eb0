package dev.assay.divide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.data.Dataset;
import dev.assay.data.RealTargets;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionTest {
    @Test
    void aRowIsSuggestedWhatTheExpertOfItsOwnBlockSaysNeverAMean() {
        // one rule says 1, the other -1; the mean of both, 0, is nobody's
        int[] assigned = {1, 2, 0, 0, 0};
        Matrix logShares = shares(0.5, 0.5, 0.5, 0.1, 0.5);
        Matrix logLikelihoods = new Matrix(5, 2);
        for (int i = 0; i < 5; i++) {
            // the labels of block 0 are nearer to the second rule
            logLikelihoods.set(i, 0, -500);
            logLikelihoods.set(i, 1, -400);
        }
        Division division = division(assigned, logLikelihoods, logShares).suggesting(logShares);

        assertThat(division.suggestion()).containsExactly(1, -1, -1, -1, -1);
        assertThat(division.isSuggested(0)).isFalse();
        assertThat(division.isSuggested(2)).isTrue();

        // the source tells the block, whatever the label is near to
        Division known = division.suggesting(shares(0.01, 0.99, 0.99, 0.01, 0.5));
        assertThat(known.suggestion()).containsExactly(1, -1, 1, -1, -1);
    }

    private static Matrix shares(double... ofTheFirst) {
        Matrix result = new Matrix(ofTheFirst.length, 2);
        for (int i = 0; i < ofTheFirst.length; i++) {
            result.set(i, 0, Math.log(ofTheFirst[i]));
            result.set(i, 1, Math.log(1 - ofTheFirst[i]));
        }
        return result;
    }

    private static Division division(int[] assigned, Matrix logLikelihoods, Matrix logShares) {
        int n = assigned.length;
        Matrix x = new Matrix(n, 1);
        Matrix said = new Matrix(n, 2);
        Matrix unknown = new Matrix(n, 2);
        for (int i = 0; i < n; i++) {
            x.set(i, 0, 1);
            said.set(i, 0, 1);
            said.set(i, 1, -1);
            unknown.set(i, 0, Double.NaN);
            unknown.set(i, 1, Double.NaN);
        }
        try (Workers workers = Workers.of(1)) {
            int[] either = {1, 2, 1, 2, 1};
            Division known = KnownDivision.of(
                    Dataset.of(x, new RealTargets(new double[] {1, -1, 0.2, 0.3, 0.4}, 0, 1)), either, 2, workers);
            return new Division(
                    known.data(),
                    known.verdict(),
                    known.blocks(),
                    known.posteriors(),
                    assigned,
                    logLikelihoods,
                    logShares,
                    known.outOfFoldProbability(),
                    known.suggestion(),
                    known.suggestedProbability(),
                    0,
                    "constant",
                    List.of(),
                    List.of(),
                    null,
                    new BlockAnswers(said, unknown));
        }
    }
}
