package dev.assay.work;

/**
 * A part of a run that is still to come.
 *
 * @param phase the name under which {@link Progress#phase} will announce it
 * @param seconds about how long it takes; only how it compares with the other stages counts
 */
public record Stage(String phase, double seconds) {}
