package dev.assay.compare;

import java.util.List;

/**
 * What a block looks like.
 *
 * @param rows that are assigned to it
 * @param potential V inside the block: of the linear model fitted to its rows alone; larger = more mixed; NaN for block 0 and
 *     where there is no pair
 * @param classShares share of each class among its rows, by weight; NaN where it has none, empty for regression
 * @param meanTarget mean target of its rows in the user's units; NaN for classes
 * @param distinctions features that tell it apart from all other rows, the clearest first; empty where nothing does
 */
public record BlockProfile(
        int rows, double potential, double[] classShares, double meanTarget, List<Distinction> distinctions) {
    /** Copies the list. */
    public BlockProfile {
        distinctions = List.copyOf(distinctions);
    }
}
