package dev.assay.bench.rival;

import dev.assay.data.Dataset;
import dev.assay.work.Workers;

/** A method that is trained on labelled rows, of which it is told nothing else. */
public interface Rival {
    /** How the table calls it, and the command line chooses it. */
    String name();

    /**
     * Trains, choosing all settings from the training rows.
     *
     * @param data rows of classes
     * @param seed of everything random
     */
    Trained train(Dataset data, long seed, Workers workers);
}
