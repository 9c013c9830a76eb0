package dev.assay.divide;

import dev.assay.learn.LearnerSet;

/**
 * How to divide.
 *
 * @param method how blocks are looked for
 * @param maxBlocks the largest number of blocks to consider, at least 1
 * @param seed of everything that is drawn
 * @param learners that judge the labels and make the experts of the blocks
 */
public record DivideSettings(Method method, int maxBlocks, long seed, LearnerSet learners) {
    /** At most 8 blocks. */
    public static final DivideSettings AUTOMATIC = new DivideSettings(Method.MIXTURE, 8, 1, LearnerSet.STANDARD);

    /** How blocks are looked for. */
    public enum Method {
        /** A mixture of experts, fitted by cross-fitted expectation maximisation, its size chosen by held-out rows. */
        MIXTURE,
        /** The literal reading of the paper's Figure 1: purify, then purify again what was removed, until nothing is. */
        PURIFY
    }

    /**
     * Checks the settings.
     *
     * @throws IllegalArgumentException if {@code maxBlocks} is below 1
     */
    public DivideSettings {
        if (maxBlocks < 1) {
            throw new IllegalArgumentException("maxBlocks is " + maxBlocks + ", expected at least 1");
        }
    }

    /** The same with another way of looking for blocks. */
    public DivideSettings withMethod(Method other) {
        return new DivideSettings(other, maxBlocks, seed, learners);
    }

    /** The same with another largest number of blocks. */
    public DivideSettings withMaxBlocks(int other) {
        return new DivideSettings(method, other, seed, learners);
    }

    /** The same with another seed. */
    public DivideSettings withSeed(long other) {
        return new DivideSettings(method, maxBlocks, other, learners);
    }

    /** The same with other learners. */
    public DivideSettings withLearners(LearnerSet other) {
        return new DivideSettings(method, maxBlocks, seed, other);
    }
}
