package dev.assay.compare;

/**
 * A feature by which a block can be told apart from the rest.
 *
 * @param feature its name
 * @param inside its mean in the block, in the units of the data set
 * @param outside its mean in all other rows
 * @param difference inside minus outside in standard deviations of all rows; positive = larger in the block
 * @param standardError of {@code difference} where the block has nothing to do with the feature
 */
public record Distinction(String feature, double inside, double outside, double difference, double standardError) {}
