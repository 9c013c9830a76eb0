package dev.assay.app.web;

/** Decisions about suspicious rows. */
final class Reviews {
    int decisions(RunFolder run) {
        return run.has("review.csv") ? 1 : 0;
    }
}
