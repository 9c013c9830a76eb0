package dev.assay.purify;

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
 */
public record PurifySettings(
        CriterionKind criterion,
        DeltaVarianceMethod method,
        @Nullable Double ridge,
        RemovalStep step,
        @Nullable Integer iterations,
        boolean paperPreset,
        int folds,
        long seed) {
    /** Everything chosen from the data. */
    public static final PurifySettings AUTOMATIC = new PurifySettings(
            CriterionKind.AUTO, DeltaVarianceMethod.FAST, null, RemovalStep.DEFAULT, null, false, 5, 1);

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
        return new PurifySettings(other, method, ridge, step, iterations, paperPreset, folds, seed);
    }

    /** The same with another method. */
    public PurifySettings withMethod(DeltaVarianceMethod other) {
        return new PurifySettings(criterion, other, ridge, step, iterations, paperPreset, folds, seed);
    }

    /** The same with another ridge, null to choose it. */
    public PurifySettings withRidge(@Nullable Double other) {
        return new PurifySettings(criterion, method, other, step, iterations, paperPreset, folds, seed);
    }

    /** The same with another step. */
    public PurifySettings withStep(RemovalStep other) {
        return new PurifySettings(criterion, method, ridge, other, iterations, paperPreset, folds, seed);
    }

    /** The same with a fixed number of iterations, null to stop by itself. */
    public PurifySettings withIterations(@Nullable Integer other) {
        return new PurifySettings(criterion, method, ridge, step, other, paperPreset, folds, seed);
    }

    /** The same with another seed. */
    public PurifySettings withSeed(long other) {
        return new PurifySettings(criterion, method, ridge, step, iterations, paperPreset, folds, other);
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
                1);
    }
}
