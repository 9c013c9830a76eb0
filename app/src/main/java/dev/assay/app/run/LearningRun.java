package dev.assay.app.run;

/** A run that learns from a file of data. */
public sealed interface LearningRun extends FileRun permits DiagnoseRun, PurifyRun, DivideRun, ModelRun {
    /** What it reads. */
    RunInput input();

    /** The same of other data, begun anew. */
    LearningRun of(RunInput other);
}
