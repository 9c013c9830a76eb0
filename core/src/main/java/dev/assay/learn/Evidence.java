package dev.assay.learn;

/** How well labels are explained that had no part in the explanation: log-likelihoods, summed up over rows. */
public final class Evidence {
    private Evidence() {}

    /** sum w_i v_i / sum w_i: the mean log-likelihood of a row, in nats; higher is better. */
    public static double perRow(double[] logLikelihoods, double[] weights) {
        double sum = 0;
        double total = 0;
        for (int i = 0; i < weights.length; i++) {
            // a row that does not count may be impossible
            sum += weights[i] > 0 ? weights[i] * logLikelihoods[i] : 0;
            total += weights[i];
        }
        return sum / total;
    }
}
