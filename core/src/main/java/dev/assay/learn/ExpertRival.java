package dev.assay.learn;

/**
 * What an expert was chosen over.
 *
 * @param name how reports call what was not chosen
 * @param gain how much more of labels that they did not see the chosen one explains, in nats; negative where what was not chosen is ahead, by
 *     no more than chance
 */
public record ExpertRival(String name, PairedGain gain) {}
