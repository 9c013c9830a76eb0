package dev.assay.noise;

import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.data.Folds;
import dev.assay.learn.PairedGain;
import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What kind of noise is in the labels, and whether it is noise at all.
 *
 * @param noise of the simplest kind that explains the labels
 * @param doubt whether the labels that surprise are honest doubt
 * @param noisy whether there are wrong labels beyond doubt
 */
record NoiseVerdict(LabelNoise noise, boolean doubt, boolean noisy) {
    private static final double SMALLEST_SHARE = 0.01;
    /** A share below this is not a plateau that an expert could call doubt: few wrong labels among certain rows must show ... */
    private static final double SMALL_SHARE = 0.1;
    /** ... by so many standard errors. */
    private static final double SMALL_SHARE_ERRORS = 2;
    /** For numbers noise must win by so many standard errors, and by more nats than chance gives. */
    private static final double NUMBER_ERRORS = 2;

    private static final double NATS = 3;
    private static final double MOST_WRONG_NUMBERS = 0.5;

    /**
     * Judges the noise that is left after the rounds.
     *
     * @param whole the rows that were judged
     * @param views of these rows, in which doubt would show: each n x d
     * @param gain of allowing for wrong labels
     */
    static NoiseVerdict of(
            LabelNoise found,
            OutOfFoldRows whole,
            List<Supplier<Matrix>> views,
            PairedGain gain,
            long seed,
            Progress progress,
            Workers workers) {
        LabelNoise noise = simplest(found, whole, workers);
        boolean doubt = noise.share() >= SMALLEST_SHARE && isDoubt(noise, whole, views, seed, progress, workers);
        return new NoiseVerdict(noise, doubt, !doubt && isNoisy(noise, whole.data(), gain));
    }

    /**
     * The features of the rows that were judged as a linear expert sees them, and as a radial one does.
     *
     * @param all rows, of which {@code whole} were judged
     */
    static List<Supplier<Matrix>> views(
            OutOfFoldRows whole, Dataset all, ContentOrder order, long seed, Workers workers) {
        Matrix features = whole.data().features();
        List<Supplier<Matrix>> views = new ArrayList<>();
        views.add(() -> PrincipalView.linear(all, order, seed, workers).of(features, workers));
        if (whole.size() >= ExpertChoice.RADIAL_SMALLEST) {
            views.add(() -> PrincipalView.radial(all, order, 1, seed, workers).of(features, workers));
        }
        return views;
    }

    /** One common share where the classes do not explain more than chance by shares of their own, on rows that T was not fitted to. */
    private static LabelNoise simplest(LabelNoise noise, OutOfFoldRows whole, Workers workers) {
        if (!(noise instanceof TransitionMatrixNoise found) || (found.answers().columns() == 2 && !found.anchored())) {
            return noise;
        }
        double[] weights = whole.data().weights();
        double[] even = new double[weights.length];
        double[] own = new double[weights.length];
        Folds parts = whole.parts();
        for (int part = 0; part < parts.count(); part++) {
            double[] others = parts.outside(part, weights);
            double[] saidEven = found.refit(others, TransitionMatrixNoise.Kind.EVEN, workers)
                    .logLikelihoods();
            double[] saidOwn = found.refit(others, TransitionMatrixNoise.Kind.BY_CLASS, workers)
                    .logLikelihoods();
            for (int i : parts.inside(part)) {
                even[i] = saidEven[i];
                own[i] = saidOwn[i];
            }
        }
        return PairedGain.aboutZero(own, even, whole.data().samplingUnits()).isBetter(1, NATS)
                ? noise
                : found.refit(weights, TransitionMatrixNoise.Kind.EVEN, workers);
    }

    /** Whether there is no floor of errors through one of the views. */
    private static boolean isDoubt(
            LabelNoise noise,
            OutOfFoldRows whole,
            List<Supplier<Matrix>> views,
            long seed,
            Progress progress,
            Workers workers) {
        progress.phase("doubt or wrong labels", 0);
        return views.stream()
                .anyMatch(view -> DoubtTest.of(noise, view.get(), whole.data().weights(), whole.order(), seed, workers)
                        .isDoubt());
    }

    private static boolean isNoisy(LabelNoise noise, Dataset judged, PairedGain gain) {
        double out = 0;
        double[] trust = noise.trust();
        for (int i = 0; i < trust.length; i++) {
            out += trust[i] < WrongLabels.LEAST_TRUST ? judged.weights()[i] : 0;
        }
        if (noise.share() < SMALLEST_SHARE || out < SMALLEST_SHARE * judged.totalWeight()) {
            return false;
        }
        // labels that are wrong more often than by guessing say nothing, so that there is nothing to hold them against
        if (noise.share() >= most(noise) || out > (1 - SMALLEST_SHARE) * judged.totalWeight()) {
            return false;
        }
        if (!(noise instanceof TransitionMatrixNoise)) {
            return gain.isBetter(NUMBER_ERRORS, NATS);
        }
        // an expert may call a plateau of wrong labels doubt, so a tie speaks for the floor that was found
        return noise.share() < SMALL_SHARE
                ? gain.isBetter(SMALL_SHARE_ERRORS, NATS)
                : gain.difference() > -gain.standardError();
    }

    /**
     * What it says of every row.
     *
     * @param all the noise of all rows
     * @param course the noise of the rows that were judged, round by round
     * @param words what was chosen and why, what the verdict says among it
     * @param further who judges further rows, or null where nobody can
     */
    WrongLabels told(
            LabelNoise all,
            List<LabelNoise> course,
            OutOfFoldRows whole,
            WrongLabels.Evidence evidence,
            List<String> words,
            @Nullable Supplier<LabelJudge> further) {
        int n = all.trust().length;
        Suggestions suggestions = Suggestions.of(all, noisy);
        double[] weights = whole.data().weights();
        return new WrongLabels(
                noisy,
                all.share(),
                all.trust(),
                Arrays.stream(all.logDensities()).map(Math::exp).toArray(),
                suggestions.labels(),
                suggestions.probabilities(),
                all.answers(),
                all instanceof Outliers.Fitted fitted ? fitted.model().deviation() : Double.NaN,
                all instanceof TransitionMatrixNoise classes ? classes.transitions() : null,
                wrongSince(all, course, whole.size() == n),
                course.stream()
                        .map(one -> new WrongLabels.Round(one.share(), Dense.dot(one.logLikelihoods(), weights)))
                        .toList(),
                evidence,
                words,
                further);
    }

    /** For each row that is out in the end, the round from which on it was never trusted again; rounds count from 1. */
    private int[] wrongSince(LabelNoise all, List<LabelNoise> course, boolean everyRow) {
        double[] last = all.trust();
        List<double[]> trusts =
                everyRow ? course.stream().map(LabelNoise::trust).toList() : List.of(last);
        return IntStream.range(0, last.length)
                .map(i -> {
                    if (!noisy || last[i] >= WrongLabels.LEAST_TRUST) {
                        return 0;
                    }
                    int round = trusts.size() - 1;
                    while (round > 0 && trusts.get(round - 1)[i] < WrongLabels.LEAST_TRUST) {
                        round--;
                    }
                    return round + 1;
                })
                .toArray();
    }

    /** The share of wrong labels among those that are drawn by chance; of numbers one half. */
    private static double most(LabelNoise noise) {
        return noise instanceof TransitionMatrixNoise classes
                ? 1 - 1.0 / classes.answers().columns()
                : MOST_WRONG_NUMBERS;
    }

    List<String> inWords() {
        List<String> result = new ArrayList<>();
        if (doubt) {
            result.add("labels that surprise are where the features say so, and hardly any elsewhere: that is honest"
                    + " doubt, not a floor of wrong labels");
        }
        result.add(String.format(
                Locale.ROOT,
                noisy
                        ? "%.1f %% of the labels are wrong, judged by experts that did not see them"
                        : "%.1f %% of the labels might be wrong, too few or too doubtful to call any of them so",
                100 * noise.share()));
        return result;
    }
}
