package dev.assay.noise;

import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.data.Partition;
import dev.assay.learn.PairedGain;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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

    /**
     * Judges the noise that is left after the rounds.
     *
     * @param all rows, of which {@code whole} were judged
     * @param gain of allowing for wrong labels
     */
    static NoiseVerdict of(
            LabelNoise found,
            JudgedRows whole,
            Dataset all,
            ContentOrder order,
            PairedGain gain,
            long seed,
            Progress progress,
            Workers workers) {
        LabelNoise noise = simplest(found, whole, workers);
        boolean doubt = noise.share() >= SMALLEST_SHARE && isDoubt(noise, whole, all, order, seed, progress, workers);
        return new NoiseVerdict(noise, doubt, !doubt && isNoisy(noise, whole.data(), gain));
    }

    /** One common share where the classes do not explain more than chance by shares of their own, on rows that T was not fitted to. */
    private static LabelNoise simplest(LabelNoise noise, JudgedRows whole, Workers workers) {
        if (!(noise instanceof ClassNoise found) || found.answers().columns() == 2) {
            return noise;
        }
        double[] weights = whole.data().weights();
        double[] even = new double[weights.length];
        double[] own = new double[weights.length];
        Partition parts = whole.parts();
        for (int part = 0; part < parts.count(); part++) {
            double[] others = parts.outside(part, weights);
            double[] saidEven = ClassNoise.fit(found.answers(), found.codes(), others, ClassNoise.Kind.EVEN, workers)
                    .logLikelihoods();
            double[] saidOwn = ClassNoise.fit(found.answers(), found.codes(), others, ClassNoise.Kind.BY_CLASS, workers)
                    .logLikelihoods();
            for (int i : parts.inside(part)) {
                even[i] = saidEven[i];
                own[i] = saidOwn[i];
            }
        }
        return PairedGain.aboutZero(own, even, whole.data().samplingUnits()).isBetter(1, NATS)
                ? noise
                : ClassNoise.fit(found.answers(), found.codes(), weights, ClassNoise.Kind.EVEN, workers);
    }

    /** Whether there is no floor of errors through one of two views. */
    private static boolean isDoubt(
            LabelNoise noise,
            JudgedRows whole,
            Dataset all,
            ContentOrder order,
            long seed,
            Progress progress,
            Workers workers) {
        progress.phase("doubt or wrong labels", 0);
        List<UncorrelatedView> views = new ArrayList<>(List.of(UncorrelatedView.linear(all, order, seed, workers)));
        if (whole.size() >= ExpertChoice.RADIAL_SMALLEST) {
            views.add(UncorrelatedView.radial(all, order, 1, seed, workers));
        }
        Dataset data = whole.data();
        return views.stream()
                .anyMatch(view -> ErrorFloor.of(
                                noise, view.of(data.features(), workers), data.weights(), whole.order(), seed, workers)
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
        if (!(noise instanceof ClassNoise)) {
            return gain.isBetter(NUMBER_ERRORS, NATS);
        }
        // an expert may call a plateau of wrong labels doubt, so a tie speaks for the floor that was found
        return noise.share() < SMALL_SHARE
                ? gain.isBetter(SMALL_SHARE_ERRORS, NATS)
                : gain.difference() > -gain.standardError();
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
