package dev.assay.divide;

/**
 * What rows that had no part in it say of a hypothesis about the blocks.
 *
 * @param blocks K
 * @param unexplained whether block 0 is in the mixture
 * @param view how its experts see the features: {@code linear} or {@code radial}
 * @param gate {@code constant}, or {@code features} where the shares depend on x
 * @param evidence held-out log-likelihood, in nats per row; higher is better
 * @param behind how far it is behind the best candidate, in nats per row; 0 for the best
 * @param standardError of {@code behind}
 */
public record Candidate(
        int blocks,
        boolean unexplained,
        String view,
        String gate,
        double evidence,
        double behind,
        double standardError) {}
