package dev.assay.predict;

/** What is measured on test rows. */
public enum Metric {
    /** Share of rows whose class is predicted; higher is better. */
    ACCURACY("accuracy", true),
    /** Mean of -log p(y|x), in nats; lower is better. */
    LOG_LOSS("logLoss", false),
    /**
     * Expected calibration error: mean over rows, in fifteen bins of equal width of the predicted class's probability, of
     * |share right in the bin - mean probability in the bin|; lower is better.
     */
    CALIBRATION_ERROR("calibrationError", false),
    /** Share of wrong classes among the rows that are left when the least certain tenth is not predicted; lower is better. */
    ERROR_WHEN_ABSTAINING("errorAbstaining10", false),
    /** Root of the mean squared error, in the user's units; lower is better. */
    ROOT_MEAN_SQUARED_ERROR("rmse", false),
    /** 1 - squared error over that of the mean of the test rows; higher is better. */
    R_SQUARED("r2", true),
    /** Mean of log p(y|x), in nats, y in the user's units; higher is better. */
    LOG_DENSITY("logDensity", true),
    /** Root of the mean squared error of the rows that are left when the least certain tenth is not predicted; lower is better. */
    RMSE_WHEN_ABSTAINING("rmseAbstaining10", false);

    private final String key;
    private final boolean higherIsBetter;

    Metric(String key, boolean higherIsBetter) {
        this.key = key;
        this.higherIsBetter = higherIsBetter;
    }

    /** How it is called in files. */
    public String key() {
        return key;
    }

    /** Which way it points. */
    public boolean higherIsBetter() {
        return higherIsBetter;
    }
}
