package dev.assay.noise;

import dev.assay.data.ClassTargets;
import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.data.GivenProbabilities;
import dev.assay.learn.PairedGain;
import dev.assay.linalg.Matrix;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * The judgement behind {@link WrongLabels} where a model of the user's own has answered, of which nothing is known but its probabilities: the
 * noise is fitted to them, with {@link TransitionMatrixNoise anchors} as that model took all labels for right, and {@link NoiseVerdict} decides as ever.
 * Nothing is trained to predict labels. O(n C) a step.
 */
final class GivenAnswers {
    private static final String VIEW = "given";
    /** Of more rows the noise is fitted to a sample, and all are judged by it. */
    private static final int ROWS = 10_000;

    /** Beyond it most labels would be wrong: then the model says too little of them to judge any. */
    private static final double MOST_WRONG = 0.5;
    /** With more classes only the margin tells in which answers the errors are. */
    private static final int SEEN_CLASSES = 50;
    /** Logarithms are seen from here up, in units of a half of it. */
    private static final double LOWEST = -8;

    private GivenAnswers() {}

    static WrongLabels judge(Dataset data, GivenProbabilities given, long seed, Workers workers, Progress progress) {
        progress.phase("judge by the given probabilities", 0);
        boolean features = data.dimension() > 1;
        ContentOrder order = ContentOrder.of(features ? data : given.beside(data), workers);
        OutOfFoldRows whole = OutOfFoldRows.sample(data, order, ROWS, seed);
        boolean all = whole.size() == data.size();
        Matrix said = given.logarithms();
        Matrix answers = all ? said : said.selectRows(whole.rows());
        Dataset judged = whole.data();
        double[] plain = LabelNoise.plain(answers, judged, workers);
        TransitionMatrixNoise found = TransitionMatrixNoise.fitAnchored(
                answers,
                ((ClassTargets) judged.targets()).codes(),
                judged.weights(),
                TransitionMatrixNoise.Kind.BY_CLASS,
                workers);
        List<Supplier<Matrix>> views = new ArrayList<>();
        views.add(() -> seen(answers));
        if (features) {
            views.addAll(NoiseVerdict.views(whole, data, order, seed, workers));
        }
        PairedGain gain = PairedGain.aboutZero(found.logLikelihoods(), plain, judged.samplingUnits());
        NoiseVerdict verdict = NoiseVerdict.of(found, whole, views, gain, seed, progress, workers);
        boolean weak = verdict.noise().share() >= MOST_WRONG;
        NoiseVerdict decided = weak ? new NoiseVerdict(verdict.noise(), verdict.doubt(), false) : verdict;
        List<String> words = new ArrayList<>();
        words.add("labels judged by the probabilities that were given; nothing was trained");
        words.add(String.format(
                Locale.ROOT,
                "allowing for wrong labels against calibrating alone: %+.1f nats (standard error %.1f) on %d rows",
                gain.difference(),
                gain.standardError(),
                whole.size()));
        if (weak) {
            words.add("even where they are surest the probabilities say too little of the labels to judge them");
        }
        words.addAll(decided.inWords());
        LabelNoise noise = decided.noise();
        if (!all) {
            words.add(0, String.format(Locale.ROOT, "noise was fitted to %d of the rows", whole.size()));
        }
        // a simpler noise was fitted to answers that had the first scale in them
        double scale = noise == found ? found.scale() : found.scale() * noise.scale();
        return decided.told(
                all ? noise : noise.judge(said, scale, data),
                List.of(noise),
                whole,
                new WrongLabels.Evidence(VIEW, VIEW, whole.rows(), plain, noise.logLikelihoods(), List.of()),
                words,
                null);
    }

    /** The answers as doubt would show in them, n x C + 1. */
    private static Matrix seen(Matrix answers) {
        int classes = answers.columns() <= SEEN_CLASSES ? answers.columns() : 0;
        Matrix result = new Matrix(answers.rows(), classes + 1);
        for (int i = 0; i < result.rows(); i++) {
            for (int c = 0; c < classes; c++) {
                result.set(i, c, Math.max(LOWEST, answers.get(i, c)) / (-LOWEST / 2));
            }
            result.set(i, classes, 1);
        }
        return result;
    }
}
