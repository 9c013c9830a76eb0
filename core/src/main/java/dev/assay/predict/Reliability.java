package dev.assay.predict;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.GivenProbabilities;
import dev.assay.learn.Calibration;
import dev.assay.linalg.LogSumExp;
import dev.assay.linalg.Matrix;

/**
 * How far given probabilities keep what they promise, beside the labels as they are, wrong ones among them: as given, and with their
 * logarithms divided by one temperature.
 *
 * @param accuracy share of the rows, by weight, whose label is the likeliest class
 * @param temperature of highest likelihood of the labels; above 1: the probabilities are too sure of themselves, below 1: too timid
 * @param given as they are
 * @param calibrated with the temperature, which was fitted to the same rows
 * @param givenCurve how often those as they are are right
 * @param calibratedCurve the same with the temperature
 */
public record Reliability(
        double accuracy,
        double temperature,
        Measured given,
        Measured calibrated,
        ReliabilityCurve givenCurve,
        ReliabilityCurve calibratedCurve) {
    /**
     * Two measures of it, lower = better.
     *
     * @param logLoss mean of -log p of the label, in nats
     * @param calibrationError expected calibration error: by how much the probability of the likeliest class misses the share of the rows
     *     that are labelled so, mean over bins
     */
    public record Measured(double logLoss, double calibrationError) {}

    /**
     * Measures; O(n C) a step of Newton's method.
     *
     * @throws dev.assay.data.InvalidInputException if the probabilities are not of these rows
     */
    public static Reliability of(GivenProbabilities given, Dataset data) {
        given.requireOf(data);
        ClassTargets truth = (ClassTargets) data.targets();
        int[] codes = truth.codes();
        double[] weights = data.weights();
        Matrix logarithms = given.logarithms();
        double scale = Calibration.of(logarithms, data.targets(), weights).scale();
        Matrix scaled = logarithms.copy();
        for (int k = 0; k < scaled.values().length; k++) {
            scaled.values()[k] *= scale;
        }
        LogSumExp.normaliseRows(scaled);
        double right = 0;
        for (int i = 0; i < codes.length; i++) {
            right += given.likeliest(i) == codes[i] ? weights[i] : 0;
        }
        return new Reliability(
                right / data.totalWeight(),
                1 / scale,
                measured(logarithms, given, codes, weights, data.totalWeight()),
                measured(scaled, given, codes, weights, data.totalWeight()),
                curve(logarithms, truth),
                curve(scaled, truth));
    }

    private static ReliabilityCurve curve(Matrix logarithms, ClassTargets truth) {
        return ReliabilityCurve.of(
                new ClassPredictions(truth.names(), logarithms, new Matrix(logarithms.rows(), 0)), truth);
    }

    private static Measured measured(
            Matrix logarithms, GivenProbabilities given, int[] codes, double[] weights, double total) {
        double loss = 0;
        double[] wrong = new double[codes.length];
        double[] certainties = new double[codes.length];
        for (int i = 0; i < codes.length; i++) {
            int likeliest = given.likeliest(i);
            wrong[i] = likeliest == codes[i] ? 0 : 1;
            certainties[i] = Math.exp(logarithms.get(i, likeliest));
            loss -= weights[i] * logarithms.get(i, codes[i]);
        }
        return new Measured(loss / total, Scores.calibrationError(wrong, certainties, weights));
    }
}
