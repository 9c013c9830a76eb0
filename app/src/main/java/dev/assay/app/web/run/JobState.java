package dev.assay.app.web.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** How far a run is. */
public enum JobState {
    /** Waits for those before it. */
    @JsonProperty("queued")
    QUEUED,
    /** Is being computed. */
    @JsonProperty("running")
    RUNNING,
    /** Is whole. */
    @JsonProperty("finished")
    FINISHED,
    /** Ended with an error. */
    @JsonProperty("failed")
    FAILED,
    /** Someone did not want it any more. */
    @JsonProperty("cancelled")
    CANCELLED,
    /** The server ended before it did. */
    @JsonProperty("interrupted")
    INTERRUPTED,
    /** What its folder holds cannot be understood; found out anew each time, no file says so. */
    @JsonProperty("damaged")
    DAMAGED;

    /** Whether nothing more will come of it. */
    public boolean isLast() {
        return this != QUEUED && this != RUNNING;
    }

    /** How the API writes it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
