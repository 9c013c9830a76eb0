package dev.assay.noise;

import dev.assay.data.Dataset;
import dev.assay.work.Workers;

/** Experts of one kind, one for each part of a sample, as the search for the best kind left them. */
interface TriedExperts {
    /** How often noise and experts take turns where they are tried. */
    int TURNS = 2;

    /** How reports call what they are; experts of one name differ in their ridge alone. */
    String name();

    /** Lambda on the sample; NaN where they have none. */
    double ridge();

    /** They and their ridge, in words. */
    String inWords();

    /**
     * The same for other rows, of the same data set.
     *
     * @param share rows of the sample as a share of these: the ridge of a mean loss is the prior's share per row, with more rows it counts
     *     for less
     */
    RetrainableExperts on(Dataset rows, double share, Workers workers);
}
