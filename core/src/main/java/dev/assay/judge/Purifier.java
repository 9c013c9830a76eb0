package dev.assay.judge;

import dev.assay.data.Dataset;
import dev.assay.data.GivenProbabilities;
import dev.assay.data.InvalidInputException;
import dev.assay.divide.DivideSettings;
import dev.assay.divide.Divider;
import dev.assay.divide.Division;
import dev.assay.divide.Judgement;
import dev.assay.divide.Verdict;
import dev.assay.learn.FeatureMap;
import dev.assay.noise.WrongLabels;
import dev.assay.potential.linear.LinearPotential;
import dev.assay.purify.CriterionKind;
import dev.assay.purify.OutOfFoldPurification;
import dev.assay.purify.Purification;
import dev.assay.purify.PurifyJournal;
import dev.assay.purify.PurifySettings;
import dev.assay.purify.RemovalLoop;
import dev.assay.purify.RowScores;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Where purification begins, whatever the criterion. */
public final class Purifier {
    private Purifier() {}

    /**
     * Purifies a data set. The same data, settings and seed give the same result, whatever the number of threads and whether
     * the run was interrupted or not.
     *
     * <p>By the criterion {@code out-of-fold} it does what the judgement of the data says: wrong labels leave where it is noisy; where it is
     * mixed, what is kept is the largest block; a homogeneous set stays as it is.
     *
     * @param watched a test set, encoded like the data, that is only watched and has no effect on anything else; or null
     * @param journal what an interrupted run of the same data and settings left, or an empty one; it is kept up to date
     * @throws dev.assay.data.InvalidInputException if the journal belongs to another run
     * @throws dev.assay.work.CancelledException if the progress was cancelled; the journal then holds what was worked out
     */
    public static Purification purify(
            Dataset data,
            @Nullable Dataset watched,
            PurifySettings settings,
            PurifyJournal journal,
            Workers workers,
            Progress progress) {
        return judged(data, null, watched, settings, journal, workers, progress).purification();
    }

    /**
     * The same, with the judgement behind it.
     *
     * @param given what a model of the user's own says of the rows, by which they are judged then, or null
     * @throws dev.assay.data.InvalidInputException if the probabilities are not of these rows, or the criterion asks for none
     */
    public static Purified judged(
            Dataset data,
            @Nullable GivenProbabilities given,
            @Nullable Dataset watched,
            PurifySettings settings,
            PurifyJournal journal,
            Workers workers,
            Progress progress) {
        PurifySettings decided = settings.criterion() == CriterionKind.AUTO
                ? settings.withCriterion(CriterionKind.OUT_OF_FOLD)
                : settings;
        if (decided.criterion() != CriterionKind.OUT_OF_FOLD) {
            if (given != null) {
                throw new InvalidInputException("probabilities were given, but rows are to be removed by the criterion "
                        + decided.criterion().name().toLowerCase(Locale.ROOT).replace('_', '-')
                        + ", which asks for none: leave out one of the two");
            }
            return new Purified(
                    new RemovalLoop(data, watched, decided, journal, workers, progress).run(), null, null, null);
        }
        journal.open((given == null ? data : given.beside(data)).fingerprint(), decided);
        DivideSettings divide =
                DivideSettings.AUTOMATIC.withSeed(decided.seed()).withLearners(decided.learners());
        Judgement judgement = given == null
                ? Divider.judge(data, decided.ridge(), divide, workers, progress)
                : Divider.judge(data, given, decided.seed(), workers, progress);
        WrongLabels labels = judgement.labels();
        Division division =
                judgement.verdict() == Verdict.MIXED ? Divider.divide(judgement, divide, workers, progress) : null;
        OutOfFoldPurification.Rows rows;
        if (labels == null) {
            rows = OutOfFoldPurification.Rows.unjudged(data.size());
        } else if (division != null) {
            rows = largestBlock(division);
        } else {
            rows = rightLabels(labels);
        }
        FeatureMap layer = decided.learners().lastLayer(data, decided.seed(), workers);
        Double ridge = decided.ridge();
        Purification purification = OutOfFoldPurification.of(
                layer == null ? data : layer.seen(data, workers),
                layer == null || watched == null ? watched : layer.seen(watched, workers),
                // a layer has seen the labels: the losses that are left out flatter, and cannot choose
                layer == null || ridge != null ? ridge : Double.valueOf(LinearPotential.RIDGE),
                decided.seed(),
                rows,
                labels == null || division != null ? List.of() : labels.rounds(),
                judgement.explanation(),
                workers,
                progress);
        return new Purified(purification, judgement, division, layer);
    }

    private static OutOfFoldPurification.Rows rightLabels(WrongLabels labels) {
        return new OutOfFoldPurification.Rows(
                labels.wrongSince(),
                labels.trust(),
                labels.outOfFoldProbability(),
                flags(labels.trust().length, labels::isWrong),
                labels.suggestion(),
                labels.suggestedProbability(),
                labels.noisy() ? labels.share() : 0,
                labels.noisy() ? RowScores.TRUST : RowScores.OUT_OF_FOLD_PROBABILITY);
    }

    private static OutOfFoldPurification.Rows largestBlock(Division division) {
        int n = division.data().size();
        return new OutOfFoldPurification.Rows(
                IntStream.range(0, n)
                        .map(i -> division.assigned()[i] == 1 ? 0 : 1)
                        .toArray(),
                IntStream.range(0, n)
                        .mapToDouble(i -> division.posteriors().get(i, 1))
                        .toArray(),
                division.outOfFoldProbability(),
                // a row of another block is right by its own rule
                flags(n, division::isSuggested),
                division.suggestion(),
                division.suggestedProbability(),
                division.unexplainedShare(),
                RowScores.TRUST);
    }

    private static boolean[] flags(int n, IntPredicate flag) {
        boolean[] result = new boolean[n];
        for (int i = 0; i < n; i++) {
            result[i] = flag.test(i);
        }
        return result;
    }
}
