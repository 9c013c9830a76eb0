package dev.assay.job;

/**
 * What a look at data found.
 *
 * @param purification what a purification would take out, and all that is measured of it
 * @param quality what is odd in the features and the order of the rows
 */
public record DiagnoseOutcome(PurifyOutcome purification, DataQuality quality) {}
