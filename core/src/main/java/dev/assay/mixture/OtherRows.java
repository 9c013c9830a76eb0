package dev.assay.mixture;

import dev.assay.data.Dataset;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.List;

/**
 * Rows that had no part in the search at all: where rows are many there are enough for both, and nothing is fitted again.
 *
 * @param fitter of the rows that mixtures are found in
 * @param data the rows that they are judged by, which stay together with none of the former
 */
record OtherRows(MixtureFitter fitter, Dataset data) implements UnseenRows {
    @Override
    public boolean areOthers() {
        return true;
    }

    @Override
    public List<double[]> logLikelihoods(
            GrowingMixtures.Started started, List<MixtureState> solved, Progress progress, Workers workers) {
        return solved.stream()
                .map(state -> fitter.finish(state, workers).on(data, workers).logLikelihoods())
                .toList();
    }
}
