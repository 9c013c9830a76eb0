package dev.assay.learn;

/**
 * One of several experts that answer together.
 *
 * @param expert whose answer it is
 * @param weight that it counts with, above 0; those of all of them add up to 1
 */
public record WeightedExpert(Expert expert, double weight) {}
