package dev.assay.mixture;

import dev.assay.data.Dataset;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.List;

/** The rows that mixtures are judged by, each by a mixture that never saw it. */
interface UnseenRows {
    /** The rows, as the experts of the mixtures see them. */
    Dataset data();

    /** Whether they are other rows than those that mixtures are found in, so that there is nothing to be fitted again. */
    boolean areOthers();

    /**
     * For each of the given mixtures, log p(y_i|x_i) of each row by mixtures that were found in the same way without it, in nats. To be asked
     * with numbers of blocks that ascend.
     *
     * @param started the start of the mixtures
     * @param solved mixtures of all rows that mixtures are found in
     */
    List<double[]> logLikelihoods(
            GrowingMixtures.Started started, List<MixtureState> solved, Progress progress, Workers workers);
}
