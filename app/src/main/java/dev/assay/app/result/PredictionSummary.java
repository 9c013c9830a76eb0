package dev.assay.app.result;

import dev.assay.job.PredictOutcome;
import dev.assay.predict.ClassPredictions;
import dev.assay.predict.Predictions;
import dev.assay.predict.RealPredictions;
import java.util.List;

/** What was predicted, in short; rows may come in blocks. */
public final class PredictionSummary {
    private List<String> names = List.of();
    private long rows;
    private long silent;
    private long[] counts = new long[0];
    private double[] certainties = new double[0];
    private double lowest = Double.NaN;
    private double highest = Double.NaN;
    private double means;
    private double deviations;
    private long[] likeliest = new long[0];
    private double[] blocks = new double[0];

    /** Of all rows. */
    public static PredictionSummary of(PredictOutcome predicted) {
        PredictionSummary summary = new PredictionSummary();
        summary.add(predicted);
        return summary;
    }

    /** Takes the next rows. */
    public void add(PredictOutcome predicted) {
        Predictions predictions = predicted.predictions();
        int n = predictions.size();
        rows += n;
        silent += predicted.silent();
        if (predictions instanceof ClassPredictions classes) {
            add(classes, predicted.abstained());
        }
        if (predictions instanceof RealPredictions numbers) {
            for (double mean : numbers.means()) {
                // the first comparison fails where there was none before
                lowest = lowest <= mean ? lowest : mean;
                highest = highest >= mean ? highest : mean;
                means += mean;
            }
            for (double deviation : numbers.deviations()) {
                deviations += deviation;
            }
        }
        int k = predictions.blocks().columns();
        if (likeliest.length == 0) {
            likeliest = new long[k];
            blocks = new double[k];
        }
        for (int block : predictions.likeliestBlocks()) {
            likeliest[block - 1]++;
        }
        for (int i = 0; i < n; i++) {
            for (int block = 0; block < k; block++) {
                blocks[block] += predictions.blocks().get(i, block);
            }
        }
    }

    private void add(ClassPredictions classes, boolean[] abstained) {
        names = classes.names();
        if (counts.length == 0) {
            counts = new long[names.size()];
            certainties = new double[names.size()];
        }
        int[] codes = classes.codes();
        double[] certain = classes.certainties();
        for (int i = 0; i < codes.length; i++) {
            if (!abstained[i]) {
                counts[codes[i]]++;
                certainties[codes[i]] += certain[i];
            }
        }
    }

    /** How many rows there are. */
    public long rows() {
        return rows;
    }

    /** How many of them are left without a prediction. */
    public long silent() {
        return silent;
    }

    /** The classes; none where numbers are predicted. */
    public List<String> classes() {
        return names;
    }

    /** How many rows were predicted to be of each class. */
    public long[] counts() {
        return counts.clone();
    }

    /** The mean probability of a class where it is predicted; NaN where it never is. */
    public double certainty(int code) {
        return certainties[code] / counts[code];
    }

    /** The smallest predicted number; NaN without one. */
    public double lowest() {
        return lowest;
    }

    /** The largest predicted number; NaN without one. */
    public double highest() {
        return highest;
    }

    /** The mean of the predicted numbers; NaN without one. */
    public double mean() {
        return means / rows;
    }

    /** The mean of their standard deviations; NaN without one. */
    public double deviation() {
        return deviations / rows;
    }

    /** In how many rows a block is the likeliest. */
    public long likeliest(int k) {
        return likeliest[k];
    }

    /** The mean probability of a block; NaN without a row. */
    public double share(int k) {
        return blocks[k] / rows;
    }
}
