package dev.assay.purify;

import dev.assay.learn.LearnerSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a purification is asked to do.
 *
 * @param criterion by what rows are removed
 * @param method how delta-variance is computed
 * @param ridge lambda, or null to choose it from the data under a model that knows that labels may be wrong
 * @param step rows removed in one iteration
 * @param iterations exactly so many iterations, or null to stop from the training data alone
 * @param paperPreset whether to train with the paper's schedule: Adam from scratch in every iteration, ridge 0.01, one logit
 *     per class; needs {@code iterations}
 * @param folds number of parts of the cross-fits, at least 2
 * @param seed of everything random
 * @param learners whose experts judge the labels for the criterion {@link CriterionKind#OUT_OF_FOLD}; where {@code ridge} is given, linear
 *     ones with it and no others
 */
public record PurifySettings(
        CriterionKind criterion,
        DeltaVarianceMethod method,
        @Nullable Double ridge,
        RemovalStep step,
        @Nullable Integer iterations,
        boolean paperPreset,
        int folds,
        long seed,
        LearnerSet learners) {
    /** Everything chosen from the data. */
    public static final PurifySettings AUTOMATIC = new PurifySettings(
            CriterionKind.AUTO,
            DeltaVarianceMethod.FAST,
            null,
            RemovalStep.DEFAULT,
            null,
            false,
            5,
            1,
            LearnerSet.STANDARD);

    /**
     * Checks the settings.
     *
     * @throws IllegalArgumentException if one of them cannot be
     */
    public PurifySettings {
        if (ridge != null && (!(ridge > 0) || ridge.isInfinite())) {
            throw new IllegalArgumentException("ridge is " + ridge + ", expected a finite number above 0");
        }
        if (iterations != null && iterations < 0) {
            throw new IllegalArgumentException(iterations + " iterations, expected 0 or more");
        }
        if (paperPreset && iterations == null) {
            throw new IllegalArgumentException(
                    "the paper preset has no rule for when to stop: say how many iterations it shall run");
        }
        if (folds < 2) {
            throw new IllegalArgumentException(folds + " folds, expected at least 2");
        }
    }

    /** The same with another criterion. */
    public PurifySettings withCriterion(CriterionKind other) {
        return with(draft -> draft.criterion = other);
    }

    /** The same with another method. */
    public PurifySettings withMethod(DeltaVarianceMethod other) {
        return with(draft -> draft.method = other);
    }

    /** The same with another ridge, null to choose it. */
    public PurifySettings withRidge(@Nullable Double other) {
        return with(draft -> draft.ridge = other);
    }

    /** The same with another step. */
    public PurifySettings withStep(RemovalStep other) {
        return with(draft -> draft.step = other);
    }

    /** The same with a fixed number of iterations, null to stop by itself. */
    public PurifySettings withIterations(@Nullable Integer other) {
        return with(draft -> draft.iterations = other);
    }

    /** The same with another number of parts. */
    public PurifySettings withFolds(int other) {
        return with(draft -> draft.folds = other);
    }

    /** The same with another seed. */
    public PurifySettings withSeed(long other) {
        return with(draft -> draft.seed = other);
    }

    /** The same with other learners. */
    public PurifySettings withLearners(LearnerSet other) {
        return with(draft -> draft.learners = other);
    }

    private PurifySettings with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return new PurifySettings(
                draft.criterion,
                draft.method,
                draft.ridge,
                draft.step,
                draft.iterations,
                paperPreset,
                draft.folds,
                draft.seed,
                draft.learners);
    }

    /** The settings while one of them is changed. */
    private static final class Draft {
        private CriterionKind criterion;
        private DeltaVarianceMethod method;
        private @Nullable Double ridge;
        private RemovalStep step;
        private @Nullable Integer iterations;
        private int folds;
        private long seed;
        private LearnerSet learners;

        Draft(PurifySettings from) {
            criterion = from.criterion;
            method = from.method;
            ridge = from.ridge;
            step = from.step;
            iterations = from.iterations;
            folds = from.folds;
            seed = from.seed;
            learners = from.learners;
        }
    }

    /** The paper's own schedule: one-step delta-variance, the 10 largest decreases of V removed in each iteration. */
    public static PurifySettings paper(int iterations) {
        return new PurifySettings(
                CriterionKind.DELTA_VARIANCE,
                DeltaVarianceMethod.ONE_STEP,
                0.01,
                RemovalStep.ofRows(10),
                iterations,
                true,
                5,
                1,
                LearnerSet.STANDARD);
    }
}
