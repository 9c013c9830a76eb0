package dev.assay.job;

/** Where a job says which part of it is done, so that somebody can tell how long each took. */
@FunctionalInterface
public interface Laps {
    /** Nobody wants to know. */
    Laps NONE = part -> {};

    /** What was done since the lap before, or since the beginning, was this part. */
    void lap(String part);
}
